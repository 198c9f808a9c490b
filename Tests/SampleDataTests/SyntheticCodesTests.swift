import Outreach
import Testing

@testable import SampleData

@Suite("Synthetic codes")
struct SyntheticCodesTests {
    /// GB 32100-2015, written apart from the generator: the weighted sum with the check is 0 mod 31.
    private func isCreditCode(_ text: String) -> Bool {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1]
        let values = text.compactMap { alphabet.firstIndex(of: $0) }
        return values.count == 18 && zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } % 31 == 0
    }

    /// GB 11714: positions 9–16 of a credit code and their check at 17.
    private func hasOrganisationCheck(_ text: String) -> Bool {
        let body = Array(text.dropFirst(8).dropLast())
        let sum = zip(body, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) {
            $0 + (Int(String($1.0), radix: 36) ?? 0) * $1.1
        }
        let check = 11 - sum % 11
        return body[8] == (check == 10 ? "X" : check == 11 ? "0" : Character("\(check)"))
    }

    /// GB 11643-1999 (ISO 7064 MOD 11-2): the weighted sum with the check is 1 mod 11.
    private func isResidentID(_ text: String) -> Bool {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1]
        let values = text.compactMap { $0 == "X" ? 10 : $0.wholeNumberValue }
        return values.count == 18 && zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11 == 1
    }

    @Test("the checks of this suite know the published examples")
    func published() {
        #expect(isCreditCode("91110000600037341L") && hasOrganisationCheck("91110000600037341L"))
        #expect(!isCreditCode("91110101MA00TE5T20") && !isCreditCode("91110011MA00TE5T21"))
        #expect(isResidentID("11010519491231002X") && !isResidentID("110100199003070010"))
    }

    @Test("are valid, distinct and held by nobody", arguments: [1, 99])
    func valid(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var codes = SyntheticCodes(using: &random)
        var seen: Set<String> = []
        for _ in 0..<5000 {
            let firm = try codes.creditCode(county: "110108").text
            #expect(isCreditCode(firm) && hasOrganisationCheck(firm) && firm.hasPrefix("91110108MA9"))
            let person = try codes.residentID().text
            #expect(isResidentID(person) && (person.hasPrefix("110100") || person.hasPrefix("130100")))
            let born = person.dropFirst(6).prefix(8)
            let birthday = Day(iso: "\(born.prefix(4))-\(born.dropFirst(4).prefix(2))-\(born.suffix(2))")
            #expect(try #require(birthday).adding(days: 16 * 366) <= SampleCalendar.firstDay.adding(days: 12))
            let mobile = try codes.mobile().text
            #expect(mobile.count == 11 && mobile.hasPrefix("154"))
            seen.formUnion([firm, person, mobile])
        }
        #expect(seen.count == 15_000)
    }

    @Test("the calendar's constants are the days they claim to be")
    func calendar() {
        #expect(SampleCalendar.firstDay.iso == "2018-04-02")
        #expect(SampleCalendar.lastDay.iso == "2018-12-30")
        #expect(SampleCalendar.lastRecordingDay.iso == "2019-01-06")
        #expect(SampleCalendar.isHoliday(Day(ordinal: 17_805)))
        // 2018-04-02 00:00 in Beijing is 16:00 UTC the day before.
        #expect(SampleCalendar.instant(SampleCalendar.firstDay, second: 0) == 1_522_598_400_000_000)
    }
}
