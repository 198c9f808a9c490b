@testable import Outreach
import Testing

/// What a list of declared totals or targets may hold, and what is said of what it may not.
@Suite struct StatedRowReaderTests {
    private static let today = Day(ordinal: 17_900)
    private static let header = "单位,指标,期间,起,止,申报数,来源文件,申报机关,收到日期"

    private func read(_ line: String, isDeclared: Bool = true) throws -> (row: StatedRow?, issues: [RowIssue])
    {
        var records = CSVRecords()
        records.append(Array((Self.header + "\n" + line + "\n").utf8))
        records.finish()
        _ = records.next()
        let header = try ImportHeader<StatedColumn>((0..<records.fields.count).map(records.text))
        let reader = StatedRowReader(
            header: header, figures: ["意向": "founding_intents", "founding_intents": "founding_intents"],
            isDeclared: isDeclared, today: Self.today)
        var report = RowReport()
        _ = records.next()
        let row = reader.read(records, &report)
        report.sort()
        return (row, Array(report.issues))
    }

    @Test(
        "a period is a year, a month, a week, or its two days; the last one is included",
        arguments: [
            ("2018,,", "2018-01-01", "2018-12-31"), ("2018-02,,", "2018-02-01", "2018-02-28"),
            ("2018-12,,", "2018-12-01", "2018-12-31"), ("2018-W40,,", "2018-10-01", "2018-10-07"),
            (",2018/4/2,2018年12月30日", "2018-04-02", "2018-12-30"),
        ])
    func periods(written: String, from: String, to: String) throws {
        let row = try read("110105,意向,\(written),\"1,240\",朝工报〔2019〕3号,朝阳区总工会,2019-01-02").row
        #expect(row?.from.iso == from && row?.to.iso == to)
        #expect(row?.figure == "founding_intents" && row?.value == 1240 && row?.source == "朝工报〔2019〕3号")
    }

    @Test(
        "each wrong value is told by its column, rule and mend in both languages",
        arguments: [
            (",意向,2018,,,5,甲,乙,2018-12-31", 0, "key.required"),
            ("1.10105E+05,意向,2018,,,5,甲,乙,2018-12-31", 0, "excel.scientific"),
            ("110105,入会,2018,,,5,甲,乙,2018-12-31", 1, "choice.unknown"),
            ("110105,意向,2018-13,,,5,甲,乙,2018-12-31", 2, "period.unknown"),
            ("110105,意向,2018-W53,,,5,甲,乙,2018-12-31", 2, "period.unknown"),
            ("110105,意向,2018,2018-01-01,,5,甲,乙,2018-12-31", 2, "period.twice"),
            ("110105,意向,,,2018-12-30,5,甲,乙,2018-12-31", 3, "key.required"),
            ("110105,意向,,2018-12-30,2018-12-01,5,甲,乙,2018-12-31", 4, "date.order"),
            ("110105,意向,,2018-12-30,2019-12-01,5,甲,乙,2018-12-31", 4, "date.future"),
            ("110105,意向,2018-10,,,约5,甲,乙,2018-12-31", 5, "type.integer"),
            ("110105,意向,2018-10,,,,甲,乙,2018-12-31", 5, "key.required"),
            ("110105,意向,2018-10,,,200000000,甲,乙,2018-12-31", 5, "number.range"),
            ("110105,意向,2018-10,,,5,,乙,2018-12-31", 6, "key.required"),
            ("110105,意向,2018-10,,,5,=1+1,乙,2018-12-31", 6, "text.line"),
            ("110105,意向,2018-10,,,5,甲,,2018-12-31", 7, "key.required"),
            ("110105,意向,2018-10,,,5,甲,乙,", 8, "key.required"),
            ("110105,意向,2018-10,,,5,甲,乙,2030-01-01", 8, "date.future"),
        ])
    func problems(line: String, column: Int, code: String) throws {
        let (row, issues) = try read(line)
        #expect(row == nil)
        #expect(issues.map(\.issue.code) == [code])
        #expect(issues.map(\.column) == [column] && issues.map(\.line) == [2])
        for issue in issues.map(\.issue) {
            #expect(
                !issue.rule.zh.isEmpty && !issue.rule.en.isEmpty && !issue.mend.zh.isEmpty
                    && !issue.mend.en.isEmpty)
        }
    }

    @Test("a target may be of days to come, and need not say when it was set")
    func targets() throws {
        let row = try read("110105,意向,2019,,,5,甲,乙,", isDeclared: false).row
        #expect(row?.to.iso == "2019-12-31" && row?.receivedOn == nil)
        #expect(try read("110105,意向,2019,,,5,甲,乙,2019-01-02").row == nil)
    }
}
