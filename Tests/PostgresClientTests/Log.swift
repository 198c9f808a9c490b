import Foundation

/// What happened, in order, noted from any task.
final class Log<Entry: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var noted: [Entry] = []

    var entries: [Entry] { lock.withLock { noted } }

    func add(_ entry: Entry) { lock.withLock { noted.append(entry) } }
}
