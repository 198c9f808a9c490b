/// A statement whose interpolated values are binds.
///
///     let found: SQL = "SELECT name FROM firm WHERE id = \(id) AND area = \(area)"
///
/// `\(value)` becomes `$n` and its value travels apart from the text. Text enters only from literals
/// and by `\(raw:)`; names by `\(identifier:)`, quoted. Statements compose: `\(other)` and `+` renumber.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The text around the binds: one more than there are binds.
    private var segments: [String]
    private(set) var binds = Binds()

    public init(stringLiteral text: String) { segments = [text] }

    /// Text that is trusted as it stands.
    public init(raw text: String) { segments = [text] }

    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

    /// The text as sent, binds as `$1`, `$2` …
    public var text: String {
        guard segments.count > 1 else { return segments[0] }
        var text = segments[0]
        for index in 1..<segments.count {
            text += "$"
            text += String(index)
            text += segments[index]
        }
        return text
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum += right
        return sum
    }

    public static func += (left: inout SQL, right: SQL) {
        left.append(right.segments[0])
        left.segments.append(contentsOf: right.segments.dropFirst())
        left.binds.append(contentsOf: right.binds)
    }

    private mutating func append(_ text: String) {
        segments[segments.count - 1] += text
    }

    private mutating func bind(_ value: some PostgresValue) {
        binds.append(value)
        segments.append("")
    }
}

extension SQL {
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL

        public init(literalCapacity: Int, interpolationCount: Int) {
            sql = SQL(raw: "")
            sql.segments.reserveCapacity(interpolationCount + 1)
        }

        public mutating func appendLiteral(_ literal: String) { sql.append(literal) }

        /// nil is NULL. Stated apart, so that the compiler does not warn of an optional in a text.
        public mutating func appendInterpolation(_ value: (some PostgresValue)?) { sql.bind(value) }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some PostgresValue) { sql.bind(value) }

        /// Inserts another statement or a part of one, with its binds.
        public mutating func appendInterpolation(_ part: SQL) { sql += part }

        /// Inserts text as it stands: never anything a user wrote.
        public mutating func appendInterpolation(raw text: String) { sql.append(text) }

        /// Inserts a name in double quotes.
        public mutating func appendInterpolation(identifier name: String) {
            sql.append(
                "\""
                    + name.split(separator: "\"", omittingEmptySubsequences: false)
                    .joined(separator: "\"\"") + "\"")
        }
    }
}

extension Collection<SQL> {
    /// The statements one after another with `separator` between them.
    public func joined(separator: SQL = "") -> SQL {
        guard let first else { return "" }
        return dropFirst().reduce(into: first) { $0 += separator + $1 }
    }
}

/// The text only: values never appear in a description.
extension SQL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { text }
    public var debugDescription: String { text }
    public var customMirror: Mirror { Mirror(self, children: ["text": text]) }
}
