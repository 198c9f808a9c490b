/// Which statements a connection has prepared, the least recently used first to go.
struct StatementCache {
    /// Statements with equal text but other bind types are different to the server.
    struct Key: Hashable {
        let text: String
        let types: [PostgresType]
    }

    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    let capacity: Int
    private var entries: [Key: Entry] = [:]
    /// Names out of use that the server still knows.
    private var orphans: [String] = []
    private var clock: UInt64 = 0
    private var lastNumber: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { entries.count }

    /// The name of a prepared statement; using it makes it the most recent.
    mutating func name(for key: Key) -> String? {
        clock += 1
        return update(&entries[key], lastUse: clock)
    }

    /// A name that was never used on this connection.
    mutating func mintName() -> String {
        lastNumber += 1
        return "s\(lastNumber)"
    }

    mutating func insert(_ key: Key, name: String) {
        clock += 1
        entries[key] = Entry(name: name, lastUse: clock)
    }

    /// Drops statements whose plan the server no longer honours: its result type changed
    /// (`cached plan must not change result type`, 0A000) or it was deallocated (26000). False for
    /// any other error.
    mutating func forget(_ keys: [Key], after error: PostgresError) -> Bool {
        guard error.sqlState == .invalidSQLStatementName || error.sqlState == .featureNotSupported else {
            return false
        }
        for key in keys {
            guard let entry = entries.removeValue(forKey: key) else { continue }
            if error.sqlState == .featureNotSupported { orphans.append(entry.name) }
        }
        return true
    }

    /// Takes out what is over capacity, oldest use first, and returns the names to deallocate.
    mutating func takeExcess() -> [String] {
        var names = orphans
        orphans = []
        guard entries.count > capacity else { return names }
        let oldest = entries.sorted { $0.value.lastUse < $1.value.lastUse }
            .prefix(entries.count - capacity)
        for (key, entry) in oldest {
            entries[key] = nil
            names.append(entry.name)
        }
        return names
    }

    private func update(_ entry: inout Entry?, lastUse: UInt64) -> String? {
        entry?.lastUse = lastUse
        return entry?.name
    }
}
