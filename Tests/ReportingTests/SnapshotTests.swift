import Testing

@testable import Reporting

@Suite struct SnapshotTests {
    private let report = WeeklyReport(
        WeeklyFixture.figures(),
        circulation: Circulation(number: 38, preparer: "甲", reviewer: "乙", signer: nil, auditHead: "5f3a…"))

    @Test(arguments: Language.allCases, [ReportFormat.text, .brief, .csv])
    func weekly(language: Language, format: ReportFormat) throws {
        let bytes = try report.rendered(format, language: language)
        try expectSnapshot(
            String(decoding: bytes, as: UTF8.self), named: "weekly-\(language.tag).\(format.rawValue)")
    }

    @Test func json() throws {
        try expectSnapshot(report.json(), named: "weekly.json")
        #expect(try report.rendered(.json, language: .zh) == report.rendered(.json, language: .en))
    }

    @Test func csvForPrograms() throws {
        try expectSnapshot(report.csv(profile: .data, language: .zh), named: "weekly-zh-Hans.data.csv")
    }

    @Test(arguments: Language.allCases)
    func nothingToDivideBy(language: Language) throws {
        let text = WeeklyReport(WeeklyFixture.empty()).text(language: language)
        try expectSnapshot(text, named: "empty-\(language.tag).text")
        #expect(!text.contains("0.0%"), "an undefined rate is —, never 0 %")
        #expect(!text.contains("nan") && !text.contains("inf"))
    }

    @Test(arguments: Language.allCases)
    func pilot(language: Language) throws {
        let folder = PilotFolder(PilotFixture.comparison(), language: language)
        // The loaders are files of their own.
        for file in folder.textFiles where file.name != "comparison.html" && !file.name.hasPrefix("load.") {
            try expectSnapshot(file.text, named: "pilot-\(language.tag)/\(file.name)")
        }
    }
}
