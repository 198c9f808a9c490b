public import PostgresClient

/// The moments of the ledger: the lock that writers share, their stamp, and the moment a report fixes.
///
/// A writer takes the lock in shared mode and reads its stamp in a later statement; a report takes it
/// alone, fixes its moment S in a transaction of its own, and only then opens its snapshot. So every fact
/// stamped at or before S is committed when the snapshot opens, and none can be added later.
public struct LedgerClock: Sendable {
    let federation: Int
    let authority: Authority

    /// - Parameter authority: nil: the operator's.
    public init(federation: Federation, authority: Authority? = nil) {
        self.federation = federation.id
        self.authority = authority ?? .operator(of: federation)
    }

    var shareLock: SQL {
        "SELECT pg_advisory_xact_lock_shared(hashtextextended('goutong.ledger', \(federation)))"
    }

    /// Waits for every writer under way.
    var soleLock: SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended('goutong.ledger', \(federation)))"
    }

    /// The database's clock, kept after the last fixed moment.
    var stamp: SQL {
        """
        SELECT greatest(clock_timestamp(), max(moment) + interval '1 microsecond')
        FROM goutong.fixed_moment WHERE federation_id = \(federation)
        """
    }

    /// Fixes a moment and returns it. Waits at most 250 ms at a time for writers, tries `attempts` times.
    public func fixMoment(
        on connection: PostgresConnection, attempts: Int = 20
    ) async throws(TransactionError) -> PostgresTimestamp {
        var attempt = 1
        while true {
            do throws(TransactionError) {
                return try await fixOnce(on: connection)
            } catch {
                guard error.postgresError?.sqlState == .lockNotAvailable, attempt < attempts else {
                    throw error
                }
                attempt += 1
            }
        }
    }

    private func fixOnce(
        on connection: PostgresConnection
    ) async throws(TransactionError) -> PostgresTimestamp {
        try await connection.transaction { connection in
            _ = try await authority.begin(
                for: .counting,
                then: [
                    "SET LOCAL lock_timeout = '250ms'",
                    "SELECT pg_advisory_xact_lock(hashtextextended('goutong.ledger', \(federation)))",
                ], on: connection)
            return try await connection.query(
                """
                INSERT INTO goutong.fixed_moment AS last (federation_id, moment)
                VALUES (\(federation), clock_timestamp())
                ON CONFLICT (federation_id) DO UPDATE
                SET moment = greatest(excluded.moment, last.moment + interval '1 microsecond')
                RETURNING moment
                """
            ).only().decode(PostgresTimestamp.self)
        }
    }
}
