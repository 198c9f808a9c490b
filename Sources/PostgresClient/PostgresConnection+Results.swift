internal import CLibPQ

/// The conversation with libpq that every operation shares.
extension PostgresConnection {
    func open(at site: CallSite) throws(PostgresError) -> OpaquePointer {
        guard let handle = unsafe handle else { throw PostgresError(.connectionLost, at: site) }
        return unsafe handle
    }

    /// Sends what libpq has queued, and reads meanwhile, so that neither side blocks the other.
    func flush(at site: CallSite) async throws(PostgresError) {
        while true {
            switch unsafe PQflush(try open(at: site)) {
            case 0: return
            case 1: break
            default: throw lost(at: site)
            }
            try await waitUntil([.readable, .writable], at: site)
            try consumeInput(at: site)
        }
    }

    /// Hands the results of what was sent to `reader`, as they come, until it has what it wants.
    ///
    /// The reader runs on the loop, as soon as a result is whole; the task is only woken at the end.
    func receive(with reader: some ResultReader, at site: CallSite) async throws(PostgresError) {
        let handle = try unsafe open(at: site)
        if unsafe reader.takeAll(of: handle) { return }
        var isLost = false
        try await waitUntil(
            .readable,
            isEnough: {
                isLost = unsafe PQconsumeInput(handle) == 0
                return isLost || (unsafe reader.takeAll(of: handle))
            }, at: site)
        if isLost { throw lost(at: site) }
    }

    /// The next result of what was sent; nil at the end of a statement's results.
    func nextResult(at site: CallSite) async throws(PostgresError) -> ResultHandle? {
        let reader = NextResult()
        try await receive(with: reader, at: site)
        return reader.result
    }

    /// All results up to the end, the last one or the first error being what counts.
    func lastResult(statement: String?, at site: CallSite) async throws(PostgresError) -> ResultHandle {
        let reader = LastResult(statement: statement, site: site)
        try await receive(with: reader, at: site)
        return try last(of: reader, at: site)
    }

    /// The same, received.
    func last(of reader: LastResult, at site: CallSite) throws(PostgresError) -> ResultHandle {
        if reader.isCopy { throw strayCopy(at: site) }
        if let failure = reader.failure {
            // The server's last word: what follows on the wire is only its end.
            if failure.code == .connectionLost { closeNow() }
            throw failure
        }
        deliverNotifications()
        guard let last = reader.last else {
            throw PostgresError(.unexpectedResult, at: site)
        }
        return last
    }

    func consumeInput(at site: CallSite) throws(PostgresError) {
        if unsafe PQconsumeInput(try open(at: site)) == 0 { throw lost(at: site) }
    }

    /// Closes a broken connection and returns why, with the server's last word if it had one.
    func lost(at site: CallSite) -> PostgresError {
        var error = PostgresError(.connectionLost, at: site)
        // With the socket gone, PQgetResult returns what was received and cannot wait.
        if let handle = unsafe handle, unsafe PQsocket(handle) < 0 {
            while let result = unsafe PQgetResult(handle).map(ResultHandle.init) {
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
