import Outreach

/// What was said and done at the invented meetings.
enum MeetingWords {
    /// What firms ask most (劳动午报, July and October 2018).
    static let questions = [
        "人员流动大如何入会", "员工分散如何开展活动", "上级公司已有工会是否属地建会", "行业工会与单独建会的关系",
        "2%工会经费如何缴纳", "建会流程", "建会对企业的好处",
    ]
    static let nextSteps = [
        "上门讲解建会流程", "送建会资料", "协助成立筹备组", "电话回访", "联系上级公司工会", "组织参观已建会企业", "指导填写建会申请",
    ]
    static let opinions: [(topic: String, texts: [String])] = [
        ("休息休假", ["希望落实带薪年休假", "希望午休有固定场所"]),
        ("劳动报酬", ["希望按时足额发放加班费", "希望了解工资集体协商"]),
        ("社会保险", ["询问异地社保转移手续", "希望单位足额缴纳社会保险"]),
        ("劳动安全", ["希望发放防暑降温用品", "希望增加安全培训"]),
        ("法律援助", ["咨询劳动合同续签", "咨询工伤认定程序"]),
        ("生活服务", ["希望有地方喝水、热饭、充电", "希望暑期托管班扩大名额", "希望组织单身职工联谊"]),
        ("入会服务", ["询问互助服务卡的办理地点", "希望扫码入会后尽快办卡"]),
    ]
    static let organisers = ["人力资源和社会保障所", "司法所", "总商会", "税务所", "社会保障事务所", "社区服务中心", "法律援助工作站"]

    /// Meetings held for one group only, with the group's name.
    static let dedications: [(category: WorkerCategory, name: String)] = [
        (.courier, "快递员"), (.deliveryRider, "外卖配送员"), (.construction, "建筑工人"), (.securityGuard, "保安员"),
        (.shopAssistant, "商场信息员"), (.careWorker, "护工护理员"), (.realEstateAgent, "房产中介员"),
    ]

    static let categories: [(WorkerCategory, Double)] = [
        (.migrantWorker, 22), (.microSmall, 16), (.flexibleWorker, 7), (.newFormWorker, 4),
        (.dispatchWorker, 6),
        (.construction, 7), (.courier, 6), (.deliveryRider, 6), (.rideHailing, 2), (.trucker, 2),
        (.careWorker, 3), (.domesticWorker, 4), (.shopAssistant, 6), (.realEstateAgent, 3),
        (.securityGuard, 6), (.other, 1),
    ]

    static let enterpriseVenues: [(VenueKind, Double)] = [
        (.building, 28), (.park, 22), (.community, 14), (.firm, 12), (.market, 8), (.mall, 7), (.site, 3),
        (.online, 2), (.other, 4),
    ]
    static let workerVenues: [(VenueKind, Double)] = [
        (.community, 24), (.building, 18), (.park, 13), (.market, 13), (.site, 11), (.station, 9),
        (.mall, 10),
        (.firm, 1), (.other, 1),
    ]

    /// A venue named after its street, as venues are.
    static func venue(
        _ kind: VenueKind, near place: String, hostedBy firm: String?, using random: inout SeededRandom
    ) -> Venue {
        let ordinal = random.word(["一", "二", "三", "四", "五", "六"])
        switch kind {
        case .community: return Venue(kind: kind, name: "\(place)第\(ordinal)社区活动室")
        case .building: return Venue(kind: kind, name: "\(place)商务楼\(random.word(["A", "B", "C"]))座大堂")
        case .park: return Venue(kind: kind, name: "\(place)\(random.word(["科技园", "产业园", "文创园"]))\(ordinal)区")
        case .market: return Venue(kind: kind, name: "\(place)\(random.word(["综合市场", "建材市场", "农贸市场"]))")
        case .site:
            return Venue(
                kind: kind, name: "\(place)第\(ordinal)工地", project: "\(place)示例项目(示例建筑劳务有限公司)")
        case .station: return Venue(kind: kind, name: "\(place)地铁站外广场")
        case .mall: return Venue(kind: kind, name: "\(place)购物中心\(ordinal)层")
        case .firm: return Venue(kind: kind, name: (firm ?? "\(place)示例企业") + "会议室")
        case .online: return Venue(kind: kind, name: "线上会议室")
        case .other: return Venue(kind: kind, name: "\(place)文化活动中心")
        }
    }
}
