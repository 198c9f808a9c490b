-- The firm funnel of every area and week of entry, written for DuckDB over its own copy of the facts that are visible
-- now: what `goutong.cell` holds, computed from scratch (window of 90 days, ordered, place of entry). No merges: the
-- data set has none. Its copy is made for it: ids are dense integers in the ledger's order, `met_as` is the day and the
-- meeting in one number, so that the first meeting is one minimum; kinds and statuses are enumerations.
WITH entry AS (
    SELECT firm, min(held_on) AS met, arg_min(area_id, met_as) AS area_id, arg_min(union_status, met_as) AS said
    FROM attendance GROUP BY firm
), told AS (
    SELECT firm, min(held_on) FILTER (union_status = 'organised' AND held_on > met) AS organised,
           min(held_on) FILTER (union_status IN ('joint', 'covered_by_parent')) AS covered
    FROM attendance JOIN entry USING (firm)
    WHERE union_status IN ('organised', 'joint', 'covered_by_parent') GROUP BY firm
), step AS (
    SELECT firm, kind, happened_on AS day, said_as, met FROM milestone JOIN entry USING (firm)
), first_step AS (
    SELECT firm, min(day) FILTER (kind = 'intent' AND day >= met) AS intent,
           min(day) FILTER (kind IN ('closed', 'moved_out') AND day >= met) AS lost,
           min(day) FILTER (kind IN ('joined_joint_union', 'covered_by_parent') AND day >= met) AS covered,
           arg_max(kind, said_as) FILTER (kind IN ('intent', 'lapsed', 'declined') AND day < met) = 'intent'
               AS prior_intent
    FROM step GROUP BY firm
), applied AS (
    SELECT s.firm, min(s.day) AS day FROM step s JOIN first_step f USING (firm)
    WHERE s.kind = 'application' AND s.day >= f.intent GROUP BY s.firm
), founded AS (
    SELECT s.firm, min(s.day) AS day FROM step s JOIN applied a USING (firm)
    WHERE s.kind = 'established' AND s.day >= a.day GROUP BY s.firm
), register AS (
    SELECT firm, bool_or(organised_from <= met AND (organised_until IS NULL OR met < organised_until)) AS before,
           min(organised_from) FILTER (organised_from > met) AS organised
    FROM union_coverage JOIN entry USING (firm) GROUP BY firm
), journey AS (
    SELECT e.area_id, date_trunc('week', e.met)::date AS week, e.met + 90 AS horizon,
           e.said IN ('unorganised', 'preparing') AND NOT coalesce(r.before, false)
               AND NOT coalesce(f.prior_intent, false) AS at_risk,
           f.intent, a.day AS application, n.day AS established, f.lost,
           least(r.organised, t.organised) AS organised, least(f.covered, t.covered) AS covered
    FROM entry e LEFT JOIN told t USING (firm) LEFT JOIN first_step f USING (firm)
    LEFT JOIN applied a USING (firm) LEFT JOIN founded n USING (firm) LEFT JOIN register r USING (firm)
)
SELECT area_id, week, count(*) AS met, count(*) FILTER (at_risk) AS at_risk,
       count(*) FILTER (at_risk AND intent <= horizon) AS intent,
       count(*) FILTER (at_risk AND application <= horizon) AS application,
       count(*) FILTER (at_risk AND established <= horizon) AS established,
       count(*) FILTER (at_risk AND NOT coalesce(intent <= horizon, false) AND covered <= horizon) AS covered,
       count(*) FILTER (at_risk AND NOT coalesce(intent <= horizon, false) AND NOT coalesce(covered <= horizon, false)
           AND (lost <= horizon OR organised <= horizon)) AS exited
FROM journey GROUP BY area_id, week
