internal import Funnel
internal import Outreach
internal import PostgresClient

/// Counts what became of those who applied: members admitted, by the area of the meeting where they
/// applied, and of the programme's applicants how many were verified and admitted, and where each stands.
///
/// It reads other tables than `ActivityQuery`, so that the two can be read at the same time.
struct ApplicantQuery {
    struct Outcome: Sendable {
        /// Members admitted in each period, the city, its districts and its areas.
        let admissions: [ActivityQuery.Count]
        /// Of those who applied at a meeting since the programme's start, up to the last day.
        let verified: Int
        let admitted: Int
        /// Members admitted before the week, in the city, as known at the last issue.
        let admittedBefore: Int
        /// Of those that the records list.
        let standings: WorkerStandings
    }

    let federation: Int
    let at: PostgresTimestamp
    let periods: [ActivityQuery.Period]
    /// From the programme's start to the week's end: who applied in it is an applicant of the programme.
    let programme: ActivityQuery.Period
    /// Up to the day before the week, and the moment of the last issue.
    let before: ActivityQuery.Period
    let issued: PostgresTimestamp
    /// Versions of areas; nil: everywhere.
    var within: [Int]?

    /// The city, its districts and their areas, as the map of a day has them.
    ///
    /// One pass over what was known at either moment: a row may have been known then, now or both times.
    func outcome(map day: Day, on connection: PostgresConnection) async throws(PostgresError) -> Outcome {
        let rows = try await connection.query(
            """
            WITH standing AS (
                SELECT o.area_id, a.code, a.district_code
                FROM goutong.area_on(\(day)) o
                JOIN goutong.area a ON a.area_id = o.standing_id AND a.valid_from <= \(day)
                    AND (a.valid_to IS NULL OR a.valid_to > \(day))
            ), checked AS (
                SELECT e.applicant_id,
                    min(e.happened_on) FILTER (WHERE \(known("e", at: at))) AS verified_on,
                    min(e.happened_on) FILTER (
                        WHERE e.kind = 'admitted' AND \(known("e", at: at))) AS admitted_on,
                    min(e.happened_on) FILTER (
                        WHERE e.kind = 'admitted' AND \(known("e", at: issued))) AS admitted_on_then
                FROM goutong.applicant_event e
                WHERE e.federation_id = \(federation) AND e.kind IN ('verified', 'admitted')
                  AND \(isHere)
                GROUP BY e.applicant_id
            ), counted AS (
                SELECT m.area_id, \(admissions),
                    \(inProgramme("c.verified_on")) AS verified,
                    \(inProgramme("c.admitted_on")) AS admitted,
                    count(*) FILTER (WHERE \(known("p", at: issued))
                        AND c.admitted_on_then BETWEEN \(before.from) AND \(before.to)) AS admitted_before
                FROM checked c
                JOIN goutong.applicant p ON p.federation_id = \(federation)
                    AND p.applicant_id = c.applicant_id
                JOIN goutong.meeting m ON m.federation_id = \(federation)
                    AND m.meeting_id = p.meeting_id AND m.revision = p.revision
                WHERE \(SQL.within(within, "m.area_id"))
                GROUP BY m.area_id
            )
            SELECT CASE grouping(s.code, s.district_code)
                    WHEN 3 THEN 'city' WHEN 2 THEN 'district' ELSE 'area' END,
                coalesce(s.code, s.district_code), ARRAY[\(totals)]::integer[],
                coalesce(sum(c.verified), 0)::bigint, coalesce(sum(c.admitted), 0)::bigint,
                coalesce(sum(c.admitted_before), 0)::bigint
            FROM counted c LEFT JOIN standing s USING (area_id)
            GROUP BY GROUPING SETS ((), (s.district_code), (s.code))
            """
        ).decode((String, String?, [Int], Int, Int, Int).self)
        let city = rows.first { $0.0 == "city" }
        return Outcome(
            admissions: rows.compactMap { row in
                ActivityQuery.Place(level: row.0, unit: row.1).map {
                    ActivityQuery.Count(measure: .membersAdmitted, place: $0, values: row.2)
                }
            }, verified: city?.3 ?? 0, admitted: city?.4 ?? 0, admittedBefore: city?.5 ?? 0,
            standings: try await standings(on: connection))
    }

    /// Where the applicants of the programme's meetings stood on its last day: from an end nothing follows, so each
    /// has one at most.
    private func standings(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> WorkerStandings {
        let counts = try await connection.query(
            """
            WITH last AS (
                SELECT e.applicant_id, bool_or(e.kind = 'verified') AS verified,
                    max(e.kind) FILTER (
                        WHERE e.kind IN ('admitted', 'rejected', 'withdrawn', 'duplicate')) AS ending
                FROM goutong.applicant_event e
                WHERE e.federation_id = \(federation) AND \(known("e", at: at))
                  AND e.happened_on <= \(programme.to) AND \(isHere)
                GROUP BY e.applicant_id
            )
            SELECT count(*) FILTER (WHERE l.ending IS NULL AND l.verified IS NOT TRUE),
                count(*) FILTER (WHERE l.ending IS NULL AND l.verified),
                count(*) FILTER (WHERE l.ending = 'admitted'),
                count(*) FILTER (WHERE l.ending = 'rejected'),
                count(*) FILTER (WHERE l.ending = 'withdrawn'),
                count(*) FILTER (WHERE l.ending = 'duplicate')
            FROM goutong.applicant p
            JOIN goutong.meeting m ON m.federation_id = \(federation) AND m.meeting_id = p.meeting_id
                AND m.revision = p.revision
            LEFT JOIN last l ON l.applicant_id = p.applicant_id
            WHERE p.federation_id = \(federation) AND \(known("p", at: at))
              AND m.held_on BETWEEN \(programme.from) AND \(programme.to)
              AND \(SQL.within(within, "m.area_id"))
            """
        ).only().decode((Int, Int, Int, Int, Int, Int).self)
        return WorkerStandings(
            pending: counts.0, verified: counts.1, admitted: counts.2, rejected: counts.3,
            withdrawn: counts.4, duplicate: counts.5)
    }

    /// Whether an event can be of somebody who applied in the scope: by index then.
    private var isHere: SQL {
        within.map { areas in
            """
            e.applicant_id IN (
                SELECT p.applicant_id
                FROM goutong.meeting m JOIN goutong.applicant p USING (federation_id, meeting_id, revision)
                WHERE m.federation_id = \(federation) AND m.area_id = ANY (\(areas)))
            """
        } ?? "true"
    }

    private func known(_ alias: String, at moment: PostgresTimestamp) -> SQL {
        .visible(alias, at: moment)
    }

    // MARK: One expression a period

    private var admissions: SQL {
        periods.enumerated().map { index, period -> SQL in
            """
            count(*) FILTER (WHERE \(known("p", at: at))
                AND c.admitted_on BETWEEN \(period.from) AND \(period.to))
                AS \(identifier: "sum\(index)")
            """
        }.joined(separator: ", ")
    }

    private var totals: SQL {
        periods.indices.map { index -> SQL in "coalesce(sum(c.\(identifier: "sum\(index)")), 0)" }
            .joined(separator: ", ")
    }

    /// Applicants at the programme's meetings of whom something was so by its last day.
    private func inProgramme(_ day: String) -> SQL {
        """
        count(*) FILTER (WHERE \(known("p", at: at))
            AND m.held_on BETWEEN \(programme.from) AND \(programme.to)
            AND \(raw: day) <= \(programme.to))
        """
    }
}
