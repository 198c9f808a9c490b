internal import Outreach

extension Outbox {
    /// Sends one document of the outbox and keeps what came of it.
    ///
    /// Whoever else sends it at the same time is waited for, as long as `patience` says.
    /// - Throws: `OutboxError`, `CancellationError`.
    public func deliver(
        _ document: OutgoingDocument, through client: OutreachClient, patience: Duration = .seconds(60)
    ) async throws -> Verdict {
        let deadline = ContinuousClock.now + patience
        while true {
            if let lock = try OutboxLock(document.name, in: folder) {
                defer { lock.release() }
                return try await deliverAlone(document, through: client)
            }
            guard ContinuousClock.now < deadline else { throw OutboxError.busy }
            try await Task.sleep(for: .milliseconds(40))
        }
    }

    private func deliverAlone(
        _ document: OutgoingDocument, through client: OutreachClient
    ) async throws -> Verdict {
        guard var item = item(named: document.name) else {
            // Somebody else delivered it while this one waited.
            if let receipt = receipt(of: document) { return .delivered(receipt, outcome: "replayed") }
            throw sealedBytes(of: document.name) == nil ? OutboxError.notFound : .unreadable
        }
        // Looked at under the lock, right before sending: one service never gets what another was to have.
        guard let server = item.server else { throw OutboxError.noServer(name: document.name) }
        guard server == client.server.identity else {
            throw OutboxError.otherServer(name: document.name, server: server)
        }
        item.state = .sending
        item.attempts += 1
        try save(item)
        FaultPoint.reach("outbox.sending")
        let verdict: Verdict
        do {
            verdict = try await client.submit(item.document)
        } catch {
            item.state = .ready
            try save(item)
            throw error
        }
        FaultPoint.reach("outbox.answered")
        try keep(verdict, of: item)
        return verdict
    }

    private func keep(_ verdict: Verdict, of item: OutboxItem) throws(OutboxError) {
        var item = item
        switch verdict {
        case .delivered(let receipt, _):
            try log(receipt)
            FaultPoint.reach("outbox.logged")
            try remove(item.document.name)
            FaultPoint.reach("outbox.removed")
            return
        case .conflict(let current):
            item.state = .conflict
            item.current = current
            item.lastProblem = "conflict"
        case .refused(let problem):
            item.state = .refused
            item.refusal = problem
            item.lastProblem = problem.code
        case .undelivered(let obstacle):
            item.state = .ready
            item.lastProblem = obstacle.code
        }
        try save(item)
    }
}

extension Obstacle {
    /// A stable name.
    public var code: String {
        switch self {
        case .unreachable: "server.unreachable"
        case .tookTooLong: "server.too_slow"
        case .untrusted: "server.untrusted"
        case .notOurs: "server.not_ours"
        case .noSuchRoute: "server.no_such_route"
        case .unauthenticated: "server.unauthenticated"
        case .busy: "server.busy"
        }
    }
}
