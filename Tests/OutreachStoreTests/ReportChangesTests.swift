import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// What moved an issued report: every difference has its cause, and no cause is blamed for another's.
@Suite struct ReportChangesTests {
    @Test(
        "seeded histories: each change moves what the report showed right after it",
        arguments: [1, 2] as [UInt64])
    func accounts(seed: UInt64) async throws {
        try await StoreFixture.withFederation { fixture in
            var history = try RandomChanges(seed: seed)
            for _ in 0..<40 { try await history.record(in: fixture) }
            let week = Week(containing: Day(ordinal: 17_800))
            let definition = FunnelDefinition()
            let clock = LedgerClock(federation: fixture.federation)
            let reader = WeeklyFiguresReader(federation: fixture.federation, areas: fixture.areas)
            let second = try await fixture.database.connect()
            func counts(at moment: PostgresTimestamp) async throws -> [WeeklyCount] {
                try await reader.figures(
                    week: week, at: moment, definition: definition, on: fixture.connection, and: second
                ).counts
            }
            let issued = try await clock.fixMoment(on: fixture.connection)
            let first = try await counts(at: issued)
            var standing = first
            var expected: [Expected] = []
            var last = issued
            for number in 0..<Self.changes {
                let kind = try await history.change(week: week, in: fixture)
                if number % 60 == 59 {
                    _ = try await JourneyQueue.drain(
                        federation: fixture.federation, limit: 20, on: fixture.connection)
                }
                let now = try await clock.fixMoment(on: fixture.connection)
                let after = try await counts(at: now)
                let moves = Self.moves(standing, after)
                if !moves.isEmpty {
                    expected.append(Expected(after: last, upTo: now, kind: kind, moves: moves))
                }
                (standing, last) = (after, now)
            }
            #expect(expected.count > Self.changes / 4, "the history moves too little to prove anything")

            let changeReader = ReportChangeReader(
                federation: fixture.federation, areas: fixture.areas, week: week, definition: definition)
            let found = try await changeReader.changes(
                since: issued, until: last, on: fixture.connection, and: second)
            #expect(found.unexplained.isEmpty)
            try #require(found.steps.count == expected.count)
            for (step, expected) in zip(found.steps, expected) {
                #expect(step.moment > expected.after && step.moment <= expected.upTo)
                #expect(Set(step.moves) == expected.moves && step.moves.count == expected.moves.count)
                #expect(step.causes.contains { $0.kind == expected.kind }, "\(expected.kind)")
            }
            // The moves, applied to what was issued, make what is there now.
            var applied = Self.known(first)
            for move in found.steps.flatMap(\.moves) {
                #expect(applied[move.path] == move.before, "\(move.path)")
                applied[move.path] = move.after
            }
            #expect(applied == Self.known(standing))
            #expect(Set(found.moves) == Self.moves(first, standing))
            // Runs of later days that are passed over hide nothing.
            #expect(
                try await changeReader.changes(
                    since: issued, until: last, onlyWhereNeeded: false, on: fixture.connection, and: second)
                    == found)
            await second.close()
        }
    }

    @Test("rows written past the ledger are told as unexplained")
    func unexplained() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.enterprise(firms: 1)
            let week = Week(containing: document.heldOn)
            _ = try await fixture.record(document)
            let clock = LedgerClock(federation: fixture.federation)
            let issued = try await clock.fixMoment(on: fixture.connection)
            let reader = ReportChangeReader(
                federation: fixture.federation, areas: fixture.areas, week: week,
                definition: FunnelDefinition())
            let quiet = try await reader.changes(
                since: issued, until: try await clock.fixMoment(on: fixture.connection),
                on: fixture.connection)
            #expect(quiet.steps.isEmpty && quiet.moves.isEmpty && quiet.changesSeen == 0)
            // Closed without a revision that says so.
            try await fixture.connection.script(
                "UPDATE goutong.meeting SET superseded_at = clock_timestamp()")
            let found = try await reader.changes(
                since: issued, until: try await clock.fixMoment(on: fixture.connection),
                on: fixture.connection)
            #expect(found.steps.isEmpty)
            #expect(found.unexplained == found.moves)
            #expect(
                found.moves.contains(
                    FigureMove(path: "headline.enterprise_meetings.week", before: 1, after: 0)))
        }
    }

    private struct Expected {
        let after: PostgresTimestamp
        let upTo: PostgresTimestamp
        let kind: LedgerChange.Kind
        let moves: Set<FigureMove>
    }

    /// Numbers by their paths; null and no such line are one.
    private static func known(_ counts: [WeeklyCount]) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: counts.compactMap { count in count.value.map { (count.path, $0) } })
    }

    private static func moves(_ before: [WeeklyCount], _ after: [WeeklyCount]) -> Set<FigureMove> {
        let (old, new) = (known(before), known(after))
        return Set(
            Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.map {
                FigureMove(path: $0, before: old[$0], after: new[$0])
            })
    }

    private static var changes: Int {
        ProcessInfo.processInfo.environment["GOUTONG_TEST_LONG"] == "1" ? 1000 : 150
    }
}
