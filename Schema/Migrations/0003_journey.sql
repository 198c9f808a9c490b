-- A firm's journey is one row, derived from the ledger by the funnel's semantics: first contact ever,
-- place and status there, then the first of each step. Clock-free: the passing of time changes nothing.

CREATE TABLE goutong.journey (
    federation_id integer NOT NULL,
    firm_id       uuid    NOT NULL,
    -- NULL where the firm has no visible contact (any more): the row still says until when it is known.
    met_on        date,
    entry_meeting_id uuid,
    area_id       integer,
    registered_area_id integer,
    headcount_band text,
    status        text,
    prior_intent  boolean,
    -- First intent on or after entry, first application on or after it, first establishment after that.
    intent_on     date,
    application_on date,
    established_on date,
    -- First of each kind on or after entry, whatever the order.
    first_application_on date,
    first_established_on date,
    -- Closed or moved out, and covered by a joint or parent union, on or after entry; organised, by the
    -- register or by what a meeting was told, on a later day.
    lost_on       date,
    organised_on  date,
    covered_on    date,
    -- Stamp of the last fact that touched the firm: the row holds at every S from then on.
    known_until   timestamptz NOT NULL,
    CONSTRAINT journey_pkey PRIMARY KEY (federation_id, firm_id),
    CONSTRAINT journey_whole CHECK (
        num_nulls(met_on, entry_meeting_id, area_id, status, prior_intent) IN (0, 5)),
    CONSTRAINT journey_status_known CHECK (status IN ('unorganised', 'organised', 'unknown')),
    CONSTRAINT journey_order CHECK (
        intent_on >= met_on AND application_on >= intent_on AND established_on >= application_on)
);
CREATE INDEX journey_known_until ON goutong.journey (federation_id, known_until);

-- Firms whose facts changed: one row a firm a writing transaction, in that transaction.
CREATE TABLE goutong.journey_queue (
    federation_id integer     NOT NULL,
    firm_id       uuid        NOT NULL,
    recorded_at   timestamptz NOT NULL
);
CREATE INDEX journey_queue_by_firm ON goutong.journey_queue (federation_id, firm_id);

ALTER TABLE goutong.journey ADD CONSTRAINT journey_firm_fkey
    FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm;

-- The firm that each merged firm is counted as, by the merges visible at a moment. Firms merged in a loop
-- stay themselves.
CREATE FUNCTION goutong.firm_root_at(p_federation integer, p_at timestamptz)
RETURNS TABLE (firm_id uuid, root_id uuid)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE alias AS (
        SELECT m.duplicate_id, m.kept_id
        FROM goutong.firm_merge m
        WHERE m.federation_id = p_federation
          AND m.recorded_at <= p_at AND (m.superseded_at IS NULL OR m.superseded_at > p_at)
    ), walk (firm_id, reached, path) AS (
        SELECT duplicate_id, kept_id, ARRAY[duplicate_id, kept_id] FROM alias
        UNION ALL
        SELECT w.firm_id, a.kept_id, w.path || a.kept_id
        FROM walk w JOIN alias a ON a.duplicate_id = w.reached
        WHERE a.kept_id <> ALL (w.path)
    ), looped AS (
        SELECT w.firm_id FROM walk w JOIN alias a ON a.duplicate_id = w.reached
        WHERE a.kept_id = w.firm_id
    )
    SELECT DISTINCT ON (w.firm_id) w.firm_id, w.reached
    FROM walk w
    WHERE NOT EXISTS (
        SELECT FROM looped l WHERE l.firm_id = ANY (w.path[1:cardinality(w.path) - 1]))
    ORDER BY w.firm_id, cardinality(w.path) DESC;
END
$$;

-- Firms with the firms that they are counted as: what a fact about them can change.
CREATE FUNCTION goutong.with_roots(p_federation integer, p_at timestamptz, p_firms uuid[])
RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog
AS $$
    SELECT p_firms || ARRAY(
        SELECT r.root_id FROM goutong.firm_root_at(p_federation, p_at) r
        WHERE r.firm_id = ANY (p_firms))
$$;

-- Journeys from the ledger as known at a moment: of some firms (with all that are merged with them),
-- or of every firm where p_firms is NULL. Planned anew each time: one firm and all firms want
-- different plans.
CREATE FUNCTION goutong.journey_of(p_federation integer, p_at timestamptz, p_firms uuid[])
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
               a.area_id AS area, a.headcount_band AS band, a.union_status AS said
        FROM goutong.attendance a
        LEFT JOIN root r ON r.firm_id = a.firm_id
        WHERE a.federation_id = p_federation
          AND (p_firms IS NULL OR a.firm_id = ANY (v_members))
          AND a.recorded_at <= p_at AND (a.superseded_at IS NULL OR a.superseded_at > p_at)
    ), entry AS (
        SELECT DISTINCT ON (c.firm) c.firm, c.day AS met, c.meeting, c.area, c.band, c.said
        FROM contact c
        ORDER BY c.firm, c.day, c.meeting
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

-- Journeys as known at a moment, exact in the caller's snapshot: stored rows that hold at that moment,
-- and from the ledger the firms that are still queued or were touched later.
CREATE FUNCTION goutong.journey_at(p_federation integer, p_at timestamptz)
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
    v_stale uuid[] := ARRAY(
        SELECT q.firm_id FROM goutong.journey_queue q WHERE q.federation_id = p_federation
        UNION
        SELECT j.firm_id FROM goutong.journey j
        WHERE j.federation_id = p_federation AND j.known_until > p_at);
BEGIN
    IF cardinality(v_stale) > 0 THEN
        v_stale := goutong.with_roots(p_federation, p_at, v_stale);
    END IF;
    RETURN QUERY
    SELECT j.firm_id, j.met_on, j.entry_meeting_id, j.area_id, j.registered_area_id,
        j.headcount_band, j.status, j.prior_intent, j.intent_on, j.application_on,
        j.established_on, j.first_application_on, j.first_established_on, j.lost_on,
        j.organised_on, j.covered_on
    FROM goutong.journey j
    WHERE j.federation_id = p_federation AND j.met_on IS NOT NULL AND j.firm_id <> ALL (v_stale);
    IF cardinality(v_stale) > 0 THEN
        -- A merge with a stale firm draws in its whole group; those not stale are out already.
        RETURN QUERY
        SELECT o.* FROM goutong.journey_of(p_federation, p_at, v_stale) o
        WHERE o.firm_id = ANY (v_stale);
    END IF;
END
$$;

-- Moves up to p_limit queued firms into `journey`, whole firms in id order. Returns how many; 0 also
-- where another session is draining this federation.
CREATE FUNCTION goutong.drain_journeys(p_federation integer, p_limit integer)
RETURNS integer
LANGUAGE plpgsql
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
    )
    INSERT INTO goutong.journey AS j (
        federation_id, firm_id, met_on, entry_meeting_id, area_id, registered_area_id,
        headcount_band, status, prior_intent, intent_on, application_on, established_on,
        first_application_on, first_established_on, lost_on, organised_on, covered_on, known_until)
    SELECT p_federation, d.firm_id, o.met_on, o.entry_meeting_id, o.area_id, o.registered_area_id,
        o.headcount_band, o.status, o.prior_intent, o.intent_on, o.application_on,
        o.established_on, o.first_application_on, o.first_established_on, o.lost_on,
        o.organised_on, o.covered_on, d.known
    FROM touched d
    LEFT JOIN goutong.journey_of(p_federation, 'infinity', v_firms) o ON o.firm_id = d.firm_id
    ON CONFLICT (federation_id, firm_id) DO UPDATE SET
        met_on = excluded.met_on, entry_meeting_id = excluded.entry_meeting_id,
        area_id = excluded.area_id, registered_area_id = excluded.registered_area_id,
        headcount_band = excluded.headcount_band, status = excluded.status,
        prior_intent = excluded.prior_intent, intent_on = excluded.intent_on,
        application_on = excluded.application_on, established_on = excluded.established_on,
        first_application_on = excluded.first_application_on,
        first_established_on = excluded.first_established_on, lost_on = excluded.lost_on,
        organised_on = excluded.organised_on, covered_on = excluded.covered_on,
        known_until = greatest(j.known_until, excluded.known_until);
    RETURN cardinality(v_firms);
END
$$;

-- Each version of an area, and the version that stands for it on a day: itself while valid, else along
-- the primary successions.
CREATE FUNCTION goutong.area_on(p_day date)
RETURNS TABLE (area_id integer, standing_id integer)
LANGUAGE sql STABLE SET search_path = pg_catalog
AS $$
    WITH RECURSIVE walk (area_id, reached, steps) AS (
        SELECT a.area_id, a.area_id, 0 FROM goutong.area a
        UNION ALL
        SELECT w.area_id, s.to_area_id, w.steps + 1
        FROM walk w JOIN goutong.area_succession s ON s.from_area_id = w.reached AND s.is_primary
        WHERE s.changed_on <= p_day AND w.steps < 50
    )
    SELECT DISTINCT ON (w.area_id) w.area_id, w.reached FROM walk w
    ORDER BY w.area_id, w.steps DESC
$$;
