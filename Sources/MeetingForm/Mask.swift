/// Personal data as far as it is shown of people who are on record: `张*`, `138****8000`.
enum Mask {
    /// The first character, and a star for each other.
    static func name(_ name: String) -> String {
        String(name.prefix(1)) + String(repeating: "*", count: max(1, name.count - 1))
    }

    /// The first three and the last four characters; of a short number only the last two.
    static func number(_ number: String) -> String {
        guard number.count >= 11 else {
            return String(repeating: "*", count: max(2, number.count - 2)) + number.suffix(2)
        }
        return number.prefix(3) + String(repeating: "*", count: number.count - 7) + number.suffix(4)
    }
}
