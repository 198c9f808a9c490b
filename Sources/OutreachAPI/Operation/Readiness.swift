internal import PostgresClient

/// Whether the service should be sent requests, and if not, why.
public final class Readiness: Sendable {
    /// Raw values are what `/ready` says.
    public enum Cause: String, Sendable {
        case starting, draining, database, schema, key
        /// A standby, which records nothing.
        case readOnly = "read_only"
    }

    private let cause = Locked<Cause?>(.starting)

    public init() {}

    /// nil: ready.
    public var current: Cause? { cause.withLock { $0 } }

    /// Returns what stood before. A service that drains is not ready again.
    @discardableResult
    func set(_ new: Cause?) -> Cause? {
        cause.withLock { cause in
            let old = cause
            if old != .draining { cause = new }
            return old
        }
    }
}
