import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// The dated map in SQL against its definition, for every unit and every day on which something changed.
@Suite("versions of areas") struct AreaVersionTests {
    /// Follows every area, whether or not it has a successor.
    private static let walked: SQL = """
        WITH RECURSIVE walk (area_id, reached, steps) AS (
            SELECT a.area_id, a.area_id, 0 FROM goutong.area a
            UNION ALL
            SELECT w.area_id, s.to_area_id, w.steps + 1
            FROM walk w JOIN goutong.area_succession s ON s.from_area_id = w.reached AND s.is_primary
            WHERE s.changed_on <= day.on_day AND w.steps < 50
        )
        SELECT DISTINCT ON (w.area_id) w.area_id, w.reached AS standing_id FROM walk w
        ORDER BY w.area_id, w.steps DESC
        """

    @Test("each version's successor on every day of change is the one that following all of them finds")
    func successors() async throws {
        try await TestLedger.with { ledger in
            let (days, different) = try await ledger.owner.query(
                """
                WITH day AS (
                    SELECT DISTINCT s.changed_on + shift AS on_day
                    FROM goutong.area_succession s CROSS JOIN generate_series(-1, 1) AS shift
                    UNION SELECT date '1990-01-01' UNION SELECT date '2100-01-01'
                )
                SELECT count(*), coalesce(sum((
                    SELECT count(*) FROM (
                        ((\(Self.walked)) EXCEPT SELECT * FROM goutong.area_on(day.on_day))
                        UNION ALL
                        (SELECT * FROM goutong.area_on(day.on_day) EXCEPT (\(Self.walked)))
                    ) d)), 0)::bigint
                FROM day
                """
            ).only().decode((Int, Int).self)
            #expect(days > 10 && different == 0)
        }
    }

    @Test("a unit's areas are those with its codes, and all that have become one of them by now")
    func unitAreas() async throws {
        try await TestLedger.with { ledger in
            // Something below the union tree that has become another's, twice over.
            let units = try await ledger.owner.query(
                """
                WITH RECURSIVE subtree (unit, code, area_code) AS (
                    SELECT u.code, u.code, u.area_code FROM goutong.org_unit u
                    UNION ALL
                    SELECT s.unit, u.code, u.area_code
                    FROM subtree s JOIN goutong.org_unit u ON u.parent_code = s.code
                ), below AS (
                    SELECT DISTINCT s.unit, a.area_id
                    FROM subtree s JOIN goutong.area a
                        ON a.code = s.area_code OR (length(s.area_code) = 6 AND a.district_code = s.area_code)
                ), day (on_day) AS (SELECT current_date
                ), standing AS (SELECT o.* FROM day CROSS JOIN LATERAL (\(Self.walked)) o
                ), expected AS (
                    SELECT b.unit, array_agg(DISTINCT o.area_id ORDER BY o.area_id) AS areas
                    FROM below b JOIN standing o ON b.area_id IN (o.area_id, o.standing_id)
                    GROUP BY b.unit
                )
                SELECT u.code, coalesce(e.areas, '{}')
                    IS NOT DISTINCT FROM goutong.unit_areas(u.federation_id, u.code),
                    cardinality(coalesce(e.areas, '{}'))
                FROM goutong.org_unit u LEFT JOIN expected e ON e.unit = u.code
                """
            ).decode((String, Bool, Int).self)
            #expect(units.count > 300)
            #expect(units.filter { !$0.1 }.map(\.0) == [])
            #expect(units.contains { $0.0 != "BJ" && $0.2 > 1 })
        }
    }
}
