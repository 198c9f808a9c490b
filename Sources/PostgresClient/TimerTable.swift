/// Actions due at a moment. Adding and removing are O(1): almost every timer is a deadline that is
/// removed before it is due, so the next moment may be stale (early), which costs one empty wake-up.
struct TimerTable {
    struct ID: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct Entry {
        let due: ContinuousClock.Instant
        let action: () -> Void
    }

    private var entries: [ID: Entry] = [:]
    private var next: ContinuousClock.Instant?
    private var lastNumber: UInt64 = 0

    mutating func add(at due: ContinuousClock.Instant, _ action: @escaping () -> Void) -> ID {
        lastNumber += 1
        let id = ID(number: lastNumber)
        entries[id] = Entry(due: due, action: action)
        next = next.map { min($0, due) } ?? due
        return id
    }

    mutating func remove(_ id: ID) {
        entries[id] = nil
        if entries.isEmpty { next = nil }
    }

    /// How long a wait may last, rounded up; -1 without a timer.
    var millisecondsToNext: CInt {
        guard let next else { return -1 }
        let (seconds, attoseconds) = ContinuousClock.now.duration(to: next).components
        guard seconds < 86_400 else { return 86_400_000 }
        return CInt(max(0, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }

    /// Removes what is due and returns it, earliest first. The caller runs it: an action may well
    /// add a timer.
    mutating func takeExpired() -> [() -> Void] {
        guard let next, next <= .now else { return [] }
        let now = ContinuousClock.now
        let expired = entries.filter { $0.value.due <= now }
        for id in expired.keys { entries[id] = nil }
        self.next = entries.values.map(\.due).min()
        return expired.values.sorted { $0.due < $1.due }.map(\.action)
    }
}
