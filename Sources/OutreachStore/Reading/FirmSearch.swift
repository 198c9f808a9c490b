public import Outreach
public import PostgresClient

/// A firm as a person picks it from a list.
public struct FirmListing: Hashable, Sendable {
    public let id: FirmID
    public let uscc: String?
    public let name: String?
    public let areaName: String
    public let districtName: String
    /// As told at its last meeting; nil for a firm never met.
    public let unionStatus: UnionStatus?
    public let headcount: Int?
    /// By the list that was imported last and said it.
    public let registrationType: RegistrationType?
    public let lastMet: Day?
}

/// Finds firms by a part of the name or by credit code.
public struct FirmSearch: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// Firms whose name contains `text`, or whose code begins with it; those of `district` first.
    public func firms(
        matching text: String, district: String? = nil, limit: Int = 20,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [FirmListing] {
        let pattern = "%" + Self.escaped(text) + "%"
        let code = Self.escaped(text.uppercased()) + "%"
        return try await listing(
            of: """
                goutong.find_firms(\(federation.id)::integer, \(pattern), \(code), \(district),
                    \(limit)::integer) AS found
                JOIN goutong.firm_identity i ON i.federation_id = \(federation.id)
                    AND i.firm_id = found.firm_id AND i.superseded_at IS NULL
                """,
            "true ORDER BY found.place", on: connection)
    }

    /// The firm with this id or code.
    public func firm(
        _ reference: FactRecorder.FirmReference, on connection: PostgresConnection
    ) async throws(PostgresError) -> FirmListing? {
        let condition: SQL =
            switch reference {
            case .id(let id): "i.superseded_at IS NULL AND i.firm_id = \(id)"
            case .uscc(let uscc): "i.superseded_at IS NULL AND i.uscc = \(uscc.text)"
            }
        return try await listing(condition, on: connection).first
    }

    private func listing(
        of firms: SQL = "goutong.firm_identity i", _ condition: SQL, on connection: PostgresConnection
    ) async throws(PostgresError) -> [FirmListing] {
        try await connection.query(
            """
            SELECT i.firm_id, i.uscc, i.name, a.name, a.district_name, last.union_status,
                   last.headcount, last.held_on, k.code, k.name
            FROM \(firms)
            JOIN goutong.area a USING (area_id)
            LEFT JOIN LATERAL (
                SELECT t.union_status, t.headcount, t.held_on
                FROM goutong.attendance t
                WHERE t.federation_id = \(federation.id) AND t.firm_id = i.firm_id
                  AND t.superseded_at IS NULL
                ORDER BY t.held_on DESC, t.meeting_id DESC LIMIT 1
            ) last ON true
            LEFT JOIN goutong.firm_profile p ON p.federation_id = \(federation.id)
                AND p.firm_id = i.firm_id AND p.superseded_at IS NULL
            LEFT JOIN goutong.registration_type k ON k.code = p.registration_type
                AND k.classification_version = p.classification_version
            WHERE i.federation_id = \(federation.id) AND \(condition)
            """
        ).map { row throws(PostgresError) in
            let (id, uscc, name, area, district, status, headcount, met, type, typeName) = try row.decode(
                (
                    FirmID, String?, String?, String, String, UnionStatus?, Int?, Day?, String?, String?
                ).self)
            return FirmListing(
                id: id, uscc: uscc, name: name, areaName: area, districtName: district,
                unionStatus: status, headcount: headcount,
                registrationType: type.flatMap { code in
                    typeName.map { RegistrationType(code: code, name: $0) }
                }, lastMet: met)
        }
    }

    /// One dated thing in a firm's history.
    public struct HistoryEntry: Hashable, Sendable {
        public let day: Day
        /// `meeting` or a milestone's kind.
        public let kind: String
        public let detail: String?
        public let meeting: MeetingID?
    }

    /// What is known of a firm, in order of the days on which it happened.
    public func history(
        of firm: FirmID, on connection: PostgresConnection
    ) async throws(PostgresError) -> [HistoryEntry] {
        try await connection.query(
            """
            SELECT held_on, 'meeting', union_status, meeting_id
            FROM goutong.attendance
            WHERE federation_id = \(federation.id) AND firm_id = \(firm) AND superseded_at IS NULL
            UNION ALL
            SELECT happened_on, kind, coalesce(reference, intent_form), meeting_id
            FROM goutong.milestone
            WHERE federation_id = \(federation.id) AND firm_id = \(firm) AND superseded_at IS NULL
            ORDER BY 1, 2
            """
        ).map { row throws(PostgresError) in
            let (day, kind, detail, meeting) = try row.decode(
                (Day, String, String?, MeetingID?).self)
            return HistoryEntry(day: day, kind: kind, detail: detail, meeting: meeting)
        }
    }

    /// `%`, `_` and `\` stand for themselves in a LIKE pattern.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if character == "%" || character == "_" || character == "\\" { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }
}
