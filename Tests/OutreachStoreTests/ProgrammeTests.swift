import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// A programme's units are those of its first day, whatever their areas became.
@Suite struct ProgrammeTests {
    /// 2018, before any reform of 丰台区, and 2021, after it.
    private static let before = Day(ordinal: 17_860)
    private static let after = Day(ordinal: 18_700)

    /// The unit of 2018, and a code of 2021 whose facts are its.
    @Test(
        "what happens in an area that changed its name, its code or its bounds is the unit's",
        arguments: [
            ("110106013", "方庄地区", "110106013"),
            // 卢沟桥街道 became 六里桥街道 under its own code, while 卢沟桥地区 gave 卢沟桥街道 its name.
            ("110106008", "卢沟桥街道", "110106008"), ("110106017", "卢沟桥地区", "110106017"),
            // Merged into another; and ground that was cut from a unit.
            ("110106019", "南苑地区", "110106005"), ("110106017", "卢沟桥地区", "110106024"),
        ])
    func successors(code: String, name: String, later: String) async throws {
        try await StoreFixture.withFederation { fixture in
            let programme = try await programme(of: [code], fixture)
            #expect(programme.units.map(\.areaName) == [name])
            try await meet(code, Self.before, fixture)
            try await meet(later, Self.after, fixture)
            let cells = try await cells(programme, fixture)
            #expect(cells.map(\.enterpriseMeetings).reduce(0, +) == 2)
            #expect(cells.map(\.firstMet).reduce(0, +) == 2)
            #expect(cells.map(\.intents).reduce(0, +) == 2)
            #expect(Set(cells.map(\.areaID)) == Set(programme.units.map(\.areaID)))
        }
    }

    @Test("two units that became one keep their pasts; what follows is counted once, and nothing is lost")
    func merged() async throws {
        try await StoreFixture.withFederation { fixture in
            let units = ["110106005", "110106019"]
            let programme = try await programme(of: units, fixture)
            for code in units { try await meet(code, Self.before, fixture) }
            try await meet("110106005", Self.after, fixture)
            let cells = try await cells(programme, fixture)
            let met = Dictionary(grouping: cells, by: \.areaID).mapValues {
                $0.map(\.firstMet).reduce(0, +)
            }
            #expect(programme.units.map { met[$0.areaID] } == [2, 1])
        }
    }

    /// Streets of 2020 of which no list says where their ground came from: they continue no unit.
    private static let unlinked: Set = ["110106020", "110106021", "110106022", "110106023"]

    @Test("over the whole map, a programme's totals are the city's of the weekly report")
    func conserved() async throws {
        try await StoreFixture.withFederation { fixture in
            let whole = try #require(
                try await Programme.read(
                    "beijing-2018", federation: fixture.federation, on: fixture.connection))
            #expect(whole.units.count == 336)
            let areas = fixture.areas.townships.filter {
                $0.isValid(on: Self.after) && $0.district == "110106" && !Self.unlinked.contains($0.code)
            }
            #expect(areas.count > 20)
            for area in areas { try await meet(area.code, Self.after, fixture) }
            // Elsewhere no unit is anybody's heir: one of each is enough.
            for code in ["110105021", "110118400"] { try await meet(code, Self.after, fixture) }
            let cells = try await cells(whole, fixture)
            let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
                on: fixture.connection)
            let city = try await WeeklyFiguresReader(federation: fixture.federation, areas: fixture.areas)
                .figures(week: Week(containing: Self.after), at: moment, on: fixture.connection)
            #expect(
                cells.map(\.enterpriseMeetings).reduce(0, +)
                    == city.headline[.enterpriseMeetings]?.cumulative)
            #expect(cells.map(\.firstMet).reduce(0, +) == city.headline[.firmsFirstMet]?.cumulative)
            #expect(cells.map(\.firstMet).reduce(0, +) == areas.count + 2)
        }
    }

    private func programme(of codes: [String], _ fixture: StoreFixture) async throws -> Programme {
        try await fixture.connection.execute(
            """
            INSERT INTO goutong.programme (federation_id, code, name_zh, name_en, window_days)
            VALUES (\(fixture.federation.id), 'reform', '示例', 'Example', 30)
            """)
        try await fixture.connection.execute(
            """
            INSERT INTO goutong.programme_unit (federation_id, programme_code, area_id, arm, start_on)
            SELECT \(fixture.federation.id), 'reform', area_id, 'pilot', '2018-10-08'
            FROM goutong.area WHERE code = ANY (\(codes)) AND valid_from <= '2018-10-08'
              AND (valid_to IS NULL OR valid_to > '2018-10-08')
            """)
        return try #require(
            try await Programme.read("reform", federation: fixture.federation, on: fixture.connection))
    }

    private func meet(_ code: String, _ day: Day, _ fixture: StoreFixture) async throws {
        var document = try Documents.enterprise(firms: 1, intents: 1, on: day)
        document.area = try AreaCode(validating: code)
        _ = try await fixture.record(document)
    }

    private func cells(_ programme: Programme, _ fixture: StoreFixture) async throws -> [Programme.Cell] {
        let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
            on: fixture.connection)
        return try await programme.cells(
            windowDays: 30, to: Day(ordinal: 18_800), at: moment, federation: fixture.federation,
            on: fixture.connection)
    }
}
