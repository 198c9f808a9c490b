import Foundation
import Funnel
import Testing

@testable import Reporting

@Suite struct WeeklyReportTests {
    @Test func stepsCarryBothDenominators() {
        let steps = WeeklyReport(WeeklyFixture.figures()).firmSteps
        #expect(steps.map(\.key.rawValue) == ["at_risk", "intent", "application", "established"])
        #expect(steps[2].ofFirst == RateEstimate(x: 301, of: 1480))
        #expect(steps[2].ofPrevious == RateEstimate(x: 301, of: 512))
        #expect(steps[2].dropOff == 211)
        #expect(steps[0].ofFirst == nil)
    }

    @Test func aLargerLaterStepIsFlaggedNeverHidden() {
        var figures = WeeklyFixture.figures()
        figures.firmFunnel.application = 600
        let report = WeeklyReport(figures)
        #expect(report.firmSteps[2].exceedsPrevious)
        #expect(report.firmSteps[2].ofPrevious == nil)
        let text = report.text(language: .zh)
        #expect(text.contains("提出申请（多于上一步，请核对）"))
        #expect(text.contains("600"))
    }

    @Test func publishedArithmetic() {
        let report = WeeklyReport(WeeklyFixture.figures())
        #expect(Catalogue(.en).percent(report.cumulativeIntentRate.rate) == "33.8%")
        #expect(Catalogue(.en).decimal(report.applicationsPerMeeting) == "17.8")
        #expect(report.outcomeParts.reduce(0) { $0 + $1.count } == 885)
    }

    @Test(arguments: Language.allCases, ReportFormat.allCases)
    func everyRenderingSaysWhatIsSynthetic(language: Language, format: ReportFormat) throws {
        let synthetic = try WeeklyReport(WeeklyFixture.figures()).rendered(format, language: language)
        let real = try WeeklyReport(WeeklyFixture.figures(synthetic: false))
            .rendered(format, language: language)
        let mark: String
        switch format {
        case .json: mark = "\"synthetic\": true"
        case .xlsx: return  // The workbook's own test unpacks it.
        case .text, .brief, .html, .csv: mark = "【演示数据】"
        }
        #expect(String(decoding: synthetic, as: UTF8.self).contains(mark))
        #expect(!String(decoding: real, as: UTF8.self).contains(mark))
    }

    @Test(arguments: Language.allCases, [ReportFormat.text, .brief, .html, .csv])
    func everyWordIsInTheCatalogue(language: Language, format: ReportFormat) throws {
        for figures in [WeeklyFixture.figures(), WeeklyFixture.empty()] {
            let bytes = try WeeklyReport(figures).rendered(format, language: language)
            #expect(!String(decoding: bytes, as: UTF8.self).contains("⟦"))
        }
    }

    @Test func sentencesOfTheFederation() {
        let brief = WeeklyReport(WeeklyFixture.figures()).brief(language: .zh)
        #expect(
            brief.contains(
                "启动以来共召开企业沟通会1714场、职工沟通会870场，涉及企业3745家，其中未建会2616家，达成建会意向885家，现场申请入会约1.55万人。"
            ))
        #expect(brief.contains("应报3  已报1  零报告1  未报1"))
        #expect(brief.contains("电话回访{owner}"), "what a cadre wrote is not filled in")
    }
}
