import Funnel
import Outreach
import Testing

@testable import Reporting

/// A whole report of one true rate everywhere: what it then flags, to its reader, is false.
@Suite struct NullReportTests {
    private static let seeds = 200
    /// The published rate.
    private static let rate = 885.0 / 2616

    @Test(
        "streets, districts, weeks and the change between weeks are flagged no more often than their nominal rates"
    )
    func flags() {
        var (streets, districts, weeks, changed, told) = (0, 0, 0, 0, 0)
        for seed in 0..<Self.seeds {
            let report = WeeklyReport(Self.figures(seed: UInt64(seed)))
            let assessment = report.assessment
            let charts = [assessment.areaChart, assessment.districtChart, assessment.weekChart]
            let isFlagged = charts.map { $0.points.contains { $0.signal == .above || $0.signal == .below } }
            if isFlagged[0] { streets += 1 }
            if isFlagged[1] { districts += 1 }
            if isFlagged[2] { weeks += 1 }
            if let change = assessment.change?.interval, change.lower > 0 || change.upper < 0 { changed += 1 }
            let text = report.text(language: .zh)
            let isTold = text.contains("▲") || text.contains("▼")
            // What is reckoned is what is read.
            #expect(isTold == isFlagged.contains(true), "seed \(seed)")
            if isTold { told += 1 }
        }
        print("null report, \(Self.seeds) seeds: \(streets) \(districts) \(weeks) \(changed), told \(told)")
        for flagged in [streets, districts, weeks, changed] { #expect(flagged <= Self.limit(0.05)) }
        #expect(told <= Self.limit(0.15))
    }

    /// Three standard errors of the simulation above the nominal rate.
    private static func limit(_ nominal: Double) -> Int {
        let runs = Double(seeds)
        return Int(runs * nominal + 3 * (runs * nominal * (1 - nominal)).squareRoot())
    }

    /// 120 streets in six districts, forty weeks of entry; all firms of mature weeks.
    private static func figures(seed: UInt64) -> WeeklyFigures {
        var random = SplitMix64(seed: 30_000 + seed)
        func sample(_ firms: ClosedRange<Int>) -> Proportion {
            let n = firms.lowerBound + random.below(firms.count)
            return Proportion(x: (0..<n).count { _ in Double(random.next() >> 11) * 0x1p-53 < rate }, n: n)
        }
        func unit(_ code: String, _ name: String, _ district: String, _ counts: Proportion) -> UnitFigures {
            var unit = WeeklyFixture.unit(
                code, name, district, scale: 1, intents: counts.x, unorganised: counts.n)
            unit.cohorts = CohortCounts(
                matured: counts, immature: 0,
                endings: [
                    .init(days: 20, end: .event, firms: counts.x),
                    .init(days: 90, end: .censored, firms: counts.n - counts.x),
                ].filter { $0.firms > 0 })
            return unit
        }
        var figures = WeeklyFixture.figures()
        figures.areas = (0..<120).map { index in
            unit("\(110_101_001 + index)", "第\(index)街道", "第\(index / 20)区", sample(1...43))
        }
        figures.districts = (0..<6).map { index in
            let streets = figures.areas[index * 20..<index * 20 + 20]
            return unit(
                "\(110_101 + index)", "第\(index)区", "第\(index)区",
                Proportion(sumOf: streets.map(\.cohorts.matured)))
        }
        figures.cohorts = CohortCounts(sumOf: figures.areas.map(\.cohorts))
        figures.completeness = []
        let start = WeeklyFixture.day("2017-11-06")
        figures.entryWeeks = (0..<40).map { index in
            let counts = sample(20...120)
            return EntryWeek(
                start: start.adding(days: 7 * index), atRisk: counts.n, intent: counts.x, open: 0,
                isMature: true)
        }
        figures.maturedWeeks = MaturedWeeks(
            week: start.adding(days: 7 * 39), previous: start.adding(days: 7 * 38),
            counts: (0..<30).map { _ in sample(1...6) }, previousCounts: (0..<30).map { _ in sample(1...6) })
        return figures
    }
}
