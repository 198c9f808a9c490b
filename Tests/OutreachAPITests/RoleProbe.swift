/// How a table's rows are told apart: by a key that narrow rights can read, and by their place, which the
/// owner reads.
struct RoleProbe: Sendable {
    let table: String
    /// SQL of columns of the table, read by each role.
    let key: String
    /// SQL of the row's place, read by the owner: `T`, `D`, `C` or `O` as in `RoleSeed`, `F` for what
    /// belongs to the federation as a whole, `P` for public lists.
    let place: String
    /// What an update tries to set; nil: a column that the role may update, to itself.
    var change: String?

    private init(
        _ table: String, _ key: String, area: String? = nil, isPublic: Bool = false, change: String? = nil
    ) {
        self.table = table
        self.key = isPublic ? key : "federation_id || '/' || \(key)"
        self.change = change
        let district = { (area: String) in
            """
            CASE WHEN t.federation_id <> (SELECT min(federation_id) FROM goutong.federation) THEN 'O'
                 ELSE (SELECT CASE a.code WHEN '110105021' THEN 'T' WHEN '110105001' THEN 'D' ELSE 'C' END
                       FROM goutong.area a WHERE a.area_id = \(area)) END
            """
        }
        if isPublic {
            place = "'P'"
        } else if let area {
            place = district(area)
        } else {
            place =
                "CASE WHEN t.federation_id <> (SELECT min(federation_id) FROM goutong.federation) THEN 'O' ELSE 'F' END"
        }
    }

    private static func ofFirm(_ column: String) -> String {
        """
        (SELECT i.area_id FROM goutong.firm_identity i WHERE i.federation_id = t.federation_id
         AND i.firm_id = t.\(column) LIMIT 1)
        """
    }
    private static let ofMeeting = """
        (SELECT r.area_id FROM goutong.meeting_revision r WHERE r.federation_id = t.federation_id
         AND r.meeting_id = t.meeting_id ORDER BY r.revision LIMIT 1)
        """
    private static let ofApplicant = """
        (SELECT r.area_id FROM goutong.applicant p JOIN goutong.meeting_revision r
            USING (federation_id, meeting_id, revision)
         WHERE p.federation_id = t.federation_id AND p.applicant_id = t.applicant_id LIMIT 1)
        """

    /// One for every table: the test fails when a table has none.
    static let all: [RoleProbe] = [
        RoleProbe("meeting_revision", "meeting_id || '/' || revision", area: "t.area_id"),
        RoleProbe("meeting", "meeting_id || '/' || revision", area: "t.area_id"),
        RoleProbe("attendance", "meeting_id || '/' || firm_id", area: "t.area_id"),
        RoleProbe("opinion", "meeting_id || '/' || position", area: ofMeeting),
        RoleProbe("week_declaration", "area_id || '/' || recorded_at", area: "t.area_id"),
        RoleProbe("issued_report", "week_start || '/' || edition"),
        RoleProbe("issued_rendering", "week_start || '/' || edition || format || language"),
        RoleProbe("declared_total", "statement_id || '/' || revision", area: "t.area_id"),
        RoleProbe("target", "statement_id || '/' || revision", area: "t.area_id"),
        RoleProbe("firm", "firm_id::text", area: ofFirm("firm_id")),
        RoleProbe("firm_identity", "firm_id::text", area: "t.area_id"),
        RoleProbe("firm_registration", "registration_id::text", area: "t.area_id"),
        RoleProbe("firm_profile", "firm_id::text", area: ofFirm("firm_id")),
        RoleProbe("firm_merge", "merge_id::text", area: ofFirm("kept_id")),
        RoleProbe("firm_contact", "meeting_id || '/' || firm_id", area: ofMeeting),
        RoleProbe("union_coverage", "coverage_id::text", area: ofFirm("firm_id")),
        RoleProbe("milestone", "milestone_id::text", area: ofFirm("firm_id")),
        RoleProbe("applicant", "applicant_id::text", area: ofMeeting),
        RoleProbe("applicant_event", "event_id::text", area: ofApplicant),
        RoleProbe("applicant_person", "applicant_id::text", area: ofApplicant),
        RoleProbe("person_request", "request_id::text", area: ofApplicant),
        RoleProbe("applicant_erasure", "applicant_id::text", area: ofApplicant),
        RoleProbe("consent_withdrawal", "applicant_id::text", area: ofApplicant),
        RoleProbe("person_hand_over", "hand_over_id::text", area: ofApplicant),
        RoleProbe("journey", "firm_id::text", area: ofFirm("firm_id")),
        RoleProbe("cell", "area_id || '/' || week_start", area: "t.area_id"),
        RoleProbe("journey_queue", "firm_id::text", area: ofFirm("firm_id")),
        RoleProbe("fixed_moment", "moment::text"),
        RoleProbe("import_run", "import_id::text"),
        RoleProbe("account", "account_id::text"),
        RoleProbe("api_token", "token_id::text", change: "revoked_at = clock_timestamp()"),
        RoleProbe("web_session", "session_id::text"),
        RoleProbe("audit_entry", "entry_id::text"),
        RoleProbe("audit_unsealed", "entry_id::text"),
        RoleProbe("audit_link", "position::text"),
        RoleProbe("federation", "code"),
        RoleProbe("org_unit", "code"),
        RoleProbe("programme", "code"),
        RoleProbe("programme_unit", "programme_code || '/' || area_id"),
        RoleProbe("area", "area_id::text", isPublic: true),
        RoleProbe("area_alias", "md5(t::text)", isPublic: true),
        RoleProbe("area_succession", "md5(t::text)", isPublic: true),
        RoleProbe("industry", "code", isPublic: true),
        RoleProbe("registration_type", "code", isPublic: true),
        RoleProbe("role_right", "role || '/' || right_name", isPublic: true),
        RoleProbe("migration", "md5(t::text)", isPublic: true),
    ]
}
