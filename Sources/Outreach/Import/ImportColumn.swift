/// A column of a file that is imported. The raw value is its English header.
public protocol ImportColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// Headers that mean it, the template's first.
    var headers: [String] { get }
    /// What a row of the template shows.
    var example: String { get }
    /// Whether a file must have it.
    var isRequired: Bool { get }
}

/// A firm a row: who it is, where and how it is registered, how large, and since when it is in a union.
public enum FirmColumn: String, ImportColumn {
    case uscc, name, area
    case areaName = "area_name"
    case registeredOn = "registered_on"
    case headcount
    case headcountBand = "headcount_band"
    case industry
    case registrationType = "registration_type"
    case organisedFrom = "organised_from"
    case organisedUntil = "organised_until"

    public var headers: [String] {
        switch self {
        case .uscc: ["统一社会信用代码", "社会信用代码", "信用代码"]
        case .name: ["企业名称", "单位名称", "企业全称", "名称"]
        case .area: ["街道（乡镇）代码", "街道乡镇代码", "行政区划代码", "区划代码"]
        case .areaName: ["街道（乡镇）", "街道乡镇", "所属街道", "街道（乡镇）名称"]
        case .registeredOn: ["注册日期", "成立日期", "登记日期"]
        case .headcount: ["职工人数", "从业人数", "人数"]
        case .headcountBand: ["人数档次", "规模"]
        case .industry: ["行业代码", "行业"]
        case .registrationType: ["登记注册类型", "登记注册类型代码", "注册类型", "经济类型"]
        case .organisedFrom: ["工会覆盖起", "建会日期"]
        case .organisedUntil: ["工会覆盖止"]
        }
    }

    public var example: String {
        switch self {
        case .uscc: "91110105MA0000001X"
        case .name: "北京示例科技有限公司"
        case .area: "110105021"
        case .areaName: "酒仙桥街道"
        case .registeredOn: "2016-03-01"
        case .headcount: "180"
        case .headcountBand: ""
        case .industry: "I65"
        case .registrationType: "173"
        case .organisedFrom, .organisedUntil: ""
        }
    }

    public var isRequired: Bool { self == .area }
}
