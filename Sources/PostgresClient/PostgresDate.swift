/// PostgreSQL's `date`: a day of the proleptic Gregorian calendar.
public struct PostgresDate: Hashable, Comparable, Sendable {
    /// Days since 2000-01-01, which is 10,957 days after 1970-01-01.
    public let daysSince2000: Int32

    @inlinable public init(daysSince2000: Int32) { self.daysSince2000 = daysSince2000 }

    /// Days between 1970-01-01 and 2000-01-01.
    public static let epochIn1970Days = 10_957

    /// nil outside the range of `Int32`.
    public init?(daysSince1970: Int) {
        guard let days = Int32(exactly: daysSince1970 - Self.epochIn1970Days) else { return nil }
        daysSince2000 = days
    }

    public var daysSince1970: Int { Int(daysSince2000) + Self.epochIn1970Days }

    public static let infinity = PostgresDate(daysSince2000: .max)
    public static let minusInfinity = PostgresDate(daysSince2000: .min)

    public static func < (left: Self, right: Self) -> Bool { left.daysSince2000 < right.daysSince2000 }
}

extension PostgresDate: PostgresValue, PostgresElement {
    @inlinable public static var postgresType: PostgresType { .date }
    public static var postgresArrayType: PostgresType { .dateArray }

    @inlinable public func write(to writer: inout PostgresWriter) { writer.write(daysSince2000) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let days = reader.read(Int32.self) else { return nil }
        self.init(daysSince2000: days)
    }
}
