internal import Foundation
public import PostgresClient
internal import Vault

/// Where the audit's chain ended at some moment, short enough to be written on paper:
/// `1234:7ZK3M-0QW8R-XN5T2-C4HYP-9D`.
///
/// The code is the first 100 bits of the link's, in Crockford's base 32 (without I, L, O, U); the last two
/// letters check what was typed. A chain that was cut off below it, or made anew, no longer has it.
public struct AuditHead: Hashable, Sendable {
    public let position: Int
    /// 20 letters.
    private let letters: String

    init(position: Int, code: [UInt8]) {
        self.position = position
        letters = Self.letters(of: code, count: 20)
    }

    public var text: String {
        let groups = stride(from: 0, to: 20, by: 5).map { String(letters.dropFirst($0).prefix(5)) }
        return "\(position):" + (groups + [check]).joined(separator: "-")
    }

    /// What somebody typed or a file holds; nil where the check letters do not fit it.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let position = Int(String(parts[0])), position > 0 else {
            return nil
        }
        let typed = parts[1].uppercased().filter { $0 != "-" && $0 != " " }
            .replacing("O", with: "0").replacing("I", with: "1").replacing("L", with: "1")
        guard typed.count == 22, typed.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        self.position = position
        letters = String(typed.prefix(20))
        guard typed.suffix(2) == check else { return nil }
    }

    /// Every head in a text, whatever else it says: an export, a report, a list kept by hand.
    public static func all(in text: String) -> [AuditHead] {
        text.matches(of: /[0-9]+:(?:[0-9A-Za-z]{5}-){4}[0-9A-Za-z]{2}/).compactMap { AuditHead($0.output) }
    }

    private var check: String {
        Self.letters(of: sha256(Array("\(position):\(letters)".utf8)), count: 2)
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private static func letters(of bytes: [UInt8], count: Int) -> String {
        String(
            (0..<count).map { index in
                let value = (0..<5).reduce(0) { value, offset in
                    let bit = index * 5 + offset
                    return value << 1 | Int(bytes[bit / 8] >> (7 - bit % 8)) & 1
                }
                return alphabet[value]
            })
    }
}

extension AuditHead {
    /// The head as it stood at a moment; nil where nothing was sealed by then.
    public static func read(
        _ federation: Federation, at moment: PostgresTimestamp = .infinity,
        authority: Authority? = nil, on connection: PostgresConnection
    ) async throws(TransactionError) -> AuditHead? {
        let authority = authority ?? .operator(of: federation)
        return try await authority.transaction(
            for: .counting, .readCommitted.readOnly, on: connection
        ) { connection in
            try AuditHead(try await connection.query(Self.sql(of: federation.id, at: moment)))
        }
    }

    /// Of one federation by its id, for a transaction that counts.
    static func sql(of federation: Int, at moment: PostgresTimestamp) -> SQL {
        "SELECT \"position\", code FROM goutong.audit_head_at(\(federation)::integer, \(moment))"
    }

    /// From rows of a position and its code; nil where there is none.
    init?(_ rows: PostgresRows) throws(PostgresError) {
        guard let row = rows.first else { return nil }
        let (position, code) = try row.decode((Int, [UInt8]).self)
        self.init(position: position, code: code)
    }
}
