import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// How many of the firms that are known to be unorganised were met, by where they are registered.
@Suite struct CoverageTests {
    @Test("who was never met counts by the register; who is in a union, or gone, is not there to be met")
    func register() async throws {
        try await StoreFixture.withFederation { fixture in
            let history = History(events: [
                event(1, "contact", "u0", day: 5, place: "T1"),
                event(2, "registered", "u0", day: 0, to: "T2"),
                event(3, "contact", "u1", day: 6, place: "T1"),
                event(5, "contact", "u2", day: 6, place: "T1"),
            ])
            let map = try await PlaceMap(history, fixture: fixture)
            _ = try await history.load(
                federation: fixture.federation.id, areas: map.ids, on: fixture.connection)
            try await fixture.connection.execute(
                "UPDATE goutong.attendance SET union_status = 'unknown' WHERE meeting_id = \(History.uuid(5))"
            )
            let other = try #require(
                fixture.areas.townships.last { $0.validTo == nil && $0.isValid(on: History.day(0)) })
            for (number, area, size) in [
                (50, map.ids["T1"], 50), (51, map.ids["T1"], nil), (52, map.ids["T1"], 60),
                (53, map.ids["T2"], 70), (54, other.id, 80), (55, map.ids["T1"], 90),
            ] as [(Int, Int?, Int?)] {
                try await listed(number, area: area, size: size, fixture)
            }
            let federation = fixture.federation.id
            for statement: SQL in [
                """
                INSERT INTO goutong.union_coverage VALUES (\(federation), \(History.uuid(62)),
                    \(History.uuid(52)), \(History.day(2)), NULL, \(History.moment(0)), NULL)
                """,
                """
                INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind,
                    happened_on, of_document, facts_hash, recorded_at)
                VALUES (\(federation), \(History.uuid(63)), 1, \(History.uuid(53)), 'closed',
                    \(History.day(9)), false, '', \(History.moment(9)))
                """,
                // The same as one that was met.
                """
                INSERT INTO goutong.firm_merge SELECT \(federation), \(History.uuid(65)), \(History.uuid(55)),
                    firm_id, \(History.moment(0)), NULL
                FROM goutong.attendance WHERE meeting_id = \(History.uuid(3))
                """,
            ] { try await fixture.connection.execute(statement) }

            func coverage(isOperator: Bool, to day: Int) async throws -> [[String]: FunnelCoverage] {
                let breakdown = try await FunnelReader(
                    federation: fixture.federation, isOperator: isOperator
                ).breakdown(
                    definition: FunnelDefinition(), from: History.day(0), to: History.day(day),
                    by: FunnelGroups(.area), isMeasured: true, at: History.moment(30),
                    on: fixture.connection)
                var found: [[String]: FunnelCoverage] = [:]
                for row in breakdown.groups {
                    found[row.path.map { map.names[$0] ?? $0 }] = row.measures?.coverage
                }
                found[[]] = breakdown.measures?.coverage
                return found
            }
            let own = try await coverage(isOperator: true, to: 30)
            func expect(
                _ path: [String], _ met: Int, of firms: Int, unknown: Int, _ employees: Int, of all: Int,
                unstated: Int
            ) {
                #expect(
                    own[path]
                        == FunnelCoverage(
                            firms: Proportion(x: met, n: firms), unknown: unknown,
                            employees: Proportion(x: employees, n: all), unstatedFirms: unstated),
                    "\(path) \(String(describing: own[path]))")
            }
            // One that was met, and is the same as one listed; one listed with its size, one without.
            expect(["T1"], 1, of: 3, unknown: 1, 0, of: 50, unstated: 2)
            expect(["T2"], 1, of: 1, unknown: 0, 7, of: 7, unstated: 0)
            expect([other.code], 0, of: 1, unknown: 0, 0, of: 80, unstated: 0)
            expect([], 2, of: 5, unknown: 1, 7, of: 137, unstated: 2)
            // Before it closed it was there to be met.
            let before = try await coverage(isOperator: true, to: 8)
            #expect(before[["T2"]]?.firms == Proportion(x: 1, n: 2))
            // Who counts for an account does not read the list.
            let account = try await coverage(isOperator: false, to: 30)
            #expect(account[["T1"]]?.firms == Proportion(x: 1, n: 3))
            #expect(account.values.allSatisfy { $0.employees == nil && $0.unstatedFirms == nil })
        }
    }

    /// A firm of a list, never met.
    private func listed(_ number: Int, area: Int?, size: Int?, _ fixture: StoreFixture) async throws {
        let (federation, id) = (fixture.federation.id, History.uuid(number))
        try await fixture.connection.execute(
            "INSERT INTO goutong.firm VALUES (\(federation), \(id), \(History.moment(0)))")
        try await fixture.connection.execute(
            """
            INSERT INTO goutong.firm_registration VALUES (\(federation), \(id), \(id), \(area),
                \(History.day(0)), \(History.moment(0)), NULL)
            """)
        guard let size else { return }
        try await fixture.connection.execute(
            """
            INSERT INTO goutong.firm_profile (federation_id, firm_id, headcount, recorded_at)
            VALUES (\(federation), \(id), \(size), \(History.moment(0)))
            """)
    }

    private func event(
        _ id: Int, _ kind: String, _ unit: String, day: Int, place: String? = nil, to: String? = nil
    ) -> History.Event {
        History.Event(
            id: id, kind: kind, unit: unit, day: day, rec: 0, sup: nil, place: place, to: to, until: nil)
    }
}
