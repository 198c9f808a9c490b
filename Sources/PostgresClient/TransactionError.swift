/// Why a transaction did not return its value, with the step that failed kept apart.
public enum TransactionError: Error, Sendable {
    /// BEGIN failed: nothing ran.
    case begin(PostgresError)
    /// The body threw: nothing was kept. When ROLLBACK failed as well the connection was closed, which
    /// makes the server roll back.
    case body(any Error, rollback: PostgresError?)
    /// COMMIT was refused: nothing was kept.
    case commitRefused(PostgresError)
    /// The connection broke, or the server did not answer in time, during COMMIT: the transaction may or
    /// may not have been kept.
    case commitUnknown(PostgresError)

    /// The database's part in the failure; nil when the body threw something else.
    public var postgresError: PostgresError? {
        switch self {
        case .begin(let error), .commitRefused(let error), .commitUnknown(let error): error
        case .body(let error, _): error as? PostgresError
        }
    }

    /// Whether the same transaction may be tried again: it was surely rolled back, by a serialisation
    /// failure or a deadlock.
    public var isRetryable: Bool {
        if case .commitUnknown = self { return false }
        return postgresError?.isRetryable ?? false
    }
}

extension TransactionError: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        switch self {
        case .begin(let error): "TransactionError(begin: \(error))"
        case .body(let error as PostgresError, _): "TransactionError(body: \(error))"
        // Another error's description may quote what it likes.
        case .body(let error, _): "TransactionError(body: \(type(of: error)))"
        case .commitRefused(let error): "TransactionError(commitRefused: \(error))"
        case .commitUnknown(let error): "TransactionError(commitUnknown: \(error))"
        }
    }

    public var debugDescription: String {
        switch self {
        case .begin(let error): "TransactionError(begin: \(error.debugDescription))"
        case .body(let error, let rollback):
            "TransactionError(body: \((error as? PostgresError)?.debugDescription ?? "\(type(of: error))")"
                + "\(rollback.map { ", rollback: \($0.debugDescription)" } ?? ""))"
        case .commitRefused(let error): "TransactionError(commitRefused: \(error.debugDescription))"
        case .commitUnknown(let error): "TransactionError(commitUnknown: \(error.debugDescription))"
        }
    }
}
