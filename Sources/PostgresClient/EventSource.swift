internal import CEventLoop

/// What a socket is, or should become, ready for.
struct Readiness: OptionSet, Sendable {
    let rawValue: UInt32

    static let readable = Readiness(rawValue: LOOP_READABLE)
    static let writable = Readiness(rawValue: LOOP_WRITABLE)
}

/// Who waits for a socket. Called on the loop's thread.
protocol SocketWaiter: AnyObject {
    /// Asked each time the socket is ready; who says no waits on. A large answer comes in many pieces, and waking a
    /// task costs more than reading one.
    func isSatisfied() -> Bool

    /// Called once, when it waits no longer.
    func wake(_ wakeUp: EventSource.WakeUp)
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

    var isAwaited: Bool { waiter != nil }
    private var waiter: (any SocketWaiter)?

    init(descriptor: CInt, token: UInt64) {
        self.descriptor = descriptor
        self.token = token
    }

    func suspend(_ waiter: some SocketWaiter) {
        precondition(self.waiter == nil, "two waiters for one socket")
        self.waiter = waiter
    }

    /// Takes out the waiter, unless it waits for more.
    func release(as wakeUp: WakeUp) -> (any SocketWaiter)? {
        guard let waiter, wakeUp == .abandoned || waiter.isSatisfied() else { return nil }
        self.waiter = nil
        return waiter
    }
}

/// A task that waits.
@safe
final class TaskWaiter: SocketWaiter {
    private let task: UnsafeContinuation<EventSource.WakeUp, Never>
    private let isEnough: (() -> Bool)?

    init(_ task: UnsafeContinuation<EventSource.WakeUp, Never>, until isEnough: (() -> Bool)?) {
        unsafe self.task = task
        self.isEnough = isEnough
    }

    func isSatisfied() -> Bool { isEnough?() ?? true }

    func wake(_ wakeUp: EventSource.WakeUp) { unsafe task.resume(returning: wakeUp) }
}
