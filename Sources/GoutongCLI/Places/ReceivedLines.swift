internal import Outreach
internal import OutreachClient

/// Lines of JSON as a service sends them, in pieces that end anywhere.
struct ReceivedLines {
    private var rest: [UInt8] = []

    /// Whether the last line has ended.
    var isOver: Bool { rest.isEmpty }

    /// The lines that a piece ends.
    /// - Throws: an obstacle where one is no JSON.
    mutating func rows(in piece: [UInt8]) throws -> [JSONRow] {
        var rows: [JSONRow] = []
        var left = piece[...]
        while let end = left.firstIndex(of: UInt8(ascii: "\n")) {
            guard let json = try? JSONValue(parsing: rest + left[..<end]) else { throw Self.notOurs }
            rows.append(JSONRow(json))
            rest = []
            left = left[(end + 1)...]
        }
        rest += left
        return rows
    }

    static var notOurs: CommandFailure { CommandFailure(asking: .notOurs(status: 200)) }
}
