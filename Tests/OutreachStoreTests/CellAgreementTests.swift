import Funnel
import Outreach
@testable import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Cells, journeys, the ledger path and the pure evaluator agree for every history: each area and week, at each
/// moment, whatever is still queued; and a change in any of the four shows.
@Suite struct CellAgreementTests {
    @Test("random histories: every cell and every sum of cells, at every moment", arguments: 0..<5)
    func histories(seed: Int) async throws {
        try await withHistory(seed: seed) { judge in
            for standing in Judge.Standing.allCases {
                try await judge.bring(standing)
                for moment in [15, 45, 90, 130, 175, 400] {
                    #expect(
                        try await judge.cells(at: moment) == judge.expectedCells(at: moment),
                        "\(standing), known at \(moment)")
                    for query in Self.queries(at: moment, seed: seed + standing.rawValue) {
                        let found = try await judge.disagreement(on: query)
                        #expect(found == nil, "\(standing), \(query)")
                    }
                }
                #expect(try await judge.differences() == [], "\(standing)")
            }
        }
    }

    /// Days before, in and after the windows of the history; periods that begin on a Monday and within a week; every
    /// grouping that cells answer; everywhere, and some places alone.
    private static func queries(at moment: Int, seed: Int) -> [Judge.Query] {
        let days = [20, 90, 95, 96, 97, 131, 180, 270]
        let groupings: [FunnelGrouping] = [.none, .area, .week, .district]
        return (0..<4).map { turn in
            let index = turn * 2 + seed + moment
            return Judge.Query(
                known: moment, from: [0, 3, 14, 6][(index / 2) % 4], to: days[index % days.count],
                grouping: groupings[(turn + seed) % 4],
                places: turn == 3 ? ["T1", "T3"] : turn == 1 ? ["T2"] : nil)
        }
    }

    @Test("a change in the cells, the journeys, the ledger or the evaluator's facts is caught")
    func mutations() async throws {
        try await withHistory(seed: 11) { judge in
            try await judge.bring(.drained)
            let connection = judge.fixture.connection
            let query = Judge.Query(known: 400, from: 0, to: 400, grouping: .area, places: nil)
            #expect(try await judge.disagreement(on: query) == nil)
            // Each is undone, so that the next stands alone.
            for (change, undo, expected) in Self.changes {
                try await connection.script(change)
                #expect(try await judge.disagreement(on: query) == expected, "\(change)")
                #expect(try await judge.differences() != [], "\(change)")
                try await connection.script(undo)
                #expect(try await judge.disagreement(on: query) == nil, "\(undo)")
                #expect(try await judge.differences() == [], "\(undo)")
            }
            var forgetful = judge
            forgetful.history = History(
                events: judge.history.events.filter { $0.kind != "contact" || $0.place != "T1" })
            #expect(try await forgetful.disagreement(on: query) == "evaluator")
        }
    }

    private static let changes = [
        (
            "UPDATE goutong.cell SET intent = intent + 1", "UPDATE goutong.cell SET intent = intent - 1",
            "cells"
        ),
        (
            "UPDATE goutong.journey SET established_on = established_on + 1000",
            "UPDATE goutong.journey SET established_on = established_on - 1000", "journeys"
        ),
        (
            "UPDATE goutong.attendance SET held_on = held_on + 700",
            "UPDATE goutong.attendance SET held_on = held_on - 700", "ledger"
        ),
    ]

    private func withHistory(seed: Int, _ body: (Judge) async throws -> Void) async throws {
        var random = SeededRandom(seed: UInt64(seed) + 400)
        let history = History(events: RandomEvents.events(&random))
        try await StoreFixture.withFederation { fixture in
            let map = try await PlaceMap(history, fixture: fixture)
            _ = try await history.load(
                federation: fixture.federation.id, areas: map.ids, on: fixture.connection)
            try await body(Judge(fixture: fixture, history: history, map: map))
        }
    }
}
