internal import Funnel
internal import Outreach
internal import PostgresClient

extension WeekReading {
    /// The worker track since the programme's start.
    func workers(
        tally: ActivityTally, on connection: PostgresConnection
    ) async throws(PostgresError) -> WorkerFunnelCounts {
        let (consulted, paper, qr, app) = try await connection.query(
            """
            SELECT sum(m.consulted) FILTER (WHERE m.kind = 'worker'),
                coalesce(sum(m.applications_paper), 0), coalesce(sum(m.applications_qr), 0),
                coalesce(sum(m.applications_app), 0)
            FROM goutong.meeting m
            WHERE m.federation_id = \(federation.id)
              AND m.held_on BETWEEN \(federation.since) AND \(week.end)
              AND m.recorded_at <= \(moment)
              AND (m.superseded_at IS NULL OR m.superseded_at > \(moment))
            """
        ).only().decode((Int?, Int, Int, Int).self)
        return WorkerFunnelCounts(
            consulted: consulted, applied: tally.value(.onSiteApplications, .cumulative),
            verified: tally.verifiedApplicants, admitted: tally.admittedApplicants,
            workerMeetings: tally.value(.workerMeetings, .cumulative),
            paper: paper, qr: qr, app: app)
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

    /// Held, declared without meetings, or silent: for each unit.
    func completeness(
        tally: ActivityTally, on connection: PostgresConnection
    ) async throws(PostgresError) -> [CompletenessLine] {
        let declared = Set(
            try await connection.query(
                """
                SELECT DISTINCT standing.code
                FROM goutong.no_meeting n
                JOIN goutong.area_on(\(week.end)) o ON o.area_id = n.area_id
                JOIN goutong.area standing ON standing.area_id = o.standing_id
                WHERE n.federation_id = \(federation.id)
                  AND n.week_start = \(week.start)
                  AND n.recorded_at <= \(moment)
                  AND (n.superseded_at IS NULL OR n.superseded_at > \(moment))
                """
            ).map { row throws(PostgresError) -> String in try row.decode(String.self, at: 0) })
        return units.map { unit in
            let held =
                tally.value(.enterpriseMeetings, .week, at: .unit(unit.code))
                + tally.value(.workerMeetings, .week, at: .unit(unit.code))
            let declaredNone = declared.contains(unit.code)
            return CompletenessLine(
                code: unit.code, expected: nil, held: held, declaredNone: declaredNone,
                unreported: held == 0 && !declaredNone)
        }
    }

    /// Next steps that fall due in the seven days after the week.
    func followUps(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [FollowUp] {
        try await connection.query(
            """
            SELECT coalesce(a.stated_name, a.stated_uscc), area.name, a.next_step, a.next_step_due,
                   a.next_step_owner
            FROM goutong.attendance a
            JOIN goutong.area area ON area.area_id = a.area_id
            WHERE a.federation_id = \(federation.id)
              AND a.next_step_due BETWEEN \(week.end.adding(days: 1)) AND \(week.end.adding(days: 7))
              AND a.held_on <= \(week.end) AND a.recorded_at <= \(moment)
              AND (a.superseded_at IS NULL OR a.superseded_at > \(moment))
            ORDER BY a.next_step_due, area.code, a.meeting_id, a.position
            """
        ).map { row throws(PostgresError) in
            let (firm, area, what, due, owner) = try row.decode(
                (String, String, String, Day, String?).self)
            return FollowUp(firm: firm, area: area, what: what, due: due, owner: owner)
        }
    }
}
