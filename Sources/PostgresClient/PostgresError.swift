/// What went wrong between this process and PostgreSQL.
///
/// `description` is vague on purpose: it may reach a user or a log. `debugDescription` adds names
/// (constraint, table, column, statement text with its `$n`), never a bound value, never the server's
/// DETAIL, and the server's message only for classes of error whose messages quote no data.
public struct PostgresError: Error, Sendable {
    public let code: Code
    /// The server's code; also set for some lost connections (57P01 when the server shut down).
    public internal(set) var sqlState: SQLState?

    public internal(set) var schema: String?
    public internal(set) var table: String?
    public internal(set) var column: String?
    public internal(set) var constraint: String?

    /// Position of the statement in a pipeline, from 0.
    public internal(set) var statementIndex: Int?

    /// The statement, with `$n` where values were bound.
    public internal(set) var statement: String?
    /// Where in `statement` the server saw the error: characters, from 1.
    public internal(set) var position: Int?

    /// A server's or client's message that quotes no data; nil where it might.
    public internal(set) var message: String?

    /// The call that failed.
    public internal(set) var file: String
    public internal(set) var line: Int

    init(_ code: Code, message: String? = nil, at site: CallSite) {
        self.code = code
        self.message = message
        file = site.file
        line = site.line
    }
}

extension PostgresError {
    /// The kind of failure. Open: later versions may add some.
    public struct Code: Hashable, Sendable {
        private enum Kind: Hashable {
            case connectionFailed, connectionLost, connectionClosed
            case deadlineExceeded, cancelled
            case poolExhausted, poolShutDown
            case invalidStatement, invalidConnectionString, unexpectedResult, decoding
            case transactionAborted
            case server(SQLState)
        }

        private let kind: Kind

        /// No server accepted the connection.
        public static let connectionFailed = Code(kind: .connectionFailed)
        /// The connection broke, so the outcome of what was under way is unknown.
        public static let connectionLost = Code(kind: .connectionLost)
        /// The connection had been closed before; nothing was sent.
        public static let connectionClosed = Code(kind: .connectionClosed)
        public static let deadlineExceeded = Code(kind: .deadlineExceeded)
        /// The task was cancelled.
        public static let cancelled = Code(kind: .cancelled)
        /// No connection became free within the acquire deadline.
        public static let poolExhausted = Code(kind: .poolExhausted)
        public static let poolShutDown = Code(kind: .poolShutDown)
        /// The statement cannot be sent as asked (too many binds, binds in a COPY, a NUL in the text).
        public static let invalidStatement = Code(kind: .invalidStatement)
        public static let invalidConnectionString = Code(kind: .invalidConnectionString)
        /// The server answered with another kind or number of results than the call expects.
        public static let unexpectedResult = Code(kind: .unexpectedResult)
        /// A column's type, NULL or bytes do not fit the Swift type; `column` names it.
        public static let decoding = Code(kind: .decoding)
        /// COMMIT was answered by ROLLBACK, because a statement of the transaction had failed.
        public static let transactionAborted = Code(kind: .transactionAborted)

        /// The server refused the statement.
        public static func sqlState(_ state: SQLState) -> Code { Code(kind: .server(state)) }
    }

    /// Whether trying the whole transaction again may succeed: serialisation failure or deadlock.
    public var isRetryable: Bool {
        sqlState == .serializationFailure || sqlState == .deadlockDetected
    }
}

extension PostgresError.Code: CustomStringConvertible {
    public var description: String {
        if case .server(let state) = kind { return "sqlState(\(state.rawValue))" }
        return String(describing: kind)
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "PostgresError(\(code))" }

    public var debugDescription: String {
        var parts = ["code: \(code)"]
        func add(_ label: String, _ value: (some Any)?) {
            if let value { parts.append("\(label): \(value)") }
        }
        if code != sqlState.map(Code.sqlState) { add("sqlState", sqlState?.rawValue) }
        add("message", message)
        add("schema", schema)
        add("table", table)
        add("column", column)
        add("constraint", constraint)
        add("statementIndex", statementIndex)
        add("position", position)
        add("statement", statement)
        parts.append("at: \(file):\(line)")
        return "PostgresError(\(parts.joined(separator: ", ")))"
    }
}

/// The line that called into this module.
@usableFromInline
struct CallSite: Sendable {
    let file: String
    let line: Int
}
