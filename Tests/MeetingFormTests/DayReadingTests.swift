import MeetingForm
import Outreach
import Testing

@Suite struct DayReadingTests {
    @Test(arguments: [
        ("今天", "2019-01-08"), ("昨天", "2019-01-07"), ("前天", "2019-01-06"), ("today", "2019-01-08"),
        ("2018-09-12", "2018-09-12"), ("2018/9/12", "2018-09-12"), ("2018.9.12", "2018-09-12"),
        ("20180912", "2018-09-12"), ("2018年9月12日", "2018-09-12"), ("２０１８－０９－１２", "2018-09-12"),
        ("9-12", "2018-09-12"), ("9月12日", "2018-09-12"), ("9月12号", "2018-09-12"), ("0912", "2018-09-12"),
        ("1-8", "2019-01-08"), ("1/9", "2018-01-09"), ("12。30", "2018-12-30"), ("18-9-12", "2018-09-12"),
        ("2-29", "2016-02-29"),
    ])
    func reads(text: String, iso: String) throws {
        let today = try #require(Day(iso: "2019-01-08"))
        #expect(DayReading.day(text, today: today)?.iso == iso)
    }

    @Test(arguments: [
        "", "-", "9", "9-", "13-1", "2-30", "2018-02-29", "2018-9-12-1", "abc", "20181332", "9月", "999999",
    ])
    func refuses(text: String) throws {
        let today = try #require(Day(iso: "2019-01-08"))
        #expect(DayReading.day(text, today: today) == nil)
    }

    @Test func whatIsDueLiesAhead() throws {
        let today = try #require(Day(iso: "2018-12-20"))
        #expect(DayReading.day("1-15", today: today, leaning: .future)?.iso == "2019-01-15")
        #expect(DayReading.day("12-20", today: today, leaning: .future)?.iso == "2018-12-20")
    }

    @Test(arguments: [
        ("14:30", "14:30"), ("1430", "14:30"), ("930", "09:30"), ("9", "09:00"), ("14点30", "14:30"),
        ("14点30分", "14:30"),
        ("下午2点半", "14:30"), ("上午9点", "09:00"), ("2:30pm", "14:30"), ("１４：３０", "14:30"),
    ])
    func readsTimes(text: String, time: String) {
        #expect(DayReading.time(text)?.description == time)
    }

    @Test(arguments: ["", "25:00", "14:60", "14:3:0", "abc", "14点半点"])
    func refusesTimes(text: String) {
        #expect(DayReading.time(text) == nil)
    }
}
