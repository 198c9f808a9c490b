internal import CEventLoop

/// What a socket is, or should become, ready for.
struct Readiness: OptionSet, Sendable {
    let rawValue: UInt32

    static let readable = Readiness(rawValue: LOOP_READABLE)
    static let writable = Readiness(rawValue: LOOP_WRITABLE)
}

/// A socket watched by the event loop, with at most one waiter. Lives on the loop's thread.
final class EventSource {
    enum WakeUp: Sendable {
        case ready
        /// The owner gave up: the socket will be closed.
        case abandoned
    }

    let descriptor: CInt
    let token: UInt64
    /// What the kernel was last told to report.
    var armed: Readiness = []

    /// Called when the socket becomes ready while nobody waits: an asynchronous message, or its end.
    var whenIdle: (() -> Void)?

    private var waiter: CheckedContinuation<WakeUp, Never>?

    init(descriptor: CInt, token: UInt64) {
        self.descriptor = descriptor
        self.token = token
    }

    func suspend(_ continuation: CheckedContinuation<WakeUp, Never>) {
        precondition(waiter == nil, "two waiters for one socket")
        waiter = continuation
    }

    /// Wakes the waiter; false when there is none.
    @discardableResult
    func resume(with wakeUp: WakeUp) -> Bool {
        guard let waiter else { return false }
        self.waiter = nil
        waiter.resume(returning: wakeUp)
        return true
    }
}
