internal import Funnel
internal import Outreach
internal import PostgresClient

/// Counts what became of those who applied: members admitted, by the area of the meeting where they
/// applied, and of the programme's applicants how many were verified and admitted.
///
/// It reads other tables than `ActivityQuery`, so that the two can be read at the same time.
struct ApplicantQuery {
    struct Outcome: Sendable {
        /// Members admitted in each period, the city, its districts and its areas.
        let admissions: [ActivityQuery.Count]
        /// Of those who applied at a meeting since the programme's start, up to the last day.
        let verified: Int
        let admitted: Int
    }

    let federation: Int
    let at: PostgresTimestamp
    let periods: [ActivityQuery.Period]

    /// The city, its districts and their areas, as the map of a day has them.
    /// - Parameter programme: who applied in it counts as an applicant of the programme.
    func counts(
        map day: Day, programme: ActivityQuery.Period, on connection: PostgresConnection
    ) async throws(PostgresError) -> Outcome {
        let rows = try await connection.query(
            """
            WITH standing AS (
                SELECT o.area_id, a.code, a.district_code
                FROM goutong.area_on(\(day)) o
                JOIN goutong.area a ON a.area_id = o.standing_id AND a.valid_from <= \(day)
                    AND (a.valid_to IS NULL OR a.valid_to > \(day))
            ), checked AS (
                SELECT e.applicant_id, min(e.happened_on) AS verified_on,
                       min(e.happened_on) FILTER (WHERE e.kind = 'admitted') AS admitted_on
                FROM goutong.applicant_event e
                WHERE e.federation_id = \(federation) AND e.kind IN ('verified', 'admitted')
                  AND \(SQL.visible("e", at: at))
                GROUP BY e.applicant_id
            ), counted AS (
                SELECT m.area_id, \(admissions),
                    \(inProgramme("c.verified_on", programme)) AS verified,
                    \(inProgramme("c.admitted_on", programme)) AS admitted
                FROM checked c
                JOIN goutong.applicant p ON p.federation_id = \(federation)
                    AND p.applicant_id = c.applicant_id AND \(SQL.visible("p", at: at))
                JOIN goutong.meeting m ON m.federation_id = \(federation)
                    AND m.meeting_id = p.meeting_id AND \(SQL.visible("m", at: at))
                GROUP BY m.area_id
            )
            SELECT CASE grouping(s.code, s.district_code)
                    WHEN 3 THEN 'city' WHEN 2 THEN 'district' ELSE 'area' END,
                coalesce(s.code, s.district_code), ARRAY[\(totals)]::integer[],
                coalesce(sum(c.verified), 0)::bigint, coalesce(sum(c.admitted), 0)::bigint
            FROM counted c LEFT JOIN standing s USING (area_id)
            GROUP BY GROUPING SETS ((), (s.district_code), (s.code))
            """
        ).decode((String, String?, [Int], Int, Int).self)
        let city = rows.first { $0.0 == "city" }
        return Outcome(
            admissions: rows.compactMap { level, unit, values, _, _ in
                ActivityQuery.Place(level: level, unit: unit).map {
                    ActivityQuery.Count(measure: .membersAdmitted, place: $0, values: values)
                }
            }, verified: city?.3 ?? 0, admitted: city?.4 ?? 0)
    }

    /// How many more were known admitted in a period at the moment than at an earlier one, read from the
    /// applicants of whom something was recorded in between.
    func admissions(
        in period: ActivityQuery.Period, since earlier: PostgresTimestamp,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> Int {
        try await connection.query(
            """
            WITH touched AS (
                SELECT e.applicant_id FROM goutong.applicant_event e
                WHERE e.federation_id = \(federation) AND e.kind = 'admitted'
                  AND (e.recorded_at > \(earlier) OR e.superseded_at > \(earlier))
                UNION
                SELECT p.applicant_id FROM goutong.applicant p
                WHERE p.federation_id = \(federation)
                  AND (p.recorded_at > \(earlier) OR p.superseded_at > \(earlier))
            )
            SELECT ((\(admitted(in: period, at: at))) - (\(admitted(in: period, at: earlier))))::bigint
            """
        ).only().decode(Int.self)
    }

    private func admitted(in period: ActivityQuery.Period, at moment: PostgresTimestamp) -> SQL {
        """
        SELECT count(*)
        FROM (
            SELECT min(e.happened_on) AS day
            FROM touched t
            JOIN goutong.applicant_event e ON e.federation_id = \(federation)
                AND e.applicant_id = t.applicant_id AND e.kind = 'admitted'
                AND \(SQL.visible("e", at: moment))
            JOIN goutong.applicant p ON p.federation_id = \(federation)
                AND p.applicant_id = t.applicant_id AND \(SQL.visible("p", at: moment))
            JOIN goutong.meeting m ON m.federation_id = \(federation)
                AND m.meeting_id = p.meeting_id AND \(SQL.visible("m", at: moment))
            GROUP BY t.applicant_id
        ) first_admission
        WHERE day BETWEEN \(period.from) AND \(period.to)
        """
    }

    // MARK: One expression a period

    private var admissions: SQL {
        periods.enumerated().map { index, period -> SQL in
            """
            count(*) FILTER (WHERE c.admitted_on BETWEEN \(period.from) AND \(period.to))
                AS \(identifier: "sum\(index)")
            """
        }.joined(separator: ", ")
    }

    private var totals: SQL {
        periods.indices.map { index -> SQL in "coalesce(sum(c.\(identifier: "sum\(index)")), 0)" }
            .joined(separator: ", ")
    }

    /// Applicants at the programme's meetings of whom something was so by its last day.
    private func inProgramme(_ day: String, _ programme: ActivityQuery.Period) -> SQL {
        """
        count(*) FILTER (WHERE m.held_on BETWEEN \(programme.from) AND \(programme.to)
            AND \(raw: day) <= \(programme.to))
        """
    }
}
