import Outreach

extension Day {
    /// The birthday in an 18-character citizen identity number; nil where there is none.
    init?(residentNumber number: String) {
        guard number.utf8.count == 18, let value = Int(number.dropFirst(6).prefix(8)) else { return nil }
        self.init(year: value / 10_000, month: value / 100 % 100, day: value % 100)
    }

    /// Whether a person born on this day is 16 on `other`. Born on 29 February, one is so on 1 March.
    func isSixteenYears(before other: Day) -> Bool {
        let (year, month, day) = parts
        let (laterYear, laterMonth, laterDay) = other.parts
        return (year + 16, month, day) <= (laterYear, laterMonth, laterDay)
    }
}
