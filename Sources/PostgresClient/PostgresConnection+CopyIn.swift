internal import CLibPQ

extension PostgresConnection {
    /// Feeds `COPY … FROM STDIN` from chunks cut anywhere, and returns the number of rows.
    ///
    /// When the source throws, or the task is cancelled between chunks, the server is told to give the
    /// COPY up and the error is thrown on. Values cannot be bound in a COPY (`invalidStatement`).
    ///
    /// - Parameter deadline: for each chunk and for the end, not for the whole.
    @discardableResult
    public nonisolated(nonsending) func copyIn<Source: AsyncSequence>(
        _ statement: SQL, from source: Source, deadline: Duration? = nil,
        file: String = #fileID, line: Int = #line
    ) async throws -> Int where Source.Element == [UInt8] {
        let site = CallSite(file: file, line: line)
        try await beginCopyIn(statement, deadline: deadline, at: site)
        do {
            for try await chunk in source {
                try Task.checkCancellation()
                try await put(chunk, deadline: deadline, at: site)
            }
        } catch {
            await abandonCopyIn(at: site)
            if error is CancellationError { throw PostgresError(.cancelled, at: site) }
            throw error
        }
        return try await endCopyIn(statement, deadline: deadline, at: site)
    }

    private func beginCopyIn(
        _ statement: SQL, deadline: Duration?, at site: CallSite
    ) async throws(PostgresError) {
        try await beginCopy(statement, expecting: PGRES_COPY_IN, deadline: deadline, at: site)
    }

    private func put(
        _ chunk: [UInt8], deadline: Duration?, at site: CallSite
    ) async throws(PostgresError) {
        try await operate(deadline: deadline, at: site) { () async throws(PostgresError) in
            // 0: libpq's buffer is full and could not be enlarged: drain it and try again.
            while true {
                let outcome = unsafe chunk.withUnsafeBytes { bytes in
                    unsafe PQputCopyData(
                        handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(bytes.count))
                }
                if outcome < 0 { throw lost(at: site) }
                try await flush(at: site)
                if outcome > 0 { return }
            }
        }
    }

    private func endCopyIn(
        _ statement: SQL, deadline: Duration?, at site: CallSite
    ) async throws(PostgresError) -> Int {
        var isEnding = false
        do throws(PostgresError) {
            let result = try await operate(deadline: deadline, at: site) { () async throws(PostgresError) in
                isEnding = true
                guard unsafe PQputCopyEnd(try open(at: site), nil) == 1 else { throw lost(at: site) }
                try await flush(at: site)
                return try await lastResult(statement: statement.text, at: site)
            }
            passTurn()
            return result.affectedRows
        } catch {
            // A task cancelled just before has not ended the COPY yet.
            if isEnding { passTurn() } else { await abandonCopyIn(at: site) }
            throw error
        }
    }

    /// Ends the COPY with an error on the server; the connection stays usable, or is closed.
    private func abandonCopyIn(at site: CallSite) async {
        defer { passTurn() }
        do throws(PostgresError) {
            try await operate(deadline: cancelGrace, shielded: true, at: site) {
                () async throws(PostgresError) in
                guard unsafe PQputCopyEnd(try open(at: site), "given up by the client") == 1 else {
                    throw lost(at: site)
                }
                try await flush(at: site)
                _ = try await lastResult(statement: nil, at: site)
            }
        } catch {
            // The refusal that was asked for; anything else closed the connection.
            if error.sqlState != .queryCanceled, transactionStatus == PQTRANS_ACTIVE { closeNow() }
        }
    }

    /// Takes the turn and starts a COPY; the turn is kept when it succeeds.
    func beginCopy(
        _ statement: SQL, expecting status: ExecStatusType, deadline: Duration?, at site: CallSite
    ) async throws(PostgresError) {
        guard statement.binds.count == 0 else {
            throw PostgresError(.invalidStatement, message: "values cannot be bound in COPY", at: site)
        }
        let text = statement.text
        try refuseNUL(in: text, at: site)
        try await takeTurn(shielded: false, at: site)
        do throws(PostgresError) {
            try await operate(deadline: deadline, at: site) { () async throws(PostgresError) in
                guard unsafe PQsendQuery(try open(at: site), text) == 1 else { throw refused(at: site) }
                try await flush(at: site)
                guard let result = try await nextResult(at: site) else { throw lost(at: site) }
                if result.status == status { return }
                if result.status == PGRES_FATAL_ERROR {
                    let failure = PostgresError(result: result, statement: text, at: site)
                    while isUsable, try await nextResult(at: site) != nil {}
                    if !isUsable { closeNow() }
                    throw failure
                }
                closeNow()
                throw PostgresError(
                    .invalidStatement, message: "no COPY of the expected direction", at: site)
            }
        } catch {
            passTurn()
            throw error
        }
    }
}
