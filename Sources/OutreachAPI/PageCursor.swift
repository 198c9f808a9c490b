internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Vault

/// Where the next page begins, opaque to its reader, and sealed with a keyed tag to the account and the
/// filters that it belongs to: under other filters it is refused.
struct PageCursor {
    let position: MeetingReader.Position

    private static let tagLength = 16

    func text(filter: MeetingFilter, account: AccountID?, vault: Vault) -> String {
        let payload = "\(position.heldOn.iso)\(position.id)"
        let tag = Self.tag(payload, filter, account, vault)
        return Data(Array(payload.utf8) + tag).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    init(position: MeetingReader.Position) { self.position = position }

    /// nil for a cursor of other filters, of another account, or of nobody's making.
    init?(_ text: String, filter: MeetingFilter, account: AccountID?, vault: Vault) {
        let padded =
            text.replacing("-", with: "+").replacing("_", with: "/")
            + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        // Ten bytes of a day, thirty-six of an id, then the tag.
        guard text.utf8.count <= 200, let data = Data(base64Encoded: padded),
            data.count == 46 + Self.tagLength, let payload = String(bytes: data.prefix(46), encoding: .utf8),
            let day = Day(iso: payload.prefix(10)), let id = MeetingID(payload.dropFirst(10)),
            Self.differ(Array(data.suffix(Self.tagLength)), Self.tag(payload, filter, account, vault)) == 0
        else { return nil }
        position = MeetingReader.Position(heldOn: day, id: id)
    }

    private static func tag(
        _ payload: String, _ filter: MeetingFilter, _ account: AccountID?, _ vault: Vault
    ) -> [UInt8] {
        let bound = [
            payload, filter.from?.iso ?? "", filter.to?.iso ?? "", filter.area ?? "",
            filter.kind?.rawValue ?? "", account.map { "\($0)" } ?? "",
        ].joined(separator: "\u{1F}")
        return Array(vault.tag(bound, purpose: "page-cursor").prefix(tagLength))
    }

    /// How many bits differ, in the same time whichever they are.
    private static func differ(_ left: [UInt8], _ right: [UInt8]) -> UInt8 {
        zip(left, right).reduce(left.count == right.count ? 0 : 1) { $0 | ($1.0 ^ $1.1) }
    }
}
