import Foundation

/// Runs an actor's work on a dispatch queue: looking at files and waiting for them to reach the disk blocks,
/// and the threads of the cooperative pool are few.
final class ClusterQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "goutong.private-cluster")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
