public import Outreach

/// Dates and times as people type them.
public enum DayReading {
    /// Which year a date without one belongs to.
    public enum Leaning: Sendable {
        /// The last such day up to today: meetings, intents.
        case past
        /// The next such day from today: what is due.
        case future
    }

    /// `今天 昨天 前天 明天 today yesterday tomorrow`, `2018-09-12 2018/9/12 2018.9.12 20180912 2018年9月12日`,
    /// `9-12 9/12 9.12 0912 9月12日`, in digits of either width; nil for anything else or no such day.
    public static func day(_ text: String, today: Day, leaning: Leaning = .past) -> Day? {
        let text = TypedText.narrow(text).lowercased()
        if let offset = words[text] { return today.adding(days: offset) }
        if text.utf8.allSatisfy({ (48...57).contains($0) }) {
            let digits = Array(text)
            func number(_ range: Range<Int>) -> Int { Int(String(digits[range])) ?? 0 }
            switch digits.count {
            case 8: return Day(year: number(0..<4), month: number(4..<6), day: number(6..<8))
            case 4: return nearest(month: number(0..<2), day: number(2..<4), to: today, leaning)
            default: return nil
            }
        }
        let unified = text.map { "年月/.".contains($0) ? "-" : $0 }.filter {
            $0 != " " && $0 != "日" && $0 != "号"
        }
        let parts = String(unified).split(separator: "-", omittingEmptySubsequences: false)
        guard
            parts.allSatisfy({
                (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) }
            })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        switch numbers.count {
        case 3:
            let year = parts[0].count == 2 ? 2000 + numbers[0] : numbers[0]
            return Day(year: year, month: numbers[1], day: numbers[2])
        case 2: return nearest(month: numbers[0], day: numbers[1], to: today, leaning)
        default: return nil
        }
    }

    /// `14:30 1430 14点30 14时 2点半 下午2点半 2:30pm` and `9` as an hour; nil for anything else.
    public static func time(_ text: String) -> TimeOfDay? {
        var text = TypedText.narrow(text).lowercased().filter { $0 != " " }
        var afternoon = false
        for word in ["下午", "晚上", "pm"] where text.contains(word) {
            afternoon = true
            text = text.replacing(word, with: "")
        }
        for word in ["上午", "早上", "am"] { text = text.replacing(word, with: "") }
        text = text.replacing("点半", with: ":30").replacing("点", with: ":").replacing("时", with: ":")
            .replacing("分", with: "")
        if text.hasSuffix(":") { text += "00" }
        if !text.contains(":"), text.count > 2 {
            text.insert(":", at: text.index(text.endIndex, offsetBy: -2))
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({
                (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) }
            }),
            var hour = Int(parts[0])
        else { return nil }
        let minute = parts.count == 2 ? Int(parts[1]) ?? 60 : 0
        if afternoon && hour < 12 { hour += 12 }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return TimeOfDay("\(two(hour)):\(two(minute))")
    }

    private static let words = [
        "今天": 0, "今日": 0, "today": 0, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2, "明天": 1,
        "tomorrow": 1,
    ]

    /// Leap days look four years around, further across 1900.
    private static func nearest(month: Int, day: Int, to today: Day, _ leaning: Leaning) -> Day? {
        for distance in 0...8 {
            let year = leaning == .past ? today.year - distance : today.year + distance
            guard let candidate = Day(year: year, month: month, day: day) else { continue }
            if leaning == .past ? candidate <= today : candidate >= today { return candidate }
        }
        return nil
    }
}
