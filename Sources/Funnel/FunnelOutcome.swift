/// What became of an at-risk unit, judged at its second step: exactly one applies.
public enum FunnelOutcome: String, CaseIterable, Sendable {
    /// The second step lies in the window.
    case converted
    /// No second step, but a joint union or the parent company's union within the window.
    case covered
    /// No second step, and closed, moved out or organised otherwise within the window.
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
