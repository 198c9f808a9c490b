/// A pilot comparison that may not be published.
public enum PilotPublicationError: Error, Hashable, Sendable {
    /// The solver's library is not on this machine: nothing can be audited.
    case noSolver
    case auditFailed
    /// Counts contradict each other, so that what they tell cannot be worked out.
    case contradictoryCounts
    /// The earlier folder is of another programme, or of another window: its numbers are of other things.
    case otherProgramme, otherWindow

    init(_ error: LinearProgramError) {
        self = error == .noSolver ? .noSolver : .auditFailed
    }
}
