/// What a way in hands over for one meeting: the facts of a meeting, or the voiding of one.
public enum MeetingSubmission: Hashable, Sendable {
    case record(MeetingDocument)
    case void(MeetingVoid)

    public var id: MeetingID {
        switch self {
        case .record(let document): document.id
        case .void(let void): void.id
        }
    }
}

/// The withdrawal of a meeting that should not have been recorded; itself a revision.
public struct MeetingVoid: Hashable, Sendable {
    public var id: MeetingID
    /// The current revision, ≥ 1.
    public var replaces: Int
    public var why: String

    public init(id: MeetingID, replaces: Int, why: String) {
        self.id = id
        self.replaces = replaces
        self.why = why
    }
}

/// The meeting document `goutong.meeting/1`: one meeting, everything learnt at it.
///
/// Every field holds a normalised, validated value; a missing number is *not counted*, never 0.
public struct MeetingDocument: Hashable, Sendable {
    public static let schema = "goutong.meeting/1"

    public var id: MeetingID
    /// nil for a first recording; in a correction the revision it replaces, ≥ 1.
    public var replaces: Int?
    public var kind: MeetingKind
    public var heldOn: Day
    public var endedOn: Day?
    public var startsAt: TimeOfDay?
    public var endsAt: TimeOfDay?
    public var area: AreaCode
    public var areaName: String?
    public var orgUnit: String?
    public var venue: Venue
    public var format: MeetingFormat?
    public var dedicatedTo: String?
    public var organisers: [String] = []
    public var staff: [StaffMember] = []
    public var counts = MeetingCounts()
    public var firms: [FirmMet] = []
    public var firmsCounted: Int?
    public var applicants: [ApplicantEntry] = []
    public var applications = ApplicationCounts()
    public var opinions: [Opinion] = []
    public var notes: String?

    public init(id: MeetingID, kind: MeetingKind, heldOn: Day, area: AreaCode, venue: Venue) {
        self.id = id
        self.kind = kind
        self.heldOn = heldOn
        self.area = area
        self.venue = venue
    }

    /// On-site applications: the stated total, else the number of listed applicants.
    public var onSiteApplications: Int { applications.total ?? applicants.count }
}

public enum MeetingKind: String, CaseIterable, Sendable { case enterprise, worker }

public enum VenueKind: String, CaseIterable, Sendable {
    case community, building, park, market, site, station, mall, firm, online, other
}

public enum MeetingFormat: String, CaseIterable, Sendable {
    case oneToOne = "one_to_one"
    case group, stall
}

public enum UnionStatus: String, CaseIterable, Sendable {
    case unorganised, preparing, organised, joint
    case coveredByParent = "covered_by_parent"
    case unknown

    /// `preparing` counts as unorganised; `unknown` is neither.
    public var isUnorganised: Bool { self == .unorganised || self == .preparing }
    public var isOrganised: Bool { self == .organised || self == .joint || self == .coveredByParent }
    /// Where a founding intent may be voiced (contract).
    public var allowsIntent: Bool { self != .organised && self != .coveredByParent }
}

public enum Attitude: String, CaseIterable, Sendable {
    case supportive
    case toReport = "to_report"
    case neutral, reluctant, opposed
}

public enum IntentForm: String, CaseIterable, Sendable { case verbal, letter }
public enum JoinChannel: String, CaseIterable, Sendable { case paper, qr, app }

/// Minutes after midnight, 0…1439.
public struct TimeOfDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let minutes: Int

    /// `HH:MM` on the 24-hour clock; nil for other text.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (48...57).contains(bytes[$0]) })
        else { return nil }
        let hour = Int(bytes[0] - 48) * 10 + Int(bytes[1] - 48)
        let minute = Int(bytes[3] - 48) * 10 + Int(bytes[4] - 48)
        guard hour < 24, minute < 60 else { return nil }
        minutes = hour * 60 + minute
    }

    public var description: String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    public static func < (left: Self, right: Self) -> Bool { left.minutes < right.minutes }
}

public struct Venue: Hashable, Sendable {
    public var kind: VenueKind
    public var name: String?
    /// The site project with its labour company, at a construction site.
    public var project: String?

    public init(kind: VenueKind, name: String? = nil, project: String? = nil) {
        self.kind = kind
        self.name = name
        self.project = project
    }
}

public struct StaffMember: Hashable, Sendable {
    public var name: String
    public var hours: Double?

    public init(name: String, hours: Double? = nil) {
        self.name = name
        self.hours = hours
    }
}

/// Head counts of a meeting; nil where nobody counted.
public struct MeetingCounts: Hashable, Sendable {
    public var attended: Int?
    /// Person-times (人次).
    public var consulted: Int?
    public var leaflets: Int?
    public var questionnaires: Int?
    public var approvedOnSite: Int?
    public var cardsIssued: Int?
    public var appRegistrations: Int?

    public init() {}
}

/// Everyone who applied on the spot, listed or not.
public struct ApplicationCounts: Hashable, Sendable {
    public var paper: Int?
    public var qr: Int?
    public var app: Int?
    public var total: Int?

    public init() {}

    public var isEmpty: Bool { paper == nil && qr == nil && app == nil && total == nil }
}

/// One firm met: who it is, what it said, what comes next.
public struct FirmMet: Hashable, Sendable {
    public var uscc: CreditCode?
    public var name: String?
    /// Registered street or township, where it differs from the meeting's.
    public var area: AreaCode?
    public var parent: String?
    public var unionStatus: UnionStatus
    public var headcount: Int?
    public var headcountBand: HeadcountBand?
    public var industry: IndustryCode?
    /// In a correction, nil leaves the firm's contact as it is and an empty one takes it out.
    public var contact: FirmContact?
    public var attitude: Attitude?
    public var questions: [String] = []
    public var intent: Intent?
    public var nextStep: NextStep?

    public init(uscc: CreditCode? = nil, name: String? = nil, unionStatus: UnionStatus) {
        self.uscc = uscc
        self.name = name
        self.unionStatus = unionStatus
    }
}

/// Employees, in the bands that federations use.
public enum HeadcountBand: String, CaseIterable, Sendable {
    case under10 = "1-9"
    case under25 = "10-24"
    case under100 = "25-99"
    case under500 = "100-499"
    case over500 = "500+"

    public init(headcount: Int) {
        switch headcount {
        case ..<10: self = .under10
        case ..<25: self = .under25
        case ..<100: self = .under100
        case ..<500: self = .under500
        default: self = .over500
        }
    }
}

/// Personal data: kept sealed, never in the facts hash.
public struct FirmContact: Hashable, Sendable {
    public var name: String?
    public var position: String?
    public var phone: String?

    public init(name: String? = nil, position: String? = nil, phone: String? = nil) {
        self.name = name
        self.position = position
        self.phone = phone
    }

    public var isEmpty: Bool { name == nil && position == nil && phone == nil }
}

public struct Intent: Hashable, Sendable {
    public var form: IntentForm
    public var on: Day

    public init(form: IntentForm, on: Day) {
        self.form = form
        self.on = on
    }
}

public struct NextStep: Hashable, Sendable {
    public var what: String
    public var due: Day?
    public var owner: String?

    public init(what: String, due: Day? = nil, owner: String? = nil) {
        self.what = what
        self.due = due
        self.owner = owner
    }
}

public struct Opinion: Hashable, Sendable {
    public var topic: String?
    public var text: String
    /// nil while nobody has answered it.
    public var answer: OpinionAnswer?

    public init(topic: String? = nil, text: String, answer: OpinionAnswer? = nil) {
        self.topic = topic
        self.text = text
        self.answer = answer
    }
}

/// That an opinion was answered (答复): on which day, and with what, where that was noted.
public struct OpinionAnswer: Hashable, Sendable {
    /// Not before the meeting.
    public var on: Day
    public var text: String?

    public init(on: Day, text: String? = nil) {
        self.on = on
        self.text = text
    }
}

/// In a correction an applicant given by id alone is unchanged.
public enum ApplicantEntry: Hashable, Sendable {
    case unchanged(ApplicantID)
    case stated(Applicant)

    public var id: ApplicantID {
        switch self {
        case .unchanged(let id): id
        case .stated(let applicant): applicant.id
        }
    }
}

public struct Applicant: Hashable, Sendable {
    public var id: ApplicantID
    /// Personal data.
    public var person: Person
    public var channel: JoinChannel?
    public var employer: Employer?
    public var categories: [WorkerCategory] = []
    public var consent: Consent

    public init(id: ApplicantID, person: Person, consent: Consent) {
        self.id = id
        self.person = person
        self.consent = consent
    }
}

/// Who an applicant is: a name and at least one of mobile and document. Always sealed at rest.
public struct Person: Hashable, Sendable {
    public var name: String
    public var mobile: Mobile?
    public var document: IdentityDocument?

    public init(name: String, mobile: Mobile? = nil, document: IdentityDocument? = nil) {
        self.name = name
        self.mobile = mobile
        self.document = document
    }
}

/// Printed without its name and numbers, so that no log holds them by accident.
extension Person: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Person(…)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

public enum IdentityDocument: Hashable, Sendable {
    case residentID(ResidentID)
    /// Passport and other documents: kind and number as written, normalised to narrow upper case.
    case other(kind: OtherDocumentKind, number: String)
}

public enum OtherDocumentKind: String, CaseIterable, Sendable {
    case passport
    case permanentResidence = "permanent_residence"
    case travelPermit = "travel_permit"
    case other
}

public struct Employer: Hashable, Sendable {
    public var uscc: CreditCode?
    public var name: String?

    public init(uscc: CreditCode? = nil, name: String? = nil) {
        self.uscc = uscc
        self.name = name
    }
}

/// Groups an applicant belongs to; several may apply.
public enum WorkerCategory: String, CaseIterable, Sendable {
    case migrantWorker = "migrant_worker"
    case flexibleWorker = "flexible_worker"
    case newFormWorker = "new_form_worker"
    case microSmall = "micro_small"
    case dispatchWorker = "dispatch_worker"
    case construction
    case courier
    case deliveryRider = "delivery_rider"
    case rideHailing = "ride_hailing"
    case trucker
    case careWorker = "care_worker"
    case domesticWorker = "domestic_worker"
    case shopAssistant = "shop_assistant"
    case realEstateAgent = "real_estate_agent"
    case securityGuard = "security_guard"
    case other
}

public struct Consent: Hashable, Sendable {
    /// Version of the notice that was shown.
    public var notice: String
    public var on: Day
    public var method: ConsentMethod
    public var shareWithEmployerUnion: Bool
    public var cardBank: Bool

    public init(
        notice: String, on: Day, method: ConsentMethod, shareWithEmployerUnion: Bool = false,
        cardBank: Bool = false
    ) {
        self.notice = notice
        self.on = on
        self.method = method
        self.shareWithEmployerUnion = shareWithEmployerUnion
        self.cardBank = cardBank
    }
}

public enum ConsentMethod: String, CaseIterable, Sendable { case signed, ticked, verbal }
