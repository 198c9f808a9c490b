/// What an account is for. Raw values stand in the schema, which also says what each may do
/// (`goutong.role_right`): system, audit and security are apart (三员分立, GB/T 22239-2019).
public enum AccountRole: String, CaseIterable, Sendable {
    /// Logs meetings of a street or township.
    case cadre
    /// Leads a street's or township's union: reviews applications too.
    case lead
    /// The same for a district.
    case districtLead = "district_lead"
    /// Deals with firms; cannot learn who applied at one.
    case enterpriseDesk = "enterprise_desk"
    /// Figures, no people.
    case analyst
    /// Reads the audit and changes nothing.
    case auditor
    /// Accounts, no figures and no people.
    case administrator
}
