import Foundation
import Funnel
import Testing

@testable import Reporting

/// What offices stated stands in sections of its own, and changes nothing in the others.
@Suite struct WeeklyStatedTests {
    private func without() -> WeeklyFigures {
        var figures = WeeklyFixture.figures()
        figures.declared = []
        return figures
    }

    @Test(arguments: Language.allCases)
    func theRestOfTheReportIsTheSame(language: Language) {
        let (with, plain) = (WeeklyReport(WeeklyFixture.figures()), WeeklyReport(without()))
        // The section is taken out of the one, and it is the other.
        let text = with.text(language: language)
        let start = text.range(of: Catalogue(language)["section.declared"])
        let end = text.range(of: Catalogue(language)["section.method"])
        guard let start, let end else {
            Issue.record("the report has no section of declared totals")
            return
        }
        #expect(text[..<start.lowerBound] + text[end.lowerBound...] == plain.text(language: language))
        #expect(with.brief(language: language) == plain.brief(language: language))
        let rows = with.csv(profile: .data, language: language).split(separator: "\r\n")
        #expect(
            rows.filter { !$0.hasPrefix("declared") }
                == plain.csv(profile: .data, language: language).split(separator: "\r\n"))
        #expect(!plain.html(language: language).contains(Catalogue(language)["section.declared"]))
        #expect(with.html(language: language).contains(Catalogue(language)["section.declared"]))
    }

    @Test func numbersAreTheirs() throws {
        let report = WeeklyReport(WeeklyFixture.figures())
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(report.json().utf8)) as? [String: Any])
        let declared = try #require(document["declared"] as? [[String: Any]])
        #expect(
            declared.allSatisfy {
                Set($0.keys) == [
                    "code", "name", "figure", "from", "to", "declared", "recorded", "difference", "source",
                    "declared_by", "received_on",
                ]
            })
        #expect(declared.map { $0["difference"] as? Int } == [898, -2])
        // Of a target of 0 no share.
        let targets = try #require(document["targets"] as? [[String: Any]])
        #expect(targets.map { $0["rate"] is NSNull } == [false, true])
    }

    @Test func theShareIsOfTheTargetsOwnPeriod() {
        var figures = WeeklyFixture.figures()
        figures.headline[.foundingIntents]?.reached = 50
        func rows(_ figures: WeeklyFigures) -> [Substring] {
            let report = WeeklyReport(figures)
            return (report.text(language: .zh) + report.brief(language: .zh)).split(separator: "\n")
                .filter { $0.contains("达成建会意向") && $0.contains("1000") }
        }
        #expect(
            rows(figures).count == 2
                && rows(figures).allSatisfy { $0.contains("5.0%") && !$0.contains("88.5%") })
        figures.headline[.foundingIntents]?.reached = nil
        #expect(rows(figures).allSatisfy { $0.contains("88.5%") })
    }
}
