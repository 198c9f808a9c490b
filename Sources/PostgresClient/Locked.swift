internal import Foundation

/// A value behind a lock.
///
/// `Synchronization.Mutex` would do, but on Linux ThreadSanitizer does not see its futex and reports
/// every use as a race; it does see the pthread mutex in `NSLock`.
package final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    package init(_ value: sending Value) { self.value = value }

    package func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body(&value)
    }
}
