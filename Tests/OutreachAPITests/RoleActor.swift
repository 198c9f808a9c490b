import Outreach

/// One account of each role, and one that is disabled.
enum RoleActor: String, CaseIterable {
    case cadre, lead
    case districtLead = "district_lead"
    case enterpriseDesk = "enterprise_desk"
    case analyst, auditor, administrator, disabled

    var role: AccountRole { AccountRole(rawValue: rawValue) ?? .districtLead }

    var login: String { "\(rawValue).test" }

    /// Code of its unit: a township, its district, or the city.
    var unit: String {
        switch self {
        case .cadre, .lead: "BJ-110105021"
        case .districtLead, .enterpriseDesk, .disabled: "BJ-110105"
        case .analyst, .auditor, .administrator: "BJ"
        }
    }

    /// For the head of a table.
    var heading: String {
        switch self {
        case .cadre: "基层干部 cadre"
        case .lead: "街道（乡镇）负责人 lead"
        case .districtLead: "区负责人 district_lead"
        case .enterpriseDesk: "企业专员 enterprise_desk"
        case .analyst: "分析员 analyst"
        case .auditor: "审计员 auditor"
        case .administrator: "管理员 administrator"
        case .disabled: "停用账号 disabled"
        }
    }
}
