internal import PostgresClient

/// A table of facts as the ledger hash reads it.
public struct LedgerHashTable: Sendable {
    /// How a column is spelt.
    enum Form: Sendable {
        /// As PostgreSQL writes it: integers, texts, UUIDs.
        case plain
        /// Microseconds since 1970, UTC.
        case moment
        /// `YYYY-MM-DD`.
        case day
        /// `HH:MM:SS.microseconds`.
        case time
        /// Hexadecimal.
        case bytes
        /// 1 or 0.
        case flag
        /// JSON.
        case list
    }

    public let name: String
    let columns: [(name: String, form: Form)]
    /// Columns that a row is told apart by.
    let key: [String]
    /// Columns that are left out on purpose.
    public let leftOut: [String]
    /// A column that a later step added to the table: this part of the hash is of the rows that have it, and is silent
    /// where none has, so that a ledger that does not use it keeps the hash it had.
    let added: String?

    public var columnNames: [String] { columns.map(\.name) }

    /// - Parameter columns: names, with `:` and the form where that is not plain; those of the key first.
    private init(
        _ name: String, key count: Int, leftOut: [String] = [], added: String? = nil, _ columns: String
    ) {
        self.name = name
        self.added = added
        self.columns = columns.split(separator: " ").map { word in
            let parts = word.split(separator: ":")
            let form: Form =
                switch parts.count > 1 ? parts[1] : "" {
                case "moment": .moment
                case "day": .day
                case "time": .time
                case "bytes": .bytes
                case "flag": .flag
                case "list": .list
                default: .plain
                }
            return (String(parts[0]), form)
        }
        key = self.columns.prefix(count).map(\.name)
        self.leftOut = ["federation_id"] + leftOut
    }

    /// `COPY … TO STDOUT` of a federation's rows, without binds: what is interpolated are numbers of ours.
    func copy(of federation: Int, asKnownAt moment: PostgresTimestamp?) -> String {
        let at = moment?.sqlLiteral
        let spelt = columns.map { column in
            let isClosing = column.name == "superseded_at"
            let source =
                if let at, isClosing {
                    "CASE WHEN superseded_at <= \(at) THEN superseded_at END"
                } else { column.name }
            return Self.spelling(of: source, as: column.form)
        }
        let known =
            (at.map { " AND recorded_at <= \($0)" } ?? "") + (added.map { " AND \($0) IS NOT NULL" } ?? "")
        return """
            COPY (SELECT \(spelt.joined(separator: ", ")) FROM goutong.\(name)
            WHERE federation_id = \(federation)\(known)
            ORDER BY \(key.joined(separator: ", "))) TO STDOUT (FORMAT text)
            """
    }

    private static func spelling(of source: String, as form: Form) -> String {
        switch form {
        case .plain: source
        case .moment: "(extract(epoch FROM \(source)) * 1000000)::bigint"
        case .day: "to_char(\(source), 'YYYY-MM-DD')"
        case .time: "to_char(\(source), 'HH24:MI:SS.US')"
        case .bytes: "encode(\(source), 'hex')"
        case .flag: "(\(source))::integer"
        case .list: "to_json(\(source))::text"
        }
    }

    /// Every fact, in the order in which it is hashed. Another column or table is another scheme.
    public static let all: [LedgerHashTable] = [
        LedgerHashTable(
            "meeting_revision", key: 2, leftOut: ["persons_tag"],
            """
            meeting_id revision facts_hash:bytes voided_because recorded_at:moment area_id recorded_by
            """),
        LedgerHashTable(
            "meeting", key: 2,
            """
            meeting_id revision kind held_on:day ended_on:day starts_at:time ends_at:time area_id org_unit \
            venue_kind venue_name venue_project format dedicated_to organisers:list staff_names:list \
            staff_hours:list attended consulted leaflets questionnaires approved_on_site cards_issued \
            app_registrations firms_counted applications_paper applications_qr applications_app \
            applications_total applications notes recorded_at:moment superseded_at:moment
            """),
        LedgerHashTable("firm", key: 1, "firm_id recorded_at:moment"),
        LedgerHashTable(
            "firm_identity", key: 2,
            """
            firm_id recorded_at:moment superseded_at:moment uscc name folded_name district_code area_id
            """),
        LedgerHashTable(
            "firm_registration", key: 1,
            "registration_id firm_id area_id registered_on:day recorded_at:moment superseded_at:moment"),
        LedgerHashTable(
            "firm_merge", key: 1, "merge_id duplicate_id kept_id recorded_at:moment superseded_at:moment"),
        LedgerHashTable(
            "union_coverage", key: 1,
            """
            coverage_id firm_id organised_from:day organised_until:day recorded_at:moment \
            superseded_at:moment
            """),
        LedgerHashTable(
            "attendance", key: 3,
            """
            meeting_id revision firm_id position held_on:day area_id union_status stated_uscc stated_name \
            stated_area_id parent headcount headcount_band industry attitude questions:list next_step \
            next_step_due:day next_step_owner recorded_at:moment superseded_at:moment
            """),
        LedgerHashTable(
            "milestone", key: 2,
            """
            milestone_id revision firm_id kind happened_on:day meeting_id of_document:flag intent_form \
            reference union_name union_form members facts_hash:bytes recorded_at:moment superseded_at:moment
            """),
        LedgerHashTable(
            "applicant", key: 2,
            """
            applicant_id revision meeting_id person_revision position channel employer_firm_id \
            employer_uscc employer_name categories:list recorded_at:moment superseded_at:moment
            """),
        LedgerHashTable(
            // An erasure takes the reason away; who reviewed is the audit's to say.
            "applicant_event", key: 1, leftOut: ["reason", "duplicate_of", "recorded_by"],
            "event_id applicant_id kind happened_on:day recorded_at:moment superseded_at:moment"),
        LedgerHashTable(
            "opinion", key: 3, leftOut: ["answered_on", "answer"],
            "meeting_id revision position topic opinion recorded_at:moment superseded_at:moment"),
        LedgerHashTable(
            "opinion", key: 3, leftOut: ["topic", "opinion", "recorded_at", "superseded_at"],
            added: "answered_on", "meeting_id revision position answered_on:day answer"),
        LedgerHashTable(
            // Who declared is the audit's to say.
            "week_declaration", key: 3, leftOut: ["recorded_by"],
            "area_id week_start:day recorded_at:moment declaration superseded_at:moment"),
        // What offices stated; who recorded it is the audit's to say.
        LedgerHashTable(
            "declared_total", key: 2, leftOut: ["recorded_by"],
            """
            statement_id revision area_id unit_code figure period_from:day period_to:day value document office \
            stated_on:day voided_because recorded_at:moment
            """),
        LedgerHashTable(
            "target", key: 2, leftOut: ["recorded_by"],
            """
            statement_id revision area_id unit_code figure period_from:day period_to:day value document office \
            stated_on:day voided_because recorded_at:moment
            """),
        // What was issued, by the hash of its bytes; known from when it was recorded on, like a fact.
        LedgerHashTable(
            "issued_report", key: 2,
            """
            week_start:day edition replaces reason moment:moment definition_hash preparer reviewer signer \
            recorded_at:moment
            """),
        LedgerHashTable(
            // The schema holds the bytes to their hash.
            "issued_rendering", key: 4, leftOut: ["content"],
            "week_start:day edition format language content_hash:bytes recorded_at:moment"),
    ]
}
