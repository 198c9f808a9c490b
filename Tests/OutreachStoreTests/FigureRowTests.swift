import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// The rows behind the report's numbers, on the sample: they are as many as the number says.
@Suite struct FigureRowTests {
    @Test(
        "every headline figure, both funnels, and the areas of a district, in two weeks, of the city and of a part"
    )
    func sample() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.loadSample()
            let clock = LedgerClock(federation: fixture.federation)
            let moment = try await clock.fixMoment(on: fixture.connection)
            let district = Set(fixture.areas.townships.filter { $0.district == "110105" }.map(\.id))
            for (name, scope) in [("2018-W52", nil), ("2018-W33", nil), ("2018-W52", district)] {
                let week = try #require(Week(name: name))
                let definition = FunnelDefinition(boundaries: "as_is")
                let figures = try await WeeklyFiguresReader(
                    federation: fixture.federation, areas: fixture.areas, scope: scope
                ).figures(week: week, at: moment, definition: definition, on: fixture.connection)
                if scope == nil { try await silent(of: figures, week, at: moment, in: fixture) }
                let reader = FigureRowReader(
                    federation: fixture.federation, areas: fixture.areas, week: week, at: moment,
                    definition: definition, scope: scope)
                var asked = 0
                for count in figures.counts where Self.isAsked(count.path) {
                    guard let key = FigureKey(path: count.path) else {
                        #expect(Self.isNotMadeOfRows(count.path), "\(count.path)")
                        continue
                    }
                    let rows = try await reader.rows(of: key, on: fixture.connection)
                    let what = "\(name) \(count.path) \(scope == nil ? "" : "in a part")"
                    #expect(Double(rows.reduce(0) { $0 + $1.counts }) == count.value ?? 0, "\(what)")
                    if Self.countsRows(count.path) {
                        #expect(Double(rows.count) == count.value, "\(what)")
                        #expect(Set(rows).count == rows.count, "\(what) lists a row twice")
                    }
                    asked += 1
                }
                #expect(asked > 120)
            }
        }
    }

    /// Who is asked for alone is who the report says.
    private func silent(
        of figures: WeeklyFigures, _ week: Week, at moment: PostgresTimestamp, in fixture: StoreFixture
    ) async throws {
        let units = fixture.areas.townships.filter { $0.isValid(on: week.end) }
        let silent = try await SilentUnitReader(federation: fixture.federation)
            .silent(of: units, in: week, at: moment, on: fixture.connection)
        #expect(silent.units.map(\.code) == figures.completeness.filter(\.unreported).map(\.code))
        #expect(silent.due == figures.completeness.count)
    }

    @Test("a path reads as a key path and as a JSON pointer, and an area may be named apart")
    func paths() {
        let intents = FigureKey.measure(.foundingIntents, .week, unit: nil)
        #expect(FigureKey(path: "headline.founding_intents.week") == intents)
        #expect(FigureKey(path: "/headline/founding_intents/week") == intents)
        #expect(FigureKey(path: "founding_intents.week") == intents)
        let there = FigureKey.measure(.foundingIntents, .week, unit: "110105021")
        #expect(FigureKey(path: "founding_intents.week", area: "110105021") == there)
        #expect(FigureKey(path: "areas.110105021.founding_intents.week") == there)
        #expect(FigureKey(path: "firm_funnel.steps.intent.count") == .funnel(.intent))
        #expect(FigureKey(path: "firm_funnel.open") == .funnel(.open))
        #expect(
            FigureKey(path: "areas.110105021.matured_intent_rate.n") == .matured(.atRisk, unit: "110105021"))
        for wrong in [
            "", "headline", "headline.founding_intents", "headline.founding_intents.target",
            "headline.bogus.week", "rates.cumulative_intent_rate.rate", "areas.110105021.firms_met.previous",
            "conservation.firms_met.overlap", "entry_weeks.2018-09-31.open", "entry_weeks.2018-09-03.rate",
            "areas.110105021.exited",
        ] {
            #expect(FigureKey(path: wrong) == nil, "\(wrong)")
        }
        #expect(FigureKey(path: "areas.110105021.open") == .immature(unit: "110105021"))
        #expect(
            FigureKey(path: "/entry_weeks/2018-09-03/at_risk")
                == .entryWeek(Day(ordinal: 17_777), .atRisk))
        // A funnel is the city's.
        #expect(FigureKey(path: "firm_funnel.open", area: "110105021") == nil)
        #expect(FigureKey(path: "founding_intents.late", area: "110105021") == nil)
    }

    /// Of the units one area and its district: hundreds more would prove no more.
    private static func isAsked(_ path: String) -> Bool {
        let keys = path.split(separator: ".")
        return !["areas", "districts", "completeness"].contains(keys[0])
            || ["110105", "110105021"].contains(keys[1])
    }

    /// Numbers that are no sum of rows, such as parts of the check, flags, targets, the median; and those that are
    /// not listed row by row: provisional shares, the two-sided view, opinions, where applicants stand.
    private static func isNotMadeOfRows(_ path: String) -> Bool {
        let groups = [
            "conservation", "completeness", "provisional_intent_share", "two_sided", "opinions",
            "worker_standing",
        ]
        let keys = path.split(separator: ".").map(String.init)
        return groups.contains(keys[0]) || keys.contains("provisional_intent_share")
            || path.hasSuffix(".target")
            || path == "firm_funnel.median_days_to_intent"
    }

    private static func countsRows(_ path: String) -> Bool {
        !path.contains("on_site_applications") && !path.contains("members_admitted")
            && !path.hasPrefix("worker_funnel") && !path.hasSuffix(".late")
    }
}
