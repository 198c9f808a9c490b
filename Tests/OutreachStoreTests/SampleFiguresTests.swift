import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import SampleData
import TestSupport
import Testing

/// The sample in the ledger: the published figures, and every figure recomputed from the export.
@Suite struct SampleFiguresTests {
    @Test("the sample's figures are the published ones, conserved, and anyone can recompute them")
    func sample() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.loadSample()
            let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
                on: fixture.connection)
            let reader = WeeklyFiguresReader(federation: fixture.federation, areas: fixture.areas)
            func figures(_ name: String) async throws -> WeeklyFigures {
                try await reader.figures(
                    week: try #require(Week(name: name)), at: moment, on: fixture.connection)
            }

            let last = try await figures("2018-W52")
            func cumulative(_ measure: HeadlineMeasure) -> Int? { last.headline[measure]?.cumulative }
            #expect(cumulative(.enterpriseMeetings) == 1714)
            #expect(cumulative(.workerMeetings) == 870)
            #expect(cumulative(.firmsMet) == 3745)
            #expect(cumulative(.unorganisedFirmsMet) == 2616)
            #expect(cumulative(.foundingIntents) == 885)
            #expect(cumulative(.onSiteApplications) == 15_500)
            #expect(last.cumulativeIntent == Proportion(x: 885, n: 2616))
            #expect(last.reconciliation.total == 885)
            #expect(last.reconciliation.other == 0)
            #expect(last.outcomes.total == 885)
            let funnel = last.firmFunnel
            #expect(
                funnel.converted + funnel.covered + funnel.exited + funnel.open + funnel.expired == 2616)
            for line in last.conservation {
                #expect(line.areas + line.unassigned - line.overlap == line.city, "\(line.figure)")
            }
            #expect(last.areas.count == 336)
            // A firm enters once: its unit's, its week's and the city's cohorts are the same firms.
            #expect(last.cohorts.matured == Proportion(x: funnel.intent, n: funnel.atRisk))
            #expect(Proportion(sumOf: last.areas.map(\.cohorts.matured)) == last.cohorts.matured)
            #expect(Proportion(sumOf: last.districts.map(\.cohorts.matured)) == last.cohorts.matured)
            #expect(Proportion(sumOf: last.entryWeeks.compactMap(\.matured)) == last.cohorts.matured)
            let firms = last.cohorts.endings.reduce(0) { $0 + $1.firms }
            #expect(firms == last.cohorts.matured.n + last.cohorts.immature)
            #expect(firms == last.entryWeeks.reduce(0) { $0 + $1.atRisk })
            let converted = last.cohorts.endings.reduce(0) { $0 + ($1.end == .event ? $1.firms : 0) }
            #expect(
                converted == funnel.converted && converted == last.entryWeeks.reduce(0) { $0 + $1.intent })
            #expect(last.entryWeeks.reduce(0) { $0 + $1.open } == funnel.open)
            #expect(last.waitingIntents.count == last.outcomes.noProgress)
            let sides = try #require(last.twoSided)
            #expect(sides.cells.reduce(0) { $0 + $1.firms } == 2616)
            #expect(sides.cells.reduce(0) { $0 + ($1.hasIntent ? $1.firms : 0) } == 885)
            // Rates of few firms range from none to nearly all; no street, district or week stands out beyond chance.
            // Streets vary more than their firms alone make them: their limits are widened.
            let assessment = WeeklyAssessment(last)
            let charts = [assessment.areaChart, assessment.districtChart, assessment.weekChart]
            for chart in charts { #expect(!chart.points.contains { [.above, .below].contains($0.signal) }) }
            #expect(charts.map(\.isOverDispersed) == [true, false, false])
            let rates = last.areas.filter { $0.cohorts.matured.n >= 5 }.compactMap(\.cohorts.matured.rate)
            #expect(rates.min() == 0 && (rates.max() ?? 0) > 0.6, "\(rates)")
            let weeks = try #require(last.maturedWeeks)
            for (start, counts) in [(weeks.week, weeks.counts), (weeks.previous, weeks.previousCounts)] {
                #expect(last.entryWeeks.first { $0.start == start }?.matured == Proportion(sumOf: counts))
            }

            try await districts(of: last, at: moment, in: fixture)

            // First-met firms add up over weeks; recomputed distinct counts do not have to.
            var firstMet = 0
            let export = try await Export(fixture)
            defer { export.remove() }
            var week = try #require(Week(name: "2018-W14"))
            while week.end <= last.week.end {
                let figures = try await figures(week.name)
                firstMet += figures.headline[.firmsFirstMet]?.week ?? 0
                try export.compare(figures, since: fixture.federation.since)
                week = Week(ending: week.end.adding(days: 7))
            }
            #expect(firstMet == 3745)
        }
    }

    @Test("every dimension of the funnel adds up to the sample's published totals")
    func dimensions() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.loadSample()
            let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
                on: fixture.connection)
            let to = try #require(Day(year: 2018, month: 12, day: 30))
            func breakdown(_ levels: [FunnelGrouping]) async throws -> FunnelBreakdown {
                try await FunnelReader(federation: fixture.federation).breakdown(
                    definition: FunnelDefinition(window: .unlimited, boundaries: "as_is"),
                    from: fixture.federation.since, to: to, by: FunnelGroups(levels), isMeasured: true,
                    at: moment, on: fixture.connection)
            }
            let kinds = FunnelGrouping.allCases.filter { $0.applies(to: .firm) }
            for levels in kinds.map({ [$0] }) + [[.district, .area], [.district, .venue, .headcount]] {
                let printed = try await breakdown(levels)
                let total = try #require(printed.total)
                #expect(total.entered == 3745 && total.atRisk == 2616 && total.steps[0] == 885)
                let held = try #require(printed.measures?.meetings)
                #expect(held.enterprise == 1714 && held.worker == 870 && held.applications == 15_500)
                #expect(printed.measures?.coverage?.firms.x == 2616)
                guard levels != [.none] else { continue }
                let parts = printed.parts(of: [])
                for (count, whole) in [(\FunnelCounts.entered, 3745), (\.atRisk, 2616), (\.steps[0], 885)] {
                    let line = FunnelConservation(parts: parts, total: total) { $0[keyPath: count] }
                    #expect(line.parts + line.unassigned - line.overlap == whole)
                    if !levels[0].overlaps { #expect(line.overlap == 0, "\(levels)") }
                }
                if levels[0].isOfMeetings, !levels[0].overlaps {
                    let meetings = parts.compactMap(\.measures?.meetings)
                    #expect(meetings.reduce(0) { $0 + $1.enterprise } == 1714, "\(levels)")
                    #expect(meetings.reduce(0) { $0 + $1.applications } == 15_500, "\(levels)")
                }
                // No list was imported that says how firms are registered: all are in one group.
                #expect(levels == [.ownership] ? parts.count == 1 : parts.count > 1, "\(levels)")
            }
            let rates = try #require(try await breakdown([]).measures?.rates)
            let perMeeting = try #require(rates.first { $0.kind == .applicationsPerMeeting })
            #expect(perMeeting.n == 870 && perMeeting.x > 15_000 && perMeeting.townships > 100)
            #expect(rates.first { $0.kind == .intentsPerMeeting }?.n == 1714)
        }
    }

    /// A report of a district alone: its row of the city's report, and every part of it that the rows have not
    /// adds up to the city's.
    private func districts(
        of city: WeeklyFigures, at moment: PostgresTimestamp, in fixture: StoreFixture
    ) async throws {
        var (intents, met, consulted, late) = (0, 0, 0, 0)
        for district in city.districts {
            let areas = try await fixture.connection.query(
                "SELECT goutong.unit_areas(\(fixture.federation.id)::integer, \("BJ-" + district.code))"
            ).only().decode([Int].self)
            let own = try await WeeklyFiguresReader(
                federation: fixture.federation, areas: fixture.areas, scope: Set(areas)
            ).figures(week: city.week, at: moment, on: fixture.connection)
            for measure in HeadlineMeasure.allCases {
                let headline = try #require(own.headline[measure])
                #expect(
                    WeekAndCumulative(week: headline.week, cumulative: headline.cumulative)
                        == district.measures[measure], "\(district.code) \(measure)")
            }
            #expect(own.districts.first { $0.code == district.code } == district)
            #expect(own.reconciliation.total == own.headline[.foundingIntents]?.cumulative)
            #expect(own.outcomes.total == own.reconciliation.total)
            for line in own.conservation {
                #expect(line.areas + line.unassigned - line.overlap == line.city, "\(line.figure)")
            }
            intents += own.reconciliation.total
            met += own.firmFunnel.met
            consulted += own.workers.consulted ?? 0
            late += own.headline[.firmTimes]?.late ?? 0
        }
        #expect(intents == city.reconciliation.total && met == city.firmFunnel.met)
        #expect(consulted == city.workers.consulted && late == city.headline[.firmTimes]?.late)
    }

    @Test("as known at an earlier moment: what came later is not there, and nothing else changes")
    func asKnownAt() async throws {
        try await StoreFixture.withFederation { fixture in
            let reader = WeeklyFiguresReader(federation: fixture.federation, areas: fixture.areas)
            let clock = LedgerClock(federation: fixture.federation)
            let document = try Documents.enterprise(firms: 3, intents: 1)
            let week = Week(containing: document.heldOn)
            _ = try await fixture.record(document)
            let before = try await clock.fixMoment(on: fixture.connection)
            let shown = try await reader.figures(week: week, at: before, on: fixture.connection)

            var correction = document
            correction.replaces = 1
            correction.firms.removeFirst()
            _ = try await fixture.record(correction)
            _ = try await fixture.record(try Documents.worker(applicants: 2, on: document.heldOn))
            _ = try await JourneyQueue.drain(
                federation: fixture.federation, limit: 100, on: fixture.connection)

            let again = try await reader.figures(week: week, at: before, on: fixture.connection)
            #expect(again == shown)
            let now = try await clock.fixMoment(on: fixture.connection)
            let later = try await reader.figures(week: week, at: now, on: fixture.connection)
            #expect(shown.headline[.firmsMet]?.week == 3)
            #expect(later.headline[.firmsMet]?.week == 2)
            #expect(shown.headline[.foundingIntents]?.week == 1)
            #expect(later.headline[.foundingIntents]?.week == 0)
            #expect(later.headline[.onSiteApplications]?.week == 2)
        }
    }

    /// A ledger export on disk, and the independent script that reads it.
    private struct Export {
        let folder: URL

        init(_ fixture: StoreFixture) async throws {
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("goutong-ledger-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            self.folder = folder
            try await LedgerExport(federation: fixture.federation).run(on: fixture.connection) {
                table, rows in
                var csv = Data()
                for try await chunk in rows { csv.append(contentsOf: chunk) }
                try csv.write(to: folder.appendingPathComponent(table.name + ".csv"))
            }
        }

        func remove() { try? FileManager.default.removeItem(at: folder) }

        struct Recomputed: Decodable {
            let city: [String: [Int]]
            let areas: [String: [String: [Int]]]
        }

        func compare(_ figures: WeeklyFigures, since: Day) throws {
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("recompute.py").path
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "python3", script, folder.path, since.iso, figures.week.start.iso,
                figures.week.end.iso, figures.asKnownAt,
            ]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let recomputed = try JSONDecoder().decode(Recomputed.self, from: data)
            for measure in HeadlineMeasure.allCases {
                let pair = recomputed.city[measure.rawValue] ?? [0, 0]
                let headline = try #require(figures.headline[measure])
                #expect([headline.week, headline.cumulative] == pair, "\(figures.week.name) \(measure)")
                for area in figures.areas {
                    let ours = area.measures[measure].map { [$0.week, $0.cumulative] } ?? [0, 0]
                    let theirs = recomputed.areas[area.code]?[measure.rawValue] ?? [0, 0]
                    #expect(ours == theirs, "\(figures.week.name) \(measure) \(area.code)")
                }
            }
        }
    }
}
