internal import CLibPQ

/// Owns one `PGresult`. Immutable once received: libpq's readers may be called from any thread.
final class ResultHandle: @unchecked Sendable {
    private let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    var status: ExecStatusType { PQresultStatus(result) }

    var rowCount: Int { Int(PQntuples(result)) }
    var columnCount: Int { Int(PQnfields(result)) }

    /// Rows a command inserted, updated, deleted, copied or returned; 0 for other commands.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// `SELECT 3`, `COMMIT`, `ROLLBACK` …
    var commandTag: String { String(cString: PQcmdStatus(result)) }

    func columnType(_ column: Int) -> PostgresType {
        PostgresType(rawValue: PQftype(result, CInt(column)))
    }

    func columnName(_ column: Int) -> String {
        PQfname(result, CInt(column)).map { String(cString: $0) } ?? ""
    }

    /// The value's bytes, alive as long as this object; nil for NULL.
    func value(row: Int, column: Int) -> UnsafeRawBufferPointer? {
        let (row, column) = (CInt(row), CInt(column))
        guard PQgetisnull(result, row, column) == 0 else { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    }

    /// A field of an error report.
    func field(_ field: DiagnosticField) -> String? {
        PQresultErrorField(result, CInt(field.rawValue.value)).map { String(cString: $0) }
    }
}

/// The fields of an error report: the `PG_DIAG_…` characters of `postgres_ext.h`, which Swift cannot
/// import.
enum DiagnosticField: Unicode.Scalar {
    case severity = "V"
    case sqlState = "C"
    case messagePrimary = "M"
    case statementPosition = "P"
    case schemaName = "s"
    case tableName = "t"
    case columnName = "c"
    case constraintName = "n"
}
