import Outreach

/// One of a few answers: its code, its words and the pinyin initials of the Chinese.
struct FormChoice: Hashable, Sendable {
    let code: String
    let label: Bilingual
    let initials: String

    init(_ code: some RawRepresentable<String>, _ zh: String, _ initials: String, _ en: String) {
        self.init(code.rawValue, zh, initials, en)
    }

    init(_ code: String, _ zh: String, _ initials: String, _ en: String) {
        self.code = code
        label = Bilingual(zh: zh, en: en)
        self.initials = initials
    }

    /// Whether typed text begins its label, its initials or its code.
    func matches(_ typed: String) -> Bool {
        let typed = typed.lowercased()
        return label.zh.hasPrefix(typed) || label.en.lowercased().hasPrefix(typed)
            || initials.hasPrefix(typed) || code.hasPrefix(typed)
    }

    /// Whether typed text is the label, the initials or the code itself.
    func equals(_ typed: String) -> Bool {
        let typed = typed.lowercased()
        return label.zh == typed || label.en.lowercased() == typed || initials == typed || code == typed
    }
}

extension FormChoice {
    static let meetingKinds = [
        Self(MeetingKind.enterprise, "企业沟通会", "qygth", "Enterprise meeting"),
        Self(MeetingKind.worker, "职工沟通会", "zggth", "Worker meeting"),
    ]

    static let venueKinds = [
        Self(VenueKind.community, "社区(村)", "sqc", "Community"),
        Self(VenueKind.building, "楼宇", "ly", "Building"),
        Self(VenueKind.park, "园区", "yq", "Park"),
        Self(VenueKind.market, "市场", "sc", "Market"),
        Self(VenueKind.site, "工地", "gd", "Construction site"),
        Self(VenueKind.station, "地铁站", "dtz", "Metro station"),
        Self(VenueKind.mall, "商场", "shch", "Shopping mall"),
        Self(VenueKind.firm, "企业", "qy", "Firm"),
        Self(VenueKind.online, "线上", "xs", "Online"),
        Self(VenueKind.other, "其他", "qt", "Other"),
    ]

    static let formats = [
        Self(MeetingFormat.oneToOne, "上门一对一", "smydy", "One to one"),
        Self(MeetingFormat.group, "集中座谈", "jzzt", "Group talk"),
        Self(MeetingFormat.stall, "摆摊设点", "btsd", "Stall"),
    ]

    static let unionStatuses = [
        Self(UnionStatus.unorganised, "未建会", "wjh", "No union"),
        Self(UnionStatus.preparing, "筹建中", "cjz", "Preparing"),
        Self(UnionStatus.organised, "已单独建会", "yddjh", "Own union"),
        Self(UnionStatus.joint, "已加入联合工会", "yjrlhgh", "In a joint union"),
        Self(UnionStatus.coveredByParent, "随上级单位建会", "ssjdwjh", "Covered by parent"),
        Self(UnionStatus.unknown, "待核实", "dhs", "To be verified"),
    ]

    static let attitudes = [
        Self(Attitude.supportive, "支持", "zc", "Supportive"),
        Self(Attitude.toReport, "待内部汇报", "dnbhb", "To report internally"),
        Self(Attitude.neutral, "观望", "gw", "Neutral"),
        Self(Attitude.reluctant, "有顾虑", "ygl", "Reluctant"),
        Self(Attitude.opposed, "不同意", "bty", "Opposed"),
    ]

    static let headcountBands = [
        Self(HeadcountBand.under10, "1–9人", "1-9", "1–9"),
        Self(HeadcountBand.under25, "10–24人", "10-24", "10–24"),
        Self(HeadcountBand.under100, "25–99人", "25-99", "25–99"),
        Self(HeadcountBand.under500, "100–499人", "100-499", "100–499"),
        Self(HeadcountBand.over500, "500人以上", "500+", "500+"),
    ]

    static let intentForms = [
        Self(IntentForm.verbal, "口头", "kt", "Verbal"),
        Self(IntentForm.letter, "意向书", "yxs", "Letter"),
    ]

    static let channels = [
        Self(JoinChannel.paper, "纸质", "zz", "Paper"),
        Self(JoinChannel.qr, "扫码", "sm", "QR code"),
        Self(JoinChannel.app, "APP", "app", "App"),
    ]

    static let consents = [
        Self(ConsentMethod.signed, "书面签字", "smqz", "Signed"),
        Self(ConsentMethod.ticked, "勾选同意", "gxty", "Ticked"),
        Self(ConsentMethod.verbal, "口头同意", "ktty", "Verbal"),
        Self("refused", "不同意", "bty", "No consent"),
    ]

    static let yesNo = [Self("true", "是", "s", "Yes"), Self("false", "否", "f", "No")]

    static let categories = [
        Self(WorkerCategory.migrantWorker, "农民工", "nmg", "Migrant worker"),
        Self(WorkerCategory.flexibleWorker, "灵活就业", "lhjy", "Flexible worker"),
        Self(WorkerCategory.newFormWorker, "新就业形态", "xjyxt", "New-form worker"),
        Self(WorkerCategory.microSmall, "小微企业职工", "xwqyzg", "Micro or small firm"),
        Self(WorkerCategory.dispatchWorker, "劳务派遣", "lwpq", "Dispatch worker"),
        Self(WorkerCategory.construction, "建筑工人", "jzgr", "Construction"),
        Self(WorkerCategory.courier, "快递员", "kdy", "Courier"),
        Self(WorkerCategory.deliveryRider, "外卖配送员", "wmpsy", "Delivery rider"),
        Self(WorkerCategory.rideHailing, "网约车司机", "wycsj", "Ride-hailing driver"),
        Self(WorkerCategory.trucker, "货车司机", "hcsj", "Trucker"),
        Self(WorkerCategory.careWorker, "护工护理员", "hghly", "Care worker"),
        Self(WorkerCategory.domesticWorker, "家政服务员", "jzfwy", "Domestic worker"),
        Self(WorkerCategory.shopAssistant, "商场信息员", "scxxy", "Shop assistant"),
        Self(WorkerCategory.realEstateAgent, "房产中介", "fczj", "Estate agent"),
        Self(WorkerCategory.securityGuard, "保安员", "bay", "Security guard"),
        Self(WorkerCategory.other, "其他", "qt", "Other"),
    ]
}
