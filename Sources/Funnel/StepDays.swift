import Outreach

/// Steps that need no chain: each is read from the first day of each kind within the window.
enum StepDays {
    /// `firsts` holds the first days of steps 2, 3 and 4. `implied`: a later step implies the earlier
    /// ones. Otherwise (`any`) a step is reached on the day that completes it and all before it.
    static func unordered(_ firsts: [Day?], order: FunnelDefinition.Order) -> [Day?] {
        firsts.indices.map { step in
            if order == .implied { return firsts[step...].compactMap { $0 }.min() }
            let needed = firsts[...step].compactMap { $0 }
            return needed.count == step + 1 ? needed.max() : nil
        }
    }
}
