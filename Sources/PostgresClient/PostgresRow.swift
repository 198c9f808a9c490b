/// One row of a result.
public struct PostgresRow: Sendable {
    @usableFromInline let result: ResultHandle
    @usableFromInline let index: Int
    @usableFromInline let site: CallSite

    @inlinable public var columnCount: Int { result.columnCount }

    /// All columns in order, as a tuple: `row.decode((Int, String?).self)`, or one value:
    /// `row.decode(Int.self)`. Another number of columns is an `unexpectedResult`; a type, a NULL or
    /// bytes that do not fit are a `decoding` error that names the column.
    @inlinable
    public func decode<each Value: PostgresValue>(
        _ types: (repeat each Value).Type
    ) throws(PostgresError) -> (repeat each Value) {
        let columns = try result.columns(types, at: site)
        return (repeat try (each columns)[index])
    }

    /// One column by position, from 0.
    @inlinable
    public func decode<Value: PostgresValue>(
        _ type: Value.Type, at column: Int
    ) throws(PostgresError) -> Value {
        guard column >= 0, column < columnCount else { throw missing(column) }
        return try value(column, as: type)
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

    @usableFromInline
    func missing(_ column: Int) -> PostgresError {
        PostgresError(.unexpectedResult, message: "no column at \(column)", at: site)
    }
}

extension ResultHandle {
    /// The columns as these types, which are as many.
    @inlinable
    func columns<each Value: PostgresValue>(
        _ types: (repeat each Value).Type, at site: CallSite
    ) throws(PostgresError) -> (repeat PostgresColumn<each Value>) {
        var expected = 0
        for _ in repeat (each Value).self { expected += 1 }
        guard expected == columnCount else { throw wrongWidth(expected, at: site) }
        var column = 0
        func next<Next: PostgresValue>(_: Next.Type) throws(PostgresError) -> PostgresColumn<Next> {
            defer { column += 1 }
            return try PostgresColumn(column, of: self, at: site)
        }
        return (repeat try next((each Value).self))
    }
}
