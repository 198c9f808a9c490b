public import Outreach
public import PostgresClient

/// The firms whose journeys wait to be derived anew.
public enum JourneyQueue {
    /// Derives up to `limit` queued firms. Returns how many; 0 when none waits or another session drains.
    public static func drain(
        federation: Federation, limit: Int, on connection: PostgresConnection
    ) async throws(PostgresError) -> Int {
        try await connection.query(
            "SELECT goutong.drain_journeys(\(federation.id)::integer, \(limit)::integer)"
        ).only().decode(Int.self)
    }

    /// Firms whose journey, as readers get it, is not what the ledger says. Empty when all is well.
    public static func differences(
        federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> [FirmID] {
        try await connection.query(
            """
            SELECT firm_id FROM (
                (SELECT * FROM goutong.journey_at(\(federation.id)::integer, 'infinity')
                 EXCEPT SELECT * FROM goutong.journey_of(\(federation.id)::integer, 'infinity', NULL))
                UNION ALL
                (SELECT * FROM goutong.journey_of(\(federation.id)::integer, 'infinity', NULL)
                 EXCEPT SELECT * FROM goutong.journey_at(\(federation.id)::integer, 'infinity'))
            ) d
            GROUP BY firm_id ORDER BY firm_id
            """
        ).map { row throws(PostgresError) in try row.decode(FirmID.self) }
    }
}
