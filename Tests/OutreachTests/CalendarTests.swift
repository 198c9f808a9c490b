import Outreach
import Testing

@Suite struct CalendarTests {
    @Test func daysCountFromTheEpoch() throws {
        #expect(Day(year: 1970, month: 1, day: 1)?.ordinal == 0)
        #expect(Day(iso: "2000-03-01")?.ordinal == 11_017)
        #expect(Day(iso: "2018-12-30")?.weekday == 7)
    }

    @Test func everyDayReadsBack() {
        for ordinal in stride(from: -700_000, to: 2_900_000, by: 389) {
            let day = Day(ordinal: ordinal)
            #expect(Day(iso: day.iso) == day)
        }
    }

    @Test(arguments: [
        "2018-02-29", "2018-13-01", "2018-00-01", "2018-01-00", "1900-02-29", "18-01-01", "2018-1-01",
        "2018/01/01", "２018-01-01", "2018-01-01 ", "",
    ])
    func daysThatDoNotExist(_ text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test(arguments: [
        ("2018-12-30", "2018-W52"), ("2018-12-31", "2019-W01"), ("2021-01-03", "2020-W53"),
        ("2016-01-03", "2015-W53"),
    ])
    func weekNames(_ day: String, _ name: String) throws {
        let day = try #require(Day(iso: day))
        #expect(Week(containing: day).name == name)
        #expect(Week(name: name)?.contains(day) == true)
    }

    @Test(arguments: ["2018-W53", "2018-W00", "2018-W5", "2018W52", "18-W52"])
    func weeksThatDoNotExist(_ name: String) {
        #expect(Week(name: name) == nil)
    }

    @Test(arguments: ["24:00", "12:60", "9:00", "12:00:00", "１2:00", ""])
    func timesThatDoNotExist(_ text: String) {
        #expect(TimeOfDay(text) == nil)
    }

    @Test func mintedIDsAreOfVersionSeven() {
        var random = SeededRandom(seed: 5)
        let id = MeetingID.minted(atMilliseconds: 0x0168_325A_1C00, using: &random)
        #expect(id.description.hasPrefix("0168325a-1c00-7"))
        #expect("89ab".contains(id.description.dropFirst(19).first ?? "-"))
        #expect(MeetingID(id.description.uppercased()) == id)
    }
}
