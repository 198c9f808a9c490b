/// Runs the code of a task on the loop's thread, between the jobs of the actors that live there.
final class LoopTaskExecutor: TaskExecutor {
    private let loop: EventLoop

    init(loop: EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) { loop.enqueue(job, of: self) }
}
