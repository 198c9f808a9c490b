internal import CLibPQ

extension PostgresConnection {
    /// Runs several statements in one flight and returns the rows of each, in order.
    ///
    /// Outside a transaction they are one transaction; inside, an error spoils it as usual. The first
    /// error ends the flight: later statements do not run, and the error's `statementIndex` tells which
    /// one failed. COPY and transaction control do not belong in a flight.
    public func pipeline(
        _ statements: [SQL], deadline: Duration? = nil, file: String = #fileID, line: Int = #line
    ) async throws(PostgresError) -> [PostgresRows] {
        let site = CallSite(file: file, line: line)
        var calls: [PreparedCall] = []
        for statement in statements { calls.append(try PreparedCall(statement, at: site)) }
        guard !calls.isEmpty else { return [] }
        let results = try await exclusively(deadline: deadline ?? statementDeadline, at: site) {
            [calls] () async throws(PostgresError) in
            try await flyAgainIfStale(calls, at: site)
        }
        return results.map { PostgresRows($0, at: site) }
    }

    /// When the server's plan of a statement is out of date (DDL) or gone (DISCARD ALL), prepares afresh
    /// and tries once more. Inside a transaction the error has spoilt it: there the caller hears of it.
    func flyAgainIfStale(
        _ calls: [PreparedCall], at site: CallSite
    ) async throws(PostgresError) -> [ResultHandle] {
        do throws(PostgresError) {
            return try await fly(calls, at: site)
        } catch {
            let isKnown = calls.contains { statements.name(for: $0.key) != nil }
            guard isKnown, statements.forget(calls.map(\.key), after: error),
                transactionStatus == PQTRANS_IDLE
            else { throw error }
            return try await fly(calls, at: site)
        }
    }

    /// One step of a flight, in the order sent.
    private enum Step {
        case prepare(index: Int, name: String)
        case execute(index: Int)
    }

    /// Sends preparations as needed and all executions, then one sync, and collects the answers.
    func fly(_ calls: [PreparedCall], at site: CallSite) async throws(PostgresError) -> [ResultHandle] {
        try await deallocateExcess(at: site)
        guard PQenterPipelineMode(try open(at: site)) == 1 else { throw refused(at: site) }
        let steps = try sendAll(calls, at: site)
        try await flush(at: site)

        var results: [ResultHandle] = []
        var failure: PostgresError?
        for step in steps {
            let result = try await resultOfStep(at: site)
            switch (step, result.status) {
            case (_, PGRES_PIPELINE_ABORTED):
                break
            case (.prepare(let index, _), PGRES_FATAL_ERROR), (.execute(let index), PGRES_FATAL_ERROR):
                var error = PostgresError(result: result, statement: calls[index].key.text, at: site)
                if calls.count > 1 { error.statementIndex = index }
                if error.code == .connectionLost {
                    closeNow()
                    throw error
                }
                failure = failure ?? error
            case (.prepare(let index, let name), _):
                statements.insert(calls[index].key, name: name)
            case (.execute, _):
                results.append(result)
            }
        }
        try await leavePipeline(at: site)
        deliverNotifications()
        if let failure { throw failure }
        return results
    }

    private func sendAll(_ calls: [PreparedCall], at site: CallSite) throws(PostgresError) -> [Step] {
        let handle = try open(at: site)
        var steps: [Step] = []
        var underWay: [StatementCache.Key: String] = [:]
        for (index, call) in calls.enumerated() {
            let known = statements.name(for: call.key) ?? underWay[call.key]
            let name = known ?? statements.mintName()
            if known == nil {
                guard call.prepare(as: name, on: handle) else { throw lost(at: site) }
                underWay[call.key] = name
                steps.append(.prepare(index: index, name: name))
            }
            guard call.send(as: name, on: handle) else { throw lost(at: site) }
            steps.append(.execute(index: index))
        }
        guard PQpipelineSync(handle) == 1 else { throw lost(at: site) }
        return steps
    }

    /// In a flight each step's one result is followed by a nil.
    private func resultOfStep(at site: CallSite) async throws(PostgresError) -> ResultHandle {
        guard let result = try await nextResult(at: site) else { throw lost(at: site) }
        guard ![PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(result.status) else {
            // libpq would return it for ever.
            throw strayCopy(at: site)
        }
        while try await nextResult(at: site) != nil {}
        return result
    }

    private func leavePipeline(at site: CallSite) async throws(PostgresError) {
        guard let sync = try await nextResult(at: site), sync.status == PGRES_PIPELINE_SYNC,
            PQexitPipelineMode(try open(at: site)) == 1
        else { throw lost(at: site) }
    }

    /// Frees statements beyond the cache's capacity, between transactions only: should one be gone
    /// already, the error must not spoil the caller's transaction.
    private func deallocateExcess(at site: CallSite) async throws(PostgresError) {
        guard transactionStatus == PQTRANS_IDLE else { return }
        let names = statements.takeExcess()
        guard !names.isEmpty else { return }
        let text = names.map { "DEALLOCATE \($0);" }.joined()
        guard PQsendQuery(try open(at: site), text) == 1 else { throw refused(at: site) }
        try await flush(at: site)
        do throws(PostgresError) {
            _ = try await lastResult(statement: nil, at: site)
        } catch  where error.sqlState == .invalidSQLStatementName {
            // Somebody ran DISCARD ALL or DEALLOCATE: free already.
        }
    }
}
