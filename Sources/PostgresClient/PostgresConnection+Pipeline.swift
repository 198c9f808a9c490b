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

    /// Sends preparations as needed and all executions, then one sync, and collects the answers.
    func fly(_ calls: [PreparedCall], at site: CallSite) async throws(PostgresError) -> [ResultHandle] {
        try await deallocateExcess(at: site)
        guard unsafe PQenterPipelineMode(try open(at: site)) == 1 else { throw refused(at: site) }
        let reader = FlightReader(try sendAll(calls, at: site), of: calls, at: site)
        try await flush(at: site)
        try await receive(with: reader, at: site)

        for (key, name) in reader.prepared { statements.insert(key, name: name) }
        if reader.ending == .copy { throw strayCopy(at: site) }
        if let failure = reader.failure, failure.code == .connectionLost {
            closeNow()
            throw failure
        }
        guard reader.ending == .whole, unsafe PQexitPipelineMode(try open(at: site)) == 1 else {
            throw lost(at: site)
        }
        deliverNotifications()
        if let failure = reader.failure { throw failure }
        return reader.results
    }

    private func sendAll(
        _ calls: [PreparedCall], at site: CallSite
    ) throws(PostgresError) -> [FlightReader.Step] {
        let handle = try unsafe open(at: site)
        var steps: [FlightReader.Step] = []
        steps.reserveCapacity(calls.count)
        var underWay: [StatementCache.Key: String] = [:]
        // Flights often repeat one statement: then it is looked up once.
        var last: (key: StatementCache.Key, name: String)?
        for (index, call) in calls.enumerated() {
            let name: String
            if let last, last.key == call.key {
                name = last.name
            } else if let known = statements.name(for: call.key) ?? underWay[call.key] {
                name = known
            } else {
                name = statements.mintName()
                guard unsafe call.prepare(as: name, on: handle) else { throw lost(at: site) }
                underWay[call.key] = name
                steps.append(.prepare(index: index, name: name))
            }
            guard unsafe call.send(as: name, on: handle) else { throw lost(at: site) }
            steps.append(.execute(index: index))
            last = (call.key, name)
        }
        guard unsafe PQpipelineSync(handle) == 1 else { throw lost(at: site) }
        return steps
    }

    /// Frees statements beyond the cache's capacity, between transactions only: should one be gone
    /// already, the error must not spoil the caller's transaction.
    private func deallocateExcess(at site: CallSite) async throws(PostgresError) {
        guard transactionStatus == PQTRANS_IDLE else { return }
        let names = statements.takeExcess()
        guard !names.isEmpty else { return }
        let text = names.map { "DEALLOCATE \($0);" }.joined()
        guard unsafe PQsendQuery(try open(at: site), text) == 1 else { throw refused(at: site) }
        try await flush(at: site)
        do throws(PostgresError) {
            _ = try await lastResult(statement: nil, at: site)
        } catch  where error.sqlState == .invalidSQLStatementName {
            // Somebody ran DISCARD ALL or DEALLOCATE: free already.
        }
    }
}
