import Outreach
import SampleData

/// The state that a sample's entries leave behind, and what happened on the way; refuses entries that
/// a recorder would refuse.
struct SampleRecord {
    struct Recorded {
        var document: MeetingDocument
        var firstAt: Int64
        var revision: Int
    }

    /// What a recorder would not have taken.
    struct Refusal: Error { let reason: String }

    private(set) var meetings: [MeetingID: Recorded] = [:]
    private(set) var corrections = 0
    private(set) var voids = 0
    private(set) var milestones: [(firm: CreditCode, milestone: Milestone)] = []
    private(set) var events: [SampleApplicationEvent: Int] = [:]
    private(set) var idleWeeks: [(area: AreaCode, week: Week, at: Int64)] = []
    private(set) var applicants: [ApplicantID: (applicant: Applicant, heldOn: Day)] = [:]
    private var lastEvent: [ApplicantID: (event: SampleApplicationEvent, on: Day)] = [:]

    var listed: Int { applicants.count }
    var documents: [MeetingDocument] { meetings.values.map(\.document) }

    init(_ sample: Sample) throws {
        var firms: Set<CreditCode> = []
        var last = Int64.min
        for entry in sample.entries {
            guard entry.recordedAt > last else { throw Refusal(reason: "recorded out of order") }
            last = entry.recordedAt
            let today = SampleRecord.day(of: entry.recordedAt)
            switch entry.action {
            case .meeting(.record(let document)):
                guard document.heldOn <= today, (document.endedOn ?? document.heldOn) <= today else {
                    throw Refusal(reason: "recorded before it was held")
                }
                try record(document, at: entry.recordedAt)
                firms.formUnion(document.firms.compactMap(\.uscc))
            case .meeting(.void(let void)):
                guard meetings.removeValue(forKey: void.id)?.revision == void.replaces else {
                    throw Refusal(reason: "void of another revision")
                }
                voids += 1
            case .milestone(let firm, let milestone):
                guard firms.contains(firm) else { throw Refusal(reason: "milestone of an unknown firm") }
                guard milestone.on <= today else { throw Refusal(reason: "milestone in the future") }
                milestones.append((firm, milestone))
            case .application(let id, let event, let day):
                try follow(id, event, on: day, today: today)
            case .noMeetings(let area, let week):
                idleWeeks.append((area, week, entry.recordedAt))
            }
        }
    }

    private mutating func record(_ document: MeetingDocument, at instant: Int64) throws {
        if let replaced = document.replaces {
            guard var known = meetings[document.id], known.revision == replaced else {
                throw Refusal(reason: "correction of another revision")
            }
            known.document = document
            known.revision += 1
            meetings[document.id] = known
            corrections += 1
        } else {
            guard meetings[document.id] == nil else { throw Refusal(reason: "id used twice") }
            meetings[document.id] = Recorded(document: document, firstAt: instant, revision: 1)
        }
        for entry in document.applicants {
            switch entry {
            case .stated(let applicant):
                guard applicants.updateValue((applicant, document.heldOn), forKey: applicant.id) == nil else {
                    throw Refusal(reason: "applicant listed twice")
                }
            case .unchanged(let id):
                guard applicants[id] != nil else { throw Refusal(reason: "unchanged applicant unknown") }
            }
        }
    }

    private mutating func follow(
        _ id: ApplicantID, _ event: SampleApplicationEvent, on day: Day, today: Day
    ) throws {
        guard let known = applicants[id] else { throw Refusal(reason: "event of an unknown applicant") }
        guard day <= today, day >= known.heldOn else { throw Refusal(reason: "event out of its time") }
        let previous = lastEvent[id]
        guard previous == nil || (previous?.event == .verified && event != .verified) else {
            throw Refusal(reason: "event after the last one")
        }
        guard event != .admitted || previous?.event == .verified else {
            throw Refusal(reason: "admitted without verification")
        }
        if let previous, day < previous.on { throw Refusal(reason: "event before the previous one") }
        lastEvent[id] = (event, day)
        events[event, default: 0] += 1
    }

    /// The calendar day in UTC+8.
    static func day(of instant: Int64) -> Day { Day(ordinal: Int((instant / 1_000_000 + 28_800) / 86_400)) }
}
