/// PostgreSQL's five-character error code.
///
/// Source: PostgreSQL documentation, appendix A. Match it in a pattern:
///
///     do { … } catch let error as PostgresError where SQLState.uniqueViolation ~= error { … }
///     catch SQLState.Class.integrityConstraintViolation { … }
public struct SQLState: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// The first two characters.
    public var `class`: Class { Class(rawValue: String(rawValue.prefix(2))) }

    /// A family of codes: the first two characters.
    public struct Class: RawRepresentable, Hashable, Sendable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }
    }
}

extension SQLState {
    public static let notNullViolation = SQLState(rawValue: "23502")
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    public static let uniqueViolation = SQLState(rawValue: "23505")
    public static let checkViolation = SQLState(rawValue: "23514")
    public static let exclusionViolation = SQLState(rawValue: "23P01")

    public static let invalidTextRepresentation = SQLState(rawValue: "22P02")
    public static let numericValueOutOfRange = SQLState(rawValue: "22003")
    public static let divisionByZero = SQLState(rawValue: "22012")

    public static let readOnlySQLTransaction = SQLState(rawValue: "25006")
    public static let inFailedSQLTransaction = SQLState(rawValue: "25P02")
    public static let invalidSQLStatementName = SQLState(rawValue: "26000")
    public static let invalidAuthorization = SQLState(rawValue: "28000")
    public static let invalidPassword = SQLState(rawValue: "28P01")
    public static let invalidCatalogName = SQLState(rawValue: "3D000")
    public static let invalidSchemaName = SQLState(rawValue: "3F000")

    public static let serializationFailure = SQLState(rawValue: "40001")
    public static let deadlockDetected = SQLState(rawValue: "40P01")

    public static let featureNotSupported = SQLState(rawValue: "0A000")
    public static let insufficientPrivilege = SQLState(rawValue: "42501")
    public static let syntaxError = SQLState(rawValue: "42601")
    public static let undefinedColumn = SQLState(rawValue: "42703")
    public static let undefinedFunction = SQLState(rawValue: "42883")
    public static let undefinedTable = SQLState(rawValue: "42P01")
    public static let duplicateDatabase = SQLState(rawValue: "42P04")
    public static let duplicateObject = SQLState(rawValue: "42710")

    public static let objectInUse = SQLState(rawValue: "55006")
    public static let lockNotAvailable = SQLState(rawValue: "55P03")
    public static let queryCanceled = SQLState(rawValue: "57014")
    public static let adminShutdown = SQLState(rawValue: "57P01")
    public static let raiseException = SQLState(rawValue: "P0001")
}

extension SQLState.Class {
    /// 08
    public static let connectionException = Self(rawValue: "08")
    /// 22
    public static let dataException = Self(rawValue: "22")
    /// 23
    public static let integrityConstraintViolation = Self(rawValue: "23")
    /// 28
    public static let invalidAuthorization = Self(rawValue: "28")
    /// 40: the transaction was rolled back and may be tried again.
    public static let transactionRollback = Self(rawValue: "40")
    /// 42
    public static let syntaxErrorOrAccessRuleViolation = Self(rawValue: "42")
    /// 53
    public static let insufficientResources = Self(rawValue: "53")
    /// 55
    public static let objectNotInPrerequisiteState = Self(rawValue: "55")
    /// 57
    public static let operatorIntervention = Self(rawValue: "57")
}

/// Whether `error` carries exactly this code.
public func ~= (pattern: SQLState, error: any Error) -> Bool {
    (error as? PostgresError)?.sqlState == pattern
        || (error as? TransactionError)?.postgresError?.sqlState == pattern
}

/// Whether `error` carries a code of this class.
public func ~= (pattern: SQLState.Class, error: any Error) -> Bool {
    (error as? PostgresError)?.sqlState?.class == pattern
        || (error as? TransactionError)?.postgresError?.sqlState?.class == pattern
}
