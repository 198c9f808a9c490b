import Foundation

/// The lock that lets one command at a time change the cluster.
///
/// `flock` belongs to the open file: it ends with the process, however that ends, and also keeps apart two
/// tasks of one process. The file is never removed, since a waiter would then hold a lock nobody else sees.
struct ClusterLock {
    private let descriptor: Int32

    /// Waits for the lock without holding up a thread.
    /// - Throws: `locked` at the deadline, `cancelled`, or what the file system says.
    static func acquire(
        _ path: String, account: ClusterAccount, until deadline: ContinuousClock.Instant
    ) async throws(ClusterError) -> ClusterLock {
        // Not inherited: the server would keep the lock for as long as it runs.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(errno, path) }
        do throws(ClusterError) {
            // Made by root on a user's behalf, it must stay that user's to open.
            if geteuid() == 0, account.keeper != 0 {
                guard fchown(descriptor, account.uid, account.gid) == 0 else { throw .system(errno, path) }
            }
            while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                guard errno == EWOULDBLOCK || errno == EINTR else { throw .system(errno, path) }
                guard ContinuousClock.now < deadline else { throw .locked(path) }
                try await pause()
            }
        } catch {
            close(descriptor)
            throw error
        }
        return ClusterLock(descriptor: descriptor)
    }

    /// A short wait between two looks at something that changes elsewhere.
    static func pause() async throws(ClusterError) {
        do { try await Task.sleep(for: .milliseconds(25)) } catch { throw .cancelled }
    }

    /// Call it once, when the work is done.
    func release() { close(descriptor) }
}
