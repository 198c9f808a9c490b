internal import Foundation
internal import Outreach
internal import Vault

/// A file that came as bytes, in UTF-8, with a byte order mark or without.
public final class TextSource: ImportSource {
    private let bytes: [UInt8]
    private var isOver = false

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var hash: [UInt8] { sha256(bytes) }

    public func restart() { isOver = false }

    public func next() -> [UInt8]? {
        guard !isOver else { return nil }
        isOver = true
        return Array(bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0))
    }
}

/// What the headers of a file mean that are not ours: two columns, theirs and ours, or `-` for a column to pass over.
public enum HeaderMap {
    /// - Throws: `DocumentIssue` with the line in its pointer, and what the source throws.
    public static func read(_ source: any ImportSource) throws -> [String: String] {
        try source.restart()
        var records = CSVRecords()
        var map: [String: String] = [:]
        while try records.next(from: source) {
            guard records.problem == nil, records.fields.count == 2 else {
                throw DocumentIssue(
                    code: "map.form", pointer: "\(records.line)",
                    rule: Bilingual(
                        zh: "对照表第 \(records.line) 行不是两列",
                        en: "line \(records.line) of the map has not two columns"),
                    mend: Bilingual(zh: "写成：对方表头,我方表头（或 -）", en: "write THEIRS,OURS or THEIRS,-"))
            }
            map[records.text(0)] = records.text(1).trimmingCharacters(in: .whitespaces)
        }
        return map
    }
}
