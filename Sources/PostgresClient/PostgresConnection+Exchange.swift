internal import CLibPQ

extension PostgresConnection {
    /// The answer to a statement that is prepared already, on a connection that is free; nil where it is not so, and
    /// nothing was done.
    ///
    /// It saves what ``exclusively(deadline:shielded:at:_:)`` costs in general: a frame and a change of executor for
    /// each step. Turns, deadlines and cancellation are the same.
    nonisolated(nonsending) func exchange(
        _ call: PreparedCall, deadline: Duration?, at site: CallSite
    ) async throws(PostgresError) -> ResultHandle? {
        if Task.isCancelled { throw PostgresError(.cancelled, at: site) }
        let exchange = Exchange(call, on: self, deadline: deadline, at: site)
        await withTaskCancellationHandler {
            unsafe await withUnsafeContinuation { task in
                loop.runNow { unsafe exchange.begin(for: task) }
            }
        } onCancel: {
            loop.run { exchange.cancel() }
        }
        switch exchange.outcome.withLock({ $0 }) {
        case .answered(let result): return result
        case .failed(let error): throw error
        case .needsMore: return nil
        }
    }

    func begin(_ exchange: Exchange) {
        guard let handle = unsafe handle else {
            return exchange.end(as: .failed(PostgresError(.connectionClosed, at: exchange.site)))
        }
        if exchange.isCancelled {
            return exchange.end(as: .failed(PostgresError(.cancelled, at: exchange.site)))
        }
        guard !isTaken, let source, let name = statements.name(for: exchange.call.key) else {
            return exchange.end(as: .needsMore)
        }
        isTaken = true
        exchange.operation = startOperation(deadline: exchange.deadline)
        guard unsafe exchange.call.send(as: name, on: handle) else {
            return settle(exchange, as: .failed(refused(at: exchange.site)))
        }
        exchange.isSending = true
        guard unsafe send(exchange, to: handle) else {
            return settle(exchange, as: .failed(lost(at: exchange.site)))
        }
        loop.suspend(source, exchange)
        loop.arm(source, for: exchange.isSending ? [.readable, .writable] : .readable)
    }

    /// Reads what came; whether that was all.
    func advance(_ exchange: Exchange) -> Bool {
        guard let handle = unsafe handle else { return true }
        guard unsafe PQconsumeInput(handle) == 1, unsafe send(exchange, to: handle) else {
            exchange.isLost = true
            return true
        }
        return unsafe exchange.reader.takeAll(of: handle)
    }

    /// Sends what is left; false when the connection broke.
    private func send(_ exchange: Exchange, to handle: OpaquePointer) -> Bool {
        guard exchange.isSending else { return true }
        switch unsafe PQflush(handle) {
        case 0:
            exchange.isSending = false
            if let source { loop.arm(source, for: .readable) }
            return true
        case 1: return true
        default: return false
        }
    }

    func conclude(_ exchange: Exchange, _ wakeUp: EventSource.WakeUp) {
        settle(exchange, as: outcome(of: exchange, wakeUp))
    }

    private func outcome(of exchange: Exchange, _ wakeUp: EventSource.WakeUp) -> Exchange.Outcome {
        guard wakeUp == .ready, unsafe handle != nil else {
            return .failed(PostgresError(.connectionLost, at: exchange.site))
        }
        if exchange.isLost { return .failed(lost(at: exchange.site)) }
        do throws(PostgresError) {
            return .answered(try last(of: exchange.reader, at: exchange.site))
        } catch {
            // See `flyAgainIfStale`.
            let isStale = statements.forget([exchange.call.key], after: error)
            return isStale && transactionStatus == PQTRANS_IDLE ? .needsMore : .failed(error)
        }
    }

    /// Passes the turn on and tells the task, once no cancel request is on its way.
    private func settle(_ exchange: Exchange, as outcome: Exchange.Outcome) {
        afterCancelRequest { connection in
            let interruption = connection.endOperation()
            exchange.operation = nil
            connection.passTurn()
            if case .failed(let error) = outcome {
                exchange.end(as: .failed(error.explained(by: interruption, at: exchange.site)))
            } else {
                exchange.end(as: outcome)
            }
        }
    }
}
