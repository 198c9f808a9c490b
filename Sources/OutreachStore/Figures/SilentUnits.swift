public import Outreach
public import PostgresClient

/// The units that have said nothing of a week: neither recorded a meeting nor declared it.
public struct SilentUnits: Hashable, Sendable {
    public let week: Week
    /// S, as it is printed.
    public let asKnownAt: String
    public let isSynthetic: Bool
    /// How many units have to report.
    public let due: Int
    /// In code order.
    public let units: [AreaTable.Area]
}

/// Reads who has not reported a week: the report's completeness and nothing else of it.
public struct SilentUnitReader: Sendable {
    let federation: Federation
    let authority: Authority

    /// - Parameter authority: nil: the operator's.
    public init(federation: Federation, authority: Authority? = nil) {
        self.federation = federation
        self.authority = authority ?? .operator(of: federation)
    }

    /// - Parameter units: those that have to report, valid on the week's last day and in code order.
    public func silent(
        of units: [AreaTable.Area], in week: Week, at moment: PostgresTimestamp,
        on connection: PostgresConnection
    ) async throws(TransactionError) -> SilentUnits {
        let heard = try await authority.transaction(
            for: .counting, .repeatableRead.readOnly, on: connection
        ) { connection in
            try await connection.query(
                """
                SELECT DISTINCT a.code
                FROM (
                    SELECT m.area_id FROM goutong.meeting m
                    WHERE m.federation_id = \(federation.id) AND m.held_on BETWEEN \(week.start) AND \(week.end)
                      AND \(SQL.visible("m", at: moment))
                    UNION
                    SELECT d.area_id FROM goutong.week_declaration d
                    WHERE d.federation_id = \(federation.id) AND d.week_start = \(week.start)
                      AND \(SQL.visible("d", at: moment))
                ) said \(SQL.map(of: week.end, for: "said.area_id"))
                WHERE a.code IS NOT NULL
                """
            ).map { row in try row.decode(String.self) }
        }
        let known = Set(heard)
        return SilentUnits(
            week: week, asKnownAt: OfficeTime.text(of: moment), isSynthetic: federation.synthetic,
            due: units.count, units: units.filter { !known.contains($0.code) })
    }
}

extension SilentUnits {
    public var json: JSONValue {
        .object([
            .init("week", .string(week.name)), .init("from", .string(week.start.iso)),
            .init("to", .string(week.end.iso)), .init("as_known_at", .string(asKnownAt)),
            .init("synthetic", .bool(isSynthetic)), .init("due", .integer(due)),
            .init(
                "missing",
                .array(
                    units.map {
                        .object([
                            .init("code", .string($0.code)), .init("name", .string($0.name)),
                            .init("district", .string($0.districtName)),
                        ])
                    })),
        ])
    }
}
