internal import Hummingbird
internal import Logging
internal import PostgresClient
internal import ServiceLifecycle

/// Closes the pool when nothing needs it any more.
struct PoolService: Service {
    let pool: PostgresPool

    func run() async throws {
        try? await gracefulShutdown()
        await pool.shutdown()
    }
}

/// Says first of all that the service is going away.
struct DrainNotice: Service {
    let readiness: Readiness
    let delay: Duration
    let logger: Logger

    func run() async throws {
        // Cancelled: another service failed, and nothing drains.
        try await gracefulShutdown()
        readiness.set(.draining)
        logger.notice("draining")
        try? await Task.sleep(for: delay)
    }
}

/// An application that says which option named an address it cannot have.
struct Listener<Responder: HTTPResponder>: Service
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let application: Application<Responder>
    let option: String

    func run() async throws {
        do {
            try await application.run()
        } catch {
            guard !Task.isCancelled, !Task.isShuttingDownGracefully else { throw error }
            throw ServiceRefusal.cannotListen(option)
        }
    }
}
