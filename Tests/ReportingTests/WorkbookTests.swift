import Foundation
import Testing

@testable import Reporting

@Suite struct WorkbookTests {
    /// A member of the archive as text; empty where there is none.
    private func member(_ name: String, of file: URL) throws -> String {
        let unzip = Process()
        unzip.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
        unzip.arguments = ["-p", file.path, name]
        let output = Pipe()
        unzip.standardOutput = output
        unzip.standardError = FileHandle.nullDevice
        try unzip.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        unzip.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private func withFile<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("workbook-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file)
    }

    @Test(arguments: Language.allCases)
    func opensWithASheetThatExplains(language: Language) throws {
        try withFile { file in
            try WeeklyReport(WeeklyFixture.figures()).writeWorkbook(to: file.path, language: language)
            let words = Catalogue(language)
            let book = try member("xl/workbook.xml", of: file)
            let names = book.split(separator: "<sheet name=\"").dropFirst()
                .compactMap { $0.split(separator: "\"").first.map(String.init) }
            #expect(
                names
                    == [
                        "readme", "headline", "progress", "attention", "next_week", "districts", "areas",
                        "district_rates", "area_rates", "plot", "weeks", "conservation", "completeness",
                        "plausibility", "waiting", "targets", "declared",
                    ]
                    .map { words["sheet.\($0)"] })
            let strings = try member("xl/sharedStrings.xml", of: file)
            #expect(strings.contains("【演示数据】") && strings.contains("9b5260ab5d1c"))
            #expect(strings.contains("<t>110105021</t>"), "a code is text")
            #expect(!strings.contains("⟦"))
            #expect(strings.contains("示工报〔2019〕1号") && strings.contains("示工发〔2018〕5号"))
        }
    }

    @Test func theHeadOfTheAuditStandsWhereThereIsOne() throws {
        for head in ["12:ABCDE-FGHJK-MNPQR-STVWX-YZ", nil] {
            try withFile { file in
                try WeeklyReport(WeeklyFixture.figures(), circulation: Circulation(auditHead: head))
                    .writeWorkbook(to: file.path, language: .en)
                let strings = try member("xl/sharedStrings.xml", of: file)
                #expect(strings.contains("Head of the audit") == (head != nil))
                #expect(strings.contains("12:ABCDE") == (head != nil))
            }
        }
    }

    @Test func everySheetBearsTheMark() throws {
        try withFile { file in
            try WeeklyReport(WeeklyFixture.figures()).writeWorkbook(to: file.path, language: .zh)
            let strings = try member("xl/sharedStrings.xml", of: file)
            let all = strings.split(separator: "<si>").dropFirst()
            let banner = try #require(
                all.firstIndex {
                    $0.contains(Catalogue(.zh)["synthetic.banner"] + "</t>") && $0.hasPrefix("<t>【")
                })
            let index = all.distance(from: all.startIndex, to: banner)
            for sheet in 1...15 {
                let cells = try member("xl/worksheets/sheet\(sheet).xml", of: file)
                #expect(cells.contains("<c r=\"A2\"") && cells.contains("<v>\(index)</v>"))
            }
        }
    }

    @Test func figuresAreNumbersDatesAndFormulas() throws {
        try withFile { file in
            try WeeklyReport(WeeklyFixture.figures()).writeWorkbook(to: file.path, language: .en)
            let progress = try member("xl/worksheets/sheet3.xml", of: file)
            #expect(progress.contains("<v>1480</v>"))
            // A formula with the value that was computed: 512 / 1480.
            #expect(progress.range(of: #"<f>D\d+/E\d+</f><v>0\.3459"#, options: .regularExpression) != nil)
            // 2019-01-04 as a spreadsheet counts days.
            #expect(try member("xl/worksheets/sheet5.xml", of: file).contains("<v>43469</v>"))
            let styles = try member("xl/styles.xml", of: file)
            #expect(styles.contains("yyyy\\-mm\\-dd") || styles.contains("yyyy-mm-dd"))
            #expect(styles.contains("0.0%"))
        }
    }

    @Test func chartsAndTablesAreNative() throws {
        try withFile { file in
            try WeeklyReport(WeeklyFixture.figures()).writeWorkbook(to: file.path, language: .zh)
            #expect(try member("xl/charts/chart1.xml", of: file).contains("<c:barChart>"))
            #expect(try member("xl/charts/chart2.xml", of: file).contains("<c:hiLowLines>"))
            let plot = try member("xl/charts/chart3.xml", of: file)
            #expect(plot.contains("<c:scatterChart>"))
            #expect(plot.split(separator: "<c:ser>").count == 7, "units, the target and four limits")
            let weeks = try member("xl/charts/chart4.xml", of: file)
            #expect(weeks.contains("<c:lineChart>"))
            // Three of five weeks have ended: a dash of the others would be drawn as 0.
            #expect(weeks.contains("$A$6:$A$8") && !weeks.contains("$A$10"))
            #expect(try member("xl/tables/table2.xml", of: file).contains("<autoFilter ref="))
            #expect(try member("xl/worksheets/sheet6.xml", of: file).contains("state=\"frozen\""))
        }
    }

    @Test func theSameReportGivesTheSameBytes() throws {
        let report = WeeklyReport(WeeklyFixture.figures())
        #expect(try report.rendered(.xlsx, language: .zh) == report.rendered(.xlsx, language: .zh))
    }

    @Test func anEmptyReportIsAWorkbookToo() throws {
        #expect(try !WeeklyReport(WeeklyFixture.empty()).rendered(.xlsx, language: .en).isEmpty)
    }

    @Test func whereNothingCanBeWrittenItSaysSo() {
        #expect(throws: WorkbookError.self) {
            try WeeklyReport(WeeklyFixture.figures())
                .writeWorkbook(to: "/nonexistent-folder/report.xlsx", language: .zh)
        }
    }

    @Test(arguments: [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 701, "ZZ1"), (0, 702, "AAA1")])
    func cellNames(row: Int, column: Int, name: String) {
        #expect(CellName.text(row, column) == name)
    }
}
