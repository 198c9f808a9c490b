public import Foundation

/// An id that cannot be passed where another kind of id is meant.
///
/// Ids are UUIDs minted on the device (version 7). They are names: never a time, never an order.
public struct Identifier<Subject>: Hashable, Sendable, CustomStringConvertible {
    public let uuid: UUID

    public init(_ uuid: UUID) { self.uuid = uuid }

    /// An id from its canonical 8-4-4-4-12 text in either case; nil for any other text.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 36, let uuid = UUID(uuidString: String(text)) else { return nil }
        self.uuid = uuid
    }

    /// Lower-case canonical text.
    public var description: String { uuid.uuidString.lowercased() }
}

extension Identifier: Comparable {
    /// Byte order, the same as PostgreSQL's order of `uuid`.
    public static func < (left: Self, right: Self) -> Bool {
        withUnsafeBytes(of: left.uuid.uuid) { a in
            withUnsafeBytes(of: right.uuid.uuid) { b in a.lexicographicallyPrecedes(b) }
        }
    }
}

public enum MeetingSubject: Sendable {}
public enum FirmSubject: Sendable {}
public enum ApplicantSubject: Sendable {}
public enum MilestoneSubject: Sendable {}
public enum AccountSubject: Sendable {}
public enum MergeSubject: Sendable {}

public typealias MeetingID = Identifier<MeetingSubject>
public typealias FirmID = Identifier<FirmSubject>
public typealias ApplicantID = Identifier<ApplicantSubject>
public typealias MilestoneID = Identifier<MilestoneSubject>
public typealias AccountID = Identifier<AccountSubject>
public typealias MergeID = Identifier<MergeSubject>

extension Identifier {
    /// A version 7 UUID (RFC 9562 §5.7) from a Unix time in milliseconds and a random source.
    public static func minted(
        atMilliseconds milliseconds: UInt64, using random: inout some RandomNumberGenerator
    ) -> Self {
        let high = (milliseconds & 0xFFFF_FFFF_FFFF) << 16 | 0x7000 | UInt64(random.next() & 0x0FFF)
        let low = random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        func byte(_ word: UInt64, _ index: Int) -> UInt8 {
            UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64(index)))
        }
        return Self(
            UUID(
                uuid: (
                    byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3),
                    byte(high, 4), byte(high, 5), byte(high, 6), byte(high, 7),
                    byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3),
                    byte(low, 4), byte(low, 5), byte(low, 6), byte(low, 7)
                )))
    }
}
