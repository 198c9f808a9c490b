internal import Foundation
public import Funnel
public import Outreach
public import PostgresClient

/// Reads what offices stated.
public struct StatedReader: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// What holds, in order of unit, period and figure.
    /// - Parameters:
    ///   - moment: S; nil: now.
    ///   - withHistory: every revision, those that were replaced or taken back too.
    public func statements(
        _ kind: StatedKind, at moment: PostgresTimestamp? = nil, withHistory: Bool = false,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [StatedRevision] {
        try Self.decode(
            kind,
            try await connection.query(
                Self.sql(kind, of: federation.id, at: moment, withHistory: withHistory, tellsWhy: true)))
    }

    /// The same as programs read it, of one unit or figure or of all.
    /// - Parameter area: a code of the map or of the union tree; a district holds its streets.
    public func rows(
        _ kind: StatedKind, of area: String?, figure: HeadlineMeasure?, withHistory: Bool, areas: AreaTable,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [JSONValue] {
        let units = try await StatedUnitDirectory.read(of: federation, areas: areas, on: connection)
        return try await statements(kind, withHistory: withHistory, on: connection)
            .filter { figure == nil || $0.statement.figure == figure }
            .map { (revision: $0, label: units.label(of: $0.statement.unit)) }
            .filter { entry in area.map { Self.isBelow(entry.label.code, $0) } ?? true }
            .map { $0.revision.json(kind, label: $0.label) }
    }

    private static func isBelow(_ code: String, _ area: String) -> Bool {
        code == area || (area.utf8.count == 6 && code.utf8.count == 9 && code.hasPrefix(area))
    }

    /// - Parameter tellsWhy: counting may not read why something was taken back.
    static func sql(
        _ kind: StatedKind, of federation: Int, at moment: PostgresTimestamp?, withHistory: Bool = false,
        tellsWhy: Bool = false
    ) -> SQL {
        let known: SQL = moment.map { "AND t.recorded_at <= \($0)" } ?? ""
        let knownNext: SQL = moment.map { "AND n.recorded_at <= \($0)" } ?? ""
        let last: SQL =
            withHistory
            ? "true"
            : """
            t.value IS NOT NULL AND NOT EXISTS (
                SELECT FROM goutong.\(identifier: kind.rawValue) n
                WHERE n.federation_id = t.federation_id AND n.statement_id = t.statement_id
                  AND n.revision > t.revision \(knownNext))
            """
        let why: SQL = tellsWhy ? "t.voided_because" : "NULL::text"
        return """
            SELECT t.statement_id, t.revision, t.area_id, a.code, t.unit_code, t.figure, t.period_from, t.period_to,
                t.value, t.document, t.office, t.stated_on, \(why), t.recorded_at
            FROM goutong.\(identifier: kind.rawValue) t LEFT JOIN goutong.area a USING (area_id)
            WHERE t.federation_id = \(federation) \(known) AND \(last)
            ORDER BY a.code NULLS FIRST, t.unit_code NULLS FIRST, t.period_from, t.period_to, t.figure, t.revision
            """
    }

    static func decode(_ kind: StatedKind, _ rows: PostgresRows) throws(PostgresError) -> [StatedRevision] {
        try rows.decode(
            (
                UUID, Int, Int?, String?, String?, String, Day, Day, Int?, String, String, Day?, String?,
                PostgresTimestamp
            ).self
        ).compactMap { row in
            guard let figure = HeadlineMeasure(rawValue: row.5) else { return nil }
            let unit: StatedUnit =
                if let id = row.2, let code = row.3 { .area(id: id, code: code) } else {
                    row.4.map(StatedUnit.orgUnit) ?? .city
                }
            return StatedRevision(
                id: StatementID(row.0), revision: row.1,
                statement: Statement(
                    kind: kind, unit: unit, figure: figure, from: row.6, to: row.7, value: row.8 ?? 0,
                    source: row.9, office: row.10, statedOn: row.11), voidedBecause: row.12,
                recordedAt: row.13)
        }
    }
}
