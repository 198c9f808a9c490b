public import struct Foundation.Date

/// PostgreSQL's `timestamptz`: a moment, exact to the microsecond, without a time zone.
public struct PostgresTimestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 2000-01-01T00:00:00Z.
    public let microsecondsSince2000: Int64

    @inlinable
    public init(microsecondsSince2000: Int64) { self.microsecondsSince2000 = microsecondsSince2000 }

    /// Seconds between 1970-01-01 and 2000-01-01, UTC.
    public static let epochIn1970Seconds: Int64 = 946_684_800

    public init(microsecondsSince1970: Int64) {
        microsecondsSince2000 = microsecondsSince1970 - Self.epochIn1970Seconds * 1_000_000
    }

    /// Saturates at the ends of `Int64`, so that `infinity` stays the greatest.
    public var microsecondsSince1970: Int64 {
        let (sum, overflow) = microsecondsSince2000.addingReportingOverflow(
            Self.epochIn1970Seconds * 1_000_000)
        return overflow ? .max : sum
    }

    /// To the nearest microsecond; nil when not finite or out of range.
    public init?(_ date: Date) {
        let micros = (date.timeIntervalSince1970 * 1_000_000).rounded()
        guard let exact = Int64(exactly: micros),
            case let (shifted, false) = exact.subtractingReportingOverflow(
                Self.epochIn1970Seconds * 1_000_000)
        else { return nil }
        microsecondsSince2000 = shifted
    }

    public var date: Date { Date(timeIntervalSince1970: Double(microsecondsSince1970) / 1_000_000) }

    public static let infinity = PostgresTimestamp(microsecondsSince2000: .max)
    public static let minusInfinity = PostgresTimestamp(microsecondsSince2000: .min)

    public static func < (left: Self, right: Self) -> Bool {
        left.microsecondsSince2000 < right.microsecondsSince2000
    }
}

extension PostgresTimestamp: PostgresValue, PostgresElement {
    @inlinable public static var postgresType: PostgresType { .timestamptz }
    public static var postgresArrayType: PostgresType { .timestamptzArray }

    @inlinable public func write(to writer: inout PostgresWriter) { writer.write(microsecondsSince2000) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let micros = reader.read(Int64.self) else { return nil }
        self.init(microsecondsSince2000: micros)
    }
}
