import Outreach

/// Everything a form asks, named as in the meeting document.
enum Field: String, Codable, CodingKeyRepresentable, CaseIterable {
    // The meeting.
    case kind
    case heldOn = "held_on"
    case area
    case venueKind = "venue/kind"
    case venueName = "venue/name"
    case venueProject = "venue/project"
    case format
    case attended = "counts/attended"
    case consulted = "counts/consulted"
    case leaflets = "counts/leaflets"
    case questionnaires = "counts/questionnaires"
    case endedOn = "ended_on"
    case startsAt = "starts_at"
    case endsAt = "ends_at"
    case orgUnit = "org_unit"
    case dedicatedTo = "dedicated_to"
    case organisers
    case staff
    case firmsCounted = "firms_counted"
    case applicationsTotal = "applications/total"
    case applicationsPaper = "applications/paper"
    case applicationsQR = "applications/qr"
    case applicationsApp = "applications/app"
    case approvedOnSite = "counts/approved_on_site"
    case cardsIssued = "counts/cards_issued"
    case appRegistrations = "counts/app_registrations"
    case opinions
    case notes

    // One firm.
    case firmName = "firm/name"
    case unionStatus = "firm/union_status"
    case headcount = "firm/headcount"
    case headcountBand = "firm/headcount_band"
    case attitude = "firm/attitude"
    case intent = "firm/intent/form"
    case intentOn = "firm/intent/on"
    case nextStep = "firm/next_step/what"
    case nextStepDue = "firm/next_step/due"
    case nextStepOwner = "firm/next_step/owner"
    case uscc = "firm/uscc"
    case parent = "firm/parent"
    case industry = "firm/industry"
    case contactName = "firm/contact/name"
    case contactPosition = "firm/contact/position"
    case contactPhone = "firm/contact/phone"
    case firmQuestions = "firm/questions"

    // One applicant.
    case applicantName = "applicant/name"
    case mobile = "applicant/mobile"
    case document = "applicant/document"
    case employer = "applicant/employer"
    case categories = "applicant/categories"
    case channel = "applicant/channel"
    case consent = "applicant/consent"
    case shareWithUnion = "applicant/consent/share_with_employer_union"
    case cardBank = "applicant/consent/card_bank"
}

/// Who a question is about.
enum FormGroup: String, Codable, Sendable {
    case meeting, firm, applicant

    /// The field that opens a row of a repeat group, and names it.
    var opening: Field? {
        switch self {
        case .meeting: nil
        case .firm: .firmName
        case .applicant: .applicantName
        }
    }
}

/// One question of one form: a field of the meeting, of the third firm, of the second applicant.
struct QuestionID: Hashable, Codable, Sendable {
    var group: FormGroup
    /// Position in a repeat group, from 0; 0 for the meeting.
    var row: Int
    var field: Field

    static func meeting(_ field: Field) -> Self { Self(group: .meeting, row: 0, field: field) }
    static func firm(_ row: Int, _ field: Field) -> Self { Self(group: .firm, row: row, field: field) }
    static func applicant(_ row: Int, _ field: Field) -> Self {
        Self(group: .applicant, row: row, field: field)
    }

    /// What this question and its neighbours are about.
    var rowTitle: Bilingual {
        switch group {
        case .meeting: FormText.meetingTitle
        case .firm: FormText.firmTitle(row + 1)
        case .applicant: FormText.applicantTitle(row + 1)
        }
    }

    /// JSON Pointer of the value in the meeting document.
    var pointer: String {
        switch group {
        case .meeting: "/\(field.rawValue)"
        case .firm: "/firms/\(row)/\(field.rawValue.dropFirst("firm/".count))"
        case .applicant: "/applicants/\(row)/\(field.rawValue.dropFirst("applicant/".count))"
        }
    }
}
