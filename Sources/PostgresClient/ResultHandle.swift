internal import CLibPQ

/// Owns one `PGresult`. Immutable once received: libpq's readers may be called from any thread.
@safe @usableFromInline
final class ResultHandle: @unchecked Sendable {
    private let result: OpaquePointer

    init(_ result: OpaquePointer) { unsafe self.result = result }

    deinit { unsafe PQclear(result) }

    var status: ExecStatusType { unsafe PQresultStatus(result) }

    @usableFromInline var rowCount: Int { unsafe Int(PQntuples(result)) }
    @usableFromInline var columnCount: Int { unsafe Int(PQnfields(result)) }

    /// Rows a command inserted, updated, deleted, copied or returned; 0 for other commands.
    var affectedRows: Int { unsafe Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// `SELECT 3`, `COMMIT`, `ROLLBACK` …
    var commandTag: String { unsafe String(cString: PQcmdStatus(result)) }

    @usableFromInline
    func columnType(_ column: Int) -> PostgresType {
        unsafe PostgresType(rawValue: PQftype(result, CInt(column)))
    }

    func columnName(_ column: Int) -> String {
        unsafe PQfname(result, CInt(column)).map { unsafe String(cString: $0) } ?? ""
    }

    /// The value's bytes, alive as long as this object; nil for NULL.
    @usableFromInline
    func value(row: Int, column: Int) -> UnsafeRawBufferPointer? {
        let (row, column) = (CInt(truncatingIfNeeded: row), CInt(truncatingIfNeeded: column))
        let length = unsafe PQgetlength(result, row, column)
        // libpq says 0 for NULL, too.
        guard unsafe length != 0 || PQgetisnull(result, row, column) == 0 else { return nil }
        return unsafe UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(truncatingIfNeeded: length))
    }

    /// A field of an error report.
    func field(_ field: DiagnosticField) -> String? {
        unsafe PQresultErrorField(result, CInt(field.rawValue.value)).map { unsafe String(cString: $0) }
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
