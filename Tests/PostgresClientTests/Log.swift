import Synchronization

/// What happened, in order, noted from any task.
final class Log<Entry: Sendable>: Sendable {
    private let noted = Mutex<[Entry]>([])

    var entries: [Entry] { noted.withLock { $0 } }

    func add(_ entry: Entry) { noted.withLock { $0.append(entry) } }
}
