/// One column of a result, read as one Swift type. Whether the types fit is found out once, here; what is
/// left for each row is finding the bytes and reading them.
@usableFromInline
struct PostgresColumn<Value: PostgresValue> {
    @usableFromInline let result: ResultHandle
    @usableFromInline let index: Int
    @usableFromInline let type: PostgresType
    @usableFromInline let site: CallSite

    /// - Precondition: the result has a column at `index`.
    @inlinable
    init(_ index: Int, of result: ResultHandle, at site: CallSite) throws(PostgresError) {
        type = result.columnType(index)
        self.result = result
        self.index = index
        self.site = site
        guard Value.accepts(type) else { throw result.misfit(index, type: type, Value.self, at: site) }
    }

    @inlinable
    subscript(row: Int) -> Value {
        get throws(PostgresError) {
            guard let bytes = unsafe result.value(row: row, column: index) else {
                guard let null = Value.null else { throw result.unexpectedNull(index, Value.self, at: site) }
                return null
            }
            guard let value = unsafe Value.decode(bytes, as: type) else {
                throw result.unreadable(index, Value.self, at: site)
            }
            return value
        }
    }
}

/// The errors are made out of line, so that what is inlined where rows are read stays small.
extension ResultHandle {
    @usableFromInline @inline(never)
    func misfit<Value>(
        _ column: Int, type: PostgresType, _: Value.Type, at site: CallSite
    ) -> PostgresError {
        failure(column, "type \(type.rawValue) is not readable as \(Value.self)", at: site)
    }

    @usableFromInline @inline(never)
    func unexpectedNull<Value>(_ column: Int, _: Value.Type, at site: CallSite) -> PostgresError {
        failure(column, "NULL where \(Value.self) is expected", at: site)
    }

    @usableFromInline @inline(never)
    func unreadable<Value>(_ column: Int, _: Value.Type, at site: CallSite) -> PostgresError {
        failure(column, "the bytes are no \(Value.self)", at: site)
    }

    @usableFromInline @inline(never)
    func wrongWidth(_ expected: Int, at site: CallSite) -> PostgresError {
        PostgresError(
            .unexpectedResult, message: "expected \(expected) columns, got \(columnCount)", at: site)
    }

    private func failure(_ column: Int, _ message: String, at site: CallSite) -> PostgresError {
        var error = PostgresError(.decoding, message: message, at: site)
        error.column = columnName(column)
        return error
    }
}
