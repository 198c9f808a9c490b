/// Which unit each merged unit stands for, resolved transitively.
struct AliasMap {
    private let survivor: [String: String]

    /// Of several merges of one unit the one with the highest id holds.
    init(_ facts: some Sequence<FunnelFact>) {
        var latest: [String: (id: FactID, unit: String)] = [:]
        for fact in facts {
            guard case .alias(let target) = fact.event else { continue }
            if let known = latest[fact.unit], known.id >= fact.id { continue }
            latest[fact.unit] = (fact.id, target)
        }
        survivor = latest.mapValues(\.unit)
    }

    /// The unit at the end of the chain. A loop names no survivor, so each unit on it stands for itself.
    func resolve(_ unit: String) -> String {
        guard var current = survivor[unit] else { return unit }
        var seen: Set = [unit]
        while seen.insert(current).inserted, let next = survivor[current] { current = next }
        return current
    }
}
