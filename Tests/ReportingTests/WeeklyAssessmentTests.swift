import Foundation
import Funnel
import Outreach
import Testing

@testable import Reporting

@Suite struct WeeklyAssessmentTests {
    /// Thirty streets of one rate, one that is far above it, one without firms and one whose firms are all open.
    private var figures: WeeklyFigures {
        var figures = WeeklyFixture.figures()
        func street(_ index: Int, x: Int, n: Int, open: Int = 0) -> UnitFigures {
            var unit = WeeklyFixture.unit(
                "1101050\(index)", "街道\(index)", "朝阳区", scale: 1, intents: x, unorganised: n + open)
            unit.cohorts = CohortCounts(
                matured: Proportion(x: x, n: n), immature: open,
                endings: [
                    .init(days: 5, end: .event, firms: x), .init(days: 90, end: .censored, firms: n - x),
                    .init(days: 2, end: .censored, firms: open),
                ].filter { $0.firms > 0 })
            return unit
        }
        figures.areas =
            (10..<40).map { street($0, x: 7, n: 20) } + [street(40, x: 28, n: 30), street(41, x: 0, n: 0)]
            + [street(42, x: 0, n: 0, open: 6), street(43, x: 7, n: 20, open: 4)]
        return figures
    }

    @Test func whoStandsOutIsNamedAndNobodyElse() {
        let report = WeeklyReport(figures)
        let signals = report.assessment.areas.map(\.point.signal)
        #expect(signals[30] == .above)
        #expect(signals.prefix(30).allSatisfy { $0 == .none })
        let text = report.text(language: .zh)
        #expect(text.contains("明显偏高的：朝阳区街道40；明显偏低的：无"))
    }

    @Test("a unit without firms has no rate, no shrunken rate and no share, and never 0 %")
    func nobody() throws {
        let report = WeeklyReport(figures)
        for index in [31, 32] {
            let unit = report.assessment.areas[index]
            #expect(unit.point.signal == .insufficient && report.shrinkage().areas[index] == nil)
            #expect(unit.provisional == nil, "nobody was followed to the window's end")
        }
        let rows = try #require(
            WeeklyContents(report: report, words: Catalogue(.zh)).signals.tables.last
        ).displayed(in: Catalogue(.zh)).rows
        #expect(rows[31].cells.dropFirst(3) == ["—", "—", "—", "—", "—", "—", "企业太少", "0", "—", "—"])
        #expect(rows[32].cells[10] == "6")
    }

    @Test("rank intervals stand only where they are asked for")
    func ranksOnRequest() throws {
        let (plain, ranked) = (WeeklyReport(figures), WeeklyReport(figures, showsRanks: true))
        #expect(!plain.json().contains("rank_interval") && ranked.json().contains("\"rank_interval\""))
        #expect(plain != ranked)
        let words = Catalogue(.zh)
        for (report, shown) in [(plain, false), (ranked, true)] {
            for table in WeeklyContents(report: report, words: words).signals.tables {
                #expect(table.columns.contains { $0.heading == words["column.rank_interval"] } == shown)
                #expect(table.rows.allSatisfy { $0.cells.count == table.columns.count })
            }
        }
        #expect(ranked.ranks().areas[31] == nil, "nobody is counted")
        let first = try #require(ranked.ranks().areas[0])
        #expect(first.lowerBound >= 1 && first.upperBound <= figures.areas.count)
    }

    @Test("few firms are drawn towards the rest; open firms enter the provisional share alone")
    func shrunkenAndProvisional() throws {
        let report = WeeklyReport(figures)
        let areas = report.assessment.areas
        let high = try #require(report.shrinkage().areas[30])
        #expect(high.rate.mean < 28.0 / 30 && high.rate.mean > 0.5)
        #expect(try #require(high.probabilityAbove) > 0.99)
        #expect(areas[30].provisional == nil, "every window has ended: nothing is provisional")
        #expect(areas[33].point.counts == Proportion(x: 7, n: 20))
        #expect(try #require(areas[33].provisional).share > 7.0 / 24)
    }

    @Test("a report of some units alone weighs them against all")
    func someUnitsAlone() {
        let all = WeeklyReport(figures)
        let few = WeeklyReport(
            figures.limited(toAreas: [figures.areas[30].code, figures.areas[0].code], districts: []))
        let (whole, some) = (all.assessment, few.assessment)
        #expect(few.shrinkage().areas == [all.shrinkage().areas[0], all.shrinkage().areas[30]])
        #expect(some.areas.map(\.point.signal) == [.none, .above])
        #expect(some.areas[0] == whole.areas[0] && some.areas[1] == whole.areas[30])
        #expect(some.areaChart == whole.areaChart)
    }

    @Test("a district's interval takes its streets as units, and says nothing where they are not all shown")
    func clustered() throws {
        var figures = figures
        var district = WeeklyFixture.unit(
            "110105", "朝阳区", "朝阳区", scale: 1, intents: 0, unorganised: 0)
        district.cohorts = CohortCounts(sumOf: figures.areas.map(\.cohorts))
        figures.districts = [district]
        figures.cohorts = district.cohorts
        let assessment = WeeklyReport(figures).assessment
        let expected = try #require(ClusterRate(figures.areas.map(\.cohorts.matured))?.interval())
        #expect(assessment.districts[0].clustered == expected && assessment.clustered == expected)
        let few = figures.limited(toAreas: [figures.areas[0].code], districts: ["110105"])
        #expect(WeeklyReport(few).assessment.districts[0].clustered == nil)
    }

    @Test("before any window has ended nothing is assessed, and it says so")
    func tooEarly() throws {
        let report = WeeklyReport(WeeklyFixture.empty())
        #expect(report.text(language: .zh).contains("暂不研判"))
        var early = figures
        for index in early.areas.indices {
            early.areas[index].cohorts = CohortCounts(
                matured: Proportion(x: 0, n: 0), immature: 5,
                endings: [.init(days: 3, end: .event, firms: 5)])
        }
        let json = Data(WeeklyReport(early).json().utf8)
        let document = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        let areas = try #require(document["areas"] as? [[String: Any]])
        #expect(areas.allSatisfy { $0["signal"] is NSNull })
        let rate = try #require(areas[0]["matured_intent_rate"] as? [String: Any])
        #expect(rate["rate"] is NSNull && rate["shrunk"] is NSNull && rate["n"] as? Int == 0)
    }

    @Test("a week that touches a quarter's end with intents beyond chance is worth a second look")
    func quarterEnd() {
        var figures = WeeklyFixture.figures()
        #expect(WeeklyReport(figures).quarterEndFlags.isEmpty)
        figures.headline[.foundingIntents]?.week = 80
        // 2018-W52 ends on 30 December: the quarter has a day left.
        #expect(WeeklyReport(figures).quarterEndFlags.isEmpty)
        figures.week = Week(ending: WeeklyFixture.day("2019-01-06"))
        #expect(WeeklyReport(figures).quarterEndFlags.map(\.rule) == [.quarterEnd])
        figures.headline[.foundingIntents]?.week = 30
        #expect(WeeklyReport(figures).quarterEndFlags.isEmpty, "30 after 25 is chance")
    }

    @Test("both drawings scale, close their elements and name who stands out")
    func drawings() {
        let contents = WeeklyContents(report: WeeklyReport(figures), words: Catalogue(.zh))
        let plot = contents.signals.chart?.svg(.broad) ?? ""
        let runs = contents.weeks.chart?.svg(.broad) ?? ""
        for svg in [plot, runs] {
            #expect(MarkupBalance.firstFault(in: svg) == nil)
            #expect(svg.contains("viewBox=\"0 0 640") && svg.contains("<title ") && svg.contains("<desc "))
            #expect(!svg.contains("nan") && !svg.contains("inf"))
        }
        #expect(plot.contains(">街道40</text>") && !plot.contains(">街道10</text>"))
    }
}
