/// A day as spreadsheets write it. What is unambiguous is taken: 2018-9-12, 2018/9/12, 2018.9.12, 20180912 and
/// 2018年9月12日, with a midnight behind it or not. A day number, or a day before its year, is not.
enum ImportDay {
    enum Reading {
        case day(Day)
        case wrong(DocumentIssue)
    }

    /// - Parameter range: not empty.
    static func read(_ bytes: [UInt8], _ range: Range<Int>) -> Reading {
        if range.count == 10, bytes[range.lowerBound + 4] == dash, bytes[range.lowerBound + 7] == dash,
            let day = day(bytes, range.lowerBound, at: (0, 5, 8))
        {
            return .day(day)
        }
        return read(String(decoding: bytes[range], as: UTF8.self))
    }

    private static let dash = UInt8(ascii: "-")

    private static func day(_ bytes: [UInt8], _ start: Int, at places: (Int, Int, Int)) -> Day? {
        func number(_ from: Int, _ count: Int) -> Int? {
            var value = 0
            for byte in bytes[start + from..<start + from + count] {
                guard byte >= 48, byte <= 57 else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        guard let year = number(places.0, 4), let month = number(places.1, 2),
            let day = number(places.2, 2)
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    private static func read(_ text: String) -> Reading {
        var narrow = String.UnicodeScalarView()
        for scalar in NormalisedText.prose(text).unicodeScalars {
            narrow.append(NormalisedText.narrowed(scalar))
        }
        var written = String(narrow)
        for midnight in [" 00:00:00", " 0:00:00", " 00:00", " 0:00"] where written.hasSuffix(midnight) {
            written.removeLast(midnight.count)
            break
        }
        if written.hasSuffix("日") { written.removeLast() }
        let parts = written.split(
            omittingEmptySubsequences: false, whereSeparator: { "-/.年月".contains($0) })
        let numbers = parts.map { part in part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil }
        switch (numbers.count, numbers.first ?? nil) {
        case (3, let year?) where parts[0].utf8.count == 4:
            guard let month = numbers[1], let day = numbers[2],
                let found = Day(year: year, month: month, day: day)
            else { return .wrong(.dateInvalid) }
            return .day(found)
        case (3, _?) where parts[2].utf8.count == 4 && numbers[1] != nil && numbers[2] != nil:
            return .wrong(.dateOrder)
        case (1, let number?) where parts[0].utf8.count == 8:
            guard let found = Day(year: number / 10_000, month: number / 100 % 100, day: number % 100) else {
                return .wrong(.dateInvalid)
            }
            return .day(found)
        case (1, let number?) where (10_000...99_999).contains(number): return .wrong(.dateSerial)
        default: return .wrong(.dateInvalid)
        }
    }
}
