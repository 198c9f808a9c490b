internal import Outreach
internal import PostgresClient

extension Programme {
    /// Common tables: the units, and `owner`, the unit that each version of the map belongs to.
    func ground(_ federation: Federation) -> SQL {
        """
        WITH RECURSIVE unit AS (
            SELECT u.area_id, a.code,
                coalesce(u.start_on, min(u.start_on) OVER (), \(federation.since)) AS start_on
            FROM goutong.programme_unit u JOIN goutong.area a USING (area_id)
            WHERE u.federation_id = \(federation.id) AND u.programme_code = \(code)
        ), origin (area_id, reached, steps, parts) AS (
            -- Where each version of the map comes from. `parts` counts links on which ground came, but
            -- no unit as a whole.
            SELECT a.area_id, a.area_id, 0, 0 FROM goutong.area a
            UNION ALL
            SELECT o.area_id, s.from_area_id, o.steps + 1, o.parts + (NOT s.is_primary)::integer
            FROM origin o JOIN goutong.area_succession s ON s.to_area_id = o.reached
            WHERE o.steps < 50
        ), owner AS (
            -- Itself; else the unit that it continues as a whole, of the same code if several did.
            SELECT DISTINCT ON (o.area_id) o.area_id, u.area_id AS unit_id
            FROM origin o
            JOIN unit u ON u.area_id = o.reached
            JOIN goutong.area a ON a.area_id = o.area_id
            ORDER BY o.area_id, o.steps > 0, o.parts, a.code <> u.code, o.steps, u.code, u.area_id
        )
        """
    }
}
