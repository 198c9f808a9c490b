/// One row of a result.
public struct PostgresRow: Sendable {
    let result: ResultHandle
    let index: Int
    let site: CallSite

    public var columnCount: Int { result.columnCount }

    /// All columns in order, as a tuple: `row.decode((Int, String?).self)`, or one value:
    /// `row.decode(Int.self)`. Another number of columns is an `unexpectedResult`; a type, a NULL or
    /// bytes that do not fit are a `decoding` error that names the column.
    public func decode<each Value: PostgresValue>(
        _ types: (repeat each Value).Type
    ) throws(PostgresError) -> (repeat each Value) {
        var expected = 0
        for _ in repeat (each Value).self { expected += 1 }
        guard expected == columnCount else {
            throw PostgresError(
                .unexpectedResult, message: "expected \(expected) columns, got \(columnCount)", at: site)
        }
        var column = 0
        func next<Next: PostgresValue>(_ type: Next.Type) throws(PostgresError) -> Next {
            defer { column += 1 }
            return try decode(type, at: column)
        }
        return (repeat try next((each Value).self))
    }

    /// One column by position, from 0.
    public func decode<Value: PostgresValue>(
        _ type: Value.Type, at column: Int
    ) throws(PostgresError) -> Value {
        guard (0..<columnCount).contains(column) else {
            throw PostgresError(.unexpectedResult, message: "no column at \(column)", at: site)
        }
        let columnType = result.columnType(column)
        guard Value.accepts(columnType) else {
            throw failure(column, "type \(columnType.rawValue) is not readable as \(Value.self)")
        }
        guard let bytes = result.value(row: index, column: column) else {
            guard let null = Value.null else { throw failure(column, "NULL where \(Value.self) is expected") }
            return null
        }
        guard let value = Value.decode(bytes, as: columnType) else {
            throw failure(column, "the bytes are no \(Value.self)")
        }
        return value
    }

    /// One column by name; the first when several share it.
    public func decode<Value: PostgresValue>(
        _ type: Value.Type, named name: String
    ) throws(PostgresError) -> Value {
        guard let column = (0..<columnCount).first(where: { result.columnName($0) == name }) else {
            throw PostgresError(.unexpectedResult, message: "no column \"\(name)\"", at: site)
        }
        return try decode(type, at: column)
    }

    private func failure(_ column: Int, _ message: String) -> PostgresError {
        var error = PostgresError(.decoding, message: message, at: site)
        error.column = result.columnName(column)
        return error
    }
}
