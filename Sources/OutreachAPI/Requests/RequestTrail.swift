internal import OutreachStore
internal import PostgresClient

/// What one request leaves for its log line and the metrics, filled in by whoever below knows it: a context
/// is copied on its way down, so it is shared.
final class RequestTrail: Sendable {
    private struct Known {
        var account: String?
        var problem: String?
        var sqlClass: String?
    }

    /// The address at the other end of the connection: a proxy's, where there is one.
    let peer: String?
    private let known = Locked(Known())

    init(peer: String?) { self.peer = peer }

    /// The login on whose behalf it acts.
    var account: String? {
        get { known.withLock { $0.account } }
        set { known.withLock { $0.account = newValue } }
    }

    /// The code of the problem it was answered with.
    var problem: String? { known.withLock { $0.problem } }
    /// The class of the SQLSTATE that was at the bottom of it; `none` where the server never answered.
    var sqlClass: String? { known.withLock { $0.sqlClass } }

    func failed(_ error: any Error, as problem: Problem) {
        let database = Self.database(error)
        known.withLock {
            $0.problem = problem.code
            $0.sqlClass = database.map { $0.sqlState?.class.rawValue ?? "none" }
        }
    }

    private static func database(_ error: any Error) -> PostgresError? {
        switch error {
        case let error as PostgresError: error
        case .transaction(let error) as RecordingError: error.postgresError
        case let error as TransactionError: error.postgresError
        default: nil
        }
    }
}
