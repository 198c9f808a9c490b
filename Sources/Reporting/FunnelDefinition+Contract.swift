import Funnel

/// The names that the contract gives to the parts of a definition.
extension FunnelDefinition {
    /// What is counted: `firm` or `worker`.
    var unit: String { track.rawValue }

    /// nil without a window.
    var windowDays: Int? {
        switch window {
        case .days(let days): days
        case .unlimited: nil
        }
    }

    /// To which unit a firm's later steps are credited: that of its entry, or wherever it is now.
    var attribution: String {
        switch place {
        case .entryContact, .registeredAtEntry: "entry"
        case .current: "current"
        }
    }
}
