internal import Logging
internal import ServiceLifecycle

/// Something that the service does again and again until it stops: draining journeys, sealing the audit.
///
/// A round that fails is logged and counted, and tried again later: the database may be back by then.
struct PeriodicTask: Service {
    let name: String
    /// Between a round that found nothing to do and the next.
    let interval: Duration
    let metrics: ServiceMetrics
    let logger: Logger
    /// One round; true where more waits, and the next round follows at once.
    let round: @Sendable () async throws -> Bool

    /// After a round that failed, at the least.
    private static let pause: Duration = .seconds(5)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                var rest = interval
                do {
                    if try await round() { rest = .zero }
                } catch {
                    if Task.isCancelled { return }
                    metrics.failed(task: name)
                    // The type alone: another error's text may quote what it likes.
                    logger.warning(
                        "background task failed",
                        metadata: ["task": "\(name)", "error": "\(type(of: error))"])
                    rest = max(interval, Self.pause)
                }
                if rest > .zero { try? await Task.sleep(for: rest) }
            }
        }
    }
}
