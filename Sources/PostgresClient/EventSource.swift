internal import CEventLoop

/// What a socket is, or should become, ready for.
struct Readiness: OptionSet, Sendable {
    let rawValue: UInt32

    static let readable = Readiness(rawValue: LOOP_READABLE)
    static let writable = Readiness(rawValue: LOOP_WRITABLE)
}

/// A socket watched by the event loop, with at most one waiter. Lives on the loop's thread.
@safe
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

    var isAwaited: Bool { unsafe waiter != nil }
    private var waiter: UnsafeContinuation<WakeUp, Never>?
    private var isEnough: (() -> Bool)?

    init(descriptor: CInt, token: UInt64) {
        self.descriptor = descriptor
        self.token = token
    }

    /// - Parameter isEnough: asked on the loop's thread each time the socket is ready; while it says no,
    ///   the waiter sleeps on. A large answer comes in many pieces, and waking a task costs more than
    ///   reading one.
    func suspend(_ continuation: UnsafeContinuation<WakeUp, Never>, until isEnough: (() -> Bool)?) {
        unsafe precondition(waiter == nil, "two waiters for one socket")
        unsafe waiter = continuation
        self.isEnough = isEnough
    }

    /// Wakes the waiter, unless it waits for more; false when there is none.
    @discardableResult
    func resume(with wakeUp: WakeUp) -> Bool {
        guard let waiter = unsafe waiter else { return false }
        if wakeUp == .ready, let isEnough, !isEnough() { return true }
        unsafe self.waiter = nil
        isEnough = nil
        unsafe waiter.resume(returning: wakeUp)
        return true
    }
}
