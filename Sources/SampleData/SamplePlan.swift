import Outreach

/// Who meets whom, when, and what comes of it: numbers and dates only, before a word is written.
///
/// The stages in the extensions fill it in this order: meetings, firms, contacts, intents, outcomes,
/// applications. Each hits its published totals by apportioning them, so none has to be repaired.
struct SamplePlan {
    let areas: [SampleArea]
    /// By day, then unit.
    var meetings: [MeetingPlan] = []
    /// Positions in `meetings` for each area, by day.
    var meetingsOfArea: [[Int]] = []
    var firms: [FirmPlan] = []
    /// Positions in `firms` for each area of first contact.
    var firmsOfArea: [[Int]] = []
    /// The firm of an area whose employees join in numbers, where there is one.
    var magnetOfArea: [Int?] = []
}

struct MeetingPlan {
    let area: Int
    let kind: MeetingKind
    let heldOn: Day
    var format: MeetingFormat = .group
    /// Firms that are met here for the first time.
    var newFirms = 0
    /// A one-to-one meeting with a firm that is already known.
    var isFollowUp = false
    /// Positions in the plan's `firms`.
    var firms: [Int] = []
    /// Everyone who applies here.
    var applications = 0
    /// How many of them are listed by name.
    var listed = 0
    var startMinute = 0
    var minutes = 90
    /// The second day of a meeting that lasts two.
    var endedOn: Day?

    var lastDay: Day { endedOn ?? heldOn }
    var endMinute: Int { startMinute + minutes }
}

struct FirmPlan {
    let profile: FirmProfile
    let area: Int
    /// At the first meeting.
    var firstStatus: UnionStatus
    /// Positions in the plan's `meetings`, by day, no two on one day.
    var contacts: [Int]
    var intent: IntentPlan?
    /// By day.
    var milestones: [MilestonePlan] = []

    /// Milestones are filed under a credit code, so a firm known by name only has none.
    var canHaveMilestones: Bool { profile.uscc != nil }

    /// What a cadre would note at a later meeting on this day.
    func status(on day: Day) -> UnionStatus {
        var status = firstStatus
        for milestone in milestones where milestone.on <= day {
            switch milestone.kind {
            case .established: status = .organised
            case .joinedJointUnion: status = .joint
            case .coveredByParent: status = .coveredByParent
            case .preparatoryGroup where status == .unorganised: status = .preparing
            default: break
            }
        }
        return status
    }
}

struct IntentPlan {
    let on: Day
    let form: IntentForm
    /// The contact at which it was voiced; nil for one that came between meetings.
    let meeting: Int?
}

struct MilestonePlan {
    let kind: MilestoneKind
    let on: Day
    var form: IntentForm?

    static func after(_ day: Day, _ days: Int, _ kind: MilestoneKind) -> MilestonePlan {
        MilestonePlan(kind: kind, on: day.adding(days: days))
    }
}
