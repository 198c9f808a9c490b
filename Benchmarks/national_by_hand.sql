-- The firm funnel of every area and week of entry as known at an instant, written by hand over the ledger: what an
-- analyst would write in psql who knows the schema and the semantics. No merges: the data set has none.
--
--   psql -v federation=… -v instant='2018-06-30 00:00+08' -f national_by_hand.sql
-- The planner takes the firms that were met for 200, and would try each of them against each.
SET enable_nestloop = off;
SET jit = off;
SET work_mem = '256MB';
WITH contact AS (
    SELECT firm_id, held_on, meeting_id, area_id, union_status FROM goutong.attendance
    WHERE federation_id = :federation AND recorded_at <= :'instant'
      AND (superseded_at IS NULL OR superseded_at > :'instant')
), entry AS (
    SELECT DISTINCT ON (firm_id) firm_id, held_on AS met, area_id, union_status AS said
    FROM contact ORDER BY firm_id, held_on, meeting_id
), told AS (
    SELECT firm_id, min(held_on) FILTER (WHERE union_status = 'organised' AND held_on > met) AS organised,
           min(held_on) FILTER (WHERE union_status IN ('joint', 'covered_by_parent')) AS covered
    FROM contact JOIN entry USING (firm_id)
    WHERE union_status IN ('organised', 'joint', 'covered_by_parent') GROUP BY firm_id
), step AS (
    SELECT firm_id, kind, happened_on AS day, milestone_id AS id, met
    FROM goutong.milestone JOIN entry USING (firm_id)
    WHERE federation_id = :federation AND recorded_at <= :'instant'
      AND (superseded_at IS NULL OR superseded_at > :'instant')
), first_step AS (
    SELECT firm_id, min(day) FILTER (WHERE kind = 'intent' AND day >= met) AS intent,
           min(day) FILTER (WHERE kind IN ('closed', 'moved_out') AND day >= met) AS lost,
           min(day) FILTER (WHERE kind IN ('joined_joint_union', 'covered_by_parent') AND day >= met) AS covered,
           (array_agg(kind ORDER BY day DESC, id DESC)
               FILTER (WHERE kind IN ('intent', 'lapsed', 'declined') AND day < met))[1] = 'intent' AS prior_intent
    FROM step GROUP BY firm_id
), applied AS (
    SELECT s.firm_id, min(s.day) AS day FROM step s JOIN first_step f USING (firm_id)
    WHERE s.kind = 'application' AND s.day >= f.intent GROUP BY s.firm_id
), founded AS (
    SELECT s.firm_id, min(s.day) AS day FROM step s JOIN applied a USING (firm_id)
    WHERE s.kind = 'established' AND s.day >= a.day GROUP BY s.firm_id
), register AS (
    SELECT firm_id, bool_or(organised_from <= met AND (organised_until IS NULL OR met < organised_until)) AS before,
           min(organised_from) FILTER (WHERE organised_from > met) AS organised
    FROM goutong.union_coverage JOIN entry USING (firm_id)
    WHERE federation_id = :federation AND recorded_at <= :'instant'
      AND (superseded_at IS NULL OR superseded_at > :'instant')
    GROUP BY firm_id
), journey AS (
    SELECT e.area_id, date_trunc('week', e.met)::date AS week, e.met + 90 AS horizon,
           e.said IN ('unorganised', 'preparing') AND NOT coalesce(r.before, false)
               AND NOT coalesce(f.prior_intent, false) AS at_risk,
           f.intent, a.day AS application, n.day AS established, f.lost,
           least(r.organised, t.organised) AS organised, least(f.covered, t.covered) AS covered
    FROM entry e LEFT JOIN told t USING (firm_id) LEFT JOIN first_step f USING (firm_id)
    LEFT JOIN applied a USING (firm_id) LEFT JOIN founded n USING (firm_id) LEFT JOIN register r USING (firm_id)
), cell AS (
    SELECT area_id, week, count(*) AS met, count(*) FILTER (WHERE at_risk) AS at_risk,
           count(*) FILTER (WHERE at_risk AND intent <= horizon) AS intent,
           count(*) FILTER (WHERE at_risk AND application <= horizon) AS application,
           count(*) FILTER (WHERE at_risk AND established <= horizon) AS established,
           count(*) FILTER (WHERE at_risk AND (intent <= horizon) IS NOT TRUE AND covered <= horizon) AS covered,
           count(*) FILTER (WHERE at_risk AND (intent <= horizon) IS NOT TRUE AND (covered <= horizon) IS NOT TRUE
               AND (lost <= horizon OR organised <= horizon)) AS exited
    FROM journey GROUP BY area_id, week
)
SELECT count(*), sum(met), sum(at_risk), sum(intent), sum(application), sum(established), sum(covered), sum(exited)
FROM cell;
