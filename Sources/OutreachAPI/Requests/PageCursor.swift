internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Vault

/// Where the next page of a list begins, opaque to its reader, and sealed with a keyed tag to what it belongs
/// to: the list, its filters, the account. Under others it is refused.
struct PageCursor {
    private static let tagLength = 16

    private let bound: String
    private let vault: Vault

    /// - Parameters:
    ///   - list: its name.
    ///   - filters: as the request states them; nil for one that it does not.
    init(of list: String, filters: [String?], account: AccountID?, vault: Vault) {
        bound = ([list, account.map { "\($0)" }] + filters).map { $0 ?? "" }.joined(separator: "\u{1F}")
        self.vault = vault
    }

    /// The cursor of a position.
    func text(of position: String) -> String {
        Data(Array(position.utf8) + tag(of: position)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// nil for a cursor of other filters, of another account, or of nobody's making.
    func position(in text: String) -> String? {
        let padded =
            text.replacing("-", with: "+").replacing("_", with: "/")
            + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard text.utf8.count <= 200, let data = Data(base64Encoded: padded), data.count > Self.tagLength,
            let position = String(bytes: data.dropLast(Self.tagLength), encoding: .utf8),
            Self.differ(Array(data.suffix(Self.tagLength)), tag(of: position)) == 0
        else { return nil }
        return position
    }

    private func tag(of position: String) -> [UInt8] {
        Array(vault.tag(position + "\u{1F}" + bound, purpose: "page-cursor").prefix(Self.tagLength))
    }

    /// How many bits differ, in the same time whichever they are.
    private static func differ(_ left: [UInt8], _ right: [UInt8]) -> UInt8 {
        zip(left, right).reduce(left.count == right.count ? 0 : 1) { $0 | ($1.0 ^ $1.1) }
    }
}

extension QueryReader {
    /// The position that the parameter `cursor` stands for.
    func position<Position>(
        of cursor: PageCursor, _ make: (String) -> Position?
    ) throws(Problem) -> Position? {
        try read(
            "cursor", "cursor.other", Bilingual(zh: "游标与筛选条件不符", en: "the cursor belongs to other filters"),
            Bilingual(
                zh: "筛选条件不变时才能翻页；否则去掉游标重新开始",
                en: "turn pages with the same filters, or start without a cursor")
        ) { cursor.position(in: $0).flatMap(make) }
    }
}
