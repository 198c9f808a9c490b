import Foundation
public import Outreach

/// The name of one fact, with the order that breaks ties on a day: byte order, as PostgreSQL orders `uuid`.
public struct FactID: Hashable, Comparable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// A fact numbered by hand, as in the oracle vectors; keeps the order of the numbers.
    public init(_ number: Int) {
        high = 0
        low = UInt64(bitPattern: Int64(number)) ^ (1 << 63)
    }

    public init<Subject>(_ id: Identifier<Subject>) {
        (high, low) = withUnsafeBytes(of: id.uuid.uuid) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
