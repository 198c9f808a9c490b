internal import Funnel
internal import Outreach
internal import PostgresClient

extension WeekReading {
    /// What was counted of workers since the programme's start, at all its meetings.
    struct Consulted: Sendable {
        /// Person-times at worker meetings; nil where nobody counted.
        let personTimes: Int?
        let paper: Int
        let qr: Int
        let app: Int
    }

    func consulted(on connection: PostgresConnection) async throws(PostgresError) -> Consulted {
        let (personTimes, paper, qr, app) = try await connection.query(
            """
            SELECT sum(m.consulted) FILTER (WHERE m.kind = 'worker'),
                coalesce(sum(m.applications_paper), 0), coalesce(sum(m.applications_qr), 0),
                coalesce(sum(m.applications_app), 0)
            FROM goutong.meeting m
            WHERE m.federation_id = \(federation.id)
              AND m.held_on BETWEEN \(federation.since) AND \(week.end) AND \(SQL.within(within, "m.area_id"))
              AND \(SQL.visible("m", at: moment))
            """
        ).only().decode((Int?, Int, Int, Int).self)
        return Consulted(personTimes: personTimes, paper: paper, qr: qr, app: app)
    }

    /// The worker track since the programme's start.
    func workers(
        _ tally: ActivityTally, _ consulted: Consulted, _ applicants: ApplicantQuery.Outcome
    ) -> WorkerFunnelCounts {
        WorkerFunnelCounts(
            consulted: consulted.personTimes, applied: tally.value(.onSiteApplications, .cumulative),
            verified: applicants.verified, admitted: applicants.admitted,
            workerMeetings: tally.value(.workerMeetings, .cumulative),
            paper: consulted.paper, qr: consulted.qr, app: consulted.app, standings: applicants.standings)
    }

    /// Each cumulative figure against its parts. The overlap is counted, not inferred: a firm met in
    /// three areas overlaps twice.
    func conservation(tally: ActivityTally) -> [ConservationLine] {
        return HeadlineMeasure.allCases.map { measure in
            ConservationLine(
                figure: measure,
                areas: units.reduce(0) { $0 + tally.value(measure, .cumulative, at: .unit($1.code)) },
                unassigned: tally.value(measure, .cumulative, at: .unassigned),
                city: tally.value(measure, .cumulative),
                overlap: tally.value(measure, .cumulative, at: .overlap))
        }
    }

    /// Codes of the units that declared the week, and what they said.
    var declarations: SQL {
        """
        SELECT DISTINCT standing.code, n.declaration
        FROM goutong.week_declaration n
        JOIN goutong.area_on(\(week.end)) o ON o.area_id = n.area_id
        JOIN goutong.area standing ON standing.area_id = o.standing_id
        WHERE n.federation_id = \(federation.id) AND n.week_start = \(week.start)
          AND \(SQL.within(within, "n.area_id")) AND \(SQL.visible("n", at: moment))
        """
    }

    func declared(_ rows: PostgresRows) throws(PostgresError) -> [String: Set<WeekDeclaration>] {
        try rows.decode((String, WeekDeclaration).self).reduce(into: [:]) { declared, row in
            declared[row.0, default: []].insert(row.1)
        }
    }

    /// Held, submitted, declared without meetings, or silent: for each unit.
    /// - Parameter expected: meetings that the units' schedules of the week have, by code.
    func completeness(
        tally: ActivityTally, declared: [String: Set<WeekDeclaration>], expected: [String: Int]
    ) -> [CompletenessLine] {
        units.map { unit in
            let held =
                tally.value(.enterpriseMeetings, .week, at: .unit(unit.code))
                + tally.value(.workerMeetings, .week, at: .unit(unit.code))
            let said = declared[unit.code] ?? []
            return CompletenessLine(
                code: unit.code, expected: expected[unit.code], held: held,
                declaredNone: said.contains(.none),
                submitted: said.contains(.submitted), unreported: held == 0 && said.isEmpty)
        }
    }

    /// Next steps that fall due in the seven days after the week.
    func followUps(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [FollowUp] {
        try await connection.query(
            """
            SELECT coalesce(a.stated_name, a.stated_uscc), area.name, area.code, a.next_step,
                   a.next_step_due, a.next_step_owner
            FROM goutong.attendance a
            JOIN goutong.area area ON area.area_id = a.area_id
            WHERE a.federation_id = \(federation.id)
              AND a.next_step_due BETWEEN \(week.end.adding(days: 1)) AND \(week.end.adding(days: 7))
              AND a.held_on <= \(week.end) AND \(SQL.within(within, "a.area_id"))
              AND \(SQL.visible("a", at: moment))
            ORDER BY a.next_step_due, area.code, a.meeting_id, a.position
            """
        ).map { row throws(PostgresError) in
            let (firm, area, code, what, due, owner) = try row.decode(
                (String, String, String, String, Day, String?).self)
            return FollowUp(
                firm: firm, area: area, areaCode: code, what: what, due: due, owner: owner)
        }
    }
}
