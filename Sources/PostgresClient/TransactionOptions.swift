/// How a transaction begins.
public struct TransactionOptions: Hashable, Sendable {
    public enum Isolation: String, Sendable {
        case readCommitted = "READ COMMITTED"
        case repeatableRead = "REPEATABLE READ"
        case serializable = "SERIALIZABLE"
    }

    public var isolation: Isolation
    public var isReadOnly: Bool
    /// Waits for a snapshot that cannot fail; only meaningful when serializable and read only.
    public var isDeferrable: Bool

    public init(
        isolation: Isolation = .readCommitted, isReadOnly: Bool = false, isDeferrable: Bool = false
    ) {
        self.isolation = isolation
        self.isReadOnly = isReadOnly
        self.isDeferrable = isDeferrable
    }

    public static let readCommitted = TransactionOptions()
    public static let repeatableRead = TransactionOptions(isolation: .repeatableRead)
    public static let serializable = TransactionOptions(isolation: .serializable)

    /// The same, read only.
    public var readOnly: TransactionOptions {
        var options = self
        options.isReadOnly = true
        return options
    }

    var begin: SQL {
        SQL(
            raw: "BEGIN ISOLATION LEVEL \(isolation.rawValue)"
                + (isReadOnly ? " READ ONLY" : " READ WRITE") + (isDeferrable ? " DEFERRABLE" : ""))
    }
}
