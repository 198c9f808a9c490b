internal import CEventLoop
internal import Foundation
internal import Synchronization

/// One thread that waits for sockets and timers and runs the jobs of the actors that live on it.
///
/// Connections and pools are actors whose executor is this loop, so libpq is touched on one thread
/// only, and resuming a waiting query costs no change of thread. A loop serves many connections
/// (`epoll`); nothing that runs on it may block.
final class EventLoop: SerialExecutor, @unchecked Sendable {
    // Unchecked: `inbox` and `thread` are synchronised, everything else belongs to the loop's thread.

    /// The loops of the process, one for each processor, up to 8. They are never stopped.
    ///
    /// A send wakes the server's process where the sender runs, since the sender is about to sleep. With one loop
    /// all those processes crowd on its processor while the others have nothing to do.
    private static let all = (0..<min(8, ProcessInfo.processInfo.activeProcessorCount)).map { _ in
        EventLoop()
    }
    private static let lastUsed = Atomic<Int>(0)

    /// The loops in turn: whoever lives on one stays there.
    static var next: EventLoop {
        all[lastUsed.wrappingAdd(1, ordering: .relaxed).newValue % all.count]
    }

    /// Each job is run once, as its task expects.
    @safe private enum Work {
        case job(UnownedJob)
        /// A job of a task that prefers the loop's thread.
        case taskJob(UnownedJob, UnownedTaskExecutor)
        case action(@Sendable () -> Void)
    }

    private struct Inbox {
        var work: [Work] = []
        /// The loop waits, or is about to: whoever adds work must ring.
        var isAsleep = false
    }

    /// Work from other threads.
    private let inbox = Locked(Inbox())
    /// Whether the inbox may hold something: asked much more often than it does.
    private let hasMail = Atomic<Bool>(false)
    /// Work that the loop's thread gave itself, which needs neither lock nor bell.
    private var own: [Work] = []
    /// The batch under way; kept to use its memory again.
    private var batch: [Work] = []
    /// After so many batches the sockets have their turn, whatever is queued.
    private static let batchesBetweenWaits = 16

    private let thread = Atomic<UInt>(0)
    private let epoll: CInt
    private let bell: CInt

    private var sources: [UInt64: EventSource] = [:]
    /// Sources that somebody waits for.
    private var awaited = 0
    private var timers = TimerTable()
    private var lastToken: UInt64 = bellToken
    private static let bellToken: UInt64 = 0

    /// How long the loop polls before it sleeps, unless several answers are awaited, one of which wakes it soon
    /// anyway: to be woken costs more than a short statement.
    private static let patience: Duration = .microseconds(50)

    private init() {
        epoll = loop_create()
        bell = loop_bell_create()
        precondition(epoll >= 0 && bell >= 0, "no descriptors left for an event loop")
        loop_add(epoll, bell, LOOP_READABLE, Self.bellToken)
        let thread = Thread { self.run() }
        thread.name = "postgres-loop"
        thread.start()
    }

    // MARK: Executor

    func enqueue(_ job: consuming ExecutorJob) {
        add(.job(UnownedJob(job)))
    }

    /// The same for a job of a task that prefers the loop's thread.
    func enqueue(_ job: consuming ExecutorJob, of executor: LoopTaskExecutor) {
        unsafe add(.taskJob(UnownedJob(job), executor.asUnownedTaskExecutor()))
    }

    func checkIsolated() {
        precondition(isCurrentThread, "expected to run on the event loop")
    }

    func isIsolatingCurrentContext() -> Bool? { isCurrentThread }

    /// Runs `action` on the loop's thread, after what is queued already. From any thread.
    func run(_ action: @escaping @Sendable () -> Void) {
        add(.action(action))
    }

    /// Runs `action` on the loop's thread: at once when this is it.
    func runNow(_ action: @escaping @Sendable () -> Void) {
        if isCurrentThread { action() } else { add(.action(action)) }
    }

    private var isCurrentThread: Bool { thread.load(ordering: .relaxed) == pthread_self() }

    private func add(_ work: Work) {
        if isCurrentThread { return own.append(work) }
        let mustRing = inbox.withLock { inbox in
            inbox.work.append(work)
            hasMail.store(true, ordering: .releasing)
            defer { inbox.isAsleep = false }
            return inbox.isAsleep
        }
        if mustRing { loop_bell_ring(bell) }
    }

    // MARK: Sockets and timers (on the loop's thread)

    /// Starts watching a socket. It must be dropped before, or as soon as, the descriptor is closed.
    func watch(_ descriptor: CInt) -> EventSource? {
        lastToken += 1
        let source = EventSource(descriptor: descriptor, token: lastToken)
        guard loop_add(epoll, descriptor, 0, source.token) == 0 else { return nil }
        sources[source.token] = source
        return source
    }

    /// Makes `waiter` the waiter of `source`.
    func suspend(_ source: EventSource, _ waiter: some SocketWaiter) {
        awaited += 1
        source.suspend(waiter)
    }

    /// Wakes the waiter of `source`, unless it waits for more; false when there is none.
    @discardableResult
    func resume(_ source: EventSource, with wakeUp: EventSource.WakeUp) -> Bool {
        guard source.isAwaited else { return false }
        if let waiter = source.release(as: wakeUp) {
            awaited -= 1
            waiter.wake(wakeUp)
        }
        return true
    }

    /// Tells the kernel what `source` waits for; without a change, without a system call.
    func arm(_ source: EventSource, for interest: Readiness) {
        guard source.armed != interest else { return }
        source.armed = interest
        loop_modify(epoll, source.descriptor, interest.rawValue, source.token)
    }

    /// Stops watching. `isClosed`: the descriptor was closed already, and its number may belong to
    /// somebody else by now, so the kernel is not asked to forget it.
    func drop(_ source: EventSource, isClosed: Bool) {
        guard sources.removeValue(forKey: source.token) != nil, !isClosed else { return }
        loop_remove(epoll, source.descriptor)
    }

    /// Runs `action` on the loop after `delay`, unless the timer is cancelled first.
    func schedule(after delay: Duration, _ action: @escaping () -> Void) -> TimerTable.ID {
        timers.add(at: .now.advanced(by: delay), action)
    }

    func cancel(_ timer: TimerTable.ID) {
        timers.remove(timer)
    }

    // MARK: The thread

    private func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        var events = [loop_event](repeating: loop_event(), count: 64)
        var lastEvent = ContinuousClock.now
        while true {
            if runQueuedWork() { lastEvent = .now }
            for action in timers.takeExpired() { action() }
            let isPatient = awaited <= 1 && ContinuousClock.now - lastEvent < Self.patience
            let sleeps =
                !isPatient
                && inbox.withLock { inbox in
                    inbox.isAsleep = inbox.work.isEmpty && own.isEmpty
                    return inbox.isAsleep
                }
            let timeout = sleeps ? timers.millisecondsToNext : 0
            let count = unsafe loop_wait(epoll, &events, CInt(events.count), timeout)
            if sleeps { inbox.withLock { $0.isAsleep = false } }
            if sleeps || count > 0 { lastEvent = .now }
            for event in events.prefix(Int(max(0, count))) { dispatch(event) }
        }
    }

    /// False where nothing was queued.
    private func runQueuedWork() -> Bool {
        for round in 0..<Self.batchesBetweenWaits {
            if hasMail.exchange(false, ordering: .acquiring) { inbox.withLock { swap(&$0.work, &batch) } }
            if batch.isEmpty { swap(&own, &batch) }
            if batch.isEmpty { return round > 0 }
            for work in batch {
                switch work {
                case .job(let job): unsafe job.runSynchronously(on: asUnownedSerialExecutor())
                case .taskJob(let job, let executor): unsafe job.runSynchronously(on: executor)
                case .action(let action): action()
                }
            }
            batch.removeAll(keepingCapacity: true)
        }
        return true
    }

    private func dispatch(_ event: loop_event) {
        if event.token == Self.bellToken {
            loop_bell_silence(bell)
        } else if let source = sources[event.token] {
            if !resume(source, with: .ready) {
                // Nobody waits: without disarming, the level-triggered event would return at once.
                arm(source, for: [])
                source.whenIdle?()
            }
        }
    }
}
