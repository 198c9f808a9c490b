/// What a recording hands back: id, revision, hash of the facts and the recorded moment, as one string.
///
/// `goutong1.<id>.<revision>.<64 hex digits>.<moment>`, the moment in RFC 3339, UTC, microseconds, with
/// `.` of the seconds written as `,` so that the parts split at dots.
public struct Receipt: Hashable, Sendable, CustomStringConvertible {
    public let id: MeetingID
    /// ≥ 1.
    public let revision: Int
    /// SHA-256, 32 bytes.
    public let factsHash: [UInt8]
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let recordedAtMicroseconds: Int64

    public init(id: MeetingID, revision: Int, factsHash: [UInt8], recordedAtMicroseconds: Int64) {
        self.id = id
        self.revision = revision
        self.factsHash = factsHash
        self.recordedAtMicroseconds = recordedAtMicroseconds
    }

    public var description: String {
        "goutong1.\(id).\(revision).\(factsHashHex).\(recordedAt)"
    }

    public var factsHashHex: String {
        factsHash.hexadecimal
    }

    private var recordedAt: String {
        let microsecondsADay: Int64 = 86_400_000_000
        var ordinal = recordedAtMicroseconds / microsecondsADay
        var rest = recordedAtMicroseconds % microsecondsADay
        if rest < 0 {
            ordinal -= 1
            rest += microsecondsADay
        }
        func pad(_ value: Int64, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let seconds = rest / 1_000_000
        return Day(ordinal: Int(ordinal)).iso
            + "T\(pad(seconds / 3600, 2)):\(pad(seconds / 60 % 60, 2)):\(pad(seconds % 60, 2))"
            + ",\(pad(rest % 1_000_000, 6))Z"
    }

    /// A receipt from its string; nil where it is not one.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "goutong1", let id = MeetingID(parts[1]),
            let revision = Int(parts[2]), revision >= 1
        else { return nil }
        let digits = Array(parts[3])
        // Counted in characters: other letters have more bytes than one.
        guard digits.count == 64 else { return nil }
        let bytes = stride(from: 0, to: 64, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        let moment = parts[4]
        guard bytes.count == 32, moment.utf8.count == 27, moment.hasSuffix("Z"),
            let day = Day(iso: moment.prefix(10)), let time = TimeOfDay(moment.dropFirst(11).prefix(5)),
            let second = Int64(moment.dropFirst(17).prefix(2)),
            let fraction = Int64(moment.dropFirst(20).prefix(6))
        else { return nil }
        let seconds = Int64(day.ordinal) * 86_400 + Int64(time.minutes) * 60 + second
        self.init(
            id: id, revision: revision, factsHash: bytes,
            recordedAtMicroseconds: seconds * 1_000_000 + fraction)
        guard description == text else { return nil }
    }
}
