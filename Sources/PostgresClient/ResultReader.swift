internal import CLibPQ

/// Takes the results of what was sent, as libpq has them whole. Lives on the loop's thread.
protocol ResultReader: AnyObject {
    /// - Parameter result: nil at the end of a statement's results.
    /// - Returns: whether that was the last it wants.
    func take(_ result: ResultHandle?) -> Bool
}

extension ResultReader {
    /// Takes what libpq has whole; whether that was the last it wants.
    func takeAll(of handle: OpaquePointer) -> Bool {
        while unsafe PQisBusy(handle) == 0 {
            if unsafe take(PQgetResult(handle).map(ResultHandle.init)) { return true }
        }
        return false
    }
}

/// One result, or the end.
final class NextResult: ResultReader {
    private(set) var result: ResultHandle?

    func take(_ result: ResultHandle?) -> Bool {
        self.result = result
        return true
    }
}

/// All results up to the end.
final class LastResult: ResultReader {
    private(set) var last: ResultHandle?
    /// The first error, or the one that ended the session.
    private(set) var failure: PostgresError?
    /// A COPY began, which libpq would report for ever.
    private(set) var isCopy = false

    private let statement: String?
    private let site: CallSite

    init(statement: String?, site: CallSite) {
        self.statement = statement
        self.site = site
    }

    func take(_ result: ResultHandle?) -> Bool {
        guard let result else { return true }
        switch result.status {
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
            let error = PostgresError(result: result, statement: statement, at: site)
            let isLost = error.code == .connectionLost
            if failure == nil || isLost { failure = error }
            return isLost
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            isCopy = true
            return true
        default:
            last = result
            return false
        }
    }
}
