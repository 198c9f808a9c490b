internal import Funnel
internal import Outreach
internal import PostgresClient

/// Where the cumulative intents lie, and what became of them.
struct IntentQuery {
    let federation: Int
    let at: PostgresTimestamp
    let since: Day
    let to: Day
    let windowDays: Int?
    /// Versions of areas; nil: everywhere.
    var within: [Int]?

    /// Whether a milestone can be of a firm in the scope, or of one that is counted as it: by index then.
    private var isOfIntent: SQL {
        within == nil
            ? "true"
            : """
            s.firm_id IN (
                SELECT firm_id FROM intent
                UNION
                SELECT r.firm_id FROM root r JOIN intent i ON i.firm_id = r.root_id)
            """
    }

    /// Each firm with an intent, with where it lies and what became of it: `WITH … told AS (…)`.
    var told: SQL {
        """
        WITH root AS MATERIALIZED (
            SELECT * FROM goutong.firm_root_at(\(federation)::integer, \(at))
        ), intent AS (
            SELECT j.*
            FROM goutong.journey_entered(\(federation)::integer, \(at), NULL, \(to), \(SQL.areas(within))) j
            WHERE j.intent_on BETWEEN \(since) AND \(to)
        ), step AS (
            SELECT coalesce(r.root_id, s.firm_id) AS firm_id, s.kind, s.happened_on, s.milestone_id
            FROM goutong.milestone s LEFT JOIN root r ON r.firm_id = s.firm_id
            WHERE s.federation_id = \(federation) AND s.happened_on <= \(to)
              AND \(SQL.visible("s", at: at)) AND \(isOfIntent)
        ), fate AS (
            SELECT i.firm_id, i.area_id, i.status, i.prior_intent, i.met_on, i.intent_on,
                bool_or(s.kind = 'established' AND s.happened_on >= i.intent_on) AS established,
                bool_or(s.kind = 'joined_joint_union' AND s.happened_on >= i.met_on) AS joined,
                bool_or(s.kind = 'covered_by_parent' AND s.happened_on >= i.met_on) AS covered,
                bool_or(s.kind IN ('closed', 'moved_out') AND s.happened_on >= i.met_on) AS gone,
                (array_agg(s.kind ORDER BY s.happened_on DESC, s.milestone_id DESC) FILTER (
                    WHERE s.kind IN ('intent', 'lapsed', 'declined')
                      AND s.happened_on >= i.met_on))[1] <> 'intent' AS withdrawn,
                bool_or(s.kind NOT IN ('intent', 'visited') AND s.happened_on >= i.intent_on)
                    AS moving
            FROM intent i LEFT JOIN step s USING (firm_id)
            GROUP BY i.firm_id, i.area_id, i.status, i.prior_intent, i.met_on, i.intent_on
        ), told AS (
            SELECT f.*,
                CASE
                    WHEN f.status <> 'unorganised' OR f.met_on < \(since) THEN 'other'
                    WHEN f.prior_intent THEN 'before'
                    WHEN f.intent_on - f.met_on <= coalesce(\(windowDays), 1000000) THEN 'within'
                    ELSE 'after' END AS place,
                CASE
                    WHEN f.established THEN 'established'
                    WHEN f.joined THEN 'joined'
                    WHEN f.covered THEN 'covered'
                    WHEN f.gone THEN 'gone'
                    WHEN f.withdrawn THEN 'withdrawn'
                    WHEN f.moving THEN 'moving'
                    ELSE 'still' END AS fate
            FROM fate f
        )
        """
    }

    var sql: SQL {
        """
        \(told)
        SELECT count(*) FILTER (WHERE place = 'within'), count(*) FILTER (WHERE place = 'after'),
            count(*) FILTER (WHERE place = 'before'), count(*) FILTER (WHERE place = 'other'),
            count(*) FILTER (WHERE fate = 'established'), count(*) FILTER (WHERE fate = 'joined'),
            count(*) FILTER (WHERE fate = 'covered'), count(*) FILTER (WHERE fate = 'moving'),
            count(*) FILTER (WHERE fate = 'still'), count(*) FILTER (WHERE fate = 'withdrawn'),
            count(*) FILTER (WHERE fate = 'gone')
        FROM told
        """
    }

    func counts(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> (IntentReconciliation, IntentOutcomes) {
        let (
            within, after, before, other, established, joined, covered, moving, still, withdrawn, gone
        ) = try await connection.query(sql).only().decode(
            (Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int).self)
        return (
            IntentReconciliation(
                withinWindow: within, afterWindow: after, beforeFirstContact: before, other: other),
            IntentOutcomes(
                established: established, joinedJointUnion: joined, coveredByParent: covered,
                inProgress: moving, noProgress: still, lapsedOrDeclined: withdrawn,
                closedOrMoved: gone)
        )
    }
}
