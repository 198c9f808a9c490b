internal import CLibPQ

extension PostgresConnection {
    /// Connects, trying each host and address of the string in turn.
    ///
    /// - Parameters:
    ///   - conninfo: any URI or keyword string that libpq takes, of one host or several.
    ///   - deadline: for all of it; each endpoint gets an equal share of what is left, at most
    ///     `connect_timeout`.
    ///   - statementDeadline: for statements that name none.
    ///   - cancelGrace: see ``cancelGrace``.
    /// - Throws: `invalidConnectionString`, `connectionFailed` with libpq's last message,
    ///   `deadlineExceeded` or `cancelled`.
    public static func connect(
        to conninfo: String, deadline: Duration = .seconds(10), statementDeadline: Duration? = nil,
        cancelGrace: Duration = .seconds(5),
        file: String = #fileID, line: Int = #line
    ) async throws(PostgresError) -> PostgresConnection {
        let site = CallSite(file: file, line: line)
        let target = try ConnectionTarget(conninfo, at: site)
        let end = ContinuousClock.now.advanced(by: deadline)
        let endpoints = await target.endpoints(within: deadline)
        var failure = PostgresError(.connectionFailed, message: "no host could be resolved", at: site)
        for (index, endpoint) in endpoints.enumerated() {
            let share = ContinuousClock.now.duration(to: end) / (endpoints.count - index)
            let connection = PostgresConnection(
                on: .next, statementDeadline: statementDeadline, cancelGrace: cancelGrace)
            do throws(PostgresError) {
                let limit = min(share, target.endpointLimit ?? share)
                try await connection.establish(endpoint, within: limit, at: site)
                return connection
            } catch {
                failure = error
                if error.code == .cancelled { break }
            }
        }
        throw failure
    }

    private func establish(
        _ parameters: ConnectionTarget.Parameters, within limit: Duration, at site: CallSite
    ) async throws(PostgresError) {
        guard limit > .zero else { throw PostgresError(.deadlineExceeded, at: site) }
        guard !Task.isCancelled else { throw PostgresError(.cancelled, at: site) }
        guard let handle = unsafe parameters.startConnecting() else {
            throw PostgresError(.connectionFailed, at: site)
        }
        unsafe self.handle = handle
        // libpq prints notices to standard error unless told otherwise.
        unsafe PQsetNoticeProcessor(handle, { _, _ in }, nil)
        let timer = loop.schedule(after: limit) { [weak self] in
            self?.assumeIsolated { $0.giveUpConnecting(.deadlineExceeded) }
        }
        let failure = await withTaskCancellationHandler {
            await pollUntilConnected(at: site)
        } onCancel: {
            loop.run { [weak self] in
                self?.assumeIsolated { $0.giveUpConnecting(.cancelled) }
            }
        }
        loop.cancel(timer)
        if let failure {
            closeNow()
            throw reasonToGiveUp.map { PostgresError($0, at: site) } ?? failure
        }
        isEstablished = true
        passTurn()
    }

    private func pollUntilConnected(at site: CallSite) async -> PostgresError? {
        guard let handle = unsafe handle, unsafe PQstatus(handle) != CONNECTION_BAD else {
            return connectionFailure(at: site)
        }
        var polling = PGRES_POLLING_WRITING
        while polling != PGRES_POLLING_OK {
            guard polling != PGRES_POLLING_FAILED, watchSocket() else { return connectionFailure(at: site) }
            do throws(PostgresError) {
                try await waitUntil(polling == PGRES_POLLING_READING ? .readable : .writable, at: site)
            } catch {
                return error
            }
            unwatchSocket()
            polling = unsafe PQconnectPoll(handle)
        }
        guard unsafe PQsetnonblocking(handle, 1) == 0, watchSocket() else {
            return connectionFailure(at: site)
        }
        return nil
    }

    private func giveUpConnecting(_ reason: PostgresError.Code) {
        guard !isEstablished, reasonToGiveUp == nil else { return }
        reasonToGiveUp = reason
        closeNow()
    }

    /// libpq's message names host, user and database, never the password.
    private func connectionFailure(at site: CallSite) -> PostgresError {
        let message = unsafe handle.flatMap { unsafe PQerrorMessage($0) }.map { unsafe String(cString: $0) }
        return PostgresError(
            .connectionFailed,
            message: message?.split(whereSeparator: \.isNewline).joined(separator: " "), at: site)
    }
}
