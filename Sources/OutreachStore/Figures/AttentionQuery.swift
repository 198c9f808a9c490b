internal import Funnel
internal import Outreach
internal import PostgresClient

/// What needs a person: intents that nothing followed, and records worth a second look. Areas by the map of the
/// last day.
struct AttentionQuery {
    let federation: Int
    let at: PostgresTimestamp
    let since: Day
    let week: Week
    /// Versions of areas; nil: everywhere.
    var within: [Int]?

    private func visible(_ alias: String) -> SQL { .visible(alias, at: at) }

    private var meetingsOfTheWeek: SQL {
        """
        m.federation_id = \(federation) AND m.held_on BETWEEN \(week.start) AND \(week.end)
            AND \(visible("m")) AND \(SQL.within(within, "m.area_id"))
        """
    }

    // MARK: Intents without progress

    /// Whether an attendance can be of a firm that waits, or of one that is counted as it: by index then.
    private var isOfWaiting: SQL {
        within == nil
            ? "true"
            : """
            a.firm_id IN (
                SELECT firm_id FROM waiting
                UNION
                SELECT r.firm_id FROM root r JOIN waiting w ON w.firm_id = r.root_id)
            """
    }

    func waitingIntents(
        _ intents: IntentQuery, on connection: PostgresConnection
    ) async throws(PostgresError) -> [WaitingIntent] {
        try await connection.query(
            """
            \(intents.told), waiting AS (
                SELECT firm_id, intent_on, area_id FROM told WHERE fate = 'still'
            ), known AS (
                SELECT firm_id, intent_on, area_id, NULL::date AS day, NULL::uuid AS meeting_id,
                    NULL::text AS name, NULL::text AS owner
                FROM waiting
                UNION ALL
                SELECT coalesce(r.root_id, a.firm_id), NULL, NULL, a.held_on, a.meeting_id,
                    coalesce(a.stated_name, a.stated_uscc), a.next_step_owner
                FROM goutong.attendance a LEFT JOIN root r ON r.firm_id = a.firm_id
                WHERE a.federation_id = \(federation) AND a.held_on <= \(week.end) AND \(visible("a"))
                  AND \(isOfWaiting)
                UNION ALL
                SELECT firm_id, NULL, NULL, happened_on, NULL, NULL, NULL FROM step WHERE kind = 'visited'
            ), waited AS (
                -- Summed rather than joined: of how many firms wait the planner has no idea.
                SELECT firm_id, max(intent_on) AS intent_on, max(area_id) AS area_id, max(day) AS day,
                    (array_agg(name ORDER BY day DESC, meeting_id DESC) FILTER (
                        WHERE name IS NOT NULL))[1] AS name,
                    (array_agg(owner ORDER BY day DESC, meeting_id DESC) FILTER (
                        WHERE owner IS NOT NULL))[1] AS owner
                FROM known GROUP BY firm_id HAVING max(intent_on) IS NOT NULL
            )
            SELECT coalesce(w.name, w.firm_id::text), coalesce(a.code, ''), w.intent_on, w.day, w.owner
            FROM waited w
            \(SQL.map(of: week.end, for: "w.area_id", within: within))
            ORDER BY w.intent_on, 2, w.firm_id
            """
        ).map { row throws(PostgresError) in
            let (firm, code, intent, contact, owner) = try row.decode(
                (String, String, Day, Day?, String?).self)
            return WaitingIntent(
                firm: firm, areaCode: code, intentOn: intent, lastContact: contact, owner: owner)
        }
    }

    // MARK: Records worth a second look

    func flags(
        includingStaff: Bool, on connection: PostgresConnection
    ) async throws(PostgresError) -> [PlausibilityFlag] {
        var flags: [PlausibilityFlag] = []
        let rules: [(PlausibilityFlag.Rule, SQL)] =
            (includingStaff ? [(.overlappingMeetings, overlapping)] : [])
            + [(.repeatedCounts, repeated), (.intentsAboveFirms, intentsAboveFirms)]
            + [(.establishedWithoutElected, withoutElection)]
        let results = try await connection.pipeline(rules.map(\.1) + [rounded])
        for ((rule, _), rows) in zip(rules, results) {
            flags += try rows.decode((String, [String]).self).map {
                PlausibilityFlag(rule: rule, areaCode: $0.0.isEmpty ? nil : $0.0, records: $0.1)
            }
        }
        return flags + roundCounts(try results[rules.count].decode((String, Int, Int).self))
    }

    /// One name in one district at the same time at two places. A name alone may be two people's.
    private var overlapping: SQL {
        """
        WITH duty AS (
            SELECT m.meeting_id, m.held_on, m.starts_at, m.ends_at, m.area_id, d.district_code, s.name
            FROM goutong.meeting m JOIN goutong.area d ON d.area_id = m.area_id
            CROSS JOIN LATERAL unnest(m.staff_names) AS s (name)
            WHERE \(meetingsOfTheWeek) AND m.starts_at IS NOT NULL AND m.ends_at IS NOT NULL
        )
        SELECT coalesce(a.code, ''), ARRAY[x.meeting_id::text, y.meeting_id::text]
        FROM (
            SELECT DISTINCT x.area_id, x.meeting_id, y.meeting_id AS other
            FROM duty x JOIN duty y USING (held_on, name, district_code)
            WHERE x.meeting_id < y.meeting_id AND x.area_id <> y.area_id
              AND x.starts_at < y.ends_at AND y.starts_at < x.ends_at
        ) x (area_id, meeting_id, other) CROSS JOIN LATERAL (SELECT x.other AS meeting_id) y
        \(SQL.map(of: week.end, for: "x.area_id", within: within))
        ORDER BY 1, 2
        """
    }

    private var repeated: SQL {
        """
        SELECT coalesce(a.code, ''), array_agg(m.meeting_id::text ORDER BY m.meeting_id)
        FROM goutong.meeting m
        \(SQL.map(of: week.end, for: "m.area_id", within: within))
        WHERE \(meetingsOfTheWeek) AND m.consulted >= 10 AND m.leaflets > 0
        GROUP BY a.code, m.area_id, m.kind, m.consulted, m.leaflets, m.applications
        HAVING count(*) > 1 ORDER BY 1, 2
        """
    }

    private var intentsAboveFirms: SQL {
        """
        WITH voiced AS (
            SELECT s.meeting_id, count(*) AS intents FROM goutong.milestone s
            WHERE s.federation_id = \(federation) AND s.meeting_id IS NOT NULL AND s.kind = 'intent'
              AND \(visible("s"))
            GROUP BY s.meeting_id
        )
        SELECT coalesce(a.code, ''), ARRAY[m.meeting_id::text]
        FROM goutong.meeting m JOIN voiced v USING (meeting_id)
        \(SQL.map(of: week.end, for: "m.area_id", within: within))
        WHERE \(meetingsOfTheWeek) AND v.intents > (
            SELECT count(*) FROM goutong.attendance t
            WHERE t.federation_id = \(federation) AND t.meeting_id = m.meeting_id AND \(visible("t"))
              AND t.union_status IN ('unorganised', 'preparing', 'unknown', 'joint')
        )
        ORDER BY 1, 2
        """
    }

    private var withoutElection: SQL {
        """
        WITH root AS MATERIALIZED (SELECT * FROM goutong.firm_root_at(\(federation)::integer, \(at))),
        step AS (
            SELECT coalesce(r.root_id, s.firm_id) AS firm_id, s.kind, s.happened_on, s.milestone_id
            FROM goutong.milestone s LEFT JOIN root r ON r.firm_id = s.firm_id
            WHERE s.federation_id = \(federation) AND s.kind IN ('elected', 'established')
              AND s.happened_on <= \(week.end) AND \(visible("s"))
        )
        SELECT coalesce(a.code, ''), array_agg(f.milestone_id::text ORDER BY f.milestone_id)
        FROM step f
        JOIN goutong.firm_identity i ON i.federation_id = \(federation) AND i.firm_id = f.firm_id
            AND \(visible("i"))
        \(SQL.map(of: week.end, for: "i.area_id", within: within))
        WHERE f.kind = 'established' AND f.happened_on BETWEEN \(week.start) AND \(week.end)
          AND \(SQL.within(within, "i.area_id"))
          AND NOT EXISTS (
            SELECT FROM step e
            WHERE e.firm_id = f.firm_id AND e.kind = 'elected' AND e.happened_on <= f.happened_on)
        GROUP BY a.code ORDER BY 1
        """
    }

    /// Consultations of ten and more, and those that end in 0, by area since the programme's start.
    private var rounded: SQL {
        """
        SELECT coalesce(a.code, ''), (count(*) FILTER (WHERE m.consulted % 10 = 0)), count(*)
        FROM goutong.meeting m
        \(SQL.map(of: week.end, for: "m.area_id", within: within))
        WHERE m.federation_id = \(federation) AND m.held_on BETWEEN \(since) AND \(week.end)
          AND \(visible("m")) AND \(SQL.within(within, "m.area_id")) AND m.consulted >= 10
        GROUP BY a.code ORDER BY 1
        """
    }

    /// One count in ten ends in 0; an area where many more do has estimated rather than counted.
    private func roundCounts(_ rows: [(String, Int, Int)]) -> [PlausibilityFlag] {
        let counts = rows.map { Proportion(x: $0.1, n: $0.2) }
        let adjusted = FalseDiscoveryRate.adjusted(counts.map { $0.exactPValue(against: 0.1) })
        return rows.indices.compactMap { index in
            guard let q = adjusted[index], q <= 0.01, let rate = counts[index].rate, rate > 0.1 else {
                return nil
            }
            let code = rows[index].0
            return PlausibilityFlag(
                rule: .roundCounts, areaCode: code.isEmpty ? nil : code, counts: counts[index])
        }
    }
}
