internal import Foundation
internal import Synchronization

/// Where slow hashes are worked: two threads of their own, not those of the cooperative pool, and a short line
/// before them. Memory is bounded by both.
final class PasswordBench: Sendable {
    static let shared = PasswordBench(threads: 2, line: 32)

    private let queue: OperationQueue
    private let limit: Int
    private let waiting = Mutex(0)

    init(threads: Int, line: Int) {
        queue = OperationQueue()
        queue.name = "goutong.passwords"
        queue.maxConcurrentOperationCount = threads
        limit = threads + line
    }

    /// - Throws: `PasswordError.busy` where the line is full, or what `body` throws.
    func work(_ body: @escaping @Sendable () throws -> [UInt8]) async throws -> [UInt8] {
        let isAdmitted = waiting.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard isAdmitted else { throw PasswordError.busy }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try body() }) }
        }
    }
}
