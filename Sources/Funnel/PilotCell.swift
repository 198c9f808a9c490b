public import Outreach

/// What a cell counts. Raw values are the `stage` column of `cells.csv`.
public enum PilotStage: String, CaseIterable, Sendable {
    /// Unorganised firms, of firms first met.
    case unorganised
    /// At-risk firms with an intent, an application, an established union within the window, of
    /// at-risk firms whose window has closed.
    case intent, application, established
    /// Covered within the window without an intent, of the same firms.
    case covered
    /// On-site applications, over worker meetings: a ratio of two counts that may exceed 1.
    case onSiteApplications = "on_site_applications"

    /// Whether the numerator counts part of what the denominator counts.
    public var isProportion: Bool { self != .onSiteApplications }

    public var name: Bilingual {
        switch self {
        case .unorganised: Bilingual(zh: "首次沟通时未建会企业", en: "unorganised at first meeting")
        case .intent: Bilingual(zh: "达成建会意向", en: "founding intent")
        case .application: Bilingual(zh: "提出建会申请", en: "application to found")
        case .established: Bilingual(zh: "批准成立工会", en: "union established")
        case .covered: Bilingual(zh: "纳入联合工会或随上级公司入会", en: "joint union or parent company's union")
        case .onSiteApplications: Bilingual(zh: "每场职工沟通会现场申请", en: "on-site applications per worker meeting")
        }
    }
}

/// One row of `cells.csv`: one unit, one period of entry, one stage.
public struct PilotCell: Hashable, Sendable {
    public var unitCode: String
    public var unitName: String
    public var arm: PilotArm
    public var startOn: Day
    public var periodFrom: Day
    /// Included.
    public var periodTo: Day
    public var stage: PilotStage
    /// nil where suppressed.
    public var numerator: Int?
    /// nil where suppressed.
    public var denominator: Int?
    /// At-risk firms whose window is still open: in neither count. nil where suppressed.
    public var open: Int?
    public var suppressed: Bool

    public init(
        unitCode: String, unitName: String, arm: PilotArm, startOn: Day, periodFrom: Day, periodTo: Day,
        stage: PilotStage, numerator: Int?, denominator: Int?, open: Int?, suppressed: Bool = false
    ) {
        self.unitCode = unitCode
        self.unitName = unitName
        self.arm = arm
        self.startOn = startOn
        self.periodFrom = periodFrom
        self.periodTo = periodTo
        self.stage = stage
        self.numerator = numerator
        self.denominator = denominator
        self.open = open
        self.suppressed = suppressed
    }
}
