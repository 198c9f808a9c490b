public import Outreach
public import PostgresClient

/// Purges applicants who were never verified or admitted, some months after they applied (PIPL articles 6,
/// 19 and 47): their data goes, the applications stay counted. By batches, each its own transaction with its
/// own entry in the audit, so that it may stop anywhere and go on. One at a time, in whatever process: a service
/// that finds another at it goes away, the operator waits.
public struct RetentionRun: Sendable {
    public struct Outcome: Hashable, Sendable {
        /// Applications made before this day.
        public let before: Day
        /// How many persons were erased, or would be in a dry run.
        public let erased: Int
        public let isDryRun: Bool
    }

    let federation: Federation
    let months: Int
    let batch: Int
    let asService: Bool

    /// - Parameters:
    ///   - months: how long such data is kept.
    ///   - asService: true over the service's connection, whose login has no right of its own.
    public init(federation: Federation, months: Int = 12, batch: Int = 500, asService: Bool = false) {
        self.federation = federation
        self.months = months
        self.batch = batch
        self.asService = asService
    }

    public func run(
        today: Day, dryRun: Bool = false, on connection: PostgresConnection
    ) async throws(PersonError) -> Outcome {
        let before = Self.day(months: months, before: today)
        do {
            if dryRun { return try await count(before, on: connection) }
            var erased = 0
            while true {
                let some = try await connection.transaction { connection in
                    try await purge(before, on: connection)
                }
                erased += some
                guard some == batch else { break }
            }
            return Outcome(before: before, erased: erased, isDryRun: false)
        } catch let error as TransactionError {
            throw PersonError(error)
        } catch {
            throw PersonError(.body(error, rollback: nil))
        }
    }

    private func count(_ before: Day, on connection: PostgresConnection) async throws -> Outcome {
        let due = try await connection.transaction(.readCommitted.readOnly) { connection in
            try await takeRole(on: connection)
            return try await connection.query(
                """
                SELECT count(*) FROM goutong.retention_due(\(federation.id)::integer, \(before), 2147483647)
                """
            ).only().decode(Int.self)
        }
        return Outcome(before: before, erased: due, isDryRun: true)
    }

    private func purge(_ before: Day, on connection: PostgresConnection) async throws -> Int {
        try await takeRole(on: connection)
        guard try await isAlone(on: connection) else { return 0 }
        _ = try await connection.query(LedgerClock(federation: federation).soleLock)
        let erased = try await connection.query(
            """
            SELECT goutong.retention_purge(\(federation.id)::integer, \(before), \(batch)::integer)
            """
        ).only().decode(Int.self)
        if erased > 0 {
            let authority =
                asService
                ? Authority.operator("service", of: federation) : Authority.operator(of: federation)
            _ = try await connection.query(
                authority.audit(
                    AuditEvent(
                        .retentionRun, object: AuditEvent.Object(kind: "applicants", id: "\(erased)"),
                        reason: "applied before \(before.iso), never verified or admitted")))
        }
        return erased
    }

    /// Takes the lock of all such runs, before the ledger's, which writers wait for.
    private func isAlone(on connection: PostgresConnection) async throws -> Bool {
        let key: SQL = "hashtextextended('goutong.retention', \(federation.id))"
        guard asService else {
            _ = try await connection.query("SELECT pg_advisory_xact_lock(\(key))")
            return true
        }
        return try await connection.query("SELECT pg_try_advisory_xact_lock(\(key))").only()
            .decode(Bool.self)
    }

    private func takeRole(on connection: PostgresConnection) async throws {
        if asService { try await connection.execute("SET LOCAL ROLE goutong_service") }
    }

    /// The same day so many months ago, or the last of that month.
    static func day(months: Int, before today: Day) -> Day {
        let (year, month, day) = today.parts
        let index = year * 12 + month - 1 - months
        let (then, its) = (index / 12, index % 12 + 1)
        for last in stride(from: day, through: 1, by: -1) {
            if let found = Day(year: then, month: its, day: last) { return found }
        }
        return today
    }
}
