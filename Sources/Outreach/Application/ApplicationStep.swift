/// Something that happens to an application. Raw values stand in the schema.
public enum ApplicationStep: String, CaseIterable, Sendable {
    case underReview = "under_review"
    case verified, admitted, rejected, withdrawn, duplicate

    /// Where the application stands afterwards.
    public var state: ApplicationState {
        switch self {
        case .underReview: .underReview
        case .verified: .verified
        case .admitted: .admitted
        case .rejected: .rejected
        case .withdrawn: .withdrawn
        case .duplicate: .duplicate
        }
    }
}

/// Where an application stands: submitted, then reviewed, then a member; or at one of three ends.
public enum ApplicationState: String, CaseIterable, Sendable {
    case submitted
    case underReview = "under_review"
    case verified, admitted, rejected, withdrawn, duplicate

    /// What may happen next. From an end nothing: a step that was wrong is undone first.
    public var next: [ApplicationStep] {
        switch self {
        case .submitted: [.underReview, .verified, .rejected, .withdrawn, .duplicate]
        case .underReview: [.verified, .rejected, .withdrawn, .duplicate]
        // 入会审批: only who was verified is admitted.
        case .verified: [.admitted, .rejected, .withdrawn, .duplicate]
        case .admitted, .rejected, .withdrawn, .duplicate: []
        }
    }

    /// Whether somebody still has to decide.
    public var isOpen: Bool { !next.isEmpty }
}
