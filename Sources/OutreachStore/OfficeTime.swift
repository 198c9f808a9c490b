internal import Foundation
public import Outreach
public import PostgresClient

/// The office's time: Asia/Shanghai, UTC+8 the whole year round since 1991.
public enum OfficeTime {
    private static let offsetMicroseconds: Int64 = 8 * 3_600_000_000
    private static let dayMicroseconds: Int64 = 86_400_000_000

    /// The first moment of a day in the office.
    public static func beginning(of day: Day) -> PostgresTimestamp {
        PostgresTimestamp(
            microsecondsSince1970: Int64(day.ordinal) * dayMicroseconds - offsetMicroseconds)
    }

    /// The day in the office at a moment.
    public static func day(of moment: PostgresTimestamp) -> Day {
        let local = moment.microsecondsSince1970 + offsetMicroseconds
        return Day(ordinal: Int((Double(local) / Double(dayMicroseconds)).rounded(.down)))
    }

    /// RFC 3339 with the office's offset and microseconds.
    public static func text(of moment: PostgresTimestamp) -> String {
        let local = moment.microsecondsSince1970 + offsetMicroseconds
        let day = Self.day(of: moment)
        var rest = local - Int64(day.ordinal) * dayMicroseconds
        func take(_ unit: Int64, _ width: Int) -> String {
            let value = String(rest / unit)
            rest %= unit
            return String(repeating: "0", count: max(0, width - value.count)) + value
        }
        let hour = take(3_600_000_000, 2)
        let minute = take(60_000_000, 2)
        let second = take(1_000_000, 2)
        return "\(day.iso)T\(hour):\(minute):\(second).\(take(1, 6))+08:00"
    }

    /// A moment from RFC 3339 text with its offset, to the microsecond; nil for other text.
    public static func moment(_ text: String) -> PostgresTimestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let day = Day(iso: text.prefix(10)),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
            let clock = TimeOfDay(text.dropFirst(11).prefix(5)), bytes[16] == UInt8(ascii: ":"),
            let second = Int(text.dropFirst(17).prefix(2)), (0...59).contains(second)
        else { return nil }
        var rest = text.dropFirst(19)
        var fraction: Int64 = 0
        if rest.first == "." {
            let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard (1...9).contains(digits.count) else { return nil }
            fraction = Int64((String(digits) + "000000").prefix(6)) ?? 0
            rest = rest.dropFirst(digits.count + 1)
        }
        let offset: Int64
        if rest == "Z" {
            offset = 0
        } else {
            guard rest.count == 6, let sign = rest.first, sign == "+" || sign == "-",
                let time = TimeOfDay(rest.dropFirst())
            else { return nil }
            offset = Int64(time.minutes) * (sign == "-" ? -60 : 60)
        }
        let seconds = Int64(day.ordinal) * 86_400 + Int64(clock.minutes) * 60 + Int64(second) - offset
        return PostgresTimestamp(microsecondsSince1970: seconds * 1_000_000 + fraction)
    }
}

extension PostgresTimestamp {
    /// This machine's clock. The ledger's stamps come from the database's.
    public static var now: PostgresTimestamp {
        PostgresTimestamp(microsecondsSince1970: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}
