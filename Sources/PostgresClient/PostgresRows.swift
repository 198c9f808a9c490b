/// The rows a statement returned, complete. Values are decoded when asked for.
public struct PostgresRows: RandomAccessCollection, Sendable {
    @usableFromInline let result: ResultHandle
    @usableFromInline let site: CallSite

    init(_ result: ResultHandle, at site: CallSite) {
        self.result = result
        self.site = site
        endIndex = result.rowCount
    }

    public var startIndex: Int { 0 }
    public let endIndex: Int

    public subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position), "row out of range")
        return PostgresRow(result: result, index: position, site: site)
    }

    /// Rows inserted, updated, deleted or returned.
    public var affectedRows: Int { result.affectedRows }

    public var columnNames: [String] { (0..<result.columnCount).map(result.columnName) }

    /// The one row; any other number is an `unexpectedResult`.
    public func only() throws(PostgresError) -> PostgresRow {
        guard count == 1 else {
            throw PostgresError(.unexpectedResult, message: "expected 1 row, got \(count)", at: site)
        }
        return self[0]
    }

    /// Every row as a tuple: `rows.decode((Int, String?).self)`.
    @inlinable
    public func decode<each Value: PostgresValue>(
        _ types: (repeat each Value).Type
    ) throws(PostgresError) -> [(repeat each Value)] {
        let columns = try result.columns(types, at: site)
        var values: [(repeat each Value)] = []
        values.reserveCapacity(count)
        for row in indices {
            values.append((repeat try (each columns)[row]))
        }
        return values
    }
}
