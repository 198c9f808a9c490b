/// The smallest pieces that a pilot comparison's counts are sums of: each firm first met is in one of the firm
/// parts. So what someone can work out from published sums is a question to a linear program.
enum CountPart: Int, CaseIterable {
    /// Firms organised at their first meeting, or of unknown standing.
    case organised
    /// Unorganised ones that are not at risk: with an intent from before.
    case waiting
    /// At risk, by how far they came within the window.
    case noIntent, covered, intentOnly, applicationOnly, established
    /// Not firms: a count and another count.
    case workerMeetings, applications
}

extension PilotStage {
    var numeratorParts: [CountPart] {
        switch self {
        case .unorganised: [.waiting, .noIntent, .covered, .intentOnly, .applicationOnly, .established]
        case .intent: [.intentOnly, .applicationOnly, .established]
        case .application: [.applicationOnly, .established]
        case .established: [.established]
        case .covered: [.covered]
        case .onSiteApplications: [.applications]
        }
    }

    var denominatorParts: [CountPart] {
        switch self {
        case .unorganised: [.organised] + numeratorParts
        case .intent, .application, .established, .covered:
            [.noIntent, .covered, .intentOnly, .applicationOnly, .established]
        case .onSiteApplications: [.workerMeetings]
        }
    }

    /// The denominator without the numerator; nil where the one is no part of the other.
    var remainderParts: [CountPart]? {
        guard isProportion else { return nil }
        let numerator = numeratorParts
        return denominatorParts.filter { !numerator.contains($0) }
    }

    /// Whether "all of them" says it of each one (SPEC §1.14: intent and later, all stages of workers).
    var isSensitive: Bool { self != .unorganised }
}
