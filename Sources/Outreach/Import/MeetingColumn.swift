/// Meetings as a flat file: a row a firm met, rows of one meeting together, told by the same key. What belongs to
/// the meeting stands in its first row, and may be repeated.
public enum MeetingColumn: String, ImportColumn {
    case meeting, kind
    case heldOn = "held_on"
    case endedOn = "ended_on"
    case startsAt = "starts_at"
    case endsAt = "ends_at"
    case area
    case areaName = "area_name"
    case orgUnit = "org_unit"
    case venueKind = "venue_kind"
    case venueName = "venue_name"
    case venueProject = "venue_project"
    case format
    case dedicatedTo = "dedicated_to"
    case organisers, staff, attended, consulted, leaflets, questionnaires
    case approvedOnSite = "approved_on_site"
    case cardsIssued = "cards_issued"
    case appRegistrations = "app_registrations"
    case firmsCounted = "firms_counted"
    case applicationsPaper = "applications_paper"
    case applicationsQR = "applications_qr"
    case applicationsApp = "applications_app"
    case applicationsTotal = "applications_total"
    case notes
    case firmUSCC = "firm_uscc"
    case firmName = "firm_name"
    case firmArea = "firm_area"
    case firmParent = "firm_parent"
    case unionStatus = "union_status"
    case headcount
    case headcountBand = "headcount_band"
    case industry
    case contactName = "contact_name"
    case contactPosition = "contact_position"
    case contactPhone = "contact_phone"
    case attitude, questions
    case intentForm = "intent_form"
    case intentOn = "intent_on"
    case nextStep = "next_step"
    case nextStepDue = "next_step_due"
    case nextStepOwner = "next_step_owner"

    /// How a cell's text becomes the document's value.
    enum Form { case text, number, day, list, choice }

    public var headers: [String] { [Self.words[self] ?? rawValue] }

    public var isRequired: Bool {
        switch self {
        case .meeting, .kind, .heldOn, .area, .venueKind: true
        default: false
        }
    }

    /// Where the value stands in the document; of a firm, below `/firms/N`.
    var path: [String] {
        switch self {
        case .meeting: []
        case .venueKind: ["venue", "kind"]
        case .venueName: ["venue", "name"]
        case .venueProject: ["venue", "project"]
        case .attended, .consulted, .leaflets, .questionnaires, .approvedOnSite, .cardsIssued,
            .appRegistrations:
            ["counts", rawValue]
        case .applicationsPaper: ["applications", "paper"]
        case .applicationsQR: ["applications", "qr"]
        case .applicationsApp: ["applications", "app"]
        case .applicationsTotal: ["applications", "total"]
        case .firmUSCC: ["uscc"]
        case .firmName: ["name"]
        case .firmArea: ["area"]
        case .firmParent: ["parent"]
        case .contactName: ["contact", "name"]
        case .contactPosition: ["contact", "position"]
        case .contactPhone: ["contact", "phone"]
        case .intentForm: ["intent", "form"]
        case .intentOn: ["intent", "on"]
        case .nextStep: ["next_step", "what"]
        case .nextStepDue: ["next_step", "due"]
        case .nextStepOwner: ["next_step", "owner"]
        default: [rawValue]
        }
    }

    var isOfFirm: Bool {
        switch self {
        case .firmUSCC, .firmName, .firmArea, .firmParent, .unionStatus, .headcount, .headcountBand,
            .industry,
            .contactName, .contactPosition, .contactPhone, .attitude, .questions, .intentForm, .intentOn,
            .nextStep, .nextStepDue, .nextStepOwner:
            true
        default: false
        }
    }

    var form: Form {
        switch self {
        case .heldOn, .endedOn, .intentOn, .nextStepDue: .day
        case .attended, .consulted, .leaflets, .questionnaires, .approvedOnSite, .cardsIssued,
            .appRegistrations, .firmsCounted, .applicationsPaper, .applicationsQR, .applicationsApp,
            .applicationsTotal, .headcount:
            .number
        case .organisers, .questions, .staff: .list
        case .kind, .venueKind, .format, .unionStatus, .attitude, .intentForm: .choice
        default: .text
        }
    }

    public var example: String {
        switch self {
        case .meeting: "2018-09-12-1"
        case .kind: "enterprise"
        case .heldOn, .intentOn: "2018-09-12"
        case .startsAt: "14:00"
        case .endsAt: "15:30"
        case .area: "110105021"
        case .venueKind: "park"
        case .venueName: "示例园区"
        case .format: "group"
        case .firmName: "北京示例科技有限公司"
        case .unionStatus: "unorganised"
        case .headcount: "180"
        case .industry: "I65"
        case .attitude: "supportive"
        case .intentForm: "verbal"
        default: ""
        }
    }

    private static let words: [MeetingColumn: String] = [
        .meeting: "沟通会编号", .kind: "类型", .heldOn: "召开日期", .endedOn: "结束日期", .startsAt: "开始时间",
        .endsAt: "结束时间", .area: "街道（乡镇）代码", .areaName: "街道（乡镇）", .orgUnit: "填报工会", .venueKind: "场所类型",
        .venueName: "场所名称", .venueProject: "工地项目", .format: "形式", .dedicatedTo: "专场对象", .organisers: "协办单位",
        .staff: "工作人员", .attended: "参加人数", .consulted: "咨询人次", .leaflets: "宣传材料", .questionnaires: "问卷",
        .approvedOnSite: "现场审核通过", .cardsIssued: "现场办卡", .appRegistrations: "APP注册", .firmsCounted: "参会企业数",
        .applicationsPaper: "纸质申请", .applicationsQR: "扫码申请", .applicationsApp: "APP申请",
        .applicationsTotal: "现场申请合计", .notes: "备注", .firmUSCC: "统一社会信用代码", .firmName: "企业名称",
        .firmArea: "企业街道（乡镇）代码", .firmParent: "上级公司", .unionStatus: "建会状况", .headcount: "职工人数",
        .headcountBand: "人数档次", .industry: "行业代码", .contactName: "联系人", .contactPosition: "联系人职务",
        .contactPhone: "联系电话", .attitude: "建会态度", .questions: "企业关心的问题", .intentForm: "意向形式",
        .intentOn: "意向日期", .nextStep: "下一步", .nextStepDue: "下一步期限", .nextStepOwner: "下一步责任人",
    ]
}

/// A dated step of a firm a row.
public enum MilestoneColumn: String, ImportColumn {
    case id, firm, kind, on, reference
    case unionName = "union_name"
    case form, members, meeting
    case intentForm = "intent_form"

    public var headers: [String] {
        switch self {
        case .id: ["进度编号"]
        case .firm: ["企业", "统一社会信用代码"]
        case .kind: ["进度"]
        case .on: ["日期"]
        case .reference: ["批复文号"]
        case .unionName: ["工会名称"]
        case .form: ["工会形式"]
        case .members: ["会员人数"]
        case .meeting: ["沟通会编号"]
        case .intentForm: ["意向形式"]
        }
    }

    public var isRequired: Bool { self == .firm || self == .kind || self == .on }

    public var example: String {
        switch self {
        case .firm: "91110105MA0000001X"
        case .kind: "established"
        case .on: "2018-11-20"
        case .reference: "朝工发〔2018〕12号"
        case .unionName: "北京示例科技有限公司工会委员会"
        case .form: "single"
        case .members: "42"
        case .id, .meeting, .intentForm: ""
        }
    }
}
