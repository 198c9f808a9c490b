internal import Dispatch
internal import Foundation
internal import Synchronization

/// The signals after the first: the service group takes the first SIGTERM or SIGINT and drains; whoever sends
/// a second one will not wait, and a drain that hangs is ended too.
final class ShutdownSignals {
    private let sources: [any DispatchSourceSignal]

    /// - Parameter deadline: after the first signal, by when the process ends whatever happens.
    init(deadline: Duration) {
        let queue = DispatchQueue(label: "goutong.signals")
        let count = Counted()
        sources = [SIGTERM, SIGINT].map { signal in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
            source.setEventHandler {
                if count.next() > 1 { _exit(128 + signal) }
                queue.asyncAfter(deadline: .now() + deadline.seconds) { _exit(1) }
            }
            source.resume()
            return source
        }
    }

    func cancel() { for source in sources { source.cancel() } }

    private final class Counted: Sendable {
        private let value = Atomic(0)
        func next() -> Int { value.add(1, ordering: .relaxed).newValue }
    }
}
