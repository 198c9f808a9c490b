internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import OutreachStore
internal import PostgresClient
internal import ServiceLifecycle
internal import UnixSignals
public import Vault

/// `goutong serve`: the service with everything around it, from its checks at the start to its drain.
public struct OutreachServer: Sendable {
    private let configuration: OutreachServerConfiguration
    private let ledgers: [Ledger]
    private let pool: PostgresPool
    private let conninfo: String
    private let supervised: [@Sendable () async throws -> Void]

    /// Looks at the login, the schema and the keys, and refuses what would not hold.
    /// - Parameters:
    ///   - conninfo: of a login that owns nothing.
    ///   - supervise: run every two seconds; where the database is the caller's own to keep up.
    public static func open(
        conninfo: String, master: MasterKey, configuration: OutreachServerConfiguration,
        supervise: (@Sendable () async throws -> Void)? = nil
    ) async throws -> OutreachServer {
        let connection = try await PostgresConnection.connect(
            to: conninfo, statementDeadline: configuration.requestDeadline)
        let pool = PostgresPool(
            conninfo: conninfo,
            configuration: PostgresPool.Configuration(
                size: configuration.poolSize, acquireDeadline: .seconds(5), connectDeadline: .seconds(5),
                statementDeadline: configuration.requestDeadline),
            prepare: LedgerSession.prepare)
        do {
            let ledgers = try await Self.ledgers(
                master: master, only: configuration.federation, pool: pool,
                exports: ExportGate(poolSize: configuration.poolSize), on: connection)
            await connection.close()
            return OutreachServer(
                configuration: configuration, ledgers: ledgers, pool: pool, conninfo: conninfo,
                supervised: supervise.map { [$0] } ?? [])
        } catch {
            await connection.close()
            throw error
        }
    }

    private static func ledgers(
        master: MasterKey, only code: String?, pool: PostgresPool, exports: ExportGate,
        on connection: PostgresConnection
    ) async throws -> [Ledger] {
        try await ServiceLogin.check(on: connection)
        do {
            return try await connection.transaction(.readCommitted.readOnly) { connection in
                try await connection.execute("SET LOCAL ROLE goutong_service")
                try await checkSchema(on: connection)
                let areas = try await AreaTable.read(on: connection)
                var ledgers: [Ledger] = []
                for federation in try await Federation.all(on: connection)
                where code == nil || code == federation.code {
                    let vault = Vault(master: master, federation: federation.code)
                    guard try await federation.keyFits(vault, on: connection) else {
                        throw ServiceRefusal.otherKey(federation.code)
                    }
                    ledgers.append(
                        Ledger(
                            federation: federation, areas: areas, vault: vault, pool: pool, exports: exports))
                }
                guard !ledgers.isEmpty else { throw ServiceRefusal.noFederation }
                return ledgers
            }
        } catch {
            // Without the schema the role may not look into it.
            if case .body(let refusal as ServiceRefusal, _) = error { throw refusal }
            if error.postgresError?.sqlState == .insufficientPrivilege { throw ServiceRefusal.notMigrated }
            throw error
        }
    }

    private static func checkSchema(on connection: PostgresConnection) async throws {
        let standing: [Migrator.Standing]
        do {
            standing = try await Migrator().standing(on: connection)
        } catch .edited, .unknown {
            throw ServiceRefusal.newerSchema
        } catch .database(let error) {
            guard error.sqlState != nil else { throw error }
            throw ServiceRefusal.notMigrated
        } catch {
            throw error
        }
        guard standing.allSatisfy(\.applied) else { throw ServiceRefusal.notMigrated }
    }

    /// Serves until SIGTERM or SIGINT, then drains; returns when that is done.
    public func run() async throws {
        let logger = configuration.logger
        let readiness = Readiness()
        let metrics = ServiceMetrics()
        let probe = ReadinessProbe(
            conninfo: conninfo, ledgers: ledgers, readiness: readiness, metrics: metrics, logger: logger)
        // The last one is stopped first: unready, then the drain, then what requests stand on.
        let services: [any Service] =
            [
                PoolService(pool: pool),
                try admin(readiness: readiness, metrics: metrics), probe,
            ] + background(metrics) + [
                try api(metrics: metrics),
                DrainNotice(readiness: readiness, delay: configuration.drainDelay, logger: logger),
            ]
        let total = configuration.drainDelay + configuration.drainDeadline
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: frameworkLogger)
        group.maximumGracefulShutdownDuration = total
        let signals = ShutdownSignals(deadline: total + .seconds(5))
        defer { signals.cancel() }
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            // Past the drain's deadline its tasks are cancelled: late, but as announced.
            guard readiness.current == .draining else { throw error }
            logger.warning("requests were cut off at the drain's deadline")
        }
        logger.notice("stopped")
    }

    /// What runs beside the requests. The place to add to.
    private func background(_ metrics: ServiceMetrics) -> [any Service] {
        let logger = configuration.logger
        let drains = ledgers.map {
            PeriodicTask.journeyDrain(
                of: $0, every: configuration.journeyInterval, metrics: metrics, logger: logger)
        }
        let supervision = supervised.map { supervise in
            PeriodicTask(name: "database", interval: .seconds(2), metrics: metrics, logger: logger) {
                try await supervise()
                return false
            }
        }
        let seals = ledgers.map { PeriodicTask.auditSealing(of: $0, metrics: metrics, logger: logger) }
        let retentions = configuration.retentionMonths.map { months in
            ledgers.map {
                PeriodicTask.retention(of: $0, months: months, metrics: metrics, logger: logger)
            }
        }
        return drains + seals + (retentions ?? []) + supervision
    }

    private func api(metrics: ServiceMetrics) throws -> any Service {
        guard let first = ledgers.first else { throw ServiceRefusal.noFederation }
        let responder = RequestLogResponder(
            base: AdmissionResponder(
                base: DeadlineResponder(
                    base: FederationResponder(first: first, others: Array(ledgers.dropFirst())),
                    limit: configuration.requestDeadline),
                limit: configuration.maxRequests),
            metrics: metrics, proxies: configuration.proxies)
        let server = try Self.transport(configuration)
        return Listener(
            application: Application(
                responder: responder, server: server,
                configuration: .init(
                    address: .hostname(configuration.address.host, port: configuration.address.port),
                    serverName: "goutong",
                    availableConnectionsDelegate: MaximumAvailableConnections(configuration.maxConnections)),
                onServerRunning: announce("api"), logger: requestLogger),
            option: "--port")
    }

    private func admin(readiness: Readiness, metrics: ServiceMetrics) throws -> any Service {
        Listener(
            application: Application(
                router: AdminRouter.make(readiness: readiness, metrics: metrics, pool: pool),
                server: .http1(configuration: Self.http(configuration)),
                configuration: .init(
                    address: .hostname(configuration.admin.host, port: configuration.admin.port),
                    availableConnectionsDelegate: MaximumAvailableConnections(64)),
                onServerRunning: announce("admin"), logger: frameworkLogger),
            option: "--admin-port")
    }

    private func announce(_ what: String) -> @Sendable (any Channel) async -> Void {
        let logger = configuration.logger
        return { channel in
            logger.notice(
                "listening",
                metadata: ["of": "\(what)", "port": .stringConvertible(channel.localAddress?.port ?? 0)])
        }
    }

    /// Below `info` the frameworks tell of requests and errors in words of their own, values included.
    private var frameworkLogger: Logger {
        var logger = configuration.logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }

    private var requestLogger: Logger {
        var logger = configuration.logger
        logger.logLevel = max(logger.logLevel, .info)
        return logger
    }
}
