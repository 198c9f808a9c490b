import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// `db verify --figures` names what was changed behind the ledger's back, and nothing else.
@Suite struct FiguresCheckTests {
    @Test("a changed journey, known moment and cell, a missing and an extra cell are each named")
    func tampering() async throws {
        try await withFigures { fixture, cell in
            let firm = try await fixture.connection.query(
                "SELECT firm_id FROM goutong.journey WHERE intent_on IS NOT NULL"
            ).only().decode(FirmID.self)
            let journey = FiguresCheck.Difference.Row.journey(firm)
            try await expect(
                [(journey, "intent_on", "2018-09-13", "2018-09-12")],
                after: "UPDATE goutong.journey SET intent_on = intent_on + 1 WHERE firm_id = '\(firm)'",
                undo: "UPDATE goutong.journey SET intent_on = intent_on - 1 WHERE firm_id = '\(firm)'",
                fixture)
            try await expect(
                [(cell, "established", "7", "0"), (cell, "met", "4", "3")],
                after: "UPDATE goutong.cell SET met = met + 1, established = 7",
                undo: "UPDATE goutong.cell SET met = met - 1, established = 0", fixture)
            try await expect(
                [(cell, "last_on", "2018-09-11", "2018-09-12")],
                after: "UPDATE goutong.cell SET last_on = last_on - 1",
                undo: "UPDATE goutong.cell SET last_on = last_on + 1", fixture)
            try await expect(
                [
                    (cell, "at_risk", nil, "3"), (cell, "intent", nil, "1"), (cell, "met", nil, "3"),
                    (cell, "unorganised", nil, "3"),
                ],
                after: "CREATE TABLE kept AS TABLE goutong.cell; DELETE FROM goutong.cell",
                undo: "INSERT INTO goutong.cell TABLE kept", fixture)
            guard case .cell(let area, let id, let week) = cell else { return }
            let extra = FiguresCheck.Difference.Row.cell(area: area, id: id, week: week.adding(days: 7))
            try await expect(
                [(extra, "met", "2", nil)],
                after: """
                    INSERT INTO goutong.cell SELECT federation_id, area_id, week_start + 7, 2, 0, 0, 0, 0, 0, 0, 0,
                        week_start + 7
                    FROM goutong.cell
                    """,
                undo: "DELETE FROM goutong.cell WHERE met = 2", fixture)
            let found = try await differences(
                after: "UPDATE goutong.journey SET known_until = known_until - interval '1 hour'", fixture)
            #expect(found.count == 3 && Set(found.map(\.column)) == ["known_until"], "\(found)")
        }
    }

    @Test(
        "what is queued is no difference, nor is a cell that counts nobody; the rest of it is still compared")
    func queued() async throws {
        try await withFigures { fixture, cell in
            let firm = try await fixture.connection.query(
                "SELECT firm_id FROM goutong.journey WHERE intent_on IS NULL LIMIT 1"
            ).only().decode(FirmID.self)
            let facts = FactRecorder(federation: fixture.federation)
            let milestone = Milestone(id: .minted(), kind: .intent, on: Day(ordinal: 17_790))
            _ = try await facts.add(milestone, to: .id(firm), on: fixture.connection)
            #expect(try await differences(after: "SELECT 1", fixture) == [])
            try await expect(
                [(cell, "intent", "2", "1")], after: "UPDATE goutong.cell SET intent = 2",
                undo: "UPDATE goutong.cell SET intent = 1", fixture)
            try await drain(fixture)
            #expect(
                try await differences(
                    after: """
                        INSERT INTO goutong.cell SELECT federation_id, area_id, week_start + 7, 0, 0, 0, 0, 0, 0, 0, 0,
                            week_start + 7
                        FROM goutong.cell
                        """, fixture) == [])
        }
    }

    @Test("a federation that is taken away leaves no cells to the next one of its number")
    func removal() async throws {
        try await withFigures { fixture, _ in
            try await fixture.connection.script(
                """
                INSERT INTO goutong.federation (federation_id, code, name_zh, name_en, synthetic, since)
                VALUES (77, 'other', '示例', 'Example', true, '2018-01-01');
                INSERT INTO goutong.cell
                SELECT 77, area_id, week_start, met, unorganised, at_risk, intent, application, established, covered,
                    exited, last_on
                FROM goutong.cell;
                DELETE FROM goutong.federation WHERE federation_id = 77;
                """)
            #expect(try await fixture.count("cell") == 1)
        }
    }

    @Test("what differs is derived anew, and figures are exact meanwhile, also of an earlier moment")
    func rederiving() async throws {
        try await withFigures { fixture, _ in
            let clock = LedgerClock(federation: fixture.federation)
            let before = try await clock.fixMoment(on: fixture.connection)
            let cells = try await cells(fixture, at: before)
            #expect(cells.count == 1)
            _ = try await fixture.record(try Documents.enterprise(firms: 2, on: Day(ordinal: 17_700)))
            try await drain(fixture)
            let now = try await self.cells(fixture, at: .infinity)
            #expect(now.count == 2)
            try await fixture.connection.script(
                """
                UPDATE goutong.cell SET met = 77;
                UPDATE goutong.journey SET met_on = met_on + 7, intent_on = NULL, known_until = '2018-01-01';
                SELECT goutong.rederive_figures(\(fixture.federation.id));
                """)
            for drained in [false, true] {
                if drained { try await drain(fixture) }
                #expect(try await self.cells(fixture, at: before) == cells)
                #expect(try await self.cells(fixture, at: .infinity) == now)
                #expect(try await differences(after: "SELECT 1", fixture) == [])
            }
        }
    }

    // MARK: A ledger of three firms, one of which means to found a union

    private func withFigures(
        _ body: (StoreFixture, FiguresCheck.Difference.Row) async throws -> Void
    ) async throws {
        try await StoreFixture.withFederation { fixture in
            _ = try await fixture.record(try Documents.enterprise(firms: 3, intents: 1))
            try await drain(fixture)
            let area = try #require(fixture.areas.area(code: "110105021", on: Day(ordinal: 17_786)))
            #expect(try await differences(after: "SELECT 1", fixture) == [])
            try await body(
                fixture, .cell(area: area.code, id: area.id, week: Day(ordinal: 17_784)))
        }
    }

    private func drain(_ fixture: StoreFixture) async throws {
        while try await JourneyQueue.drain(
            federation: fixture.federation, limit: 100, on: fixture.connection) > 0
        {}
    }

    private func cells(
        _ fixture: StoreFixture, at moment: PostgresTimestamp
    ) async throws -> Set<CellReader.Cell> {
        Set(try await CellReader.cells(federation: fixture.federation, at: moment, on: fixture.connection))
    }

    private func expect(
        _ expected: [(FiguresCheck.Difference.Row, String, String?, String?)], after change: String,
        undo: String, _ fixture: StoreFixture
    ) async throws {
        let found = try await differences(after: change, fixture)
        #expect(
            found
                == expected.map {
                    FiguresCheck.Difference(row: $0.0, column: $0.1, stored: $0.2, recomputed: $0.3)
                }, "\(change)")
        #expect(try await differences(after: undo, fixture) == [], "\(undo)")
    }

    private func differences(
        after change: String, _ fixture: StoreFixture
    ) async throws -> [FiguresCheck.Difference] {
        try await fixture.connection.script(change)
        return try await FiguresCheck.differences(
            federation: fixture.federation, on: fixture.connection)
    }
}
