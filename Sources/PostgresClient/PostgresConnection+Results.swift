internal import CLibPQ

/// The conversation with libpq that every operation shares.
extension PostgresConnection {
    func open(at site: CallSite) throws(PostgresError) -> OpaquePointer {
        guard let handle else { throw PostgresError(.connectionLost, at: site) }
        return handle
    }

    /// Sends what libpq has queued, and reads meanwhile, so that neither side blocks the other.
    func flush(at site: CallSite) async throws(PostgresError) {
        while true {
            switch PQflush(try open(at: site)) {
            case 0: return
            case 1: break
            default: throw lost(at: site)
            }
            try await waitUntil([.readable, .writable], at: site)
            try consumeInput(at: site)
        }
    }

    /// The next result of what was sent; nil at the end of a statement's results.
    func nextResult(at site: CallSite) async throws(PostgresError) -> ResultHandle? {
        while PQisBusy(try open(at: site)) == 1 {
            try await waitForMore(at: site)
        }
        return PQgetResult(try open(at: site)).map(ResultHandle.init)
    }

    /// All results up to the end, the last one or the first error being what counts.
    func lastResult(statement: String?, at site: CallSite) async throws(PostgresError) -> ResultHandle {
        var last: ResultHandle?
        var failure: PostgresError?
        while let result = try await nextResult(at: site) {
            switch result.status {
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
                let error = PostgresError(result: result, statement: statement, at: site)
                if error.code == .connectionLost {
                    // The server's last word: what follows on the wire is only its end.
                    closeNow()
                    throw error
                }
                failure = failure ?? error
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw strayCopy(at: site)
            default:
                last = result
            }
        }
        deliverNotifications()
        if let failure { throw failure }
        guard let last else {
            throw PostgresError(.unexpectedResult, at: site)
        }
        return last
    }

    /// Reads until a result is whole.
    private func waitForMore(at site: CallSite) async throws(PostgresError) {
        let handle = try open(at: site)
        var isLost = false
        try await waitUntil(
            .readable,
            isEnough: {
                isLost = PQconsumeInput(handle) == 0
                return isLost || PQisBusy(handle) == 0
            }, at: site)
        if isLost { throw lost(at: site) }
    }

    func consumeInput(at site: CallSite) throws(PostgresError) {
        if PQconsumeInput(try open(at: site)) == 0 { throw lost(at: site) }
    }

    /// Closes a broken connection and returns why, with the server's last word if it had one.
    func lost(at site: CallSite) -> PostgresError {
        var error = PostgresError(.connectionLost, at: site)
        // With the socket gone, PQgetResult returns what was received and cannot wait.
        if let handle, PQsocket(handle) < 0 {
            while let result = PQgetResult(handle).map(ResultHandle.init) {
                if let state = result.field(.sqlState) { error.sqlState = SQLState(rawValue: state) }
                let isCopy = result.status == PGRES_COPY_IN || result.status == PGRES_COPY_OUT
                if isCopy { break }
            }
        }
        closeNow()
        return error
    }

    /// Closes a connection on which a COPY began that nobody is there to feed or read.
    func strayCopy(at site: CallSite) -> PostgresError {
        closeNow()
        return PostgresError(
            .invalidStatement, message: "COPY needs copyIn or copyOut; the connection was closed", at: site)
    }

    /// The error of a `PQsend…` that libpq refused.
    func refused(at site: CallSite) -> PostgresError {
        isUsable ? PostgresError(.invalidStatement, at: site) : lost(at: site)
    }
}
