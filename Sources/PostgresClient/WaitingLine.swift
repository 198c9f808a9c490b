/// Tasks that wait their turn, first come, first served; one of them can leave before its turn.
struct WaitingLine<Outcome: Sendable> {
    private var waiters: [(id: UInt64, continuation: CheckedContinuation<Outcome, Never>)] = []

    var isEmpty: Bool { waiters.isEmpty }
    var count: Int { waiters.count }

    mutating func join(_ id: UInt64, _ continuation: CheckedContinuation<Outcome, Never>) {
        waiters.append((id, continuation))
    }

    /// Serves the first in line; false when nobody waits.
    mutating func serveFirst(_ outcome: Outcome) -> Bool {
        guard !waiters.isEmpty else { return false }
        waiters.removeFirst().continuation.resume(returning: outcome)
        return true
    }

    /// Serves one waiter out of turn; false when it does not wait (any more).
    @discardableResult
    mutating func serve(_ id: UInt64, _ outcome: Outcome) -> Bool {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return false }
        waiters.remove(at: index).continuation.resume(returning: outcome)
        return true
    }

    mutating func serveAll(_ outcome: Outcome) {
        let all = waiters
        waiters = []
        for waiter in all { waiter.continuation.resume(returning: outcome) }
    }
}
