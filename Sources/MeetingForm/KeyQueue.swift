import Synchronization

/// Keys on their way from the reading thread to the form. One reader at a time.
final class KeyQueue: Sendable {
    private struct State {
        var keys: [Key] = []
        var isFinished = false
        var waiter: CheckedContinuation<Key?, Never>?
    }

    private let state = Mutex(State())

    var hasKey: Bool { state.withLock { !$0.keys.isEmpty } }

    func add(_ keys: [Key]) {
        let (waiter, key) = state.withLock { state -> (CheckedContinuation<Key?, Never>?, Key?) in
            state.keys.append(contentsOf: keys)
            guard state.waiter != nil, !state.keys.isEmpty else { return (nil, nil) }
            defer { state.waiter = nil }
            return (state.waiter, state.keys.removeFirst())
        }
        waiter?.resume(returning: key)
    }

    func finish() {
        let waiter = state.withLock { state in
            state.isFinished = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    /// The next key; nil when no more will come.
    func next() async -> Key? {
        await withCheckedContinuation { continuation in
            let (isReady, key) = state.withLock { state -> (Bool, Key?) in
                if !state.keys.isEmpty { return (true, state.keys.removeFirst()) }
                if state.isFinished { return (true, nil) }
                state.waiter = continuation
                return (false, nil)
            }
            if isReady { continuation.resume(returning: key) }
        }
    }
}
