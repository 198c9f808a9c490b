/// What became of an at-risk unit, judged at the first step after its entry (intent; application where
/// the intent is the entry): exactly one applies.
public enum FunnelOutcome: String, CaseIterable, Sendable {
    /// That step lies in the window.
    case converted
    /// Not that step, but a joint union or the parent company's union within the window.
    case covered
    /// Not that step, and closed, moved out or organised otherwise within the window.
    case exited
    /// None of these, and the window has not ended.
    case open
    /// None of these, and the window has ended.
    case expired

    init(converted: Bool, covered: Bool, exited: Bool, windowClosed: Bool) {
        self =
            if converted { .converted } else if covered { .covered } else if exited { .exited } else {
                windowClosed ? .expired : .open
            }
    }
}
