/// One file of the ledger export: a query in key order, and what its columns mean.
public struct LedgerTable: Sendable {
    public struct Column: Sendable {
        public let name: String
        /// A Table Schema type: string, integer, number, boolean, date, time, datetime.
        public let type: String
        public let meaning: String
    }

    public let name: String
    public var fileName: String { name + ".csv" }
    public let meaning: String
    public let columns: [Column]
    /// After SELECT columns: FROM …, where `$federation` stands for the federation's number.
    let source: String

    private init(
        _ name: String, _ meaning: String, from source: String,
        _ columns: [(String, String, String)]
    ) {
        self.name = name
        self.meaning = meaning
        self.source = source
        self.columns = columns.map { Column(name: $0.0, type: $0.1, meaning: $0.2) }
    }

    private static let recorded = [
        ("recorded_at", "datetime", "stamp of the transaction that added the row"),
        ("superseded_at", "datetime", "stamp of the one that closed it; empty while it holds"),
    ]

    /// What offices stated: one row a revision, the last one holds.
    private static let stated = [
        ("statement_id", "string", "id, which follows from unit, figure and period"),
        ("revision", "integer", "revision; the last one holds"),
        ("area_id", "integer", "unit: an area"),
        (
            "unit_code", "string",
            "unit: one of the union tree that has no area; without either the whole city"
        ),
        ("figure", "string", "headline figure of the weekly report"),
        ("period_from", "date", "first day"), ("period_to", "date", "last day, included"),
        ("value", "integer", "what was stated; empty where it was taken back"),
        ("document", "string", "where it stands"), ("office", "string", "who stated it"),
        ("stated_on", "date", "when it was received or set"),
        ("voided_because", "string", "why it was taken back"),
        ("recorded_at", "datetime", "stamp of the transaction that added the row"),
    ]

    /// Every fact, without persons: no name, number or phone of an applicant or a firm's contact.
    public static let all: [LedgerTable] = [
        LedgerTable(
            "federation", "The federation, whether it is synthetic, and the programme's first day.",
            from: "goutong.federation WHERE federation_id = $federation ORDER BY federation_id",
            [
                ("code", "string", "short name"), ("name_zh", "string", "Chinese name"),
                ("name_en", "string", "English name"),
                ("synthetic", "boolean", "true: every row is invented"),
                ("since", "date", "cumulative figures start here"),
            ]),
        LedgerTable(
            "area", "The dated map: one row a version of a street, township or district.",
            from: "goutong.area ORDER BY code, valid_from",
            [
                ("area_id", "integer", "surrogate id"), ("code", "string", "GB/T 2260 + GB/T 10114"),
                ("level", "string", "district or township"), ("kind", "string", "kind of unit"),
                ("name", "string", "official name"), ("district_code", "string", "six digits"),
                ("district_name", "string", "district"), ("valid_from", "date", "first day"),
                ("valid_to", "date", "first day on which it no longer holds"),
            ]),
        LedgerTable(
            "area_succession", "How one version of the map becomes the next; one heir of each is primary.",
            from: "goutong.area_succession ORDER BY from_area_id, to_area_id",
            [
                ("from_area_id", "integer", "earlier version"),
                ("to_area_id", "integer", "later version"), ("changed_on", "date", "first day of the later"),
                ("kind", "string", "renamed, recoded, split, merged …"),
                ("is_primary", "boolean", "the heir to which totals move whole"),
            ]),
        LedgerTable(
            "programme_unit", "Units of a programme, with arm and start.",
            from: "goutong.programme_unit WHERE federation_id = $federation "
                + "ORDER BY programme_code, area_id",
            [
                ("programme_code", "string", "programme"), ("area_id", "integer", "area"),
                ("arm", "string", "pilot or comparison"),
                ("start_on", "date", "its first day; empty where it does not start"),
            ]),
        LedgerTable(
            "meeting_revision", "Every revision of every meeting, voids included: what receipts are made of.",
            from: "goutong.meeting_revision WHERE federation_id = $federation "
                + "ORDER BY meeting_id, revision",
            [
                ("meeting_id", "string", "UUIDv7 of the document"),
                ("revision", "integer", "1 for the first recording"),
                ("voided_because", "string", "reason of a void; empty otherwise"),
                ("recorded_at", "datetime", "stamp of the transaction that added the row"),
            ]),
        LedgerTable(
            "firm_registration", "Where a firm is registered from a day on.",
            from: "goutong.firm_registration WHERE federation_id = $federation "
                + "ORDER BY firm_id, registered_on, registration_id",
            [
                ("registration_id", "string", "id"), ("firm_id", "string", "firm"),
                ("area_id", "integer", "area"), ("registered_on", "date", "first day"),
            ] + recorded),
        LedgerTable(
            "meeting", "Revisions of meetings. Voided revisions have no row here.",
            from: "goutong.meeting WHERE federation_id = $federation ORDER BY meeting_id, revision",
            [
                ("meeting_id", "string", "UUIDv7 of the document"),
                ("revision", "integer", "1 for the first recording"),
                ("kind", "string", "enterprise or worker"), ("held_on", "date", "first day"),
                ("ended_on", "date", "last day, where it is another"),
                ("starts_at", "time", "office time"), ("ends_at", "time", "office time"),
                ("area_id", "integer", "where it was held"), ("org_unit", "string", "reporting union"),
                ("venue_kind", "string", "kind of place"), ("venue_name", "string", "place"),
                ("venue_project", "string", "site project"), ("format", "string", "format"),
                ("dedicated_to", "string", "group it was for"),
                ("attended", "integer", "people present; empty: not counted"),
                ("consulted", "integer", "consultations, person-times; empty: not counted"),
                ("leaflets", "integer", "leaflets handed out"),
                ("questionnaires", "integer", "questionnaires returned"),
                ("approved_on_site", "integer", "approved on the spot"),
                ("cards_issued", "integer", "cards issued"),
                ("app_registrations", "integer", "registrations in the app"),
                ("firms_counted", "integer", "firms counted, listed or not"),
                ("applications_paper", "integer", "on paper"),
                ("applications_qr", "integer", "by QR code"),
                ("applications_app", "integer", "in the app"),
                ("applications_total", "integer", "stated total"),
                ("applications", "integer", "counted: the stated total, else the number listed"),
            ] + recorded),
        LedgerTable(
            "attendance", "Firms met, with what each said; the status is the day's for ever.",
            from: "goutong.attendance WHERE federation_id = $federation "
                + "ORDER BY meeting_id, revision, position",
            [
                ("meeting_id", "string", "meeting"), ("revision", "integer", "its revision"),
                ("position", "integer", "place in the list, from 0"),
                ("firm_id", "string", "firm"), ("held_on", "date", "the meeting's day"),
                ("area_id", "integer", "the meeting's area"),
                ("union_status", "string", "as told at the meeting"),
                ("headcount", "integer", "employees"), ("headcount_band", "string", "employees, band"),
                ("industry", "string", "GB/T 4754-2017"), ("attitude", "string", "towards founding"),
                ("next_step", "string", "what comes next"), ("next_step_due", "date", "by when"),
            ] + recorded),
        LedgerTable(
            "firm_identity", "What a firm is called and where it is registered.",
            from: "goutong.firm_identity WHERE federation_id = $federation "
                + "ORDER BY firm_id, recorded_at",
            [
                ("firm_id", "string", "firm"), ("uscc", "string", "unified social credit code"),
                ("name", "string", "name"), ("folded_name", "string", "name as matching folds it"),
                ("district_code", "string", "district"), ("area_id", "integer", "registered area"),
            ] + recorded),
        LedgerTable(
            "firm_profile",
            "Size, industry and type of registration of a firm by the lists that were imported; coverage of employees "
                + "and groups by ownership are made of it.",
            from: "goutong.firm_profile WHERE federation_id = $federation ORDER BY firm_id, recorded_at",
            [
                ("firm_id", "string", "firm"), ("headcount", "integer", "employees"),
                ("headcount_band", "string", "employees in bands"), ("industry", "string", "GB/T 4754-2017"),
                ("registration_type", "string", "type of registration, three digits"),
                ("classification_version", "string", "year of the classification that the type is of"),
            ] + recorded),
        LedgerTable(
            "registration_type",
            "Types of registration (登记注册类型), each below the heading that funnels group by.",
            from: "goutong.registration_type ORDER BY classification_version, code",
            [
                ("classification_version", "string", "2011: 国统字〔2011〕86号, with what unions add to it"),
                ("code", "string", "three digits"), ("heading", "string", "code of its heading"),
                ("name", "string", "name"),
            ]),
        LedgerTable(
            "firm_merge", "Duplicates and the firm that each is counted as.",
            from: "goutong.firm_merge WHERE federation_id = $federation ORDER BY merge_id",
            [
                ("merge_id", "string", "id"), ("duplicate_id", "string", "the duplicate"),
                ("kept_id", "string", "the firm that is kept"),
            ] + recorded),
        LedgerTable(
            "union_coverage", "Days on which a firm stands organised by the union register.",
            from: "goutong.union_coverage WHERE federation_id = $federation ORDER BY coverage_id",
            [
                ("coverage_id", "string", "id"), ("firm_id", "string", "firm"),
                ("organised_from", "date", "first day"),
                ("organised_until", "date", "first day on which it no longer is"),
            ] + recorded),
        LedgerTable(
            "milestone", "Dated steps of firms; of_document marks intents voiced at a meeting.",
            from: "goutong.milestone WHERE federation_id = $federation "
                + "ORDER BY milestone_id, revision",
            [
                ("milestone_id", "string", "id"), ("revision", "integer", "revision"),
                ("firm_id", "string", "firm"), ("kind", "string", "step"),
                ("happened_on", "date", "day"), ("meeting_id", "string", "meeting, if any"),
                ("of_document", "boolean", "part of the meeting's document"),
                ("intent_form", "string", "verbal or letter"),
                ("reference", "string", "reference of the written approval"),
                ("union_name", "string", "union"), ("union_form", "string", "single or joint"),
                ("members", "integer", "members"),
            ] + recorded),
        LedgerTable(
            "applicant", "Listed applicants, without the person.",
            from: "goutong.applicant WHERE federation_id = $federation "
                + "ORDER BY applicant_id, revision",
            [
                ("applicant_id", "string", "id"), ("meeting_id", "string", "meeting"),
                ("revision", "integer", "the meeting's revision"), ("channel", "string", "channel"),
                ("employer_firm_id", "string", "employer, where it is a known firm"),
            ] + recorded),
        LedgerTable(
            "applicant_event", "What became of applications.",
            from: "goutong.applicant_event WHERE federation_id = $federation ORDER BY event_id",
            [
                ("event_id", "string", "id"), ("applicant_id", "string", "applicant"),
                ("kind", "string", "verified, admitted, rejected …"), ("happened_on", "date", "day"),
            ] + recorded),
        LedgerTable(
            "week_declaration", "Weeks declared by their units: complete, or without meetings.",
            from: "goutong.week_declaration WHERE federation_id = $federation "
                + "ORDER BY area_id, week_start, recorded_at",
            [
                ("area_id", "integer", "area"), ("week_start", "date", "first day of the week"),
                ("declaration", "string", "submitted or none"),
            ] + recorded),
        LedgerTable(
            "declared_total",
            "Totals that offices reported without records, one row a revision; no figure is made of them.",
            from: "goutong.declared_total WHERE federation_id = $federation ORDER BY statement_id, revision",
            stated),
        LedgerTable(
            "target", "What units are to reach in a period, one row a revision; no figure is made of it.",
            from: "goutong.target WHERE federation_id = $federation ORDER BY statement_id, revision", stated),
        LedgerTable(
            "programme", "Programmes, with the window that their comparison follows firms for.",
            from: "goutong.programme WHERE federation_id = $federation ORDER BY code",
            [
                ("code", "string", "short name"), ("name_zh", "string", "Chinese name"),
                ("name_en", "string", "English name"), ("window_days", "integer", "days"),
                ("recorded_at", "datetime", "when it was imported; empty where it came with the product"),
            ]),
    ]
}
