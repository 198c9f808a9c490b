-- The default firm funnel as counts: from the first contact, in order, 90 days, at the place of the first
-- meeting. A cell is a version of an area and a week of entry; a figure of whatever period, scope and group is a
-- sum of cells. Clock-free like the journeys it is made of: each firm is judged over its whole window, by all
-- facts, and what a reader at day V may not count yet is corrected while reading (`cell_correction`).

CREATE TABLE goutong.cell (
    federation_id integer NOT NULL,
    -- Of the first meeting, as recorded.
    area_id       integer NOT NULL,
    -- The Monday of the week of entry.
    week_start    date    NOT NULL,
    -- Every firm first met here; those unorganised then; of these, without a live intent before.
    met           integer NOT NULL,
    unorganised   integer NOT NULL,
    at_risk       integer NOT NULL,
    -- Firms at risk that came so far within the window; that came to none but were covered; nor that, but left.
    intent        integer NOT NULL,
    application   integer NOT NULL,
    established   integer NOT NULL,
    covered       integer NOT NULL,
    exited        integer NOT NULL,
    -- No counted fact is of a later day. Never moves back, so that it may be later than need be.
    last_on       date    NOT NULL,
    CONSTRAINT cell_pkey PRIMARY KEY (federation_id, area_id, week_start),
    CONSTRAINT cell_week_monday CHECK ((week_start - date '0001-01-01') % 7 = 0)
);
-- Derived: whoever takes a synthetic federation away need not know of it.
ALTER TABLE goutong.cell ADD CONSTRAINT cell_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation ON DELETE CASCADE;
-- Counts change in place.
ALTER TABLE goutong.cell SET (fillfactor = 80);
-- Weeks whose windows are open.
CREATE INDEX cell_by_week ON goutong.cell (federation_id, week_start);

-- One area's firms by day of entry; and the days from entry to intent, for their median.
CREATE INDEX journey_by_area ON goutong.journey (federation_id, area_id, met_on);
CREATE INDEX journey_converter ON goutong.journey (federation_id, area_id, met_on, intent_on)
    WHERE status = 'unorganised' AND NOT prior_intent AND intent_on <= met_on + 90;

-- A report of one city in a federation of many, and what falls due in a week.
CREATE INDEX meeting_by_area ON goutong.meeting (federation_id, area_id, held_on);
CREATE INDEX attendance_by_area ON goutong.attendance (federation_id, area_id, held_on);
CREATE INDEX firm_identity_by_area ON goutong.firm_identity (federation_id, area_id);
CREATE INDEX attendance_due ON goutong.attendance (federation_id, next_step_due)
    WHERE next_step_due IS NOT NULL;

-- The Monday of a day's week; 0001-01-01 was one.
CREATE FUNCTION goutong.monday(p_day date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_day - (p_day - date '0001-01-01') % 7;

-- What one journey adds to its cell, by facts up to p_until, which is not after the end of its window. `days` from
-- entry to intent, NULL without one; `last_on` the latest day that counts. Inlined: no search path to pin, its body
-- was parsed here.
CREATE FUNCTION goutong.cell_share(
    p_met_on date, p_status text, p_prior_intent boolean, p_intent_on date, p_application_on date,
    p_established_on date, p_covered_on date, p_lost_on date, p_organised_on date, p_until date)
RETURNS TABLE (
    week_start date, unorganised integer, at_risk integer, intent integer, application integer,
    established integer, covered integer, exited integer, days integer, last_on date)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT p_met_on - (p_met_on - date '0001-01-01') % 7,
        (p_status = 'unorganised')::integer,
        (p_status = 'unorganised' AND NOT p_prior_intent)::integer,
        (p_status = 'unorganised' AND NOT p_prior_intent AND p_intent_on <= p_until IS TRUE)::integer,
        (p_status = 'unorganised' AND NOT p_prior_intent AND p_application_on <= p_until IS TRUE)::integer,
        (p_status = 'unorganised' AND NOT p_prior_intent AND p_established_on <= p_until IS TRUE)::integer,
        (p_status = 'unorganised' AND NOT p_prior_intent AND p_intent_on <= p_until IS NOT TRUE
            AND p_covered_on <= p_until IS TRUE)::integer,
        (p_status = 'unorganised' AND NOT p_prior_intent AND p_intent_on <= p_until IS NOT TRUE
            AND p_covered_on <= p_until IS NOT TRUE
            AND least(p_lost_on, p_organised_on) <= p_until IS TRUE)::integer,
        CASE WHEN p_status = 'unorganised' AND NOT p_prior_intent AND p_intent_on <= p_until
            THEN p_intent_on - p_met_on END,
        CASE WHEN p_status = 'unorganised' AND NOT p_prior_intent THEN greatest(p_met_on,
            CASE WHEN p_intent_on <= p_until THEN p_intent_on END,
            CASE WHEN p_application_on <= p_until THEN p_application_on END,
            CASE WHEN p_established_on <= p_until THEN p_established_on END,
            CASE WHEN p_covered_on <= p_until THEN p_covered_on END,
            CASE WHEN p_lost_on <= p_until THEN p_lost_on END,
            CASE WHEN p_organised_on <= p_until THEN p_organised_on END)
        ELSE p_met_on END;
END;

-- The map of a day as before, but inlined, so that a figure of one area asks the map of one; and only versions that
-- have a successor are followed, which are few.
CREATE OR REPLACE FUNCTION goutong.area_on(p_day date)
RETURNS TABLE (area_id integer, standing_id integer)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE walk (area_id, reached, steps) AS (
        SELECT s.from_area_id, s.to_area_id, 1 FROM goutong.area_succession s
        WHERE s.is_primary AND s.changed_on <= p_day
        UNION ALL
        SELECT w.area_id, s.to_area_id, w.steps + 1
        FROM walk w JOIN goutong.area_succession s ON s.from_area_id = w.reached AND s.is_primary
        WHERE s.changed_on <= p_day AND w.steps < 50
    ), last AS (
        SELECT DISTINCT ON (w.area_id) w.area_id, w.reached FROM walk w
        ORDER BY w.area_id, w.steps DESC
    )
    SELECT a.area_id, coalesce(l.reached, a.area_id)
    FROM goutong.area a LEFT JOIN last l ON l.area_id = a.area_id;
END;

-- Reading journeys --------------------------------------------------------------------------------------

-- Whether so many journeys do not hold at a moment that one scan of the ledger is cheaper than deriving these
-- anew one by one (a firm by index costs about as much as ten in a scan).
CREATE FUNCTION goutong.reads_ledger(p_federation integer, p_at timestamptz)
RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    v_limit integer := greatest(5000, (
        SELECT reltuples FROM pg_catalog.pg_class WHERE oid = 'goutong.journey'::regclass) / 10);
    v_stale integer := (
        SELECT count(*) FROM (
            SELECT FROM goutong.journey_queue q WHERE q.federation_id = p_federation LIMIT v_limit + 1) q);
BEGIN
    IF v_stale > v_limit THEN
        RETURN true;
    END IF;
    RETURN v_stale + (
        SELECT count(*) FROM (
            SELECT FROM goutong.journey j
            WHERE j.federation_id = p_federation AND j.known_until > p_at LIMIT v_limit + 1) j) > v_limit;
END
$$;

-- Firms whose journeys do not hold at a moment: still queued, or touched later; with the firms that they were
-- counted as then. Of some areas (NULL: everywhere) those that were ever met there, alone or as one of others: no other
-- firm enters there, now or then.
CREATE FUNCTION goutong.stale_firms(p_federation integer, p_at timestamptz, p_areas integer[])
RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    v_met uuid[];
    v_stale uuid[];
BEGIN
    IF p_areas IS NOT NULL THEN
        v_met := ARRAY(
            WITH root AS (
                SELECT r.firm_id, r.root_id FROM goutong.firm_root_at(p_federation, p_at) r
                UNION
                SELECT r.firm_id, r.root_id FROM goutong.firm_root_at(p_federation, 'infinity') r
            ), met AS (
                SELECT a.firm_id FROM goutong.attendance a
                WHERE a.federation_id = p_federation AND a.area_id = ANY (p_areas)
            ), counted AS (
                SELECT m.firm_id FROM met m
                UNION
                SELECT r.root_id FROM met m JOIN root r ON r.firm_id = m.firm_id
            )
            SELECT c.firm_id FROM counted c
            UNION
            SELECT r.firm_id FROM counted c JOIN root r ON r.root_id = c.firm_id);
    END IF;
    v_stale := ARRAY(
        SELECT q.firm_id FROM goutong.journey_queue q
        WHERE q.federation_id = p_federation AND (p_areas IS NULL OR q.firm_id = ANY (v_met))
        UNION
        SELECT j.firm_id FROM goutong.journey j
        WHERE j.federation_id = p_federation AND j.known_until > p_at
          AND (p_areas IS NULL OR j.firm_id = ANY (v_met)));
    IF cardinality(v_stale) > 0 THEN
        v_stale := goutong.with_roots(p_federation, p_at, v_stale);
    END IF;
    RETURN v_stale;
END
$$;

-- As before, but: two records of one firm at one meeting, merged later, enter by the first of their ids, where it was
-- by chance; and its plans, made for each call, are not compiled, which took longer than half of a scan.
CREATE OR REPLACE FUNCTION goutong.journey_of(p_federation integer, p_at timestamptz, p_firms uuid[])
RETURNS TABLE (
    firm_id uuid, met_on date, entry_meeting_id uuid, area_id integer, registered_area_id integer,
    headcount_band text, status text, prior_intent boolean, intent_on date, application_on date,
    established_on date, first_application_on date, first_established_on date, lost_on date,
    organised_on date, covered_on date)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog
SET plan_cache_mode = force_custom_plan
SET jit = off
SET work_mem = '64MB'
AS $$
#variable_conflict use_column
DECLARE
    v_members uuid[];
BEGIN
    IF p_firms IS NOT NULL THEN
        v_members := p_firms || ARRAY(
            SELECT unnest(ARRAY[r.firm_id, r.root_id])
            FROM goutong.firm_root_at(p_federation, p_at) r
            WHERE r.root_id IN (
                SELECT coalesce(own.root_id, f.firm_id)
                FROM unnest(p_firms) AS f (firm_id)
                LEFT JOIN goutong.firm_root_at(p_federation, p_at) own USING (firm_id)));
    END IF;
    RETURN QUERY
    WITH root AS MATERIALIZED (
        SELECT * FROM goutong.firm_root_at(p_federation, p_at)
    ), contact AS MATERIALIZED (
        SELECT coalesce(r.root_id, a.firm_id) AS firm, a.held_on AS day, a.meeting_id AS meeting,
               a.area_id AS area, a.headcount_band AS band, a.union_status AS said, a.firm_id AS met_as
        FROM goutong.attendance a
        LEFT JOIN root r ON r.firm_id = a.firm_id
        WHERE a.federation_id = p_federation
          AND (p_firms IS NULL OR a.firm_id = ANY (v_members))
          AND a.recorded_at <= p_at AND (a.superseded_at IS NULL OR a.superseded_at > p_at)
    ), entry AS (
        SELECT DISTINCT ON (c.firm) c.firm, c.day AS met, c.meeting, c.area, c.band, c.said
        FROM contact c
        ORDER BY c.firm, c.day, c.meeting, c.met_as
    ), told AS (
        -- What later meetings were told: a union of its own, or cover by another's.
        SELECT c.firm,
            min(c.day) FILTER (WHERE c.said = 'organised' AND c.day > e.met) AS organised,
            min(c.day) FILTER (WHERE c.said IN ('joint', 'covered_by_parent')) AS covered
        FROM contact c JOIN entry e USING (firm)
        WHERE c.said IN ('organised', 'joint', 'covered_by_parent')
        GROUP BY c.firm
    ), step AS (
        SELECT coalesce(r.root_id, m.firm_id) AS firm, m.kind, m.happened_on AS day,
               m.milestone_id AS id
        FROM goutong.milestone m
        LEFT JOIN root r ON r.firm_id = m.firm_id
        WHERE m.federation_id = p_federation
          AND (p_firms IS NULL OR m.firm_id = ANY (v_members))
          AND m.recorded_at <= p_at AND (m.superseded_at IS NULL OR m.superseded_at > p_at)
    ), first_step AS (
        SELECT e.firm,
            min(s.day) FILTER (WHERE s.kind = 'intent' AND s.day >= e.met) AS intent,
            min(s.day) FILTER (WHERE s.kind = 'application' AND s.day >= e.met) AS application,
            min(s.day) FILTER (WHERE s.kind = 'established' AND s.day >= e.met) AS established,
            min(s.day) FILTER (
                WHERE s.kind IN ('closed', 'moved_out') AND s.day >= e.met) AS lost,
            min(s.day) FILTER (
                WHERE s.kind IN ('joined_joint_union', 'covered_by_parent') AND s.day >= e.met)
                AS covered,
            -- The last word before entry: an intent that stood, or one that was withdrawn.
            (array_agg(s.kind ORDER BY s.day DESC, s.id DESC) FILTER (
                WHERE s.kind IN ('intent', 'lapsed', 'declined') AND s.day < e.met))[1] = 'intent'
                AS prior_intent
        FROM entry e JOIN step s USING (firm)
        GROUP BY e.firm
    ), applied AS (
        SELECT f.firm, min(s.day) AS day
        FROM first_step f JOIN step s USING (firm)
        WHERE s.kind = 'application' AND s.day >= f.intent
        GROUP BY f.firm
    ), founded AS (
        SELECT a.firm, min(s.day) AS day
        FROM applied a JOIN step s USING (firm)
        WHERE s.kind = 'established' AND s.day >= a.day
        GROUP BY a.firm
    ), register AS (
        SELECT e.firm,
            bool_or(c.organised_from <= e.met
                AND (c.organised_until IS NULL OR e.met < c.organised_until)) AS organised_before,
            min(c.organised_from) FILTER (WHERE c.organised_from > e.met) AS organised
        FROM goutong.union_coverage c
        LEFT JOIN root r ON r.firm_id = c.firm_id
        JOIN entry e ON e.firm = coalesce(r.root_id, c.firm_id)
        WHERE c.federation_id = p_federation
          AND (p_firms IS NULL OR c.firm_id = ANY (v_members))
          AND c.recorded_at <= p_at AND (c.superseded_at IS NULL OR c.superseded_at > p_at)
        GROUP BY e.firm
    ), registered AS (
        SELECT DISTINCT ON (e.firm) e.firm, g.area_id AS area
        FROM goutong.firm_registration g
        LEFT JOIN root r ON r.firm_id = g.firm_id
        JOIN entry e ON e.firm = coalesce(r.root_id, g.firm_id)
        WHERE g.federation_id = p_federation
          AND (p_firms IS NULL OR g.firm_id = ANY (v_members))
          AND g.recorded_at <= p_at AND (g.superseded_at IS NULL OR g.superseded_at > p_at)
          AND g.registered_on <= e.met
        ORDER BY e.firm, g.registered_on DESC, g.registration_id DESC
    )
    SELECT e.firm, e.met, e.meeting, e.area, registered.area, e.band,
        CASE
            WHEN e.said IN ('organised', 'joint', 'covered_by_parent') THEN 'organised'
            WHEN e.said = 'unknown' THEN 'unknown'
            WHEN register.organised_before THEN 'organised'
            ELSE 'unorganised'
        END,
        coalesce(f.prior_intent, false), f.intent, applied.day, founded.day, f.application,
        f.established, f.lost, least(register.organised, told.organised),
        least(f.covered, told.covered)
    FROM entry e
    LEFT JOIN told USING (firm)
    LEFT JOIN first_step f USING (firm)
    LEFT JOIN applied USING (firm)
    LEFT JOIN founded USING (firm)
    LEFT JOIN register USING (firm)
    LEFT JOIN registered USING (firm);
END
$$;

-- Journeys as known at a moment that entered between two days, in some areas (NULL: everywhere), exact in the
-- caller's snapshot: stored rows that hold at that moment, and from the ledger the firms of which they do not.
-- Where most do not, one scan of the ledger.
CREATE FUNCTION goutong.journey_entered(
    p_federation integer, p_at timestamptz, p_from date, p_to date, p_areas integer[])
RETURNS TABLE (
    firm_id uuid, met_on date, entry_meeting_id uuid, area_id integer, registered_area_id integer,
    headcount_band text, status text, prior_intent boolean, intent_on date, application_on date,
    established_on date, first_application_on date, first_established_on date, lost_on date,
    organised_on date, covered_on date)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog
SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
    v_stale uuid[];
BEGIN
    -- A city's firms are found by their areas, however many others are stale.
    IF coalesce(cardinality(p_areas) > 1000, true) AND goutong.reads_ledger(p_federation, p_at) THEN
        RETURN QUERY
        SELECT o.* FROM goutong.journey_of(p_federation, p_at, NULL) o
        WHERE (p_from IS NULL OR o.met_on >= p_from) AND (p_to IS NULL OR o.met_on <= p_to)
          AND (p_areas IS NULL OR o.area_id = ANY (p_areas));
        RETURN;
    END IF;
    v_stale := goutong.stale_firms(p_federation, p_at, p_areas);
    RETURN QUERY
    SELECT j.firm_id, j.met_on, j.entry_meeting_id, j.area_id, j.registered_area_id,
        j.headcount_band, j.status, j.prior_intent, j.intent_on, j.application_on,
        j.established_on, j.first_application_on, j.first_established_on, j.lost_on,
        j.organised_on, j.covered_on
    FROM goutong.journey j
    WHERE j.federation_id = p_federation AND j.met_on IS NOT NULL
      AND (p_from IS NULL OR j.met_on >= p_from) AND (p_to IS NULL OR j.met_on <= p_to)
      AND (p_areas IS NULL OR j.area_id = ANY (p_areas))
      AND NOT EXISTS (SELECT FROM unnest(v_stale) AS s (firm_id) WHERE s.firm_id = j.firm_id);
    IF cardinality(v_stale) > 0 THEN
        -- A merge with a stale firm draws in its whole group; those not stale are out already.
        RETURN QUERY
        SELECT o.* FROM goutong.journey_of(p_federation, p_at, v_stale) o
        WHERE (p_from IS NULL OR o.met_on >= p_from) AND (p_to IS NULL OR o.met_on <= p_to)
          AND (p_areas IS NULL OR o.area_id = ANY (p_areas))
          AND EXISTS (SELECT FROM unnest(v_stale) AS s (firm_id) WHERE s.firm_id = o.firm_id);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION goutong.journey_at(p_federation integer, p_at timestamptz)
RETURNS TABLE (
    firm_id uuid, met_on date, entry_meeting_id uuid, area_id integer, registered_area_id integer,
    headcount_band text, status text, prior_intent boolean, intent_on date, application_on date,
    established_on date, first_application_on date, first_established_on date, lost_on date,
    organised_on date, covered_on date)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT * FROM goutong.journey_entered(p_federation, p_at, NULL, NULL, NULL);
END;

-- What a journey adds to its cell, of every firm but some, from the ledger as known at a moment: for the scan of all,
-- where `journey_of` takes seven times as long. Firms come in the order of an index, so that nothing is sorted; so it
-- cannot follow merges, and whoever takes part in one is to be left out. Inlined.
CREATE FUNCTION goutong.journey_scan(p_federation integer, p_at timestamptz, p_apart uuid[])
RETURNS TABLE (
    firm_id uuid, met_on date, area_id integer, status text, prior_intent boolean, intent_on date,
    application_on date, established_on date, lost_on date, organised_on date, covered_on date)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH entry AS MATERIALIZED (
        SELECT DISTINCT ON (a.firm_id) a.firm_id, a.held_on AS met, a.area_id, a.union_status AS said
        FROM goutong.attendance a
        WHERE a.federation_id = p_federation AND a.firm_id <> ALL (p_apart)
          AND a.recorded_at <= p_at AND (a.superseded_at IS NULL OR a.superseded_at > p_at)
        ORDER BY a.firm_id, a.held_on, a.meeting_id
    ), told AS (
        SELECT a.firm_id,
            min(a.held_on) FILTER (WHERE a.union_status = 'organised' AND a.held_on > e.met) AS organised,
            min(a.held_on) FILTER (WHERE a.union_status IN ('joint', 'covered_by_parent')) AS covered
        FROM goutong.attendance a JOIN entry e USING (firm_id)
        WHERE a.federation_id = p_federation
          AND a.union_status IN ('organised', 'joint', 'covered_by_parent')
          AND a.recorded_at <= p_at AND (a.superseded_at IS NULL OR a.superseded_at > p_at)
        GROUP BY a.firm_id
    ), step AS (
        SELECT m.firm_id,
            min(m.happened_on) FILTER (WHERE m.kind = 'intent' AND m.happened_on >= e.met) AS intent,
            array_agg(m.happened_on) FILTER (
                WHERE m.kind = 'application' AND m.happened_on >= e.met) AS applications,
            array_agg(m.happened_on) FILTER (
                WHERE m.kind = 'established' AND m.happened_on >= e.met) AS foundings,
            min(m.happened_on) FILTER (
                WHERE m.kind IN ('closed', 'moved_out') AND m.happened_on >= e.met) AS lost,
            min(m.happened_on) FILTER (
                WHERE m.kind IN ('joined_joint_union', 'covered_by_parent') AND m.happened_on >= e.met)
                AS covered,
            -- The last word before entry, by day and id, with the kind at its end.
            right(max((lpad((m.happened_on - date '0001-01-01')::text, 7, '0') || m.milestone_id || m.kind)
                COLLATE "C") FILTER (
                    WHERE m.kind IN ('intent', 'lapsed', 'declined') AND m.happened_on < e.met), 6) = 'intent'
                AS prior_intent
        FROM goutong.milestone m JOIN entry e USING (firm_id)
        WHERE m.federation_id = p_federation
          AND m.recorded_at <= p_at AND (m.superseded_at IS NULL OR m.superseded_at > p_at)
        GROUP BY m.firm_id
    ), applied AS (
        SELECT s.*, CASE WHEN s.applications IS NOT NULL AND s.intent IS NOT NULL THEN (
                SELECT min(d) FROM unnest(s.applications) d WHERE d >= s.intent) END AS application
        FROM step s
    ), register AS (
        SELECT c.firm_id,
            bool_or(c.organised_from <= e.met
                AND (c.organised_until IS NULL OR e.met < c.organised_until)) AS organised_before,
            min(c.organised_from) FILTER (WHERE c.organised_from > e.met) AS organised
        FROM goutong.union_coverage c JOIN entry e USING (firm_id)
        WHERE c.federation_id = p_federation
          AND c.recorded_at <= p_at AND (c.superseded_at IS NULL OR c.superseded_at > p_at)
        GROUP BY c.firm_id
    )
    SELECT e.firm_id, e.met, e.area_id,
        CASE
            WHEN e.said IN ('organised', 'joint', 'covered_by_parent') THEN 'organised'
            WHEN e.said = 'unknown' THEN 'unknown'
            WHEN r.organised_before THEN 'organised'
            ELSE 'unorganised'
        END,
        coalesce(s.prior_intent, false), s.intent, s.application,
        CASE WHEN s.foundings IS NOT NULL AND s.application IS NOT NULL THEN (
            SELECT min(d) FROM unnest(s.foundings) d WHERE d >= s.application) END,
        s.lost, least(r.organised, t.organised), least(s.covered, t.covered)
    FROM entry e
    LEFT JOIN told t USING (firm_id)
    LEFT JOIN applied s USING (firm_id)
    LEFT JOIN register r USING (firm_id);
END;

-- Reading cells -----------------------------------------------------------------------------------------

-- What must be added to the stored cells to count firms that entered from p_since to p_to, by facts up to p_to
-- (which is V), as known at a moment, in some areas (NULL: everywhere); exact in the caller's snapshot. Without
-- p_since and p_to: the whole windows of all firms.
--
-- It is added to cells of the weeks from that of p_since to that of p_to. Sums of both are exact, whatever they are
-- grouped by; one row alone may be negative. Rows are apart by `days`, so that the days of the stored converters and
-- of these rows, weighted by `intent`, give the days of all. Stored cells hold for everybody else because:
--   a week whose windows have all ended by V holds no later fact;
--   a cell without a fact after V (`last_on`) counts the same with and without later facts;
--   of firms in a week before V - 96 days whoever came to nothing has expired, in one after V - 90 days is open.
-- So firms are counted anew that are stale at the moment, that are in a cell with a fact after V, and those of the
-- two weeks that p_since and V - 90 days divide; `expired` counts those of weeks that are not mature.
--
-- Where `reads_ledger`, the stored cells are to be left out: these rows are everything then.
CREATE FUNCTION goutong.cell_correction(
    p_federation integer, p_at timestamptz, p_since date, p_to date, p_areas integer[])
RETURNS TABLE (
    area_id integer, week_start date, days integer, met integer, unorganised integer, at_risk integer,
    intent integer, application integer, established integer, covered integer, exited integer,
    expired integer)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog
SET plan_cache_mode = force_custom_plan
SET work_mem = '256MB'
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    v_stale uuid[] := '{}';
    v_first date := goutong.monday(p_since);
    v_last  date := goutong.monday(p_to) + 6;
    -- Its first firms have a closed window, its last ones an open one; none where p_to is a Sunday's 90th day.
    v_split date := goutong.monday(p_to - 90);
    v_merged uuid[];
BEGIN
    IF goutong.reads_ledger(p_federation, p_at) THEN
        v_merged := ARRAY(
            SELECT DISTINCT unnest(ARRAY[r.firm_id, r.root_id])
            FROM goutong.firm_root_at(p_federation, p_at) r);
        RETURN QUERY
        SELECT o.area_id, s.week_start, CASE WHEN p_to IS NOT NULL THEN s.days END, count(*)::integer,
            sum(s.unorganised)::integer, sum(s.at_risk)::integer, sum(s.intent)::integer, sum(s.application)::integer,
            sum(s.established)::integer, sum(s.covered)::integer, sum(s.exited)::integer,
            coalesce(sum(s.at_risk - s.intent - s.covered - s.exited) FILTER (
                WHERE o.met_on + 90 <= p_to AND s.week_start + 96 > p_to), 0)::integer
        FROM (
            SELECT j.area_id, j.met_on, j.status, j.prior_intent, j.intent_on, j.application_on,
                j.established_on, j.covered_on, j.lost_on, j.organised_on
            FROM goutong.journey_scan(p_federation, p_at, v_merged) j
            UNION ALL
            SELECT j.area_id, j.met_on, j.status, j.prior_intent, j.intent_on, j.application_on,
                j.established_on, j.covered_on, j.lost_on, j.organised_on
            FROM goutong.journey_of(p_federation, p_at, v_merged) j
        ) o
        CROSS JOIN LATERAL goutong.cell_share(o.met_on, o.status, o.prior_intent, o.intent_on,
            o.application_on, o.established_on, o.covered_on, o.lost_on, o.organised_on,
            least(p_to, o.met_on + 90)) s
        WHERE (p_since IS NULL OR o.met_on >= p_since) AND (p_to IS NULL OR o.met_on <= p_to)
          AND (p_areas IS NULL OR o.area_id = ANY (p_areas))
        GROUP BY 1, 2, 3;
        RETURN;
    END IF;
    v_stale := goutong.stale_firms(p_federation, p_at, p_areas);
    RETURN QUERY
    WITH divided AS MATERIALIZED (
        SELECT c.area_id, c.week_start FROM goutong.cell c
        WHERE c.federation_id = p_federation AND p_to IS NOT NULL
          AND c.week_start BETWEEN greatest(v_first, p_to - 95) AND p_to
          AND (c.last_on > p_to OR c.week_start = v_split)
          AND (p_areas IS NULL OR c.area_id = ANY (p_areas))
        UNION
        SELECT c.area_id, c.week_start FROM goutong.cell c
        WHERE c.federation_id = p_federation AND p_since > v_first AND c.week_start = v_first
          AND (p_areas IS NULL OR c.area_id = ANY (p_areas))
    ), stored AS (
        -- Out of their cells, whole; and in again, as of V, where they are not stale.
        SELECT j.area_id, j.met_on, j.status, j.prior_intent, j.intent_on, j.application_on,
            j.established_on, j.covered_on, j.lost_on, j.organised_on, true AS is_stale
        FROM goutong.journey j
        WHERE j.federation_id = p_federation AND j.firm_id = ANY (v_stale) AND j.met_on IS NOT NULL
          AND (p_since IS NULL OR j.met_on >= v_first) AND (p_to IS NULL OR j.met_on <= v_last)
          AND (p_areas IS NULL OR j.area_id = ANY (p_areas))
        UNION ALL
        SELECT j.area_id, j.met_on, j.status, j.prior_intent, j.intent_on, j.application_on,
            j.established_on, j.covered_on, j.lost_on, j.organised_on, false
        FROM divided d
        JOIN goutong.journey j ON j.federation_id = p_federation AND j.area_id = d.area_id
            AND j.met_on >= d.week_start AND j.met_on <= d.week_start + 6
        WHERE NOT EXISTS (SELECT FROM unnest(v_stale) AS s (firm_id) WHERE s.firm_id = j.firm_id)
    ), counted AS (
        SELECT -1 AS sign, j.*, j.met_on + 90 AS until FROM stored j
        UNION ALL
        SELECT 1, j.*, least(p_to, j.met_on + 90) FROM stored j
        WHERE NOT j.is_stale AND (p_since IS NULL OR j.met_on >= p_since)
          AND (p_to IS NULL OR j.met_on <= p_to)
        UNION ALL
        SELECT 1, o.area_id, o.met_on, o.status, o.prior_intent, o.intent_on, o.application_on,
            o.established_on, o.covered_on, o.lost_on, o.organised_on, true, least(p_to, o.met_on + 90)
        FROM goutong.journey_of(p_federation, p_at, v_stale) o
        WHERE cardinality(v_stale) > 0
          AND EXISTS (SELECT FROM unnest(v_stale) AS s (firm_id) WHERE s.firm_id = o.firm_id)
          AND (p_since IS NULL OR o.met_on >= p_since) AND (p_to IS NULL OR o.met_on <= p_to)
          AND (p_areas IS NULL OR o.area_id = ANY (p_areas))
    )
    SELECT c.area_id, s.week_start, CASE WHEN p_to IS NOT NULL THEN s.days END, sum(c.sign)::integer,
        sum(c.sign * s.unorganised)::integer,
        sum(c.sign * s.at_risk)::integer, sum(c.sign * s.intent)::integer,
        sum(c.sign * s.application)::integer, sum(c.sign * s.established)::integer,
        sum(c.sign * s.covered)::integer, sum(c.sign * s.exited)::integer,
        coalesce(sum(s.at_risk - s.intent - s.covered - s.exited) FILTER (
            WHERE c.sign = 1 AND c.met_on + 90 <= p_to AND s.week_start + 96 > p_to), 0)::integer
    FROM counted c
    CROSS JOIN LATERAL goutong.cell_share(c.met_on, c.status, c.prior_intent, c.intent_on,
        c.application_on, c.established_on, c.covered_on, c.lost_on, c.organised_on, c.until) s
    GROUP BY 1, 2, 3;
END
$$;

-- The cells as known at a moment, exact in the caller's snapshot: whole windows, by all facts known then.
CREATE FUNCTION goutong.cell_at(p_federation integer, p_at timestamptz)
RETURNS TABLE (
    area_id integer, week_start date, met integer, unorganised integer, at_risk integer, intent integer,
    application integer, established integer, covered integer, exited integer)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH correction AS MATERIALIZED (
        SELECT x.* FROM goutong.cell_correction(p_federation, p_at, NULL, NULL, NULL) x
    ), stored AS NOT MATERIALIZED (
        SELECT c.* FROM goutong.cell c
        WHERE c.federation_id = p_federation AND NOT (SELECT goutong.reads_ledger(p_federation, p_at))
    )
    -- Mostly nothing is to be corrected: then no cell is looked for among the corrections.
    SELECT c.area_id, c.week_start, c.met, c.unorganised, c.at_risk, c.intent, c.application,
        c.established, c.covered, c.exited
    FROM stored c
    WHERE c.met > 0 AND (SELECT count(*) = 0 FROM correction)
    UNION ALL
    SELECT c.area_id, c.week_start, c.met, c.unorganised, c.at_risk, c.intent, c.application,
        c.established, c.covered, c.exited
    FROM stored c
    WHERE c.met > 0 AND (SELECT count(*) > 0 FROM correction) AND NOT EXISTS (
        SELECT FROM correction x WHERE x.area_id = c.area_id AND x.week_start = c.week_start)
    UNION ALL
    SELECT x.area_id, x.week_start, x.met + coalesce(c.met, 0),
        x.unorganised + coalesce(c.unorganised, 0), x.at_risk + coalesce(c.at_risk, 0),
        x.intent + coalesce(c.intent, 0), x.application + coalesce(c.application, 0),
        x.established + coalesce(c.established, 0), x.covered + coalesce(c.covered, 0),
        x.exited + coalesce(c.exited, 0)
    FROM correction x LEFT JOIN stored c USING (area_id, week_start)
    WHERE x.met + coalesce(c.met, 0) > 0;
END;

-- Writing -----------------------------------------------------------------------------------------------

-- Moves up to p_limit queued firms into `journey`, whole firms in id order, and what they add to `cell` with
-- them: each firm's former share out, its new one in, cells in the order of their key. Returns how many firms; 0
-- also where another session is draining this federation. There is one drainer at a time, and it sees what the one
-- before left, because the statement's snapshot is taken under the lock.
CREATE OR REPLACE FUNCTION goutong.drain_journeys(p_federation integer, p_limit integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    v_firms uuid[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('goutong.drain', p_federation)) THEN
        RETURN 0;
    END IF;
    v_firms := ARRAY(
        SELECT DISTINCT q.firm_id FROM goutong.journey_queue q
        WHERE q.federation_id = p_federation ORDER BY q.firm_id LIMIT p_limit);
    IF cardinality(v_firms) = 0 THEN
        RETURN 0;
    END IF;
    v_firms := goutong.with_roots(p_federation, 'infinity', v_firms);
    -- One statement, one snapshot: an announcement that is seen is of facts that are seen.
    WITH taken AS (
        DELETE FROM goutong.journey_queue q
        WHERE q.federation_id = p_federation AND q.firm_id = ANY (v_firms)
        RETURNING q.firm_id, q.recorded_at
    ), touched AS (
        SELECT announced.firm_id, max(announced.recorded_at) AS known
        FROM (
            SELECT t.firm_id, t.recorded_at FROM taken t
            UNION ALL
            SELECT r.root_id, t.recorded_at
            FROM taken t JOIN goutong.firm_root_at(p_federation, 'infinity') r USING (firm_id)
        ) announced
        GROUP BY announced.firm_id
    ), fresh AS MATERIALIZED (
        SELECT d.firm_id AS firm, d.known, o.*
        FROM touched d
        LEFT JOIN goutong.journey_of(p_federation, 'infinity', v_firms) o ON o.firm_id = d.firm_id
    ), share AS (
        SELECT -1 AS sign, j.area_id, s.*
        FROM touched d
        JOIN goutong.journey j ON j.federation_id = p_federation AND j.firm_id = d.firm_id
        CROSS JOIN LATERAL goutong.cell_share(j.met_on, j.status, j.prior_intent, j.intent_on,
            j.application_on, j.established_on, j.covered_on, j.lost_on, j.organised_on, j.met_on + 90) s
        WHERE j.met_on IS NOT NULL
        UNION ALL
        SELECT 1, f.area_id, s.*
        FROM fresh f
        CROSS JOIN LATERAL goutong.cell_share(f.met_on, f.status, f.prior_intent, f.intent_on,
            f.application_on, f.established_on, f.covered_on, f.lost_on, f.organised_on, f.met_on + 90) s
        WHERE f.met_on IS NOT NULL
    ), kept AS (
        INSERT INTO goutong.journey AS j (
            federation_id, firm_id, met_on, entry_meeting_id, area_id, registered_area_id,
            headcount_band, status, prior_intent, intent_on, application_on, established_on,
            first_application_on, first_established_on, lost_on, organised_on, covered_on, known_until)
        SELECT p_federation, f.firm, f.met_on, f.entry_meeting_id, f.area_id, f.registered_area_id,
            f.headcount_band, f.status, f.prior_intent, f.intent_on, f.application_on,
            f.established_on, f.first_application_on, f.first_established_on, f.lost_on,
            f.organised_on, f.covered_on, f.known
        FROM fresh f
        ON CONFLICT (federation_id, firm_id) DO UPDATE SET
            met_on = excluded.met_on, entry_meeting_id = excluded.entry_meeting_id,
            area_id = excluded.area_id, registered_area_id = excluded.registered_area_id,
            headcount_band = excluded.headcount_band, status = excluded.status,
            prior_intent = excluded.prior_intent, intent_on = excluded.intent_on,
            application_on = excluded.application_on, established_on = excluded.established_on,
            first_application_on = excluded.first_application_on,
            first_established_on = excluded.first_established_on, lost_on = excluded.lost_on,
            organised_on = excluded.organised_on, covered_on = excluded.covered_on,
            known_until = greatest(j.known_until, excluded.known_until)
    )
    INSERT INTO goutong.cell AS c (
        federation_id, area_id, week_start, met, unorganised, at_risk, intent, application,
        established, covered, exited, last_on)
    SELECT p_federation, s.area_id, s.week_start, sum(s.sign), sum(s.sign * s.unorganised),
        sum(s.sign * s.at_risk), sum(s.sign * s.intent), sum(s.sign * s.application),
        sum(s.sign * s.established), sum(s.sign * s.covered), sum(s.sign * s.exited),
        coalesce(max(s.last_on) FILTER (WHERE s.sign = 1), s.week_start)
    FROM share s
    GROUP BY s.area_id, s.week_start
    -- Most firms that are met again change nothing.
    HAVING sum(s.sign) <> 0 OR sum(s.sign * s.unorganised) <> 0 OR sum(s.sign * s.at_risk) <> 0
        OR sum(s.sign * s.intent) <> 0 OR sum(s.sign * s.application) <> 0
        OR sum(s.sign * s.established) <> 0 OR sum(s.sign * s.covered) <> 0
        OR sum(s.sign * s.exited) <> 0
        OR max(s.last_on) FILTER (WHERE s.sign = 1) > max(s.last_on) FILTER (WHERE s.sign = -1)
    ORDER BY s.area_id, s.week_start
    ON CONFLICT (federation_id, area_id, week_start) DO UPDATE SET
        met = c.met + excluded.met, unorganised = c.unorganised + excluded.unorganised,
        at_risk = c.at_risk + excluded.at_risk, intent = c.intent + excluded.intent,
        application = c.application + excluded.application,
        established = c.established + excluded.established, covered = c.covered + excluded.covered,
        exited = c.exited + excluded.exited, last_on = greatest(c.last_on, excluded.last_on);
    RETURN cardinality(v_firms);
END
$$;

-- Forgets what was derived, so that the next drains derive all of it anew: for a ledger whose figures
-- `goutong db verify --figures` found to differ. Readers are exact meanwhile, from the ledger. The owner's.
CREATE FUNCTION goutong.rederive_figures(p_federation integer)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('goutong.drain', p_federation));
    DELETE FROM goutong.cell c WHERE c.federation_id = p_federation;
    -- A row that may be wrong in when it is known until holds from now on only.
    INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
    SELECT f.federation_id, f.firm_id, greatest(now(), j.known_until)
    FROM goutong.firm f LEFT JOIN goutong.journey j USING (federation_id, firm_id)
    WHERE f.federation_id = p_federation;
    DELETE FROM goutong.journey j WHERE j.federation_id = p_federation;
END
$$;

-- Rights ------------------------------------------------------------------------------------------------

ALTER TABLE goutong.cell ENABLE ROW LEVEL SECURITY;
ALTER TABLE goutong.cell FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON goutong.cell TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT ON goutong.cell TO goutong_figures;
CREATE POLICY figures ON goutong.cell FOR SELECT TO goutong_figures
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('figures')));

REVOKE EXECUTE ON FUNCTION goutong.monday(date), goutong.journey_scan(integer, timestamptz, uuid[]),
    goutong.cell_share(date, text, boolean, date, date, date, date, date, date, date),
    goutong.reads_ledger(integer, timestamptz), goutong.stale_firms(integer, timestamptz, integer[]),
    goutong.journey_entered(integer, timestamptz, date, date, integer[]),
    goutong.cell_correction(integer, timestamptz, date, date, integer[]),
    goutong.cell_at(integer, timestamptz), goutong.rederive_figures(integer)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION goutong.monday(date), goutong.journey_scan(integer, timestamptz, uuid[]),
    goutong.cell_share(date, text, boolean, date, date, date, date, date, date, date),
    goutong.reads_ledger(integer, timestamptz), goutong.stale_firms(integer, timestamptz, integer[]),
    goutong.journey_entered(integer, timestamptz, date, date, integer[]),
    goutong.cell_correction(integer, timestamptz, date, date, integer[]),
    goutong.cell_at(integer, timestamptz)
    TO goutong_figures;

-- The cells of what is stored already. Nobody drains meanwhile.
DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('goutong.drain', f.federation_id))
    FROM goutong.federation f;
    INSERT INTO goutong.cell
    SELECT j.federation_id, j.area_id, s.week_start, count(*), sum(s.unorganised), sum(s.at_risk),
        sum(s.intent), sum(s.application), sum(s.established), sum(s.covered), sum(s.exited), max(s.last_on)
    FROM goutong.journey j
    CROSS JOIN LATERAL goutong.cell_share(j.met_on, j.status, j.prior_intent, j.intent_on,
        j.application_on, j.established_on, j.covered_on, j.lost_on, j.organised_on, j.met_on + 90) s
    WHERE j.met_on IS NOT NULL
    GROUP BY j.federation_id, j.area_id, s.week_start;
END
$$;
