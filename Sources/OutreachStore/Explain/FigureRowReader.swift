internal import Foundation
public import Funnel
public import Outreach
public import PostgresClient

/// Reads the rows behind a number of the weekly report, as known at its moment. What they count adds up to it.
public struct FigureRowReader: Sendable {
    let reading: WeekReading

    /// - Parameters:
    ///   - authority: nil: the operator's.
    ///   - scope: as in `WeeklyFiguresReader`: the rows are those of its report then.
    public init(
        federation: Federation, areas: AreaTable, week: Week, at moment: PostgresTimestamp,
        definition: FunnelDefinition, authority: Authority? = nil, scope: Set<Int>? = nil
    ) {
        reading = WeekReading(
            federation: federation, areas: areas, authority: authority ?? .operator(of: federation),
            week: week, moment: moment, definition: definition, within: scope?.sorted())
    }

    /// In order of their days, areas and ids.
    public func rows(
        of key: FigureKey, on connection: PostgresConnection
    ) async throws(TransactionError) -> [FigureRow] {
        try await reading.authority.transaction(
            for: .counting, .repeatableRead.readOnly, on: connection
        ) { connection in
            guard case .measure(let measure, .late, let unit) = key else {
                return try await rows(sql(of: key), on: connection)
            }
            let before = reading.days(of: .before)
            let now = try await rows(sql(measure, before, unit, at: reading.moment), on: connection)
            let issued = try await reading.lastIssue(on: connection)
            let then = try await rows(sql(measure, before, unit, at: issued), on: connection)
            return Self.difference(now, then)
        }
    }

    private func rows(
        _ sql: SQL, on connection: PostgresConnection
    ) async throws(PostgresError) -> [FigureRow] {
        try await connection.query(sql).map { row throws(PostgresError) in
            let (kind, id, meeting, firm, milestone, day, area, counts) = try row.decode(
                (FigureRow.Kind, UUID, MeetingID?, FirmID?, MilestoneID?, Day, String?, Int).self)
            return FigureRow(
                kind: kind, id: id, meeting: meeting, firm: firm, milestone: milestone, day: day, area: area,
                counts: counts)
        }
    }

    /// What came since, less what went.
    private static func difference(_ now: [FigureRow], _ then: [FigureRow]) -> [FigureRow] {
        // A firm met at one meeting more is the same firm: what tells rows apart is what is counted.
        struct Thing: Hashable {
            let kind: FigureRow.Kind
            let id, firm: UUID?
        }
        func thing(_ row: FigureRow) -> Thing {
            Thing(
                kind: row.kind, id: row.id, firm: row.kind == .attendance ? row.firm?.uuid : nil)
        }
        var left: [Thing: Int] = [:]
        for row in then { left[thing(row), default: 0] += row.counts }
        var rows: [FigureRow] = []
        for row in now {
            let known = left.removeValue(forKey: thing(row)) ?? 0
            if row.counts != known { rows.append(row.counting(row.counts - known)) }
        }
        for row in then {
            guard let gone = left.removeValue(forKey: thing(row)) else { continue }
            rows.append(row.counting(-gone))
        }
        return rows
    }

    private func sql(of key: FigureKey) -> SQL {
        switch key {
        case .measure(let measure, let period, let unit):
            sql(measure, reading.days(of: Self.period(period)), unit, at: reading.moment)
        case .held(let unit):
            activity(
                Self.meetings("true", "1", reading.days(of: .week)), isDistinct: false, unit,
                at: reading.moment)
        case .funnel(let part): funnel(Self.condition(part))
        case .matured(let part, let unit): funnel(Self.condition(part), of: unit)
        case .immature(let unit): funnel("at_risk AND NOT mature", of: unit)
        case .entryWeek(let start, let part):
            funnel("\(Self.condition(part)) AND \(reading.cohortQuery.week) = \(start)")
        case .reconciliation(let place):
            intents(place == .total ? "true" : "told.place = \(Self.word(place))")
        case .outcome(let fate):
            intents(fate == .total ? "true" : "told.fate = \(Self.word(fate))")
        case .worker(.consulted):
            placed(
                """
                SELECT 'meeting' AS kind, m.meeting_id AS id, m.meeting_id, NULL::uuid AS firm_id,
                    NULL::uuid AS milestone_id, m.held_on AS day, m.area_id, m.consulted AS weight
                FROM goutong.meeting m
                WHERE m.federation_id = \(reading.federation.id) AND m.kind = 'worker' AND m.consulted > 0
                  AND m.held_on BETWEEN \(reading.federation.since) AND \(reading.week.end)
                  AND \(SQL.visible("m", at: reading.moment))
                """)
        case .worker(.applied):
            sql(.onSiteApplications, reading.days(of: .cumulative), nil, at: reading.moment)
        case .worker(.verified): applicants("e.kind IN ('verified', 'admitted')")
        case .worker(.admitted): applicants("e.kind = 'admitted'")
        }
    }

    // MARK: Measures

    private func sql(
        _ measure: HeadlineMeasure, _ period: ActivityQuery.Period, _ unit: String?,
        at moment: PostgresTimestamp
    ) -> SQL {
        let within: SQL = "BETWEEN \(period.from) AND \(period.to)"
        func plain(_ select: SQL) -> SQL { activity(select, isDistinct: false, unit, at: moment) }
        func distinct(_ select: SQL) -> SQL { activity(select, isDistinct: true, unit, at: moment) }
        switch measure {
        case .enterpriseMeetings: return plain(Self.meetings("kind = 'enterprise'", "1", period))
        case .workerMeetings: return plain(Self.meetings("kind = 'worker'", "1", period))
        case .onSiteApplications: return plain(Self.meetings("applications > 0", "applications", period))
        case .firmTimes:
            return plain(
                """
                SELECT 'attendance' AS kind, meeting_id AS id, meeting_id, firm_id, NULL::uuid AS milestone_id,
                    held_on AS day, area_id, 1 AS weight
                FROM met WHERE held_on \(within)
                """)
        case .firmsMet:
            return distinct(
                """
                SELECT 'firm' AS kind, firm_id AS id, meeting_id, firm_id, NULL::uuid AS milestone_id,
                    held_on AS day, area_id, 1 AS weight
                FROM met WHERE held_on \(within)
                """)
        case .firmsFirstMet: return plain(Self.entered("true", within))
        case .unorganisedFirmsMet:
            guard !period.isSinceStart else {
                return plain(Self.entered("status = 'unorganised'", within))
            }
            return plain(
                """
                SELECT 'firm' AS kind, firm_id AS id, m.meeting_id, firm_id, NULL::uuid AS milestone_id,
                    m.held_on AS day, j.area_id, 1 AS weight
                FROM met m LEFT JOIN journey j USING (firm_id)
                WHERE m.union_status IN ('unorganised', 'preparing') AND m.held_on \(within)
                  AND (m.earlier IS NULL OR m.earlier < \(period.from))
                """)
        case .foundingIntents:
            return plain(
                """
                SELECT 'firm' AS kind, j.firm_id AS id, s.meeting_id, j.firm_id, s.milestone_id,
                    j.intent_on AS day, j.area_id, 1 AS weight
                FROM journey j LEFT JOIN LATERAL (
                    SELECT i.meeting_id, i.milestone_id FROM goutong.milestone i
                    WHERE i.federation_id = \(reading.federation.id) AND i.kind = 'intent'
                      AND i.happened_on = j.intent_on AND \(SQL.visible("i", at: moment))
                      AND i.firm_id IN (
                          SELECT j.firm_id UNION ALL SELECT r.firm_id FROM root r WHERE r.root_id = j.firm_id)
                    ORDER BY i.milestone_id LIMIT 1
                ) s ON true
                WHERE j.status = 'unorganised' AND j.intent_on \(within) AND j.met_on >= \(reading.federation.since)
                """)
        case .unionsEstablished:
            return distinct(
                """
                SELECT 'union' AS kind, coalesce(joint_union, firm_id) AS id, NULL::uuid AS meeting_id, firm_id,
                    milestone_id, happened_on AS day, area_id, 1 AS weight
                FROM gain_place WHERE kind = 'established' AND happened_on \(within)
                """)
        case .firmsCovered:
            return plain(
                """
                SELECT 'firm' AS kind, firm_id AS id, NULL::uuid AS meeting_id, firm_id,
                    (array_agg(milestone_id ORDER BY happened_on, milestone_id))[1] AS milestone_id,
                    min(happened_on) AS day, min(area_id) AS area_id, 1 AS weight
                FROM gain_place GROUP BY firm_id HAVING min(happened_on) \(within)
                """)
        case .membersAdmitted:
            return placed(admissions("e.kind = 'admitted'", "c.day \(within)", at: moment), unit)
        }
    }

    private static func meetings(_ condition: SQL, _ weight: SQL, _ period: ActivityQuery.Period) -> SQL {
        """
        SELECT 'meeting' AS kind, meeting_id AS id, meeting_id, NULL::uuid AS firm_id,
            NULL::uuid AS milestone_id, held_on AS day, area_id, \(weight) AS weight
        FROM meeting WHERE \(condition) AND held_on BETWEEN \(period.from) AND \(period.to)
        """
    }

    private static func entered(_ condition: SQL, _ within: SQL) -> SQL {
        """
        SELECT 'firm' AS kind, firm_id AS id, entry_meeting_id AS meeting_id, firm_id,
            NULL::uuid AS milestone_id, met_on AS day, area_id, 1 AS weight
        FROM journey WHERE \(condition) AND met_on \(within)
        """
    }

    /// Rows of the facts that the report itself is counted from.
    private func activity(
        _ select: SQL, isDistinct: Bool, _ unit: String?, at moment: PostgresTimestamp
    ) -> SQL {
        let query = ActivityQuery(
            federation: reading.federation.id, at: moment, since: reading.federation.since, periods: [],
            within: reading.within)
        return placed(select, unit, isDistinct: isDistinct, with: query.sources + ",")
    }

    /// The rows with their areas on the map of the week's last day, of one unit or all.
    private func placed(
        _ select: SQL, _ unit: String? = nil, isDistinct: Bool = false, with tables: SQL = "WITH"
    ) -> SQL {
        let place: SQL = unit.map { "(s.code = \($0) OR s.district_code = \($0))" } ?? "true"
        let first: SQL = isDistinct ? "DISTINCT ON (f.id)" : ""
        let order: SQL = isDistinct ? "ORDER BY f.id, f.day, f.meeting_id, f.milestone_id" : ""
        return """
            \(tables) standing AS MATERIALIZED (
                SELECT o.area_id, a.code, a.district_code
                FROM goutong.area_on(\(reading.week.end)) o
                JOIN goutong.area a ON a.area_id = o.standing_id AND a.valid_from <= \(reading.week.end)
                    AND (a.valid_to IS NULL OR a.valid_to > \(reading.week.end))
            ), figure AS (\(select)
            ), found AS (
                SELECT \(first) f.kind, f.id, f.meeting_id, f.firm_id, f.milestone_id, f.day, s.code,
                    f.weight::bigint AS weight
                FROM figure f LEFT JOIN standing s USING (area_id)
                WHERE \(place) AND \(SQL.within(reading.within, "f.area_id")) \(order)
            )
            SELECT kind::text, id, meeting_id, firm_id, milestone_id, day, code, weight FROM found
            ORDER BY day, code, id, firm_id
            """
    }

    // MARK: Funnels

    private static func condition(_ part: FigureKey.FunnelPart) -> SQL {
        switch part {
        case .met: "true"
        case .atRisk: "at_risk AND mature"
        case .intent: "at_risk AND mature AND intent"
        case .application: "at_risk AND mature AND application"
        case .established: "at_risk AND mature AND founded"
        case .converted, .covered, .exited, .open, .expired: "at_risk AND outcome = \(part.rawValue)"
        }
    }

    private static func condition(_ part: FigureKey.WeekPart) -> SQL {
        switch part {
        case .atRisk: "at_risk"
        case .intent: "at_risk AND intent"
        case .open: "at_risk AND outcome = 'open'"
        }
    }

    private func funnel(_ condition: SQL, of unit: String? = nil) -> SQL {
        let query = FirmFunnelQuery(
            federation: reading.federation.id, at: reading.moment, definition: reading.definition,
            since: reading.federation.since, to: reading.week.end, grouping: .none, within: reading.within)
        return placed(
            """
            SELECT 'firm' AS kind, firm_id AS id, entry_meeting_id AS meeting_id, firm_id,
                NULL::uuid AS milestone_id, met_on AS day, area_id, 1 AS weight
            FROM outcome WHERE \(condition)
            """, unit, with: query.outcomes + ",")
    }

    private func intents(_ condition: SQL) -> SQL {
        let windowDays: Int? =
            if case .days(let days) = reading.definition.window { days } else { nil }
        let query = IntentQuery(
            federation: reading.federation.id, at: reading.moment, since: reading.federation.since,
            to: reading.week.end, windowDays: windowDays, within: reading.within)
        return placed(
            """
            SELECT 'firm' AS kind, i.firm_id AS id, i.entry_meeting_id AS meeting_id, i.firm_id,
                NULL::uuid AS milestone_id, i.intent_on AS day, i.area_id, 1 AS weight
            FROM told JOIN intent i USING (firm_id) WHERE \(condition)
            """, with: query.told + ",")
    }

    /// Applicants of the programme of whom something was so by the week's last day: as many as there are at each
    /// meeting on each day, since who they are is nobody's figure.
    private func applicants(_ kind: SQL) -> SQL {
        let programme = reading.days(of: .cumulative)
        return placed(
            admissions(
                kind,
                "m.held_on BETWEEN \(programme.from) AND \(programme.to) AND c.day <= \(programme.to)",
                at: reading.moment))
    }

    private func admissions(_ kind: SQL, _ condition: SQL, at moment: PostgresTimestamp) -> SQL {
        let federation = reading.federation.id
        return """
            SELECT 'meeting' AS kind, m.meeting_id AS id, m.meeting_id, NULL::uuid AS firm_id,
                NULL::uuid AS milestone_id, c.day, m.area_id, count(*) AS weight
            FROM (
                SELECT e.applicant_id, min(e.happened_on) AS day FROM goutong.applicant_event e
                WHERE e.federation_id = \(federation) AND \(kind) AND \(SQL.visible("e", at: moment))
                GROUP BY e.applicant_id
            ) c
            JOIN goutong.applicant p ON p.federation_id = \(federation) AND p.applicant_id = c.applicant_id
                AND \(SQL.visible("p", at: moment))
            JOIN goutong.meeting m ON m.federation_id = \(federation) AND m.meeting_id = p.meeting_id
                AND m.revision = p.revision
            WHERE \(condition)
            GROUP BY m.meeting_id, c.day, m.area_id
            """
    }

    // MARK: Words of the queries

    private static func period(_ period: FigureKey.Period) -> ActivityTally.Period {
        switch period {
        case .week: .week
        case .previous: .previous
        case .year: .year
        case .cumulative: .cumulative
        // Of which a part was known at the last issue.
        case .late: .before
        }
    }

    private static func word(_ place: FigureKey.IntentPlace) -> String {
        switch place {
        case .withinWindow: "within"
        case .afterWindow: "after"
        case .beforeFirstContact: "before"
        case .other, .total: "other"
        }
    }

    private static func word(_ fate: FigureKey.IntentFate) -> String {
        switch fate {
        case .established, .total: "established"
        case .joinedJointUnion: "joined"
        case .coveredByParent: "covered"
        case .inProgress: "moving"
        case .noProgress: "still"
        case .lapsedOrDeclined: "withdrawn"
        case .closedOrMoved: "gone"
        }
    }
}
