internal import Funnel
internal import Outreach
internal import PostgresClient

extension WeeklyFiguresReader {
    /// The worker track since the programme's start.
    func workers(
        week: Week, at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> WorkerFunnelCounts {
        let (consulted, applied, meetings, paper, qr, app, verified, admitted) =
            try await connection.query(
                """
                WITH meeting AS MATERIALIZED (
                    SELECT * FROM goutong.meeting m
                    WHERE m.federation_id = \(federation.id)
                      AND m.held_on BETWEEN \(federation.since) AND \(week.end)
                      AND m.recorded_at <= \(moment)
                      AND (m.superseded_at IS NULL OR m.superseded_at > \(moment))
                ), applicant AS (
                    SELECT e.applicant_id, bool_or(e.kind IN ('verified', 'admitted')) AS verified,
                           bool_or(e.kind = 'admitted') AS admitted
                    FROM goutong.applicant_event e
                    JOIN goutong.applicant p ON p.federation_id = \(federation.id)
                        AND p.applicant_id = e.applicant_id AND p.recorded_at <= \(moment)
                        AND (p.superseded_at IS NULL OR p.superseded_at > \(moment))
                    JOIN meeting m ON m.meeting_id = p.meeting_id
                    WHERE e.federation_id = \(federation.id) AND e.happened_on <= \(week.end)
                      AND e.recorded_at <= \(moment)
                      AND (e.superseded_at IS NULL OR e.superseded_at > \(moment))
                    GROUP BY e.applicant_id
                )
                SELECT sum(consulted) FILTER (WHERE kind = 'worker'),
                    coalesce(sum(applications), 0), count(*) FILTER (WHERE kind = 'worker'),
                    coalesce(sum(applications_paper), 0), coalesce(sum(applications_qr), 0),
                    coalesce(sum(applications_app), 0),
                    (SELECT count(*) FROM applicant WHERE verified),
                    (SELECT count(*) FROM applicant WHERE admitted)
                FROM meeting
                """
            ).only().decode((Int?, Int, Int, Int, Int, Int, Int, Int).self)
        return WorkerFunnelCounts(
            consulted: consulted, applied: applied, verified: verified, admitted: admitted,
            workerMeetings: meetings, paper: paper, qr: qr, app: app)
    }

    /// Each cumulative figure against its parts. The overlap is counted, not inferred: a firm met in
    /// three areas overlaps twice.
    func conservation(week: Week, tally: ActivityTally) -> [ConservationLine] {
        let units = areas.townships.filter { $0.isValid(on: week.end) }
        return HeadlineMeasure.allCases.map { measure in
            ConservationLine(
                figure: measure,
                areas: units.reduce(0) { $0 + tally.value(measure, "cumulative", unit: $1.code) },
                unassigned: tally.unassigned(measure), city: tally.value(measure, "cumulative"),
                overlap: tally.value(measure, "cumulative", unit: "=overlap"))
        }
    }

    /// Held, declared without meetings, or silent: for each unit.
    func completeness(
        week: Week, at moment: PostgresTimestamp, units: [AreaTable.Area], tally: ActivityTally,
        on connection: PostgresConnection
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
                tally.value(.enterpriseMeetings, "week", unit: unit.code)
                + tally.value(.workerMeetings, "week", unit: unit.code)
            let declaredNone = declared.contains(unit.code)
            return CompletenessLine(
                code: unit.code, expected: nil, held: held, declaredNone: declaredNone,
                unreported: held == 0 && !declaredNone)
        }
    }

    /// Next steps that fall due in the seven days after the week.
    func followUps(
        week: Week, at moment: PostgresTimestamp, on connection: PostgresConnection
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
