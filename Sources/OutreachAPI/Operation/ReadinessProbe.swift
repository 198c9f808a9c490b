internal import Logging
internal import OutreachStore
internal import PostgresClient
internal import ServiceLifecycle
internal import Vault

/// Looks every second whether the service can do its work: on a connection of its own, so that a pool under
/// load is not taken for a database that is gone.
actor ReadinessProbe: Service {
    private let conninfo: String
    private let ledgers: [Ledger]
    private let readiness: Readiness
    private let metrics: ServiceMetrics
    private let logger: Logger
    private var connection: PostgresConnection?

    /// For connecting, and for each statement.
    private static let deadline: Duration = .seconds(2)

    init(
        conninfo: String, ledgers: [Ledger], readiness: Readiness, metrics: ServiceMetrics, logger: Logger
    ) {
        self.conninfo = conninfo
        self.ledgers = ledgers
        self.readiness = readiness
        self.metrics = metrics
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.look()
                try? await Task.sleep(for: .seconds(1))
            }
        }
        await connection?.close()
    }

    func look() async {
        let cause: Readiness.Cause?
        do {
            cause = try await found()
        } catch {
            await connection?.close()
            connection = nil
            cause = Task.isCancelled ? readiness.current : .database
        }
        let before = readiness.set(cause)
        guard before != cause, before != .draining else { return }
        logger.notice(
            "readiness", metadata: ["ready": "\(cause == nil)", "cause": "\(cause?.rawValue ?? "-")"])
    }

    private func found() async throws -> Readiness.Cause? {
        let connection = try await open()
        return try await connection.transaction(.readCommitted.readOnly) { connection in
            try await connection.execute("SET LOCAL ROLE goutong_service")
            let (number, isStandby) = try await connection.query(
                "SELECT max(number), pg_is_in_recovery() FROM goutong.migration"
            ).only().decode((Int?, Bool).self)
            guard number == Migrator.newest else { return .schema }
            if isStandby { return .readOnly }
            for ledger in ledgers {
                guard try await ledger.federation.keyFits(ledger.vault, on: connection) else { return .key }
                metrics.stands(
                    try await LedgerStanding.read(of: ledger.federation, on: connection),
                    in: ledger.federation.code)
            }
            return nil
        }
    }

    private func open() async throws(PostgresError) -> PostgresConnection {
        if let connection, await connection.isUsable { return connection }
        let new = try await PostgresConnection.connect(
            to: conninfo, deadline: Self.deadline, statementDeadline: Self.deadline)
        connection = new
        return new
    }
}
