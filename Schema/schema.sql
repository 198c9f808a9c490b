-- Written by Scripts/dump-schema: the schema after every migration, to be read.

-- Name: goutong; Type: SCHEMA; Schema: -; Owner: -
CREATE SCHEMA goutong;

-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- Name: actor_account(); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.actor_account() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT nullif(current_setting('goutong.account', true), '')::uuid $$;

-- Name: actor_areas(); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.actor_areas() RETURNS integer[]
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT nullif(nullif(current_setting('goutong.areas', true), '*'), '')::integer[] $$;

-- Name: actor_everywhere(); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.actor_everywhere() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT coalesce(current_setting('goutong.areas', true) = '*', false) $$;

-- Name: actor_federation(); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.actor_federation() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT nullif(current_setting('goutong.federation', true), '')::integer $$;

-- Name: actor_may(text); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.actor_may(p_right text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT coalesce(p_right = ANY (string_to_array(current_setting('goutong.rights', true), ',')), false) $$;

-- Name: analyst_federations(); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.analyst_federations() RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT coalesce(array_agg(f.federation_id), '{}')
    FROM goutong.federation f
    -- In full: a login's temporary table `pg_roles` would come first, and say what it likes.
    JOIN pg_catalog.pg_roles r ON r.rolname = 'goutong_analyst_' || f.code
    WHERE pg_has_role(session_user, r.oid, 'MEMBER')
$$;

-- Name: applicant_duplicates(integer, uuid); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.applicant_duplicates(p_federation integer, p_applicant uuid) RETURNS TABLE(applicant_id uuid, meeting_id uuid, matched text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT t.applicant_id, t.meeting_id, t.matched
    FROM goutong.applicant p
    JOIN goutong.applicant_person x ON x.federation_id = p.federation_id
        AND x.applicant_id = p.applicant_id AND x.revision = p.person_revision
    CROSS JOIN LATERAL goutong.applicant_tagged(
        p_federation, p_applicant, ARRAY[x.mobile_tag], ARRAY[x.document_tag]) t
    WHERE p.federation_id = p_federation AND p.applicant_id = p_applicant AND p.superseded_at IS NULL
$$;

-- Name: applicant_in_scope(integer, uuid); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.applicant_in_scope(p_federation integer, p_applicant uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT p_federation = goutong.actor_federation() AND EXISTS (
        SELECT FROM goutong.applicant p
        JOIN goutong.meeting_revision r ON r.federation_id = p_federation
            AND r.meeting_id = p.meeting_id AND r.revision = p.revision
        WHERE p.federation_id = p_federation AND p.applicant_id = p_applicant
          AND p.superseded_at IS NULL
          AND (goutong.actor_everywhere() OR r.area_id = ANY (goutong.actor_areas()))
          AND (goutong.actor_may('people')
            OR (goutong.actor_may('people_own')
                AND EXISTS (
                    SELECT FROM goutong.meeting_revision own
                    WHERE own.federation_id = p_federation AND own.meeting_id = p.meeting_id
                      AND own.revision = p.person_revision
                      AND own.recorded_by = goutong.actor_account())
                AND NOT EXISTS (
                    SELECT FROM goutong.applicant_event e
                    WHERE e.federation_id = p_federation AND e.applicant_id = p_applicant
                      AND e.superseded_at IS NULL AND e.kind <> 'under_review'))))
$$;

-- Name: applicant_tagged(integer, uuid, bytea[], bytea[]); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.applicant_tagged(p_federation integer, p_applicant uuid, p_mobiles bytea[], p_documents bytea[]) RETURNS TABLE(applicant_id uuid, meeting_id uuid, matched text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
#variable_conflict use_column
BEGIN
    IF goutong.may_review(p_federation, p_applicant) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH found AS (
        SELECT x.applicant_id, x.revision, 'document' AS matched FROM goutong.applicant_person x
        WHERE x.federation_id = p_federation AND x.document_tag = ANY (p_documents)
        UNION ALL
        SELECT x.applicant_id, x.revision, 'mobile' FROM goutong.applicant_person x
        WHERE x.federation_id = p_federation AND x.mobile_tag = ANY (p_mobiles)
    )
    SELECT p.applicant_id, p.meeting_id, string_agg(DISTINCT f.matched, '+' ORDER BY f.matched)
    FROM found f
    JOIN goutong.applicant p ON p.federation_id = p_federation AND p.applicant_id = f.applicant_id
        AND p.person_revision = f.revision AND p.superseded_at IS NULL
    WHERE p.applicant_id <> p_applicant AND NOT EXISTS (
        SELECT FROM goutong.applicant_event e
        WHERE e.federation_id = p_federation AND e.applicant_id = p.applicant_id
          AND e.superseded_at IS NULL AND e.kind IN ('duplicate', 'rejected', 'withdrawn'))
    GROUP BY p.applicant_id, p.meeting_id
    ORDER BY p.applicant_id;
END
$$;

-- Name: application_at(integer, timestamp with time zone); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.application_at(p_federation integer, p_at timestamp with time zone) RETURNS TABLE(applicant_id uuid, meeting_id uuid, revision integer, joined_on date, first_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
#variable_conflict use_column
BEGIN
    IF NOT (goutong.is_operator()
        OR (p_federation = goutong.actor_federation() AND goutong.actor_may('figures')))
    THEN
        RAISE EXCEPTION 'not this actor''s figures' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    WITH application AS MATERIALIZED (
        SELECT x.applicant_id, x.meeting_id, x.revision, greatest(m.held_on, p.consent_on) AS joined_on,
               p.document_tag, p.mobile_tag
        FROM goutong.applicant x
        JOIN goutong.meeting m USING (federation_id, meeting_id, revision)
        LEFT JOIN goutong.applicant_person p ON p.federation_id = x.federation_id
            AND p.applicant_id = x.applicant_id AND p.revision = x.person_revision
        WHERE x.federation_id = p_federation
          AND x.recorded_at <= p_at AND (x.superseded_at IS NULL OR x.superseded_at > p_at)
          AND NOT EXISTS (
            SELECT FROM goutong.applicant_event e
            WHERE e.federation_id = p_federation AND e.applicant_id = x.applicant_id
              AND e.kind = 'duplicate' AND e.recorded_at <= p_at
              AND (e.superseded_at IS NULL OR e.superseded_at > p_at))
    )
    SELECT a.applicant_id, a.meeting_id, a.revision, a.joined_on,
        CASE
            WHEN a.document_tag IS NOT NULL THEN
                first_value(a.applicant_id) OVER (PARTITION BY a.document_tag ORDER BY a.applicant_id)
            WHEN a.mobile_tag IS NOT NULL THEN
                first_value(a.applicant_id) OVER (
                    PARTITION BY a.mobile_tag ORDER BY a.document_tag IS NULL, a.applicant_id)
            ELSE a.applicant_id
        END
    FROM application a;
END
$$;

-- Name: area; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.area (
    area_id integer NOT NULL,
    code text NOT NULL,
    level text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    district_code text NOT NULL,
    district_name text NOT NULL,
    pinyin text NOT NULL,
    initials text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    source text NOT NULL,
    CONSTRAINT area_code_form CHECK ((code ~ '^[0-9]{6}([0-9]{3})?$'::text)),
    CONSTRAINT area_district_prefix CHECK (("left"(code, 6) = district_code)),
    CONSTRAINT area_kind_known CHECK ((kind = ANY (ARRAY['district'::text, 'subdistrict'::text, 'town'::text, 'township'::text, 'area_office'::text, 'quasi'::text]))),
    CONSTRAINT area_level_code CHECK (((level = 'district'::text) = (length(code) = 6))),
    CONSTRAINT area_level_known CHECK ((level = ANY (ARRAY['district'::text, 'township'::text]))),
    CONSTRAINT area_validity_order CHECK ((valid_to > valid_from))
);

-- Name: area_succession; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.area_succession (
    from_area_id integer NOT NULL,
    to_area_id integer NOT NULL,
    changed_on date NOT NULL,
    kind text NOT NULL,
    is_primary boolean NOT NULL,
    CONSTRAINT area_succession_forward CHECK ((from_area_id <> to_area_id)),
    CONSTRAINT area_succession_kind_known CHECK ((kind = ANY (ARRAY['renamed'::text, 'recoded'::text, 'split'::text, 'merged'::text, 'added'::text, 'removed'::text])))
);

-- Name: area_on(date); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.area_on(p_day date) RETURNS TABLE(area_id integer, standing_id integer)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH RECURSIVE walk(area_id, reached, steps) AS (
          SELECT s.from_area_id,
             s.to_area_id,
             1 AS "?column?"
            FROM goutong.area_succession s
           WHERE (s.is_primary AND (s.changed_on <= area_on.p_day))
         UNION ALL
          SELECT w.area_id,
             s.to_area_id,
             (w.steps + 1)
            FROM (walk w
              JOIN goutong.area_succession s ON (((s.from_area_id = w.reached) AND s.is_primary)))
           WHERE ((s.changed_on <= area_on.p_day) AND (w.steps < 50))
         ), last AS (
          SELECT DISTINCT ON (w.area_id) w.area_id,
             w.reached
            FROM walk w
           ORDER BY w.area_id, w.steps DESC
         )
  SELECT a.area_id,
     COALESCE(l.reached, a.area_id) AS "coalesce"
    FROM (goutong.area a
      LEFT JOIN last l ON ((l.area_id = a.area_id)));
END;

-- Name: audit(integer, uuid, uuid, text, text, text, text, text, text, text); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.audit(p_federation integer, p_entry uuid, p_account uuid, p_actor text, p_action text, p_kind text, p_object text, p_reason text, p_result text, p_request text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    WITH entry AS (
        INSERT INTO goutong.audit_entry (federation_id, entry_id, at, account_id, actor, action,
            object_kind, object_id, reason, result, request_id)
        VALUES (p_federation, p_entry, clock_timestamp(), p_account, p_actor, p_action, p_kind, p_object,
            p_reason, p_result, p_request)
    )
    INSERT INTO goutong.audit_unsealed (federation_id, entry_id) VALUES (p_federation, p_entry)
$$;

-- Name: audit_head(integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.audit_head(p_federation integer) RETURNS TABLE("position" bigint, code bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT l.position, l.code FROM goutong.audit_link l
    WHERE l.federation_id = p_federation ORDER BY l.position DESC LIMIT 1
$$;

-- Name: audit_head_at(integer, timestamp with time zone); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.audit_head_at(p_federation integer, p_at timestamp with time zone) RETURNS TABLE("position" bigint, code bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT l.position, l.code FROM goutong.audit_link l
    WHERE l.federation_id = p_federation AND l.sealed_at <= p_at
    ORDER BY l.sealed_at DESC, l.position DESC LIMIT 1
$$;

-- Name: audit_entry; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.audit_entry (
    federation_id integer NOT NULL,
    entry_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id uuid,
    actor text NOT NULL,
    action text NOT NULL,
    object_kind text,
    object_id text,
    reason text,
    result text NOT NULL,
    request_id text,
    CONSTRAINT audit_entry_action_form CHECK ((action ~ '^[a-z]+(\.[a-z_]+)+$'::text)),
    CONSTRAINT audit_entry_result_known CHECK ((result = ANY (ARRAY['done'::text, 'refused'::text, 'failed'::text])))
);
ALTER TABLE ONLY goutong.audit_entry FORCE ROW LEVEL SECURITY;

-- Name: audit_pending(integer, integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.audit_pending(p_federation integer, p_limit integer) RETURNS SETOF goutong.audit_entry
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('goutong.audit', p_federation)) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT e.* FROM goutong.audit_unsealed u
    JOIN goutong.audit_entry e USING (federation_id, entry_id)
    WHERE u.federation_id = p_federation
    ORDER BY e.at, e.entry_id LIMIT p_limit;
END
$$;

-- Name: audit_seal(integer, bigint, uuid[], bytea[], timestamp with time zone); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.audit_seal(p_federation integer, p_first bigint, p_entries uuid[], p_codes bytea[], p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF p_first <> 1 + coalesce(
        (SELECT max(l.position) FROM goutong.audit_link l WHERE l.federation_id = p_federation), 0)
    THEN
        RAISE EXCEPTION 'the chain has moved' USING ERRCODE = 'serialization_failure';
    END IF;
    INSERT INTO goutong.audit_link (federation_id, position, entry_id, code, sealed_at)
    SELECT p_federation, p_first + t.n - 1, t.entry_id, t.code, p_at
    FROM unnest(p_entries, p_codes) WITH ORDINALITY AS t (entry_id, code, n);
    DELETE FROM goutong.audit_unsealed u
    WHERE u.federation_id = p_federation AND u.entry_id = ANY (p_entries);
END
$$;

-- Name: carry_applicant(integer, uuid, uuid, integer, integer, timestamp with time zone); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.carry_applicant(p_federation integer, p_meeting uuid, p_applicant uuid, p_revision integer, p_position integer, p_stamp timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF NOT (goutong.is_operator()
        OR (p_federation = goutong.actor_federation() AND goutong.actor_may('record')
            AND EXISTS (
                SELECT FROM goutong.meeting_revision r
                WHERE r.federation_id = p_federation AND r.meeting_id = p_meeting
                  AND r.revision = p_revision AND r.recorded_by = goutong.actor_account()
                  AND (goutong.actor_everywhere() OR r.area_id = ANY (goutong.actor_areas())))))
    THEN
        RAISE EXCEPTION 'not this actor''s meeting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO goutong.applicant (federation_id, applicant_id, meeting_id, revision, person_revision,
        position, channel, employer_firm_id, employer_uscc, employer_name, categories, recorded_at)
    SELECT a.federation_id, a.applicant_id, a.meeting_id, p_revision, a.person_revision, p_position,
           a.channel, a.employer_firm_id, a.employer_uscc, a.employer_name, a.categories, p_stamp
    FROM goutong.applicant a
    WHERE a.federation_id = p_federation AND a.applicant_id = p_applicant AND a.meeting_id = p_meeting
      AND a.superseded_at = p_stamp;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such applicant to carry' USING ERRCODE = 'no_data_found';
    END IF;
END
$$;

-- Name: cell_correction(integer, timestamp with time zone, date, date, integer[]); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.cell_correction(p_federation integer, p_at timestamp with time zone, p_since date, p_to date, p_areas integer[]) RETURNS TABLE(area_id integer, week_start date, days integer, met integer, unorganised integer, at_risk integer, intent integer, application integer, established integer, covered integer, exited integer, expired integer)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_custom_plan'
    SET work_mem TO '256MB'
    SET jit TO 'off'
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

-- Name: reads_ledger(integer, timestamp with time zone); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.reads_ledger(p_federation integer, p_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_custom_plan'
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

-- Name: cell; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.cell (
    federation_id integer NOT NULL,
    area_id integer NOT NULL,
    week_start date NOT NULL,
    met integer NOT NULL,
    unorganised integer NOT NULL,
    at_risk integer NOT NULL,
    intent integer NOT NULL,
    application integer NOT NULL,
    established integer NOT NULL,
    covered integer NOT NULL,
    exited integer NOT NULL,
    last_on date NOT NULL,
    CONSTRAINT cell_week_monday CHECK ((((week_start - '0001-01-01'::date) % 7) = 0))
)
WITH (fillfactor='80');
ALTER TABLE ONLY goutong.cell FORCE ROW LEVEL SECURITY;

-- Name: cell_at(integer, timestamp with time zone); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.cell_at(p_federation integer, p_at timestamp with time zone) RETURNS TABLE(area_id integer, week_start date, met integer, unorganised integer, at_risk integer, intent integer, application integer, established integer, covered integer, exited integer)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH correction AS MATERIALIZED (
          SELECT x.area_id,
             x.week_start,
             x.days,
             x.met,
             x.unorganised,
             x.at_risk,
             x.intent,
             x.application,
             x.established,
             x.covered,
             x.exited,
             x.expired
            FROM goutong.cell_correction(cell_at.p_federation, cell_at.p_at, NULL::date, NULL::date, NULL::integer[]) x(area_id, week_start, days, met, unorganised, at_risk, intent, application, established, covered, exited, expired)
         ), stored AS NOT MATERIALIZED (
          SELECT c.federation_id,
             c.area_id,
             c.week_start,
             c.met,
             c.unorganised,
             c.at_risk,
             c.intent,
             c.application,
             c.established,
             c.covered,
             c.exited,
             c.last_on
            FROM goutong.cell c
           WHERE ((c.federation_id = cell_at.p_federation) AND (NOT ( SELECT goutong.reads_ledger(cell_at.p_federation, cell_at.p_at) AS reads_ledger)))
         )
  SELECT c.area_id,
     c.week_start,
     c.met,
     c.unorganised,
     c.at_risk,
     c.intent,
     c.application,
     c.established,
     c.covered,
     c.exited
    FROM stored c
   WHERE ((c.met > 0) AND ( SELECT (count(*) = 0)
            FROM correction))
 UNION ALL
  SELECT c.area_id,
     c.week_start,
     c.met,
     c.unorganised,
     c.at_risk,
     c.intent,
     c.application,
     c.established,
     c.covered,
     c.exited
    FROM stored c
   WHERE ((c.met > 0) AND ( SELECT (count(*) > 0)
            FROM correction) AND (NOT (EXISTS ( SELECT
            FROM correction x
           WHERE ((x.area_id = c.area_id) AND (x.week_start = c.week_start))))))
 UNION ALL
  SELECT x.area_id,
     x.week_start,
     (x.met + COALESCE(c.met, 0)),
     (x.unorganised + COALESCE(c.unorganised, 0)),
     (x.at_risk + COALESCE(c.at_risk, 0)),
     (x.intent + COALESCE(c.intent, 0)),
     (x.application + COALESCE(c.application, 0)),
     (x.established + COALESCE(c.established, 0)),
     (x.covered + COALESCE(c.covered, 0)),
     (x.exited + COALESCE(c.exited, 0))
    FROM (correction x
      LEFT JOIN stored c USING (area_id, week_start))
   WHERE ((x.met + COALESCE(c.met, 0)) > 0);
END;

-- Name: cell_share(date, text, boolean, date, date, date, date, date, date, date); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.cell_share(p_met_on date, p_status text, p_prior_intent boolean, p_intent_on date, p_application_on date, p_established_on date, p_covered_on date, p_lost_on date, p_organised_on date, p_until date) RETURNS TABLE(week_start date, unorganised integer, at_risk integer, intent integer, application integer, established integer, covered integer, exited integer, days integer, last_on date)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (p_met_on - ((p_met_on - '0001-01-01'::date) % 7)),
     ((p_status = 'unorganised'::text))::integer AS int4,
     (((p_status = 'unorganised'::text) AND (NOT p_prior_intent)))::integer AS int4,
     (((p_status = 'unorganised'::text) AND (NOT p_prior_intent) AND ((p_intent_on <= p_until) IS TRUE)))::integer AS int4,
     (((p_status = 'unorganised'::text) AND (NOT p_prior_intent) AND ((p_application_on <= p_until) IS TRUE)))::integer AS int4,
     (((p_status = 'unorganised'::text) AND (NOT p_prior_intent) AND ((p_established_on <= p_until) IS TRUE)))::integer AS int4,
     (((p_status = 'unorganised'::text) AND (NOT p_prior_intent) AND ((p_intent_on <= p_until) IS NOT TRUE) AND ((p_covered_on <= p_until) IS TRUE)))::integer AS int4,
     (((p_status = 'unorganised'::text) AND (NOT p_prior_intent) AND ((p_intent_on <= p_until) IS NOT TRUE) AND ((p_covered_on <= p_until) IS NOT TRUE) AND ((LEAST(p_lost_on, p_organised_on) <= p_until) IS TRUE)))::integer AS int4,
         CASE
             WHEN ((p_status = 'unorganised'::text) AND (NOT p_prior_intent) AND (p_intent_on <= p_until)) THEN (p_intent_on - p_met_on)
             ELSE NULL::integer
         END AS "case",
         CASE
             WHEN ((p_status = 'unorganised'::text) AND (NOT p_prior_intent)) THEN GREATEST(p_met_on,
             CASE
                 WHEN (p_intent_on <= p_until) THEN p_intent_on
                 ELSE NULL::date
             END,
             CASE
                 WHEN (p_application_on <= p_until) THEN p_application_on
                 ELSE NULL::date
             END,
             CASE
                 WHEN (p_established_on <= p_until) THEN p_established_on
                 ELSE NULL::date
             END,
             CASE
                 WHEN (p_covered_on <= p_until) THEN p_covered_on
                 ELSE NULL::date
             END,
             CASE
                 WHEN (p_lost_on <= p_until) THEN p_lost_on
                 ELSE NULL::date
             END,
             CASE
                 WHEN (p_organised_on <= p_until) THEN p_organised_on
                 ELSE NULL::date
             END)
             ELSE p_met_on
         END AS p_met_on;
END;

-- Name: correct_person(integer, uuid, bytea, bytea, bytea); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.correct_person(p_federation integer, p_applicant uuid, p_sealed bytea, p_mobile_tag bytea, p_document_tag bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF goutong.may_review(p_federation, p_applicant) IS NOT TRUE THEN
        RETURN false;
    END IF;
    UPDATE goutong.applicant_person x
    SET sealed = p_sealed, mobile_tag = p_mobile_tag, document_tag = p_document_tag,
        corrected_at = clock_timestamp()
    FROM goutong.applicant p
    WHERE p.federation_id = p_federation AND p.applicant_id = p_applicant AND p.superseded_at IS NULL
      AND x.federation_id = p_federation AND x.applicant_id = p_applicant AND x.revision = p.person_revision;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE goutong.meeting_revision r SET persons_tag = NULL
    WHERE r.federation_id = p_federation AND r.persons_tag IS NOT NULL AND r.meeting_id IN (
        SELECT p.meeting_id FROM goutong.applicant p
        WHERE p.federation_id = p_federation AND p.applicant_id = p_applicant);
    RETURN true;
END
$$;

-- Name: drain_journeys(integer, integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.drain_journeys(p_federation integer, p_limit integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
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

-- Name: drop_persons(integer, uuid[]); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.drop_persons(p_federation integer, p_applicants uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    INSERT INTO goutong.applicant_erasure (federation_id, applicant_id, erased_at)
    SELECT p_federation, a.id, clock_timestamp() FROM unnest(p_applicants) AS a (id)
    ON CONFLICT DO NOTHING;
    DELETE FROM goutong.applicant_person x
    WHERE x.federation_id = p_federation AND x.applicant_id = ANY (p_applicants);
    UPDATE goutong.meeting_revision r SET persons_tag = NULL
    WHERE r.federation_id = p_federation AND r.persons_tag IS NOT NULL AND r.meeting_id IN (
        SELECT p.meeting_id FROM goutong.applicant p
        WHERE p.federation_id = p_federation AND p.applicant_id = ANY (p_applicants));
    UPDATE goutong.applicant p
    SET employer_firm_id = NULL, employer_uscc = NULL, employer_name = NULL
    WHERE p.federation_id = p_federation AND p.applicant_id = ANY (p_applicants);
    UPDATE goutong.applicant_event e SET reason = NULL
    WHERE e.federation_id = p_federation AND e.applicant_id = ANY (p_applicants) AND e.reason IS NOT NULL;
$$;

-- Name: enter(integer, uuid, text[]); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.enter(p_federation integer, p_account uuid, p_rights text[]) RETURNS TABLE(login text, display_name text, role text, unit_code text, rights text[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
#variable_conflict use_column
DECLARE
    v_account goutong.account;
    v_rights text[];
    v_root boolean;
BEGIN
    SELECT * INTO v_account FROM goutong.account a
    WHERE a.federation_id = p_federation AND a.account_id = p_account AND a.disabled_at IS NULL;
    IF NOT FOUND THEN
        PERFORM set_config('goutong.rights', '', true), set_config('goutong.areas', '', true),
                set_config('goutong.federation', '', true), set_config('goutong.account', '', true);
        RETURN;
    END IF;
    v_rights := ARRAY(
        SELECT r.right_name FROM goutong.role_right r
        WHERE r.role = v_account.role AND (p_rights IS NULL OR r.right_name = ANY (p_rights))
        ORDER BY r.right_name);
    SELECT u.parent_code IS NULL INTO v_root FROM goutong.org_unit u
    WHERE u.federation_id = p_federation AND u.code = v_account.unit_code;
    PERFORM set_config('goutong.federation', p_federation::text, true),
            set_config('goutong.account', p_account::text, true),
            set_config('goutong.rights', array_to_string(v_rights, ','), true),
            set_config('goutong.areas',
                CASE WHEN v_root THEN '*'
                     ELSE goutong.unit_areas(p_federation, v_account.unit_code)::text END, true);
    RETURN QUERY SELECT v_account.login, v_account.display_name, v_account.role, v_account.unit_code,
                        v_rights;
END
$$;

-- Name: erase_person(integer, uuid); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.erase_person(p_federation integer, p_applicant uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF goutong.may_review(p_federation, p_applicant) IS NOT TRUE THEN
        RETURN false;
    END IF;
    PERFORM goutong.drop_persons(p_federation, ARRAY[p_applicant]);
    RETURN true;
END
$$;

-- Name: find_firms(integer, text, text, text, integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.find_firms(p_federation integer, p_pattern text, p_code text, p_district text, p_limit integer) RETURNS TABLE(place bigint, firm_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
#variable_conflict use_column
BEGIN
    IF NOT (goutong.is_operator()
        OR (p_federation = goutong.actor_federation() AND goutong.actor_may('firms')))
    THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT row_number() OVER (ORDER BY i.district_code IS DISTINCT FROM p_district, i.name, i.firm_id),
           i.firm_id
    FROM goutong.firm_identity i
    WHERE i.federation_id = p_federation AND i.superseded_at IS NULL
      AND (i.name LIKE p_pattern OR i.uscc LIKE p_code)
    ORDER BY 1 LIMIT p_limit;
END
$$;

-- Name: firm_in_scope(integer, uuid); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.firm_in_scope(p_federation integer, p_firm uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT p_federation = goutong.actor_federation()
        AND (goutong.actor_may('firms') OR goutong.actor_may('record')) AND (
        goutong.actor_everywhere()
        OR EXISTS (
            SELECT FROM goutong.firm_identity i
            WHERE i.federation_id = p_federation AND i.firm_id = p_firm AND i.superseded_at IS NULL
              AND i.area_id = ANY (goutong.actor_areas()))
        OR EXISTS (
            SELECT FROM goutong.attendance t
            WHERE t.federation_id = p_federation AND t.firm_id = p_firm AND t.superseded_at IS NULL
              AND t.area_id = ANY (goutong.actor_areas())))
$$;

-- Name: firm_root_at(integer, timestamp with time zone); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.firm_root_at(p_federation integer, p_at timestamp with time zone) RETURNS TABLE(firm_id uuid, root_id uuid)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_generic_plan'
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

-- Name: is_erased(integer, uuid); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.is_erased(p_federation integer, p_applicant uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT EXISTS (SELECT FROM goutong.applicant_erasure e
                   WHERE e.federation_id = p_federation AND e.applicant_id = p_applicant)
$$;

-- Name: is_operator(); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.is_operator() RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT pg_has_role(session_user, n.nspowner, 'MEMBER')
    -- In full: a temporary table of that name would come first.
    FROM pg_catalog.pg_namespace n WHERE n.nspname = 'goutong'
$$;

-- Name: journey_entered(integer, timestamp with time zone, date, date, integer[]); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.journey_entered(p_federation integer, p_at timestamp with time zone, p_from date, p_to date, p_areas integer[]) RETURNS TABLE(firm_id uuid, met_on date, entry_meeting_id uuid, area_id integer, registered_area_id integer, headcount_band text, status text, prior_intent boolean, intent_on date, application_on date, established_on date, first_application_on date, first_established_on date, lost_on date, organised_on date, covered_on date)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_custom_plan'
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

-- Name: journey_at(integer, timestamp with time zone); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.journey_at(p_federation integer, p_at timestamp with time zone) RETURNS TABLE(firm_id uuid, met_on date, entry_meeting_id uuid, area_id integer, registered_area_id integer, headcount_band text, status text, prior_intent boolean, intent_on date, application_on date, established_on date, first_application_on date, first_established_on date, lost_on date, organised_on date, covered_on date)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT journey_entered.firm_id,
     journey_entered.met_on,
     journey_entered.entry_meeting_id,
     journey_entered.area_id,
     journey_entered.registered_area_id,
     journey_entered.headcount_band,
     journey_entered.status,
     journey_entered.prior_intent,
     journey_entered.intent_on,
     journey_entered.application_on,
     journey_entered.established_on,
     journey_entered.first_application_on,
     journey_entered.first_established_on,
     journey_entered.lost_on,
     journey_entered.organised_on,
     journey_entered.covered_on
    FROM goutong.journey_entered(journey_at.p_federation, journey_at.p_at, NULL::date, NULL::date, NULL::integer[]) journey_entered(firm_id, met_on, entry_meeting_id, area_id, registered_area_id, headcount_band, status, prior_intent, intent_on, application_on, established_on, first_application_on, first_established_on, lost_on, organised_on, covered_on);
END;

-- Name: journey_of(integer, timestamp with time zone, uuid[]); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.journey_of(p_federation integer, p_at timestamp with time zone, p_firms uuid[]) RETURNS TABLE(firm_id uuid, met_on date, entry_meeting_id uuid, area_id integer, registered_area_id integer, headcount_band text, status text, prior_intent boolean, intent_on date, application_on date, established_on date, first_application_on date, first_established_on date, lost_on date, organised_on date, covered_on date)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_custom_plan'
    SET jit TO 'off'
    SET work_mem TO '64MB'
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

-- Name: attendance; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.attendance (
    federation_id integer NOT NULL,
    meeting_id uuid NOT NULL,
    revision integer NOT NULL,
    "position" integer NOT NULL,
    firm_id uuid NOT NULL,
    held_on date NOT NULL,
    area_id integer NOT NULL,
    union_status text NOT NULL,
    stated_uscc text,
    stated_name text,
    stated_area_id integer,
    parent text,
    headcount integer,
    headcount_band text,
    industry text,
    attitude text,
    questions text[] NOT NULL,
    next_step text,
    next_step_due date,
    next_step_owner text,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT attendance_attitude_known CHECK ((attitude = ANY (ARRAY['supportive'::text, 'to_report'::text, 'neutral'::text, 'reluctant'::text, 'opposed'::text]))),
    CONSTRAINT attendance_band_known CHECK ((headcount_band = ANY (ARRAY['1-9'::text, '10-24'::text, '25-99'::text, '100-499'::text, '500+'::text]))),
    CONSTRAINT attendance_headcount_positive CHECK ((headcount >= 0)),
    CONSTRAINT attendance_next_step_named CHECK (((next_step IS NOT NULL) OR ((next_step_due IS NULL) AND (next_step_owner IS NULL)))),
    CONSTRAINT attendance_status_known CHECK ((union_status = ANY (ARRAY['unorganised'::text, 'preparing'::text, 'organised'::text, 'joint'::text, 'covered_by_parent'::text, 'unknown'::text]))),
    CONSTRAINT attendance_superseded_later CHECK ((superseded_at > recorded_at))
);
ALTER TABLE ONLY goutong.attendance FORCE ROW LEVEL SECURITY;

-- Name: milestone; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.milestone (
    federation_id integer NOT NULL,
    milestone_id uuid NOT NULL,
    revision integer NOT NULL,
    firm_id uuid NOT NULL,
    kind text NOT NULL,
    happened_on date NOT NULL,
    meeting_id uuid,
    of_document boolean NOT NULL,
    intent_form text,
    reference text,
    union_name text,
    union_form text,
    members integer,
    facts_hash bytea NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT milestone_document_has_meeting CHECK (((NOT of_document) OR (meeting_id IS NOT NULL))),
    CONSTRAINT milestone_intent_form_known CHECK ((intent_form = ANY (ARRAY['verbal'::text, 'letter'::text]))),
    CONSTRAINT milestone_kind_known CHECK ((kind = ANY (ARRAY['visited'::text, 'intent'::text, 'preparatory_group'::text, 'application'::text, 'preparation_approved'::text, 'candidates_approved'::text, 'elected'::text, 'established'::text, 'registered'::text, 'joined_joint_union'::text, 'covered_by_parent'::text, 'declined'::text, 'lapsed'::text, 'closed'::text, 'moved_out'::text]))),
    CONSTRAINT milestone_members_positive CHECK ((members >= 0)),
    CONSTRAINT milestone_superseded_later CHECK ((superseded_at > recorded_at)),
    CONSTRAINT milestone_union_form_known CHECK ((union_form = ANY (ARRAY['single'::text, 'joint'::text])))
);
ALTER TABLE ONLY goutong.milestone FORCE ROW LEVEL SECURITY;

-- Name: union_coverage; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.union_coverage (
    federation_id integer NOT NULL,
    coverage_id uuid NOT NULL,
    firm_id uuid NOT NULL,
    organised_from date NOT NULL,
    organised_until date,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT union_coverage_days_order CHECK ((organised_until > organised_from)),
    CONSTRAINT union_coverage_superseded_later CHECK ((superseded_at > recorded_at))
);
ALTER TABLE ONLY goutong.union_coverage FORCE ROW LEVEL SECURITY;

-- Name: journey_scan(integer, timestamp with time zone, uuid[]); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.journey_scan(p_federation integer, p_at timestamp with time zone, p_apart uuid[]) RETURNS TABLE(firm_id uuid, met_on date, area_id integer, status text, prior_intent boolean, intent_on date, application_on date, established_on date, lost_on date, organised_on date, covered_on date)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH entry AS MATERIALIZED (
          SELECT DISTINCT ON (a.firm_id) a.firm_id,
             a.held_on AS met,
             a.area_id,
             a.union_status AS said
            FROM goutong.attendance a
           WHERE ((a.federation_id = journey_scan.p_federation) AND (a.firm_id <> ALL (journey_scan.p_apart)) AND (a.recorded_at <= journey_scan.p_at) AND ((a.superseded_at IS NULL) OR (a.superseded_at > journey_scan.p_at)))
           ORDER BY a.firm_id, a.held_on, a.meeting_id
         ), told AS (
          SELECT a.firm_id,
             min(a.held_on) FILTER (WHERE ((a.union_status = 'organised'::text) AND (a.held_on > e_1.met))) AS organised,
             min(a.held_on) FILTER (WHERE (a.union_status = ANY (ARRAY['joint'::text, 'covered_by_parent'::text]))) AS covered
            FROM (goutong.attendance a
              JOIN entry e_1 USING (firm_id))
           WHERE ((a.federation_id = journey_scan.p_federation) AND (a.union_status = ANY (ARRAY['organised'::text, 'joint'::text, 'covered_by_parent'::text])) AND (a.recorded_at <= journey_scan.p_at) AND ((a.superseded_at IS NULL) OR (a.superseded_at > journey_scan.p_at)))
           GROUP BY a.firm_id
         ), step AS (
          SELECT m.firm_id,
             min(m.happened_on) FILTER (WHERE ((m.kind = 'intent'::text) AND (m.happened_on >= e_1.met))) AS intent,
             array_agg(m.happened_on) FILTER (WHERE ((m.kind = 'application'::text) AND (m.happened_on >= e_1.met))) AS applications,
             array_agg(m.happened_on) FILTER (WHERE ((m.kind = 'established'::text) AND (m.happened_on >= e_1.met))) AS foundings,
             min(m.happened_on) FILTER (WHERE ((m.kind = ANY (ARRAY['closed'::text, 'moved_out'::text])) AND (m.happened_on >= e_1.met))) AS lost,
             min(m.happened_on) FILTER (WHERE ((m.kind = ANY (ARRAY['joined_joint_union'::text, 'covered_by_parent'::text])) AND (m.happened_on >= e_1.met))) AS covered,
             ("right"(max((((lpad(((m.happened_on - '0001-01-01'::date))::text, 7, '0'::text) || m.milestone_id) || m.kind) COLLATE "C")) FILTER (WHERE ((m.kind = ANY (ARRAY['intent'::text, 'lapsed'::text, 'declined'::text])) AND (m.happened_on < e_1.met))), 6) = 'intent'::text) AS prior_intent
            FROM (goutong.milestone m
              JOIN entry e_1 USING (firm_id))
           WHERE ((m.federation_id = journey_scan.p_federation) AND (m.recorded_at <= journey_scan.p_at) AND ((m.superseded_at IS NULL) OR (m.superseded_at > journey_scan.p_at)))
           GROUP BY m.firm_id
         ), applied AS (
          SELECT s_1.firm_id,
             s_1.intent,
             s_1.applications,
             s_1.foundings,
             s_1.lost,
             s_1.covered,
             s_1.prior_intent,
                 CASE
                     WHEN ((s_1.applications IS NOT NULL) AND (s_1.intent IS NOT NULL)) THEN ( SELECT min(d.d) AS min
                        FROM unnest(s_1.applications) d(d)
                       WHERE (d.d >= s_1.intent))
                     ELSE NULL::date
                 END AS application
            FROM step s_1
         ), register AS (
          SELECT c.firm_id,
             bool_or(((c.organised_from <= e_1.met) AND ((c.organised_until IS NULL) OR (e_1.met < c.organised_until)))) AS organised_before,
             min(c.organised_from) FILTER (WHERE (c.organised_from > e_1.met)) AS organised
            FROM (goutong.union_coverage c
              JOIN entry e_1 USING (firm_id))
           WHERE ((c.federation_id = journey_scan.p_federation) AND (c.recorded_at <= journey_scan.p_at) AND ((c.superseded_at IS NULL) OR (c.superseded_at > journey_scan.p_at)))
           GROUP BY c.firm_id
         )
  SELECT e.firm_id,
     e.met,
     e.area_id,
         CASE
             WHEN (e.said = ANY (ARRAY['organised'::text, 'joint'::text, 'covered_by_parent'::text])) THEN 'organised'::text
             WHEN (e.said = 'unknown'::text) THEN 'unknown'::text
             WHEN r.organised_before THEN 'organised'::text
             ELSE 'unorganised'::text
         END AS "case",
     COALESCE(s.prior_intent, false) AS "coalesce",
     s.intent,
     s.application,
         CASE
             WHEN ((s.foundings IS NOT NULL) AND (s.application IS NOT NULL)) THEN ( SELECT min(d.d) AS min
                FROM unnest(s.foundings) d(d)
               WHERE (d.d >= s.application))
             ELSE NULL::date
         END AS "case",
     s.lost,
     LEAST(r.organised, t.organised) AS "least",
     LEAST(s.covered, t.covered) AS "least"
    FROM (((entry e
      LEFT JOIN told t USING (firm_id))
      LEFT JOIN applied s USING (firm_id))
      LEFT JOIN register r USING (firm_id));
END;

-- Name: ledger_standing(integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.ledger_standing(p_federation integer) RETURNS TABLE(unsealed bigint, queued bigint, report_age double precision)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT (SELECT count(*) FROM goutong.audit_unsealed u WHERE u.federation_id = p_federation),
           (SELECT count(DISTINCT q.firm_id) FROM goutong.journey_queue q WHERE q.federation_id = p_federation),
           (SELECT extract(epoch FROM clock_timestamp() - m.moment)::double precision
            FROM goutong.fixed_moment m WHERE m.federation_id = p_federation)
$$;

-- Name: may_remove_issued(integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.may_remove_issued(p_federation integer) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM goutong.federation f WHERE f.federation_id = p_federation AND f.synthetic) THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'an issued report is never deleted' USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Name: may_remove_stated(integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.may_remove_stated(p_federation integer) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM goutong.federation f WHERE f.federation_id = p_federation AND f.synthetic) THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'what an office stated is never deleted' USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Name: may_review(integer, uuid); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.may_review(p_federation integer, p_applicant uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT CASE WHEN goutong.is_operator() THEN EXISTS (
            SELECT FROM goutong.applicant p
            WHERE p.federation_id = p_federation AND p.applicant_id = p_applicant)
        ELSE p_federation = goutong.actor_federation() AND goutong.actor_may('review')
            AND goutong.applicant_in_scope(p_federation, p_applicant) END
$$;

-- Name: monday(date); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.monday(p_day date) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (p_day - ((p_day - '0001-01-01'::date) % 7));

-- Name: ownership_at(integer, timestamp with time zone); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.ownership_at(p_federation integer, p_at timestamp with time zone) RETURNS TABLE(firm_id uuid, heading text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT DISTINCT ON (1) coalesce(r.root_id, p.firm_id), t.heading
    FROM goutong.firm_profile p
    JOIN goutong.registration_type t
        ON t.classification_version = p.classification_version AND t.code = p.registration_type
    LEFT JOIN goutong.firm_root_at(p_federation, p_at) r ON r.firm_id = p.firm_id
    WHERE p.federation_id = p_federation
      AND p.recorded_at <= p_at AND (p.superseded_at IS NULL OR p.superseded_at > p_at)
    ORDER BY 1, r.root_id IS NOT NULL, p.firm_id
$$;

-- Name: person_audit(integer, uuid); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.person_audit(p_federation integer, p_applicant uuid) RETURNS TABLE(at timestamp with time zone, actor text, action text, reason text, result text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
#variable_conflict use_column
BEGIN
    IF goutong.may_review(p_federation, p_applicant) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT e.at, e.actor, e.action, e.reason, e.result FROM goutong.audit_entry e
    WHERE e.federation_id = p_federation AND e.object_kind = 'applicant'
      AND e.object_id = p_applicant::text
    ORDER BY e.at, e.entry_id;
END
$$;

-- Name: rederive_figures(integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.rederive_figures(p_federation integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
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

-- Name: retention_due(integer, date, integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.retention_due(p_federation integer, p_before date, p_limit integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT p.applicant_id
    FROM goutong.applicant p
    JOIN goutong.meeting m ON m.federation_id = p.federation_id AND m.meeting_id = p.meeting_id
        AND m.revision = p.revision
    WHERE p.federation_id = p_federation
      AND EXISTS (SELECT FROM goutong.applicant_person x
                  WHERE x.federation_id = p_federation AND x.applicant_id = p.applicant_id)
      AND NOT EXISTS (
          SELECT FROM goutong.applicant_event e
          WHERE e.federation_id = p_federation AND e.applicant_id = p.applicant_id
            AND e.superseded_at IS NULL AND e.kind IN ('verified', 'admitted'))
    GROUP BY p.applicant_id
    HAVING max(m.held_on) < p_before
    ORDER BY p.applicant_id LIMIT p_limit
$$;

-- Name: retention_purge(integer, date, integer); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.retention_purge(p_federation integer, p_before date, p_limit integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
    v_due uuid[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('goutong.retention', p_federation));
    v_due := ARRAY(SELECT goutong.retention_due(p_federation, p_before, p_limit));
    PERFORM goutong.drop_persons(p_federation, v_due);
    RETURN cardinality(v_due);
END
$$;

-- Name: stale_firms(integer, timestamp with time zone, integer[]); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.stale_firms(p_federation integer, p_at timestamp with time zone, p_areas integer[]) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_custom_plan'
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

-- Name: unit_areas(integer, text); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.unit_areas(p_federation integer, p_unit text) RETURNS integer[]
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog'
    AS $$
    WITH RECURSIVE subtree (code, area_code, path) AS (
        SELECT u.code, u.area_code, ARRAY[u.code] FROM goutong.org_unit u
        WHERE u.federation_id = p_federation AND u.code = p_unit
        UNION ALL
        SELECT u.code, u.area_code, s.path || u.code
        FROM subtree s JOIN goutong.org_unit u
            ON u.federation_id = p_federation AND u.parent_code = s.code
        WHERE u.code <> ALL (s.path)
    ), below AS (
        SELECT a.area_id FROM goutong.area a
        WHERE a.code = ANY (ARRAY(SELECT s.area_code FROM subtree s))
        UNION
        SELECT a.area_id FROM goutong.area a
        WHERE a.district_code = ANY (ARRAY(
            SELECT s.area_code FROM subtree s WHERE length(s.area_code) = 6))
    ), earlier (area_id, steps) AS (
        SELECT b.area_id, 0 FROM below b
        WHERE NOT EXISTS (
            SELECT FROM goutong.area_succession s
            WHERE s.from_area_id = b.area_id AND s.is_primary AND s.changed_on <= current_date)
        UNION
        SELECT s.from_area_id, e.steps + 1
        FROM earlier e JOIN goutong.area_succession s ON s.to_area_id = e.area_id AND s.is_primary
        WHERE s.changed_on <= current_date AND e.steps < 50
    )
    SELECT coalesce(array_agg(u.area_id ORDER BY u.area_id), '{}')
    FROM (SELECT b.area_id FROM below b UNION SELECT e.area_id FROM earlier e) u
$$;

-- Name: with_roots(integer, timestamp with time zone, uuid[]); Type: FUNCTION; Schema: goutong; Owner: -
CREATE FUNCTION goutong.with_roots(p_federation integer, p_at timestamp with time zone, p_firms uuid[]) RETURNS uuid[]
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT p_firms || ARRAY(
        SELECT r.root_id FROM goutong.firm_root_at(p_federation, p_at) r
        WHERE r.firm_id = ANY (p_firms))
$$;

-- Name: account; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.account (
    federation_id integer NOT NULL,
    account_id uuid NOT NULL,
    login text NOT NULL,
    display_name text NOT NULL,
    role text NOT NULL,
    unit_code text NOT NULL,
    password text,
    password_set_at timestamp with time zone,
    must_change boolean DEFAULT false NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    locked_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    disabled_at timestamp with time zone,
    revision integer DEFAULT 1 NOT NULL,
    CONSTRAINT account_failures_counted CHECK ((failures >= 0)),
    CONSTRAINT account_login_form CHECK ((login ~ '^[a-z0-9][a-z0-9._-]{1,62}$'::text)),
    CONSTRAINT account_named CHECK ((btrim(display_name) <> ''::text)),
    CONSTRAINT account_password_dated CHECK (((password IS NULL) = (password_set_at IS NULL))),
    CONSTRAINT account_role_known CHECK ((role = ANY (ARRAY['cadre'::text, 'lead'::text, 'district_lead'::text, 'enterprise_desk'::text, 'analyst'::text, 'auditor'::text, 'administrator'::text])))
);
ALTER TABLE ONLY goutong.account FORCE ROW LEVEL SECURITY;

-- Name: applicant; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.applicant (
    federation_id integer NOT NULL,
    applicant_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    revision integer NOT NULL,
    person_revision integer NOT NULL,
    "position" integer NOT NULL,
    channel text,
    employer_firm_id uuid,
    employer_uscc text,
    employer_name text,
    categories text[] NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT applicant_channel_known CHECK ((channel = ANY (ARRAY['paper'::text, 'qr'::text, 'app'::text]))),
    CONSTRAINT applicant_superseded_later CHECK ((superseded_at > recorded_at))
);
ALTER TABLE ONLY goutong.applicant FORCE ROW LEVEL SECURITY;

-- Name: applicant_event; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.applicant_event (
    federation_id integer NOT NULL,
    event_id uuid NOT NULL,
    applicant_id uuid NOT NULL,
    kind text NOT NULL,
    happened_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    reason text,
    duplicate_of uuid,
    recorded_by uuid,
    CONSTRAINT applicant_event_kind_known CHECK ((kind = ANY (ARRAY['under_review'::text, 'verified'::text, 'admitted'::text, 'rejected'::text, 'withdrawn'::text, 'duplicate'::text]))),
    CONSTRAINT applicant_event_not_its_own_duplicate CHECK (((duplicate_of IS NULL) OR ((kind = 'duplicate'::text) AND (duplicate_of <> applicant_id)))),
    CONSTRAINT applicant_event_superseded_later CHECK ((superseded_at > recorded_at))
);
ALTER TABLE ONLY goutong.applicant_event FORCE ROW LEVEL SECURITY;

-- Name: analyst_application; Type: VIEW; Schema: goutong; Owner: -
CREATE VIEW goutong.analyst_application WITH (security_barrier='true') AS
 SELECT p.federation_id,
    p.meeting_id,
    p.revision,
    p.channel,
    p.recorded_at,
    p.superseded_at,
    e.kind,
    e.happened_on
   FROM (goutong.applicant p
     LEFT JOIN goutong.applicant_event e USING (federation_id, applicant_id))
  WHERE (p.federation_id = ANY (( SELECT goutong.analyst_federations() AS analyst_federations)::integer[]));

-- Name: analyst_area; Type: VIEW; Schema: goutong; Owner: -
CREATE VIEW goutong.analyst_area WITH (security_barrier='true') AS
 SELECT a.area_id,
    a.code,
    a.level,
    a.kind,
    a.name,
    a.district_code,
    a.district_name,
    a.valid_from,
    a.valid_to
   FROM goutong.area a;

-- Name: analyst_attendance; Type: VIEW; Schema: goutong; Owner: -
CREATE VIEW goutong.analyst_attendance WITH (security_barrier='true') AS
 SELECT t.federation_id,
    t.meeting_id,
    t.revision,
    t.firm_id,
    t.held_on,
    a.code AS area_code,
    a.district_code,
    t.union_status,
    t.headcount,
    t.headcount_band,
    t.industry,
    t.attitude,
    t.recorded_at,
    t.superseded_at
   FROM (goutong.attendance t
     JOIN goutong.area a USING (area_id))
  WHERE (t.federation_id = ANY (( SELECT goutong.analyst_federations() AS analyst_federations)::integer[]));

-- Name: firm_identity; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.firm_identity (
    federation_id integer NOT NULL,
    firm_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    uscc text,
    name text,
    folded_name text,
    district_code text NOT NULL,
    area_id integer NOT NULL,
    CONSTRAINT firm_identity_folded CHECK (((name IS NULL) = (folded_name IS NULL))),
    CONSTRAINT firm_identity_named CHECK (((uscc IS NOT NULL) OR (name IS NOT NULL))),
    CONSTRAINT firm_identity_superseded_later CHECK ((superseded_at > recorded_at)),
    CONSTRAINT firm_identity_uscc_form CHECK ((uscc ~ '^[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}$'::text))
);
ALTER TABLE ONLY goutong.firm_identity FORCE ROW LEVEL SECURITY;

-- Name: analyst_firm; Type: VIEW; Schema: goutong; Owner: -
CREATE VIEW goutong.analyst_firm WITH (security_barrier='true') AS
 SELECT i.federation_id,
    i.firm_id,
    i.uscc,
    i.name,
    a.code AS area_code,
    a.district_code,
    i.recorded_at,
    i.superseded_at
   FROM (goutong.firm_identity i
     JOIN goutong.area a USING (area_id))
  WHERE (i.federation_id = ANY (( SELECT goutong.analyst_federations() AS analyst_federations)::integer[]));

-- Name: journey; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.journey (
    federation_id integer NOT NULL,
    firm_id uuid NOT NULL,
    met_on date,
    entry_meeting_id uuid,
    area_id integer,
    registered_area_id integer,
    headcount_band text,
    status text,
    prior_intent boolean,
    intent_on date,
    application_on date,
    established_on date,
    first_application_on date,
    first_established_on date,
    lost_on date,
    organised_on date,
    covered_on date,
    known_until timestamp with time zone NOT NULL,
    CONSTRAINT journey_order CHECK (((intent_on >= met_on) AND (application_on >= intent_on) AND (established_on >= application_on))),
    CONSTRAINT journey_status_known CHECK ((status = ANY (ARRAY['unorganised'::text, 'organised'::text, 'unknown'::text]))),
    CONSTRAINT journey_whole CHECK ((num_nulls(met_on, entry_meeting_id, area_id, status, prior_intent) = ANY (ARRAY[0, 5])))
);
ALTER TABLE ONLY goutong.journey FORCE ROW LEVEL SECURITY;

-- Name: analyst_journey; Type: VIEW; Schema: goutong; Owner: -
CREATE VIEW goutong.analyst_journey WITH (security_barrier='true') AS
 SELECT j.federation_id,
    j.firm_id,
    j.met_on,
    a.code AS area_code,
    a.district_code,
    j.headcount_band,
    j.status,
    j.prior_intent,
    j.intent_on,
    j.application_on,
    j.established_on,
    j.lost_on,
    j.organised_on,
    j.covered_on
   FROM (goutong.journey j
     JOIN goutong.area a USING (area_id))
  WHERE ((j.federation_id = ANY (( SELECT goutong.analyst_federations() AS analyst_federations)::integer[])) AND (j.met_on IS NOT NULL));

-- Name: meeting; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.meeting (
    federation_id integer NOT NULL,
    meeting_id uuid NOT NULL,
    revision integer NOT NULL,
    kind text NOT NULL,
    held_on date NOT NULL,
    ended_on date,
    starts_at time without time zone,
    ends_at time without time zone,
    area_id integer NOT NULL,
    org_unit text,
    venue_kind text NOT NULL,
    venue_name text,
    venue_project text,
    format text,
    dedicated_to text,
    organisers text[] NOT NULL,
    staff_names text[] NOT NULL,
    staff_hours double precision[] NOT NULL,
    attended integer,
    consulted integer,
    leaflets integer,
    questionnaires integer,
    approved_on_site integer,
    cards_issued integer,
    app_registrations integer,
    firms_counted integer,
    applications_paper integer,
    applications_qr integer,
    applications_app integer,
    applications_total integer,
    applications integer NOT NULL,
    notes text,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT meeting_applications_counted CHECK (((applications_total IS NULL) OR (applications = applications_total))),
    CONSTRAINT meeting_applications_parts CHECK ((applications_total >= ((COALESCE(applications_paper, 0) + COALESCE(applications_qr, 0)) + COALESCE(applications_app, 0)))),
    CONSTRAINT meeting_counts_not_negative CHECK ((LEAST(attended, consulted, leaflets, questionnaires, approved_on_site, cards_issued, app_registrations, firms_counted, applications_paper, applications_qr, applications_app, applications_total, applications) >= 0)),
    CONSTRAINT meeting_days_order CHECK ((ended_on >= held_on)),
    CONSTRAINT meeting_format_known CHECK ((format = ANY (ARRAY['one_to_one'::text, 'group'::text, 'stall'::text]))),
    CONSTRAINT meeting_kind_known CHECK ((kind = ANY (ARRAY['enterprise'::text, 'worker'::text]))),
    CONSTRAINT meeting_staff_paired CHECK ((cardinality(staff_names) = cardinality(staff_hours))),
    CONSTRAINT meeting_superseded_later CHECK ((superseded_at > recorded_at)),
    CONSTRAINT meeting_venue_kind_known CHECK ((venue_kind = ANY (ARRAY['community'::text, 'building'::text, 'park'::text, 'market'::text, 'site'::text, 'station'::text, 'mall'::text, 'firm'::text, 'online'::text, 'other'::text])))
);
ALTER TABLE ONLY goutong.meeting FORCE ROW LEVEL SECURITY;

-- Name: analyst_meeting; Type: VIEW; Schema: goutong; Owner: -
CREATE VIEW goutong.analyst_meeting WITH (security_barrier='true') AS
 SELECT m.federation_id,
    m.meeting_id,
    m.revision,
    m.kind,
    m.held_on,
    m.ended_on,
    a.code AS area_code,
    a.name AS area_name,
    a.district_code,
    a.district_name,
    m.org_unit,
    m.venue_kind,
    m.format,
    m.attended,
    m.consulted,
    m.leaflets,
    m.questionnaires,
    m.approved_on_site,
    m.cards_issued,
    m.app_registrations,
    m.firms_counted,
    m.applications,
    m.recorded_at,
    m.superseded_at
   FROM (goutong.meeting m
     JOIN goutong.area a USING (area_id))
  WHERE (m.federation_id = ANY (( SELECT goutong.analyst_federations() AS analyst_federations)::integer[]));

-- Name: analyst_milestone; Type: VIEW; Schema: goutong; Owner: -
CREATE VIEW goutong.analyst_milestone WITH (security_barrier='true') AS
 SELECT s.federation_id,
    s.milestone_id,
    s.revision,
    s.firm_id,
    s.kind,
    s.happened_on,
    s.meeting_id,
    s.of_document,
    s.intent_form,
    s.union_form,
    s.members,
    s.recorded_at,
    s.superseded_at
   FROM goutong.milestone s
  WHERE (s.federation_id = ANY (( SELECT goutong.analyst_federations() AS analyst_federations)::integer[]));

-- Name: api_token; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.api_token (
    federation_id integer NOT NULL,
    token_id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    rights text[],
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT api_token_expires_later CHECK ((expires_at > created_at)),
    CONSTRAINT api_token_hash_size CHECK ((octet_length(token_hash) = 32)),
    CONSTRAINT api_token_named CHECK ((btrim(name) <> ''::text))
);
ALTER TABLE ONLY goutong.api_token FORCE ROW LEVEL SECURITY;

-- Name: applicant_erasure; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.applicant_erasure (
    federation_id integer NOT NULL,
    applicant_id uuid NOT NULL,
    erased_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY goutong.applicant_erasure FORCE ROW LEVEL SECURITY;

-- Name: applicant_person; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.applicant_person (
    federation_id integer NOT NULL,
    applicant_id uuid NOT NULL,
    revision integer NOT NULL,
    sealed bytea NOT NULL,
    mobile_tag bytea,
    document_tag bytea,
    consent_notice text NOT NULL,
    consent_on date NOT NULL,
    consent_method text NOT NULL,
    share_with_employer_union boolean NOT NULL,
    card_bank boolean NOT NULL,
    corrected_at timestamp with time zone,
    CONSTRAINT applicant_person_method_known CHECK ((consent_method = ANY (ARRAY['signed'::text, 'ticked'::text, 'verbal'::text]))),
    CONSTRAINT applicant_person_reachable CHECK (((mobile_tag IS NOT NULL) OR (document_tag IS NOT NULL)))
);
ALTER TABLE ONLY goutong.applicant_person FORCE ROW LEVEL SECURITY;

-- Name: area_alias; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.area_alias (
    area_id integer NOT NULL,
    alias text NOT NULL
);

-- Name: audit_link; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.audit_link (
    federation_id integer NOT NULL,
    "position" bigint NOT NULL,
    entry_id uuid NOT NULL,
    code bytea NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    CONSTRAINT audit_link_code_size CHECK ((octet_length(code) = 32)),
    CONSTRAINT audit_link_position_positive CHECK (("position" > 0))
);
ALTER TABLE ONLY goutong.audit_link FORCE ROW LEVEL SECURITY;

-- Name: audit_unsealed; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.audit_unsealed (
    federation_id integer NOT NULL,
    entry_id uuid NOT NULL
);
ALTER TABLE ONLY goutong.audit_unsealed FORCE ROW LEVEL SECURITY;

-- Name: consent_withdrawal; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.consent_withdrawal (
    federation_id integer NOT NULL,
    applicant_id uuid NOT NULL,
    withdrawn_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY goutong.consent_withdrawal FORCE ROW LEVEL SECURITY;

-- Name: declared_total; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.declared_total (
    federation_id integer NOT NULL,
    statement_id uuid NOT NULL,
    revision integer NOT NULL,
    area_id integer,
    unit_code text,
    figure text NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    value integer,
    document text NOT NULL,
    office text NOT NULL,
    stated_on date NOT NULL,
    voided_because text,
    recorded_by uuid,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT declared_total_counted CHECK ((value >= 0)),
    CONSTRAINT declared_total_figure_known CHECK ((figure = ANY (ARRAY['enterprise_meetings'::text, 'worker_meetings'::text, 'firm_times'::text, 'firms_met'::text, 'firms_first_met'::text, 'unorganised_firms_met'::text, 'founding_intents'::text, 'unions_established'::text, 'firms_covered'::text, 'on_site_applications'::text, 'members_admitted'::text]))),
    CONSTRAINT declared_total_one_unit CHECK ((num_nonnulls(area_id, unit_code) <= 1)),
    CONSTRAINT declared_total_period_order CHECK ((period_to >= period_from)),
    CONSTRAINT declared_total_revisions_follow CHECK ((revision >= 1)),
    CONSTRAINT declared_total_sourced CHECK (((btrim(document) <> ''::text) AND (btrim(office) <> ''::text))),
    CONSTRAINT declared_total_taken_back_with_reason CHECK ((((value IS NULL) = (voided_because IS NOT NULL)) AND (btrim(voided_because) <> ''::text)))
);
ALTER TABLE ONLY goutong.declared_total FORCE ROW LEVEL SECURITY;

-- Name: federation; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.federation (
    federation_id integer NOT NULL,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    synthetic boolean DEFAULT false NOT NULL,
    since date NOT NULL,
    key_check bytea,
    CONSTRAINT federation_code_form CHECK ((code ~ '^[a-z][a-z0-9-]{1,30}$'::text))
);
ALTER TABLE ONLY goutong.federation FORCE ROW LEVEL SECURITY;

-- Name: firm; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.firm (
    federation_id integer NOT NULL,
    firm_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY goutong.firm FORCE ROW LEVEL SECURITY;

-- Name: firm_contact; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.firm_contact (
    federation_id integer NOT NULL,
    meeting_id uuid NOT NULL,
    revision integer NOT NULL,
    firm_id uuid NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY goutong.firm_contact FORCE ROW LEVEL SECURITY;

-- Name: firm_merge; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.firm_merge (
    federation_id integer NOT NULL,
    merge_id uuid NOT NULL,
    duplicate_id uuid NOT NULL,
    kept_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT firm_merge_superseded_later CHECK ((superseded_at > recorded_at)),
    CONSTRAINT firm_merge_two_firms CHECK ((duplicate_id <> kept_id))
);
ALTER TABLE ONLY goutong.firm_merge FORCE ROW LEVEL SECURITY;

-- Name: firm_profile; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.firm_profile (
    federation_id integer NOT NULL,
    firm_id uuid NOT NULL,
    headcount integer,
    headcount_band text,
    industry text,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    registration_type text,
    classification_version text,
    CONSTRAINT firm_profile_band_known CHECK ((headcount_band = ANY (ARRAY['1-9'::text, '10-24'::text, '25-99'::text, '100-499'::text, '500+'::text]))),
    CONSTRAINT firm_profile_headcount_positive CHECK ((headcount >= 0)),
    CONSTRAINT firm_profile_says_something CHECK ((num_nonnulls(headcount, headcount_band, industry, registration_type) > 0)),
    CONSTRAINT firm_profile_superseded_later CHECK ((superseded_at > recorded_at)),
    CONSTRAINT firm_profile_type_of_a_version CHECK (((registration_type IS NULL) = (classification_version IS NULL)))
);
ALTER TABLE ONLY goutong.firm_profile FORCE ROW LEVEL SECURITY;

-- Name: firm_registration; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.firm_registration (
    federation_id integer NOT NULL,
    registration_id uuid NOT NULL,
    firm_id uuid NOT NULL,
    area_id integer NOT NULL,
    registered_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT firm_registration_superseded_later CHECK ((superseded_at > recorded_at))
);
ALTER TABLE ONLY goutong.firm_registration FORCE ROW LEVEL SECURITY;

-- Name: fixed_moment; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.fixed_moment (
    federation_id integer NOT NULL,
    moment timestamp with time zone NOT NULL
);
ALTER TABLE ONLY goutong.fixed_moment FORCE ROW LEVEL SECURITY;

-- Name: import_run; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.import_run (
    federation_id integer NOT NULL,
    import_id uuid NOT NULL,
    kind text NOT NULL,
    file_hash bytea NOT NULL,
    rows_good integer NOT NULL,
    began_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT import_run_counted CHECK ((rows_good >= 0)),
    CONSTRAINT import_run_hash_size CHECK ((octet_length(file_hash) = 32)),
    CONSTRAINT import_run_kind_known CHECK ((kind = ANY (ARRAY['firms'::text, 'meetings'::text, 'milestones'::text])))
);
ALTER TABLE ONLY goutong.import_run FORCE ROW LEVEL SECURITY;

-- Name: industry; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.industry (
    code text NOT NULL,
    section text NOT NULL,
    name text NOT NULL
);

-- Name: issued_rendering; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.issued_rendering (
    federation_id integer NOT NULL,
    week_start date NOT NULL,
    edition integer NOT NULL,
    format text NOT NULL,
    language text NOT NULL,
    content_hash bytea NOT NULL,
    content bytea NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT issued_rendering_format_known CHECK ((format = ANY (ARRAY['text'::text, 'html'::text, 'xlsx'::text, 'csv'::text, 'json'::text]))),
    CONSTRAINT issued_rendering_hash_holds CHECK ((content_hash = sha256(content))),
    CONSTRAINT issued_rendering_language_known CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text])))
);
ALTER TABLE ONLY goutong.issued_rendering FORCE ROW LEVEL SECURITY;

-- Name: issued_report; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.issued_report (
    federation_id integer NOT NULL,
    week_start date NOT NULL,
    edition integer NOT NULL,
    replaces integer,
    reason text,
    moment timestamp with time zone NOT NULL,
    definition_hash text NOT NULL,
    preparer text NOT NULL,
    reviewer text NOT NULL,
    signer text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT issued_report_editions_follow CHECK ((((edition = 1) AND (replaces IS NULL)) OR ((edition > 1) AND (replaces = (edition - 1))))),
    CONSTRAINT issued_report_hash_form CHECK ((definition_hash ~ '^[0-9a-f]{8,64}$'::text)),
    CONSTRAINT issued_report_known_before CHECK ((moment < recorded_at)),
    CONSTRAINT issued_report_reason_of_reissue CHECK ((((edition = 1) = (reason IS NULL)) AND (btrim(reason) <> ''::text))),
    CONSTRAINT issued_report_signed CHECK (((btrim(preparer) <> ''::text) AND (btrim(reviewer) <> ''::text) AND (btrim(signer) <> ''::text))),
    CONSTRAINT issued_report_three_persons CHECK (((preparer <> reviewer) AND (reviewer <> signer) AND (preparer <> signer)))
);
ALTER TABLE ONLY goutong.issued_report FORCE ROW LEVEL SECURITY;

-- Name: journey_queue; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.journey_queue (
    federation_id integer NOT NULL,
    firm_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY goutong.journey_queue FORCE ROW LEVEL SECURITY;

-- Name: meeting_revision; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.meeting_revision (
    federation_id integer NOT NULL,
    meeting_id uuid NOT NULL,
    revision integer NOT NULL,
    facts_hash bytea NOT NULL,
    persons_tag bytea,
    voided_because text,
    recorded_at timestamp with time zone NOT NULL,
    area_id integer NOT NULL,
    recorded_by uuid,
    CONSTRAINT meeting_revision_first_not_void CHECK (((revision > 1) OR (voided_because IS NULL))),
    CONSTRAINT meeting_revision_hash_size CHECK ((octet_length(facts_hash) = 32)),
    CONSTRAINT meeting_revision_positive CHECK ((revision >= 1))
);
ALTER TABLE ONLY goutong.meeting_revision FORCE ROW LEVEL SECURITY;

-- Name: migration; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.migration (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

-- Name: opinion; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.opinion (
    federation_id integer NOT NULL,
    meeting_id uuid NOT NULL,
    revision integer NOT NULL,
    "position" integer NOT NULL,
    topic text,
    opinion text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    answered_on date,
    answer text,
    CONSTRAINT opinion_answer_dated CHECK (((answer IS NULL) OR (answered_on IS NOT NULL))),
    CONSTRAINT opinion_answer_not_blank CHECK ((btrim(answer) <> ''::text)),
    CONSTRAINT opinion_superseded_later CHECK ((superseded_at > recorded_at))
);
ALTER TABLE ONLY goutong.opinion FORCE ROW LEVEL SECURITY;

-- Name: org_unit; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.org_unit (
    federation_id integer NOT NULL,
    code text NOT NULL,
    parent_code text,
    kind text NOT NULL,
    name text NOT NULL,
    area_code text,
    valid_from date NOT NULL,
    CONSTRAINT org_unit_not_own_parent CHECK ((parent_code <> code))
);
ALTER TABLE ONLY goutong.org_unit FORCE ROW LEVEL SECURITY;

-- Name: person_hand_over; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.person_hand_over (
    federation_id integer NOT NULL,
    hand_over_id uuid NOT NULL,
    applicant_id uuid NOT NULL,
    recipient_kind text NOT NULL,
    recipient text NOT NULL,
    fields text[] NOT NULL,
    reason text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by uuid,
    CONSTRAINT person_hand_over_recipient_known CHECK ((recipient_kind = ANY (ARRAY['employer-union'::text, 'card-bank'::text]))),
    CONSTRAINT person_hand_over_says_what CHECK ((cardinality(fields) > 0))
);
ALTER TABLE ONLY goutong.person_hand_over FORCE ROW LEVEL SECURITY;

-- Name: person_request; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.person_request (
    federation_id integer NOT NULL,
    request_id uuid NOT NULL,
    applicant_id uuid NOT NULL,
    kind text NOT NULL,
    asked_on date NOT NULL,
    due_on date NOT NULL,
    answered_on date,
    outcome text,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT person_request_answered CHECK (((answered_on IS NULL) = (outcome IS NULL))),
    CONSTRAINT person_request_due_later CHECK ((due_on >= asked_on)),
    CONSTRAINT person_request_kind_known CHECK ((kind = ANY (ARRAY['access'::text, 'copy'::text, 'correct'::text, 'erase'::text, 'withdraw_consent'::text, 'explain'::text])))
);
ALTER TABLE ONLY goutong.person_request FORCE ROW LEVEL SECURITY;

-- Name: programme; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.programme (
    federation_id integer NOT NULL,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    window_days integer NOT NULL,
    recorded_at timestamp with time zone,
    recorded_by uuid,
    CONSTRAINT programme_code_form CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,40}$'::text)),
    CONSTRAINT programme_window_positive CHECK ((window_days > 0))
);
ALTER TABLE ONLY goutong.programme FORCE ROW LEVEL SECURITY;

-- Name: programme_unit; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.programme_unit (
    federation_id integer NOT NULL,
    programme_code text NOT NULL,
    area_id integer NOT NULL,
    arm text NOT NULL,
    start_on date,
    CONSTRAINT programme_unit_arm_known CHECK ((arm = ANY (ARRAY['pilot'::text, 'comparison'::text]))),
    CONSTRAINT programme_unit_pilot_starts CHECK (((start_on IS NOT NULL) OR (arm = 'comparison'::text)))
);
ALTER TABLE ONLY goutong.programme_unit FORCE ROW LEVEL SECURITY;

-- Name: registration_type; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.registration_type (
    classification_version text NOT NULL,
    code text NOT NULL,
    heading text NOT NULL,
    name text NOT NULL,
    CONSTRAINT registration_type_code_form CHECK ((code ~ '^[1-7][0-9]{2}$'::text)),
    CONSTRAINT registration_type_heading_form CHECK ((heading ~ '^[1-7][0-9]0$'::text)),
    CONSTRAINT registration_type_version_known CHECK ((classification_version = '2011'::text))
);

-- Name: role_right; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.role_right (
    role text NOT NULL,
    right_name text NOT NULL,
    CONSTRAINT role_right_known CHECK ((right_name = ANY (ARRAY['meetings'::text, 'record'::text, 'firms'::text, 'contacts'::text, 'people'::text, 'people_own'::text, 'review'::text, 'figures'::text, 'city_figures'::text, 'audit'::text, 'accounts'::text])))
);

-- Name: target; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.target (
    federation_id integer NOT NULL,
    statement_id uuid NOT NULL,
    revision integer NOT NULL,
    area_id integer,
    unit_code text,
    figure text NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    value integer,
    document text NOT NULL,
    office text NOT NULL,
    stated_on date,
    voided_because text,
    recorded_by uuid,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT target_counted CHECK ((value >= 0)),
    CONSTRAINT target_figure_known CHECK ((figure = ANY (ARRAY['enterprise_meetings'::text, 'worker_meetings'::text, 'firm_times'::text, 'firms_met'::text, 'firms_first_met'::text, 'unorganised_firms_met'::text, 'founding_intents'::text, 'unions_established'::text, 'firms_covered'::text, 'on_site_applications'::text, 'members_admitted'::text]))),
    CONSTRAINT target_one_unit CHECK ((num_nonnulls(area_id, unit_code) <= 1)),
    CONSTRAINT target_period_order CHECK ((period_to >= period_from)),
    CONSTRAINT target_revisions_follow CHECK ((revision >= 1)),
    CONSTRAINT target_sourced CHECK (((btrim(document) <> ''::text) AND (btrim(office) <> ''::text))),
    CONSTRAINT target_taken_back_with_reason CHECK ((((value IS NULL) = (voided_because IS NOT NULL)) AND (btrim(voided_because) <> ''::text)))
);
ALTER TABLE ONLY goutong.target FORCE ROW LEVEL SECURITY;

-- Name: web_session; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.web_session (
    federation_id integer NOT NULL,
    session_id uuid NOT NULL,
    account_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    previous_hash bytea,
    rotated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT web_session_expires_later CHECK ((expires_at > created_at)),
    CONSTRAINT web_session_hash_size CHECK ((octet_length(secret_hash) = 32))
);
ALTER TABLE ONLY goutong.web_session FORCE ROW LEVEL SECURITY;

-- Name: week_declaration; Type: TABLE; Schema: goutong; Owner: -
CREATE TABLE goutong.week_declaration (
    federation_id integer NOT NULL,
    area_id integer NOT NULL,
    week_start date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    declaration text NOT NULL,
    recorded_by uuid,
    CONSTRAINT week_declaration_known CHECK ((declaration = ANY (ARRAY['submitted'::text, 'none'::text]))),
    CONSTRAINT week_declaration_superseded_later CHECK ((superseded_at > recorded_at))
);
ALTER TABLE ONLY goutong.week_declaration FORCE ROW LEVEL SECURITY;

-- Name: account account_login_key; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.account
    ADD CONSTRAINT account_login_key UNIQUE (federation_id, login);

-- Name: account account_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (federation_id, account_id);

-- Name: api_token api_token_hash_key; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.api_token
    ADD CONSTRAINT api_token_hash_key UNIQUE (federation_id, token_hash);

-- Name: api_token api_token_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (federation_id, token_id);

-- Name: applicant_erasure applicant_erasure_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.applicant_erasure
    ADD CONSTRAINT applicant_erasure_pkey PRIMARY KEY (federation_id, applicant_id);

-- Name: applicant_event applicant_event_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.applicant_event
    ADD CONSTRAINT applicant_event_pkey PRIMARY KEY (federation_id, event_id);

-- Name: applicant_person applicant_person_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.applicant_person
    ADD CONSTRAINT applicant_person_pkey PRIMARY KEY (federation_id, applicant_id, revision);

-- Name: applicant applicant_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.applicant
    ADD CONSTRAINT applicant_pkey PRIMARY KEY (federation_id, applicant_id, revision);

-- Name: area_alias area_alias_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.area_alias
    ADD CONSTRAINT area_alias_pkey PRIMARY KEY (area_id, alias);

-- Name: area area_no_overlap; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.area
    ADD CONSTRAINT area_no_overlap EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[)'::text) WITH &&);

-- Name: area area_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.area
    ADD CONSTRAINT area_pkey PRIMARY KEY (area_id);

-- Name: area_succession area_succession_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.area_succession
    ADD CONSTRAINT area_succession_pkey PRIMARY KEY (from_area_id, to_area_id);

-- Name: attendance attendance_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.attendance
    ADD CONSTRAINT attendance_pkey PRIMARY KEY (federation_id, meeting_id, revision, firm_id);

-- Name: audit_entry audit_entry_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (federation_id, entry_id);

-- Name: audit_link audit_link_entry_key; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.audit_link
    ADD CONSTRAINT audit_link_entry_key UNIQUE (federation_id, entry_id);

-- Name: audit_link audit_link_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.audit_link
    ADD CONSTRAINT audit_link_pkey PRIMARY KEY (federation_id, "position");

-- Name: audit_unsealed audit_unsealed_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.audit_unsealed
    ADD CONSTRAINT audit_unsealed_pkey PRIMARY KEY (federation_id, entry_id);

-- Name: cell cell_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.cell
    ADD CONSTRAINT cell_pkey PRIMARY KEY (federation_id, area_id, week_start);

-- Name: consent_withdrawal consent_withdrawal_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.consent_withdrawal
    ADD CONSTRAINT consent_withdrawal_pkey PRIMARY KEY (federation_id, applicant_id);

-- Name: declared_total declared_total_key; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.declared_total
    ADD CONSTRAINT declared_total_key UNIQUE NULLS NOT DISTINCT (federation_id, area_id, unit_code, figure, period_from, period_to, revision);

-- Name: declared_total declared_total_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.declared_total
    ADD CONSTRAINT declared_total_pkey PRIMARY KEY (federation_id, statement_id, revision);

-- Name: federation federation_code_key; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.federation
    ADD CONSTRAINT federation_code_key UNIQUE (code);

-- Name: federation federation_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.federation
    ADD CONSTRAINT federation_pkey PRIMARY KEY (federation_id);

-- Name: firm_contact firm_contact_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_contact
    ADD CONSTRAINT firm_contact_pkey PRIMARY KEY (federation_id, meeting_id, revision, firm_id);

-- Name: firm_identity firm_identity_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_identity
    ADD CONSTRAINT firm_identity_pkey PRIMARY KEY (federation_id, firm_id, recorded_at);

-- Name: firm_merge firm_merge_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_merge
    ADD CONSTRAINT firm_merge_pkey PRIMARY KEY (federation_id, merge_id);

-- Name: firm firm_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm
    ADD CONSTRAINT firm_pkey PRIMARY KEY (federation_id, firm_id);

-- Name: firm_profile firm_profile_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_profile
    ADD CONSTRAINT firm_profile_pkey PRIMARY KEY (federation_id, firm_id, recorded_at);

-- Name: firm_registration firm_registration_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_registration
    ADD CONSTRAINT firm_registration_pkey PRIMARY KEY (federation_id, registration_id);

-- Name: fixed_moment fixed_moment_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.fixed_moment
    ADD CONSTRAINT fixed_moment_pkey PRIMARY KEY (federation_id);

-- Name: import_run import_run_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.import_run
    ADD CONSTRAINT import_run_pkey PRIMARY KEY (federation_id, import_id);

-- Name: industry industry_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.industry
    ADD CONSTRAINT industry_pkey PRIMARY KEY (code);

-- Name: issued_rendering issued_rendering_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.issued_rendering
    ADD CONSTRAINT issued_rendering_pkey PRIMARY KEY (federation_id, week_start, edition, format, language);

-- Name: issued_report issued_report_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.issued_report
    ADD CONSTRAINT issued_report_pkey PRIMARY KEY (federation_id, week_start, edition);

-- Name: journey journey_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.journey
    ADD CONSTRAINT journey_pkey PRIMARY KEY (federation_id, firm_id);

-- Name: meeting meeting_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.meeting
    ADD CONSTRAINT meeting_pkey PRIMARY KEY (federation_id, meeting_id, revision);

-- Name: meeting_revision meeting_revision_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.meeting_revision
    ADD CONSTRAINT meeting_revision_pkey PRIMARY KEY (federation_id, meeting_id, revision);

-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);

-- Name: milestone milestone_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.milestone
    ADD CONSTRAINT milestone_pkey PRIMARY KEY (federation_id, milestone_id, revision);

-- Name: opinion opinion_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.opinion
    ADD CONSTRAINT opinion_pkey PRIMARY KEY (federation_id, meeting_id, revision, "position");

-- Name: org_unit org_unit_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.org_unit
    ADD CONSTRAINT org_unit_pkey PRIMARY KEY (federation_id, code);

-- Name: person_hand_over person_hand_over_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.person_hand_over
    ADD CONSTRAINT person_hand_over_pkey PRIMARY KEY (federation_id, hand_over_id);

-- Name: person_request person_request_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.person_request
    ADD CONSTRAINT person_request_pkey PRIMARY KEY (federation_id, request_id);

-- Name: programme programme_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.programme
    ADD CONSTRAINT programme_pkey PRIMARY KEY (federation_id, code);

-- Name: programme_unit programme_unit_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.programme_unit
    ADD CONSTRAINT programme_unit_pkey PRIMARY KEY (federation_id, programme_code, area_id);

-- Name: registration_type registration_type_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.registration_type
    ADD CONSTRAINT registration_type_pkey PRIMARY KEY (classification_version, code);

-- Name: role_right role_right_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.role_right
    ADD CONSTRAINT role_right_pkey PRIMARY KEY (role, right_name);

-- Name: target target_key; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.target
    ADD CONSTRAINT target_key UNIQUE NULLS NOT DISTINCT (federation_id, area_id, unit_code, figure, period_from, period_to, revision);

-- Name: target target_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.target
    ADD CONSTRAINT target_pkey PRIMARY KEY (federation_id, statement_id, revision);

-- Name: union_coverage union_coverage_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.union_coverage
    ADD CONSTRAINT union_coverage_pkey PRIMARY KEY (federation_id, coverage_id);

-- Name: web_session web_session_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.web_session
    ADD CONSTRAINT web_session_pkey PRIMARY KEY (federation_id, session_id);

-- Name: week_declaration week_declaration_pkey; Type: CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.week_declaration
    ADD CONSTRAINT week_declaration_pkey PRIMARY KEY (federation_id, area_id, week_start, recorded_at);

-- Name: applicant_by_meeting; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX applicant_by_meeting ON goutong.applicant USING btree (federation_id, meeting_id, revision);

-- Name: applicant_current; Type: INDEX; Schema: goutong; Owner: -
CREATE UNIQUE INDEX applicant_current ON goutong.applicant USING btree (federation_id, applicant_id) WHERE (superseded_at IS NULL);

-- Name: applicant_event_by_applicant; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX applicant_event_by_applicant ON goutong.applicant_event USING btree (federation_id, applicant_id, happened_on);

-- Name: applicant_person_document; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX applicant_person_document ON goutong.applicant_person USING btree (federation_id, document_tag);

-- Name: applicant_person_mobile; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX applicant_person_mobile ON goutong.applicant_person USING btree (federation_id, mobile_tag);

-- Name: area_by_code; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX area_by_code ON goutong.area USING btree (code);

-- Name: area_by_district; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX area_by_district ON goutong.area USING btree (district_code);

-- Name: area_succession_one_primary; Type: INDEX; Schema: goutong; Owner: -
CREATE UNIQUE INDEX area_succession_one_primary ON goutong.area_succession USING btree (from_area_id) WHERE is_primary;

-- Name: attendance_by_area; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX attendance_by_area ON goutong.attendance USING btree (federation_id, area_id, held_on);

-- Name: attendance_by_day; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX attendance_by_day ON goutong.attendance USING btree (federation_id, held_on);

-- Name: attendance_by_firm; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX attendance_by_firm ON goutong.attendance USING btree (federation_id, firm_id, held_on, meeting_id) INCLUDE (area_id, union_status, recorded_at, superseded_at);

-- Name: attendance_due; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX attendance_due ON goutong.attendance USING btree (federation_id, next_step_due) WHERE (next_step_due IS NOT NULL);

-- Name: audit_entry_by_applicant; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX audit_entry_by_applicant ON goutong.audit_entry USING btree (federation_id, object_id) WHERE (object_kind = 'applicant'::text);

-- Name: audit_entry_by_time; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX audit_entry_by_time ON goutong.audit_entry USING btree (federation_id, at);

-- Name: audit_link_by_time; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX audit_link_by_time ON goutong.audit_link USING btree (federation_id, sealed_at, "position");

-- Name: cell_by_week; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX cell_by_week ON goutong.cell USING btree (federation_id, week_start);

-- Name: firm_identity_by_area; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX firm_identity_by_area ON goutong.firm_identity USING btree (federation_id, area_id);

-- Name: firm_identity_by_name; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX firm_identity_by_name ON goutong.firm_identity USING btree (federation_id, district_code, folded_name) WHERE (superseded_at IS NULL);

-- Name: firm_identity_current; Type: INDEX; Schema: goutong; Owner: -
CREATE UNIQUE INDEX firm_identity_current ON goutong.firm_identity USING btree (federation_id, firm_id) WHERE (superseded_at IS NULL);

-- Name: firm_identity_name_search; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX firm_identity_name_search ON goutong.firm_identity USING gin (name public.gin_trgm_ops) WHERE (superseded_at IS NULL);

-- Name: firm_identity_uncoded_name_key; Type: INDEX; Schema: goutong; Owner: -
CREATE UNIQUE INDEX firm_identity_uncoded_name_key ON goutong.firm_identity USING btree (federation_id, district_code, folded_name) WHERE ((superseded_at IS NULL) AND (uscc IS NULL));

-- Name: firm_identity_uscc_key; Type: INDEX; Schema: goutong; Owner: -
CREATE UNIQUE INDEX firm_identity_uscc_key ON goutong.firm_identity USING btree (federation_id, uscc) WHERE (superseded_at IS NULL);

-- Name: firm_merge_current; Type: INDEX; Schema: goutong; Owner: -
CREATE UNIQUE INDEX firm_merge_current ON goutong.firm_merge USING btree (federation_id, duplicate_id) WHERE (superseded_at IS NULL);

-- Name: firm_profile_current; Type: INDEX; Schema: goutong; Owner: -
CREATE UNIQUE INDEX firm_profile_current ON goutong.firm_profile USING btree (federation_id, firm_id) WHERE (superseded_at IS NULL);

-- Name: firm_registration_by_firm; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX firm_registration_by_firm ON goutong.firm_registration USING btree (federation_id, firm_id, registered_on);

-- Name: journey_by_area; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX journey_by_area ON goutong.journey USING btree (federation_id, area_id, met_on);

-- Name: journey_converter; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX journey_converter ON goutong.journey USING btree (federation_id, area_id, met_on, intent_on) WHERE ((status = 'unorganised'::text) AND (NOT prior_intent) AND (intent_on <= (met_on + 90)));

-- Name: journey_known_until; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX journey_known_until ON goutong.journey USING btree (federation_id, known_until);

-- Name: journey_queue_by_firm; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX journey_queue_by_firm ON goutong.journey_queue USING btree (federation_id, firm_id);

-- Name: meeting_by_area; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX meeting_by_area ON goutong.meeting USING btree (federation_id, area_id, held_on);

-- Name: meeting_by_day; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX meeting_by_day ON goutong.meeting USING btree (federation_id, held_on);

-- Name: meeting_current; Type: INDEX; Schema: goutong; Owner: -
CREATE UNIQUE INDEX meeting_current ON goutong.meeting USING btree (federation_id, meeting_id) WHERE (superseded_at IS NULL);

-- Name: meeting_latest_of_kind; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX meeting_latest_of_kind ON goutong.meeting USING btree (federation_id, kind, recorded_at) WHERE (superseded_at IS NULL);

-- Name: milestone_by_firm; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX milestone_by_firm ON goutong.milestone USING btree (federation_id, firm_id, happened_on) INCLUDE (kind, milestone_id, recorded_at, superseded_at);

-- Name: milestone_by_meeting; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX milestone_by_meeting ON goutong.milestone USING btree (federation_id, meeting_id) WHERE (superseded_at IS NULL);

-- Name: no_meeting_current; Type: INDEX; Schema: goutong; Owner: -
CREATE UNIQUE INDEX no_meeting_current ON goutong.week_declaration USING btree (federation_id, area_id, week_start) WHERE (superseded_at IS NULL);

-- Name: person_hand_over_by_applicant; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX person_hand_over_by_applicant ON goutong.person_hand_over USING btree (federation_id, applicant_id);

-- Name: union_coverage_by_firm; Type: INDEX; Schema: goutong; Owner: -
CREATE INDEX union_coverage_by_firm ON goutong.union_coverage USING btree (federation_id, firm_id, organised_from);

-- Name: account account_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.account
    ADD CONSTRAINT account_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: account account_unit_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.account
    ADD CONSTRAINT account_unit_fkey FOREIGN KEY (federation_id, unit_code) REFERENCES goutong.org_unit(federation_id, code);

-- Name: api_token api_token_account_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.api_token
    ADD CONSTRAINT api_token_account_fkey FOREIGN KEY (federation_id, account_id) REFERENCES goutong.account(federation_id, account_id);

-- Name: applicant applicant_employer_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.applicant
    ADD CONSTRAINT applicant_employer_fkey FOREIGN KEY (federation_id, employer_firm_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: applicant_erasure applicant_erasure_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.applicant_erasure
    ADD CONSTRAINT applicant_erasure_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: applicant applicant_meeting_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.applicant
    ADD CONSTRAINT applicant_meeting_fkey FOREIGN KEY (federation_id, meeting_id, revision) REFERENCES goutong.meeting(federation_id, meeting_id, revision);

-- Name: applicant_person applicant_person_applicant_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.applicant_person
    ADD CONSTRAINT applicant_person_applicant_fkey FOREIGN KEY (federation_id, applicant_id, revision) REFERENCES goutong.applicant(federation_id, applicant_id, revision);

-- Name: area_alias area_alias_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.area_alias
    ADD CONSTRAINT area_alias_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: area_succession area_succession_from_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.area_succession
    ADD CONSTRAINT area_succession_from_fkey FOREIGN KEY (from_area_id) REFERENCES goutong.area(area_id);

-- Name: area_succession area_succession_to_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.area_succession
    ADD CONSTRAINT area_succession_to_fkey FOREIGN KEY (to_area_id) REFERENCES goutong.area(area_id);

-- Name: attendance attendance_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.attendance
    ADD CONSTRAINT attendance_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: attendance attendance_firm_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.attendance
    ADD CONSTRAINT attendance_firm_fkey FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: attendance attendance_meeting_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.attendance
    ADD CONSTRAINT attendance_meeting_fkey FOREIGN KEY (federation_id, meeting_id, revision) REFERENCES goutong.meeting(federation_id, meeting_id, revision);

-- Name: audit_entry audit_entry_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.audit_entry
    ADD CONSTRAINT audit_entry_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: audit_link audit_link_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.audit_link
    ADD CONSTRAINT audit_link_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: cell cell_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.cell
    ADD CONSTRAINT cell_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id) ON DELETE CASCADE;

-- Name: consent_withdrawal consent_withdrawal_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.consent_withdrawal
    ADD CONSTRAINT consent_withdrawal_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: declared_total declared_total_account_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.declared_total
    ADD CONSTRAINT declared_total_account_fkey FOREIGN KEY (federation_id, recorded_by) REFERENCES goutong.account(federation_id, account_id);

-- Name: declared_total declared_total_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.declared_total
    ADD CONSTRAINT declared_total_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: declared_total declared_total_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.declared_total
    ADD CONSTRAINT declared_total_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: declared_total declared_total_unit_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.declared_total
    ADD CONSTRAINT declared_total_unit_fkey FOREIGN KEY (federation_id, unit_code) REFERENCES goutong.org_unit(federation_id, code);

-- Name: firm_contact firm_contact_attendance_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_contact
    ADD CONSTRAINT firm_contact_attendance_fkey FOREIGN KEY (federation_id, meeting_id, revision, firm_id) REFERENCES goutong.attendance(federation_id, meeting_id, revision, firm_id);

-- Name: firm firm_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm
    ADD CONSTRAINT firm_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: firm_identity firm_identity_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_identity
    ADD CONSTRAINT firm_identity_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: firm_identity firm_identity_firm_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_identity
    ADD CONSTRAINT firm_identity_firm_fkey FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: firm_merge firm_merge_duplicate_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_merge
    ADD CONSTRAINT firm_merge_duplicate_fkey FOREIGN KEY (federation_id, duplicate_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: firm_merge firm_merge_kept_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_merge
    ADD CONSTRAINT firm_merge_kept_fkey FOREIGN KEY (federation_id, kept_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: firm_profile firm_profile_firm_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_profile
    ADD CONSTRAINT firm_profile_firm_fkey FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: firm_profile firm_profile_registration_type_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_profile
    ADD CONSTRAINT firm_profile_registration_type_fkey FOREIGN KEY (classification_version, registration_type) REFERENCES goutong.registration_type(classification_version, code);

-- Name: firm_registration firm_registration_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_registration
    ADD CONSTRAINT firm_registration_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: firm_registration firm_registration_firm_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.firm_registration
    ADD CONSTRAINT firm_registration_firm_fkey FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: fixed_moment fixed_moment_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.fixed_moment
    ADD CONSTRAINT fixed_moment_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: import_run import_run_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.import_run
    ADD CONSTRAINT import_run_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: issued_rendering issued_rendering_report_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.issued_rendering
    ADD CONSTRAINT issued_rendering_report_fkey FOREIGN KEY (federation_id, week_start, edition) REFERENCES goutong.issued_report(federation_id, week_start, edition);

-- Name: issued_report issued_report_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.issued_report
    ADD CONSTRAINT issued_report_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: issued_report issued_report_replaces_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.issued_report
    ADD CONSTRAINT issued_report_replaces_fkey FOREIGN KEY (federation_id, week_start, replaces) REFERENCES goutong.issued_report(federation_id, week_start, edition);

-- Name: journey journey_firm_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.journey
    ADD CONSTRAINT journey_firm_fkey FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: meeting meeting_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.meeting
    ADD CONSTRAINT meeting_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: meeting_revision meeting_revision_account_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.meeting_revision
    ADD CONSTRAINT meeting_revision_account_fkey FOREIGN KEY (federation_id, recorded_by) REFERENCES goutong.account(federation_id, account_id);

-- Name: meeting_revision meeting_revision_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.meeting_revision
    ADD CONSTRAINT meeting_revision_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: meeting_revision meeting_revision_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.meeting_revision
    ADD CONSTRAINT meeting_revision_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: meeting meeting_revision_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.meeting
    ADD CONSTRAINT meeting_revision_fkey FOREIGN KEY (federation_id, meeting_id, revision) REFERENCES goutong.meeting_revision(federation_id, meeting_id, revision);

-- Name: milestone milestone_firm_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.milestone
    ADD CONSTRAINT milestone_firm_fkey FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: opinion opinion_meeting_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.opinion
    ADD CONSTRAINT opinion_meeting_fkey FOREIGN KEY (federation_id, meeting_id, revision) REFERENCES goutong.meeting(federation_id, meeting_id, revision);

-- Name: org_unit org_unit_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.org_unit
    ADD CONSTRAINT org_unit_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: org_unit org_unit_parent_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.org_unit
    ADD CONSTRAINT org_unit_parent_fkey FOREIGN KEY (federation_id, parent_code) REFERENCES goutong.org_unit(federation_id, code);

-- Name: person_hand_over person_hand_over_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.person_hand_over
    ADD CONSTRAINT person_hand_over_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: person_request person_request_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.person_request
    ADD CONSTRAINT person_request_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: programme programme_account_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.programme
    ADD CONSTRAINT programme_account_fkey FOREIGN KEY (federation_id, recorded_by) REFERENCES goutong.account(federation_id, account_id);

-- Name: programme programme_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.programme
    ADD CONSTRAINT programme_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: programme_unit programme_unit_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.programme_unit
    ADD CONSTRAINT programme_unit_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: programme_unit programme_unit_programme_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.programme_unit
    ADD CONSTRAINT programme_unit_programme_fkey FOREIGN KEY (federation_id, programme_code) REFERENCES goutong.programme(federation_id, code);

-- Name: target target_account_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.target
    ADD CONSTRAINT target_account_fkey FOREIGN KEY (federation_id, recorded_by) REFERENCES goutong.account(federation_id, account_id);

-- Name: target target_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.target
    ADD CONSTRAINT target_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: target target_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.target
    ADD CONSTRAINT target_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: target target_unit_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.target
    ADD CONSTRAINT target_unit_fkey FOREIGN KEY (federation_id, unit_code) REFERENCES goutong.org_unit(federation_id, code);

-- Name: union_coverage union_coverage_firm_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.union_coverage
    ADD CONSTRAINT union_coverage_firm_fkey FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm(federation_id, firm_id);

-- Name: web_session web_session_account_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.web_session
    ADD CONSTRAINT web_session_account_fkey FOREIGN KEY (federation_id, account_id) REFERENCES goutong.account(federation_id, account_id);

-- Name: week_declaration week_declaration_account_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.week_declaration
    ADD CONSTRAINT week_declaration_account_fkey FOREIGN KEY (federation_id, recorded_by) REFERENCES goutong.account(federation_id, account_id);

-- Name: week_declaration week_declaration_area_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.week_declaration
    ADD CONSTRAINT week_declaration_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area(area_id);

-- Name: week_declaration week_declaration_federation_fkey; Type: FK CONSTRAINT; Schema: goutong; Owner: -
ALTER TABLE ONLY goutong.week_declaration
    ADD CONSTRAINT week_declaration_federation_fkey FOREIGN KEY (federation_id) REFERENCES goutong.federation(federation_id);

-- Name: account; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.account ENABLE ROW LEVEL SECURITY;

-- Name: api_token; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.api_token ENABLE ROW LEVEL SECURITY;

-- Name: applicant; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.applicant ENABLE ROW LEVEL SECURITY;

-- Name: applicant_erasure; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.applicant_erasure ENABLE ROW LEVEL SECURITY;

-- Name: applicant_event; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.applicant_event ENABLE ROW LEVEL SECURITY;

-- Name: applicant_person; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.applicant_person ENABLE ROW LEVEL SECURITY;

-- Name: attendance; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.attendance ENABLE ROW LEVEL SECURITY;

-- Name: audit_entry; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.audit_entry ENABLE ROW LEVEL SECURITY;

-- Name: audit_link; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.audit_link ENABLE ROW LEVEL SECURITY;

-- Name: audit_unsealed; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.audit_unsealed ENABLE ROW LEVEL SECURITY;

-- Name: cell; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.cell ENABLE ROW LEVEL SECURITY;

-- Name: consent_withdrawal; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.consent_withdrawal ENABLE ROW LEVEL SECURITY;

-- Name: declared_total; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.declared_total ENABLE ROW LEVEL SECURITY;

-- Name: federation; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.federation ENABLE ROW LEVEL SECURITY;

-- Name: applicant figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.applicant FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: applicant_event figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.applicant_event FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: attendance figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.attendance FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: cell figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.cell FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: declared_total figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.declared_total FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: firm figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.firm FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: firm_identity figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.firm_identity FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: firm_merge figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.firm_merge FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: firm_profile figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.firm_profile FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: firm_registration figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.firm_registration FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: fixed_moment figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.fixed_moment FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: issued_report figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.issued_report FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: journey figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.journey FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: journey_queue figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.journey_queue FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: meeting figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.meeting FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: meeting_revision figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.meeting_revision FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: milestone figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.milestone FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: target figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.target FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: union_coverage figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.union_coverage FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: week_declaration figures; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures ON goutong.week_declaration FOR SELECT TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: fixed_moment figures_fix; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures_fix ON goutong.fixed_moment FOR INSERT TO goutong_figures WITH CHECK (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: fixed_moment figures_move; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY figures_move ON goutong.fixed_moment FOR UPDATE TO goutong_figures USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('figures'::text) AS actor_may)));

-- Name: firm; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.firm ENABLE ROW LEVEL SECURITY;

-- Name: firm_contact; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.firm_contact ENABLE ROW LEVEL SECURITY;

-- Name: firm_identity; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.firm_identity ENABLE ROW LEVEL SECURITY;

-- Name: firm_merge; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.firm_merge ENABLE ROW LEVEL SECURITY;

-- Name: firm_profile; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.firm_profile ENABLE ROW LEVEL SECURITY;

-- Name: firm_registration; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.firm_registration ENABLE ROW LEVEL SECURITY;

-- Name: fixed_moment; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.fixed_moment ENABLE ROW LEVEL SECURITY;

-- Name: import_run; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.import_run ENABLE ROW LEVEL SECURITY;

-- Name: issued_rendering; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.issued_rendering ENABLE ROW LEVEL SECURITY;

-- Name: issued_report; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.issued_report ENABLE ROW LEVEL SECURITY;

-- Name: journey; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.journey ENABLE ROW LEVEL SECURITY;

-- Name: journey_queue; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.journey_queue ENABLE ROW LEVEL SECURITY;

-- Name: declared_total kept; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY kept ON goutong.declared_total AS RESTRICTIVE FOR DELETE USING (goutong.may_remove_stated(federation_id));

-- Name: issued_rendering kept; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY kept ON goutong.issued_rendering AS RESTRICTIVE FOR DELETE USING (goutong.may_remove_issued(federation_id));

-- Name: issued_report kept; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY kept ON goutong.issued_report AS RESTRICTIVE FOR DELETE USING (goutong.may_remove_issued(federation_id));

-- Name: target kept; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY kept ON goutong.target AS RESTRICTIVE FOR DELETE USING (goutong.may_remove_stated(federation_id));

-- Name: federation known; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY known ON goutong.federation FOR SELECT TO goutong_reader, goutong_recorder, goutong_figures USING ((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)));

-- Name: org_unit known; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY known ON goutong.org_unit FOR SELECT TO goutong_reader, goutong_recorder, goutong_figures USING ((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)));

-- Name: programme known; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY known ON goutong.programme FOR SELECT TO goutong_reader, goutong_recorder, goutong_figures USING ((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)));

-- Name: programme_unit known; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY known ON goutong.programme_unit FOR SELECT TO goutong_reader, goutong_recorder, goutong_figures USING ((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)));

-- Name: meeting; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.meeting ENABLE ROW LEVEL SECURITY;

-- Name: meeting_revision; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.meeting_revision ENABLE ROW LEVEL SECURITY;

-- Name: milestone; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.milestone ENABLE ROW LEVEL SECURITY;

-- Name: account operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.account TO postgres USING (true) WITH CHECK (true);

-- Name: api_token operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.api_token TO postgres USING (true) WITH CHECK (true);

-- Name: applicant operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.applicant TO postgres USING (true) WITH CHECK (true);

-- Name: applicant_erasure operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.applicant_erasure TO postgres USING (true) WITH CHECK (true);

-- Name: applicant_event operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.applicant_event TO postgres USING (true) WITH CHECK (true);

-- Name: applicant_person operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.applicant_person TO postgres USING (true) WITH CHECK (true);

-- Name: attendance operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.attendance TO postgres USING (true) WITH CHECK (true);

-- Name: audit_entry operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.audit_entry TO postgres USING (true) WITH CHECK (true);

-- Name: audit_link operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.audit_link TO postgres USING (true) WITH CHECK (true);

-- Name: audit_unsealed operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.audit_unsealed TO postgres USING (true) WITH CHECK (true);

-- Name: cell operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.cell TO postgres USING (true) WITH CHECK (true);

-- Name: consent_withdrawal operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.consent_withdrawal TO postgres USING (true) WITH CHECK (true);

-- Name: declared_total operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.declared_total TO postgres USING (true) WITH CHECK (true);

-- Name: federation operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.federation TO postgres USING (true) WITH CHECK (true);

-- Name: firm operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.firm TO postgres USING (true) WITH CHECK (true);

-- Name: firm_contact operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.firm_contact TO postgres USING (true) WITH CHECK (true);

-- Name: firm_identity operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.firm_identity TO postgres USING (true) WITH CHECK (true);

-- Name: firm_merge operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.firm_merge TO postgres USING (true) WITH CHECK (true);

-- Name: firm_profile operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.firm_profile TO postgres USING (true) WITH CHECK (true);

-- Name: firm_registration operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.firm_registration TO postgres USING (true) WITH CHECK (true);

-- Name: fixed_moment operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.fixed_moment TO postgres USING (true) WITH CHECK (true);

-- Name: import_run operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.import_run TO postgres USING (true) WITH CHECK (true);

-- Name: issued_rendering operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.issued_rendering TO postgres USING (true) WITH CHECK (true);

-- Name: issued_report operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.issued_report TO postgres USING (true) WITH CHECK (true);

-- Name: journey operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.journey TO postgres USING (true) WITH CHECK (true);

-- Name: journey_queue operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.journey_queue TO postgres USING (true) WITH CHECK (true);

-- Name: meeting operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.meeting TO postgres USING (true) WITH CHECK (true);

-- Name: meeting_revision operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.meeting_revision TO postgres USING (true) WITH CHECK (true);

-- Name: milestone operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.milestone TO postgres USING (true) WITH CHECK (true);

-- Name: opinion operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.opinion TO postgres USING (true) WITH CHECK (true);

-- Name: org_unit operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.org_unit TO postgres USING (true) WITH CHECK (true);

-- Name: person_hand_over operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.person_hand_over TO postgres USING (true) WITH CHECK (true);

-- Name: person_request operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.person_request TO postgres USING (true) WITH CHECK (true);

-- Name: programme operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.programme TO postgres USING (true) WITH CHECK (true);

-- Name: programme_unit operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.programme_unit TO postgres USING (true) WITH CHECK (true);

-- Name: target operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.target TO postgres USING (true) WITH CHECK (true);

-- Name: union_coverage operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.union_coverage TO postgres USING (true) WITH CHECK (true);

-- Name: web_session operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.web_session TO postgres USING (true) WITH CHECK (true);

-- Name: week_declaration operator; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY operator ON goutong.week_declaration TO postgres USING (true) WITH CHECK (true);

-- Name: opinion; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.opinion ENABLE ROW LEVEL SECURITY;

-- Name: org_unit; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.org_unit ENABLE ROW LEVEL SECURITY;

-- Name: firm_merge own_firms; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY own_firms ON goutong.firm_merge AS RESTRICTIVE FOR INSERT TO goutong_recorder WITH CHECK ((goutong.firm_in_scope(federation_id, duplicate_id) OR goutong.firm_in_scope(federation_id, kept_id)));

-- Name: firm_merge own_firms_undone; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY own_firms_undone ON goutong.firm_merge AS RESTRICTIVE FOR UPDATE TO goutong_recorder USING ((goutong.firm_in_scope(federation_id, duplicate_id) OR goutong.firm_in_scope(federation_id, kept_id)));

-- Name: declared_total own_hand; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY own_hand ON goutong.declared_total AS RESTRICTIVE FOR INSERT TO goutong_recorder WITH CHECK ((recorded_by = ( SELECT goutong.actor_account() AS actor_account)));

-- Name: meeting_revision own_hand; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY own_hand ON goutong.meeting_revision AS RESTRICTIVE FOR INSERT TO goutong_recorder WITH CHECK ((recorded_by = ( SELECT goutong.actor_account() AS actor_account)));

-- Name: programme own_hand; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY own_hand ON goutong.programme AS RESTRICTIVE FOR INSERT TO goutong_recorder WITH CHECK ((recorded_by = ( SELECT goutong.actor_account() AS actor_account)));

-- Name: target own_hand; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY own_hand ON goutong.target AS RESTRICTIVE FOR INSERT TO goutong_recorder WITH CHECK ((recorded_by = ( SELECT goutong.actor_account() AS actor_account)));

-- Name: week_declaration own_hand; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY own_hand ON goutong.week_declaration AS RESTRICTIVE FOR INSERT TO goutong_recorder WITH CHECK ((recorded_by = ( SELECT goutong.actor_account() AS actor_account)));

-- Name: person_hand_over; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.person_hand_over ENABLE ROW LEVEL SECURITY;

-- Name: person_request; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.person_request ENABLE ROW LEVEL SECURITY;

-- Name: programme; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.programme ENABLE ROW LEVEL SECURITY;

-- Name: programme_unit; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.programme_unit ENABLE ROW LEVEL SECURITY;

-- Name: account reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.account FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('accounts'::text) AS actor_may) OR (account_id = ( SELECT goutong.actor_account() AS actor_account)))));

-- Name: api_token reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.api_token FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('accounts'::text) AS actor_may) OR (account_id = ( SELECT goutong.actor_account() AS actor_account)))));

-- Name: applicant reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.applicant FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('people'::text) AS actor_may) OR ( SELECT goutong.actor_may('people_own'::text) AS actor_may)) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: applicant_erasure reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.applicant_erasure FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('people'::text) AS actor_may) OR ( SELECT goutong.actor_may('people_own'::text) AS actor_may)) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: applicant_event reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.applicant_event FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('people'::text) AS actor_may) OR ( SELECT goutong.actor_may('people_own'::text) AS actor_may)) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: applicant_person reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.applicant_person FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('people'::text) AS actor_may) OR ( SELECT goutong.actor_may('people_own'::text) AS actor_may)) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: attendance reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.attendance FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('meetings'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: audit_entry reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.audit_entry FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('audit'::text) AS actor_may)));

-- Name: audit_link reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.audit_link FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('audit'::text) AS actor_may)));

-- Name: consent_withdrawal reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.consent_withdrawal FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('people'::text) AS actor_may) OR ( SELECT goutong.actor_may('people_own'::text) AS actor_may)) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: declared_total reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.declared_total FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('meetings'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: firm reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.firm FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('firms'::text) AS actor_may)));

-- Name: firm_contact reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.firm_contact FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('contacts'::text) AS actor_may) AND (EXISTS ( SELECT
   FROM goutong.meeting_revision r
  WHERE ((r.federation_id = firm_contact.federation_id) AND (r.meeting_id = firm_contact.meeting_id) AND (r.revision = firm_contact.revision))))));

-- Name: firm_identity reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.firm_identity FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('firms'::text) AS actor_may)));

-- Name: firm_merge reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.firm_merge FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('firms'::text) AS actor_may)));

-- Name: firm_profile reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.firm_profile FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('firms'::text) AS actor_may)));

-- Name: firm_registration reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.firm_registration FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('firms'::text) AS actor_may)));

-- Name: meeting reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.meeting FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('meetings'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: meeting_revision reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.meeting_revision FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('meetings'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: milestone reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.milestone FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('firms'::text) AS actor_may) AND goutong.firm_in_scope(federation_id, firm_id)));

-- Name: opinion reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.opinion FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (EXISTS ( SELECT
   FROM goutong.meeting_revision r
  WHERE ((r.federation_id = opinion.federation_id) AND (r.meeting_id = opinion.meeting_id) AND (r.revision = opinion.revision))))));

-- Name: person_hand_over reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.person_hand_over FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('people'::text) AS actor_may) OR ( SELECT goutong.actor_may('people_own'::text) AS actor_may)) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: person_request reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.person_request FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('people'::text) AS actor_may) OR ( SELECT goutong.actor_may('people_own'::text) AS actor_may)) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: target reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.target FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('meetings'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: union_coverage reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.union_coverage FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('firms'::text) AS actor_may) AND goutong.firm_in_scope(federation_id, firm_id)));

-- Name: week_declaration reader; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader ON goutong.week_declaration FOR SELECT TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('meetings'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: account reader_add; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader_add ON goutong.account FOR INSERT TO goutong_reader WITH CHECK (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('accounts'::text) AS actor_may)));

-- Name: account reader_change; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader_change ON goutong.account FOR UPDATE TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('accounts'::text) AS actor_may))) WITH CHECK (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('accounts'::text) AS actor_may) AND ((account_id <> ( SELECT goutong.actor_account() AS actor_account)) OR (role = 'administrator'::text))));

-- Name: api_token reader_issue; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader_issue ON goutong.api_token FOR INSERT TO goutong_reader WITH CHECK (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('accounts'::text) AS actor_may) OR ((account_id = ( SELECT goutong.actor_account() AS actor_account)) AND (cardinality(rights) > 0) AND (rights <@ string_to_array(current_setting('goutong.rights'::text, true), ','::text))))));

-- Name: api_token reader_revoke; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY reader_revoke ON goutong.api_token FOR UPDATE TO goutong_reader USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (( SELECT goutong.actor_may('accounts'::text) AS actor_may) OR (account_id = ( SELECT goutong.actor_account() AS actor_account))))) WITH CHECK (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND (revoked_at IS NOT NULL) AND (( SELECT goutong.actor_may('accounts'::text) AS actor_may) OR (account_id = ( SELECT goutong.actor_account() AS actor_account)))));

-- Name: applicant recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.applicant TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND (EXISTS ( SELECT
   FROM goutong.meeting_revision r
  WHERE ((r.federation_id = applicant.federation_id) AND (r.meeting_id = applicant.meeting_id) AND (r.revision = applicant.revision))))));

-- Name: applicant_event recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.applicant_event TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('review'::text) AS actor_may) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: applicant_person recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.applicant_person FOR INSERT TO goutong_recorder WITH CHECK (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND (EXISTS ( SELECT
   FROM goutong.applicant a
  WHERE ((a.federation_id = applicant_person.federation_id) AND (a.applicant_id = applicant_person.applicant_id) AND (a.revision = applicant_person.revision))))));

-- Name: attendance recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.attendance TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: consent_withdrawal recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.consent_withdrawal TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('review'::text) AS actor_may) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: declared_total recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.declared_total TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND ( SELECT goutong.actor_may('review'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: firm recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.firm TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may)));

-- Name: firm_contact recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.firm_contact TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND (EXISTS ( SELECT
   FROM goutong.meeting_revision r
  WHERE ((r.federation_id = firm_contact.federation_id) AND (r.meeting_id = firm_contact.meeting_id) AND (r.revision = firm_contact.revision))))));

-- Name: firm_identity recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.firm_identity TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may)));

-- Name: firm_merge recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.firm_merge TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may)));

-- Name: firm_profile recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.firm_profile FOR SELECT TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may)));

-- Name: firm_registration recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.firm_registration TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may)));

-- Name: fixed_moment recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.fixed_moment FOR SELECT TO goutong_recorder USING ((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)));

-- Name: journey_queue recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.journey_queue FOR INSERT TO goutong_recorder WITH CHECK (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may)));

-- Name: meeting recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.meeting TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: meeting_revision recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.meeting_revision TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: milestone recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.milestone TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND
CASE
    WHEN of_document THEN (EXISTS ( SELECT
       FROM goutong.meeting_revision r
      WHERE ((r.federation_id = milestone.federation_id) AND (r.meeting_id = milestone.meeting_id) AND (r.revision = milestone.revision))))
    ELSE goutong.firm_in_scope(federation_id, firm_id)
END));

-- Name: opinion recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.opinion TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND (EXISTS ( SELECT
   FROM goutong.meeting_revision r
  WHERE ((r.federation_id = opinion.federation_id) AND (r.meeting_id = opinion.meeting_id) AND (r.revision = opinion.revision))))));

-- Name: person_hand_over recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.person_hand_over TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('review'::text) AS actor_may) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: person_request recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.person_request TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('review'::text) AS actor_may) AND goutong.applicant_in_scope(federation_id, applicant_id)));

-- Name: programme recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.programme FOR INSERT TO goutong_recorder WITH CHECK (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_everywhere() AS actor_everywhere) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND ( SELECT goutong.actor_may('review'::text) AS actor_may)));

-- Name: programme_unit recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.programme_unit FOR INSERT TO goutong_recorder WITH CHECK (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_everywhere() AS actor_everywhere) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND ( SELECT goutong.actor_may('review'::text) AS actor_may)));

-- Name: target recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.target TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND ( SELECT goutong.actor_may('review'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: union_coverage recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.union_coverage TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND goutong.firm_in_scope(federation_id, firm_id)));

-- Name: week_declaration recorder; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY recorder ON goutong.week_declaration TO goutong_recorder USING (((federation_id = ( SELECT goutong.actor_federation() AS actor_federation)) AND ( SELECT goutong.actor_may('record'::text) AS actor_may) AND (( SELECT goutong.actor_everywhere() AS actor_everywhere) OR (area_id = ANY (( SELECT goutong.actor_areas() AS actor_areas)::integer[])))));

-- Name: account service; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY service ON goutong.account TO goutong_service USING (true);

-- Name: api_token service; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY service ON goutong.api_token FOR SELECT TO goutong_service USING (true);

-- Name: federation service; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY service ON goutong.federation FOR SELECT TO goutong_service USING (true);

-- Name: org_unit service; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY service ON goutong.org_unit FOR SELECT TO goutong_service USING (true);

-- Name: programme service; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY service ON goutong.programme FOR SELECT TO goutong_service USING (true);

-- Name: programme_unit service; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY service ON goutong.programme_unit FOR SELECT TO goutong_service USING (true);

-- Name: web_session service; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY service ON goutong.web_session TO goutong_service USING (true);

-- Name: target; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.target ENABLE ROW LEVEL SECURITY;

-- Name: declared_total unchanged; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY unchanged ON goutong.declared_total AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (false);

-- Name: issued_rendering unchanged; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY unchanged ON goutong.issued_rendering AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (false);

-- Name: issued_report unchanged; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY unchanged ON goutong.issued_report AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (false);

-- Name: target unchanged; Type: POLICY; Schema: goutong; Owner: -
CREATE POLICY unchanged ON goutong.target AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (false);

-- Name: union_coverage; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.union_coverage ENABLE ROW LEVEL SECURITY;

-- Name: web_session; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.web_session ENABLE ROW LEVEL SECURITY;

-- Name: week_declaration; Type: ROW SECURITY; Schema: goutong; Owner: -
ALTER TABLE goutong.week_declaration ENABLE ROW LEVEL SECURITY;

-- Name: SCHEMA goutong; Type: ACL; Schema: -; Owner: -
GRANT USAGE ON SCHEMA goutong TO goutong_service;
GRANT USAGE ON SCHEMA goutong TO goutong_reader;
GRANT USAGE ON SCHEMA goutong TO goutong_recorder;
GRANT USAGE ON SCHEMA goutong TO goutong_figures;
GRANT USAGE ON SCHEMA goutong TO goutong_analyst;

-- Name: FUNCTION actor_account(); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.actor_account() FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.actor_account() TO goutong_service;
GRANT ALL ON FUNCTION goutong.actor_account() TO goutong_reader;
GRANT ALL ON FUNCTION goutong.actor_account() TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.actor_account() TO goutong_figures;

-- Name: FUNCTION actor_areas(); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.actor_areas() FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.actor_areas() TO goutong_service;
GRANT ALL ON FUNCTION goutong.actor_areas() TO goutong_reader;
GRANT ALL ON FUNCTION goutong.actor_areas() TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.actor_areas() TO goutong_figures;

-- Name: FUNCTION actor_everywhere(); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.actor_everywhere() FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.actor_everywhere() TO goutong_service;
GRANT ALL ON FUNCTION goutong.actor_everywhere() TO goutong_reader;
GRANT ALL ON FUNCTION goutong.actor_everywhere() TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.actor_everywhere() TO goutong_figures;

-- Name: FUNCTION actor_federation(); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.actor_federation() FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.actor_federation() TO goutong_service;
GRANT ALL ON FUNCTION goutong.actor_federation() TO goutong_reader;
GRANT ALL ON FUNCTION goutong.actor_federation() TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.actor_federation() TO goutong_figures;

-- Name: FUNCTION actor_may(p_right text); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.actor_may(p_right text) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.actor_may(p_right text) TO goutong_service;
GRANT ALL ON FUNCTION goutong.actor_may(p_right text) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.actor_may(p_right text) TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.actor_may(p_right text) TO goutong_figures;

-- Name: FUNCTION analyst_federations(); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.analyst_federations() FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.analyst_federations() TO goutong_analyst;

-- Name: FUNCTION applicant_duplicates(p_federation integer, p_applicant uuid); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.applicant_duplicates(p_federation integer, p_applicant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.applicant_duplicates(p_federation integer, p_applicant uuid) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.applicant_duplicates(p_federation integer, p_applicant uuid) TO goutong_recorder;

-- Name: FUNCTION applicant_in_scope(p_federation integer, p_applicant uuid); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.applicant_in_scope(p_federation integer, p_applicant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.applicant_in_scope(p_federation integer, p_applicant uuid) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.applicant_in_scope(p_federation integer, p_applicant uuid) TO goutong_recorder;

-- Name: FUNCTION applicant_tagged(p_federation integer, p_applicant uuid, p_mobiles bytea[], p_documents bytea[]); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.applicant_tagged(p_federation integer, p_applicant uuid, p_mobiles bytea[], p_documents bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.applicant_tagged(p_federation integer, p_applicant uuid, p_mobiles bytea[], p_documents bytea[]) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.applicant_tagged(p_federation integer, p_applicant uuid, p_mobiles bytea[], p_documents bytea[]) TO goutong_recorder;

-- Name: FUNCTION application_at(p_federation integer, p_at timestamp with time zone); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.application_at(p_federation integer, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.application_at(p_federation integer, p_at timestamp with time zone) TO goutong_figures;

-- Name: TABLE area; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.area TO goutong_service;
GRANT SELECT ON TABLE goutong.area TO goutong_reader;
GRANT SELECT ON TABLE goutong.area TO goutong_recorder;
GRANT SELECT ON TABLE goutong.area TO goutong_figures;

-- Name: TABLE area_succession; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.area_succession TO goutong_service;
GRANT SELECT ON TABLE goutong.area_succession TO goutong_reader;
GRANT SELECT ON TABLE goutong.area_succession TO goutong_recorder;
GRANT SELECT ON TABLE goutong.area_succession TO goutong_figures;

-- Name: FUNCTION area_on(p_day date); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.area_on(p_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.area_on(p_day date) TO goutong_service;
GRANT ALL ON FUNCTION goutong.area_on(p_day date) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.area_on(p_day date) TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.area_on(p_day date) TO goutong_figures;

-- Name: FUNCTION audit(p_federation integer, p_entry uuid, p_account uuid, p_actor text, p_action text, p_kind text, p_object text, p_reason text, p_result text, p_request text); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.audit(p_federation integer, p_entry uuid, p_account uuid, p_actor text, p_action text, p_kind text, p_object text, p_reason text, p_result text, p_request text) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.audit(p_federation integer, p_entry uuid, p_account uuid, p_actor text, p_action text, p_kind text, p_object text, p_reason text, p_result text, p_request text) TO goutong_service;
GRANT ALL ON FUNCTION goutong.audit(p_federation integer, p_entry uuid, p_account uuid, p_actor text, p_action text, p_kind text, p_object text, p_reason text, p_result text, p_request text) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.audit(p_federation integer, p_entry uuid, p_account uuid, p_actor text, p_action text, p_kind text, p_object text, p_reason text, p_result text, p_request text) TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.audit(p_federation integer, p_entry uuid, p_account uuid, p_actor text, p_action text, p_kind text, p_object text, p_reason text, p_result text, p_request text) TO goutong_figures;

-- Name: FUNCTION audit_head(p_federation integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.audit_head(p_federation integer) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.audit_head(p_federation integer) TO goutong_service;
GRANT ALL ON FUNCTION goutong.audit_head(p_federation integer) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.audit_head(p_federation integer) TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.audit_head(p_federation integer) TO goutong_figures;

-- Name: FUNCTION audit_head_at(p_federation integer, p_at timestamp with time zone); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.audit_head_at(p_federation integer, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.audit_head_at(p_federation integer, p_at timestamp with time zone) TO goutong_figures;

-- Name: TABLE audit_entry; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.audit_entry TO goutong_reader;

-- Name: FUNCTION audit_pending(p_federation integer, p_limit integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.audit_pending(p_federation integer, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.audit_pending(p_federation integer, p_limit integer) TO goutong_service;

-- Name: FUNCTION audit_seal(p_federation integer, p_first bigint, p_entries uuid[], p_codes bytea[], p_at timestamp with time zone); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.audit_seal(p_federation integer, p_first bigint, p_entries uuid[], p_codes bytea[], p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.audit_seal(p_federation integer, p_first bigint, p_entries uuid[], p_codes bytea[], p_at timestamp with time zone) TO goutong_service;

-- Name: FUNCTION carry_applicant(p_federation integer, p_meeting uuid, p_applicant uuid, p_revision integer, p_position integer, p_stamp timestamp with time zone); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.carry_applicant(p_federation integer, p_meeting uuid, p_applicant uuid, p_revision integer, p_position integer, p_stamp timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.carry_applicant(p_federation integer, p_meeting uuid, p_applicant uuid, p_revision integer, p_position integer, p_stamp timestamp with time zone) TO goutong_recorder;

-- Name: FUNCTION cell_correction(p_federation integer, p_at timestamp with time zone, p_since date, p_to date, p_areas integer[]); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.cell_correction(p_federation integer, p_at timestamp with time zone, p_since date, p_to date, p_areas integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.cell_correction(p_federation integer, p_at timestamp with time zone, p_since date, p_to date, p_areas integer[]) TO goutong_figures;

-- Name: FUNCTION reads_ledger(p_federation integer, p_at timestamp with time zone); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.reads_ledger(p_federation integer, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.reads_ledger(p_federation integer, p_at timestamp with time zone) TO goutong_figures;

-- Name: TABLE cell; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.cell TO goutong_figures;

-- Name: FUNCTION cell_at(p_federation integer, p_at timestamp with time zone); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.cell_at(p_federation integer, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.cell_at(p_federation integer, p_at timestamp with time zone) TO goutong_figures;

-- Name: FUNCTION cell_share(p_met_on date, p_status text, p_prior_intent boolean, p_intent_on date, p_application_on date, p_established_on date, p_covered_on date, p_lost_on date, p_organised_on date, p_until date); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.cell_share(p_met_on date, p_status text, p_prior_intent boolean, p_intent_on date, p_application_on date, p_established_on date, p_covered_on date, p_lost_on date, p_organised_on date, p_until date) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.cell_share(p_met_on date, p_status text, p_prior_intent boolean, p_intent_on date, p_application_on date, p_established_on date, p_covered_on date, p_lost_on date, p_organised_on date, p_until date) TO goutong_figures;

-- Name: FUNCTION correct_person(p_federation integer, p_applicant uuid, p_sealed bytea, p_mobile_tag bytea, p_document_tag bytea); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.correct_person(p_federation integer, p_applicant uuid, p_sealed bytea, p_mobile_tag bytea, p_document_tag bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.correct_person(p_federation integer, p_applicant uuid, p_sealed bytea, p_mobile_tag bytea, p_document_tag bytea) TO goutong_recorder;

-- Name: FUNCTION drain_journeys(p_federation integer, p_limit integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.drain_journeys(p_federation integer, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.drain_journeys(p_federation integer, p_limit integer) TO goutong_service;

-- Name: FUNCTION drop_persons(p_federation integer, p_applicants uuid[]); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.drop_persons(p_federation integer, p_applicants uuid[]) FROM PUBLIC;

-- Name: FUNCTION enter(p_federation integer, p_account uuid, p_rights text[]); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.enter(p_federation integer, p_account uuid, p_rights text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.enter(p_federation integer, p_account uuid, p_rights text[]) TO goutong_service;

-- Name: FUNCTION erase_person(p_federation integer, p_applicant uuid); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.erase_person(p_federation integer, p_applicant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.erase_person(p_federation integer, p_applicant uuid) TO goutong_recorder;

-- Name: FUNCTION find_firms(p_federation integer, p_pattern text, p_code text, p_district text, p_limit integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.find_firms(p_federation integer, p_pattern text, p_code text, p_district text, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.find_firms(p_federation integer, p_pattern text, p_code text, p_district text, p_limit integer) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.find_firms(p_federation integer, p_pattern text, p_code text, p_district text, p_limit integer) TO goutong_recorder;

-- Name: FUNCTION firm_in_scope(p_federation integer, p_firm uuid); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.firm_in_scope(p_federation integer, p_firm uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.firm_in_scope(p_federation integer, p_firm uuid) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.firm_in_scope(p_federation integer, p_firm uuid) TO goutong_recorder;

-- Name: FUNCTION firm_root_at(p_federation integer, p_at timestamp with time zone); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.firm_root_at(p_federation integer, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.firm_root_at(p_federation integer, p_at timestamp with time zone) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.firm_root_at(p_federation integer, p_at timestamp with time zone) TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.firm_root_at(p_federation integer, p_at timestamp with time zone) TO goutong_figures;

-- Name: FUNCTION is_erased(p_federation integer, p_applicant uuid); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.is_erased(p_federation integer, p_applicant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.is_erased(p_federation integer, p_applicant uuid) TO goutong_recorder;

-- Name: FUNCTION is_operator(); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.is_operator() FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.is_operator() TO goutong_service;
GRANT ALL ON FUNCTION goutong.is_operator() TO goutong_reader;
GRANT ALL ON FUNCTION goutong.is_operator() TO goutong_recorder;
GRANT ALL ON FUNCTION goutong.is_operator() TO goutong_figures;

-- Name: FUNCTION journey_entered(p_federation integer, p_at timestamp with time zone, p_from date, p_to date, p_areas integer[]); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.journey_entered(p_federation integer, p_at timestamp with time zone, p_from date, p_to date, p_areas integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.journey_entered(p_federation integer, p_at timestamp with time zone, p_from date, p_to date, p_areas integer[]) TO goutong_figures;

-- Name: FUNCTION journey_at(p_federation integer, p_at timestamp with time zone); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.journey_at(p_federation integer, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.journey_at(p_federation integer, p_at timestamp with time zone) TO goutong_figures;

-- Name: FUNCTION journey_of(p_federation integer, p_at timestamp with time zone, p_firms uuid[]); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.journey_of(p_federation integer, p_at timestamp with time zone, p_firms uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.journey_of(p_federation integer, p_at timestamp with time zone, p_firms uuid[]) TO goutong_figures;

-- Name: TABLE attendance; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.attendance TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.attendance TO goutong_recorder;

-- Name: COLUMN attendance.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.meeting_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(meeting_id) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(revision) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance."position"; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT("position") ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.firm_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firm_id) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.held_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(held_on) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(area_id) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.union_status; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(union_status) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.stated_uscc; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(stated_uscc) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.stated_name; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(stated_name) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.stated_area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(stated_area_id) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.parent; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(parent) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.headcount; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(headcount) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.headcount_band; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(headcount_band) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.industry; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(industry) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.attitude; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(attitude) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.questions; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(questions) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.next_step; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(next_step) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.next_step_due; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(next_step_due) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.next_step_owner; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(next_step_owner) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.attendance TO goutong_figures;

-- Name: COLUMN attendance.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.attendance TO goutong_figures;

-- Name: TABLE milestone; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.milestone TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.milestone TO goutong_recorder;

-- Name: COLUMN milestone.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.milestone_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(milestone_id) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(revision) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.firm_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firm_id) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.kind; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(kind) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.happened_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(happened_on) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.meeting_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(meeting_id) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.of_document; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(of_document) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.intent_form; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(intent_form) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.reference; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(reference) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.union_name; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(union_name) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.union_form; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(union_form) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.members; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(members) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.facts_hash; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(facts_hash) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.milestone TO goutong_figures;

-- Name: COLUMN milestone.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.milestone TO goutong_figures;

-- Name: TABLE union_coverage; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.union_coverage TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.union_coverage TO goutong_recorder;

-- Name: COLUMN union_coverage.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.union_coverage TO goutong_figures;

-- Name: COLUMN union_coverage.coverage_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(coverage_id) ON TABLE goutong.union_coverage TO goutong_figures;

-- Name: COLUMN union_coverage.firm_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firm_id) ON TABLE goutong.union_coverage TO goutong_figures;

-- Name: COLUMN union_coverage.organised_from; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(organised_from) ON TABLE goutong.union_coverage TO goutong_figures;

-- Name: COLUMN union_coverage.organised_until; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(organised_until) ON TABLE goutong.union_coverage TO goutong_figures;

-- Name: COLUMN union_coverage.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.union_coverage TO goutong_figures;

-- Name: COLUMN union_coverage.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.union_coverage TO goutong_figures;

-- Name: FUNCTION journey_scan(p_federation integer, p_at timestamp with time zone, p_apart uuid[]); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.journey_scan(p_federation integer, p_at timestamp with time zone, p_apart uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.journey_scan(p_federation integer, p_at timestamp with time zone, p_apart uuid[]) TO goutong_figures;

-- Name: FUNCTION ledger_standing(p_federation integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.ledger_standing(p_federation integer) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.ledger_standing(p_federation integer) TO goutong_service;

-- Name: FUNCTION may_remove_issued(p_federation integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.may_remove_issued(p_federation integer) FROM PUBLIC;

-- Name: FUNCTION may_remove_stated(p_federation integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.may_remove_stated(p_federation integer) FROM PUBLIC;

-- Name: FUNCTION may_review(p_federation integer, p_applicant uuid); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.may_review(p_federation integer, p_applicant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.may_review(p_federation integer, p_applicant uuid) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.may_review(p_federation integer, p_applicant uuid) TO goutong_recorder;

-- Name: FUNCTION monday(p_day date); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.monday(p_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.monday(p_day date) TO goutong_figures;

-- Name: FUNCTION ownership_at(p_federation integer, p_at timestamp with time zone); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.ownership_at(p_federation integer, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.ownership_at(p_federation integer, p_at timestamp with time zone) TO goutong_figures;

-- Name: FUNCTION person_audit(p_federation integer, p_applicant uuid); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.person_audit(p_federation integer, p_applicant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.person_audit(p_federation integer, p_applicant uuid) TO goutong_reader;
GRANT ALL ON FUNCTION goutong.person_audit(p_federation integer, p_applicant uuid) TO goutong_recorder;

-- Name: FUNCTION rederive_figures(p_federation integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.rederive_figures(p_federation integer) FROM PUBLIC;

-- Name: FUNCTION retention_due(p_federation integer, p_before date, p_limit integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.retention_due(p_federation integer, p_before date, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.retention_due(p_federation integer, p_before date, p_limit integer) TO goutong_service;

-- Name: FUNCTION retention_purge(p_federation integer, p_before date, p_limit integer); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.retention_purge(p_federation integer, p_before date, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.retention_purge(p_federation integer, p_before date, p_limit integer) TO goutong_service;

-- Name: FUNCTION stale_firms(p_federation integer, p_at timestamp with time zone, p_areas integer[]); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.stale_firms(p_federation integer, p_at timestamp with time zone, p_areas integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.stale_firms(p_federation integer, p_at timestamp with time zone, p_areas integer[]) TO goutong_figures;

-- Name: FUNCTION unit_areas(p_federation integer, p_unit text); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.unit_areas(p_federation integer, p_unit text) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.unit_areas(p_federation integer, p_unit text) TO goutong_service;
GRANT ALL ON FUNCTION goutong.unit_areas(p_federation integer, p_unit text) TO goutong_figures;

-- Name: FUNCTION with_roots(p_federation integer, p_at timestamp with time zone, p_firms uuid[]); Type: ACL; Schema: goutong; Owner: -
REVOKE ALL ON FUNCTION goutong.with_roots(p_federation integer, p_at timestamp with time zone, p_firms uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION goutong.with_roots(p_federation integer, p_at timestamp with time zone, p_firms uuid[]) TO goutong_figures;

-- Name: TABLE account; Type: ACL; Schema: goutong; Owner: -
GRANT INSERT,UPDATE ON TABLE goutong.account TO goutong_reader;
GRANT SELECT ON TABLE goutong.account TO goutong_service;

-- Name: COLUMN account.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.account TO goutong_reader;

-- Name: COLUMN account.account_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(account_id) ON TABLE goutong.account TO goutong_reader;

-- Name: COLUMN account.login; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(login) ON TABLE goutong.account TO goutong_reader;

-- Name: COLUMN account.display_name; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(display_name) ON TABLE goutong.account TO goutong_reader;

-- Name: COLUMN account.role; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(role) ON TABLE goutong.account TO goutong_reader;

-- Name: COLUMN account.unit_code; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(unit_code) ON TABLE goutong.account TO goutong_reader;

-- Name: COLUMN account.password; Type: ACL; Schema: goutong; Owner: -
GRANT UPDATE(password) ON TABLE goutong.account TO goutong_service;

-- Name: COLUMN account.password_set_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(password_set_at) ON TABLE goutong.account TO goutong_reader;
GRANT UPDATE(password_set_at) ON TABLE goutong.account TO goutong_service;

-- Name: COLUMN account.must_change; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(must_change) ON TABLE goutong.account TO goutong_reader;
GRANT UPDATE(must_change) ON TABLE goutong.account TO goutong_service;

-- Name: COLUMN account.failures; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(failures) ON TABLE goutong.account TO goutong_reader;
GRANT UPDATE(failures) ON TABLE goutong.account TO goutong_service;

-- Name: COLUMN account.locked_until; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(locked_until) ON TABLE goutong.account TO goutong_reader;
GRANT UPDATE(locked_until) ON TABLE goutong.account TO goutong_service;

-- Name: COLUMN account.created_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(created_at) ON TABLE goutong.account TO goutong_reader;

-- Name: COLUMN account.disabled_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(disabled_at) ON TABLE goutong.account TO goutong_reader;

-- Name: COLUMN account.revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(revision) ON TABLE goutong.account TO goutong_reader;

-- Name: TABLE applicant; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.applicant TO goutong_reader;
GRANT INSERT ON TABLE goutong.applicant TO goutong_recorder;

-- Name: COLUMN applicant.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.applicant TO goutong_figures;
GRANT SELECT(federation_id) ON TABLE goutong.applicant TO goutong_recorder;

-- Name: COLUMN applicant.applicant_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(applicant_id) ON TABLE goutong.applicant TO goutong_figures;
GRANT SELECT(applicant_id) ON TABLE goutong.applicant TO goutong_recorder;

-- Name: COLUMN applicant.meeting_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(meeting_id) ON TABLE goutong.applicant TO goutong_figures;
GRANT SELECT(meeting_id) ON TABLE goutong.applicant TO goutong_recorder;

-- Name: COLUMN applicant.revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(revision) ON TABLE goutong.applicant TO goutong_figures;
GRANT SELECT(revision) ON TABLE goutong.applicant TO goutong_recorder;

-- Name: COLUMN applicant.person_revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(person_revision) ON TABLE goutong.applicant TO goutong_figures;
GRANT SELECT(person_revision) ON TABLE goutong.applicant TO goutong_recorder;

-- Name: COLUMN applicant."position"; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT("position") ON TABLE goutong.applicant TO goutong_figures;
GRANT SELECT("position") ON TABLE goutong.applicant TO goutong_recorder;

-- Name: COLUMN applicant.channel; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(channel) ON TABLE goutong.applicant TO goutong_figures;
GRANT SELECT(channel) ON TABLE goutong.applicant TO goutong_recorder;

-- Name: COLUMN applicant.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.applicant TO goutong_figures;
GRANT SELECT(recorded_at) ON TABLE goutong.applicant TO goutong_recorder;

-- Name: COLUMN applicant.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.applicant TO goutong_figures;
GRANT SELECT(superseded_at),UPDATE(superseded_at) ON TABLE goutong.applicant TO goutong_recorder;

-- Name: TABLE applicant_event; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.applicant_event TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.applicant_event TO goutong_recorder;

-- Name: COLUMN applicant_event.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.applicant_event TO goutong_figures;

-- Name: COLUMN applicant_event.event_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(event_id) ON TABLE goutong.applicant_event TO goutong_figures;

-- Name: COLUMN applicant_event.applicant_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(applicant_id) ON TABLE goutong.applicant_event TO goutong_figures;

-- Name: COLUMN applicant_event.kind; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(kind) ON TABLE goutong.applicant_event TO goutong_figures;

-- Name: COLUMN applicant_event.happened_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(happened_on) ON TABLE goutong.applicant_event TO goutong_figures;

-- Name: COLUMN applicant_event.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.applicant_event TO goutong_figures;

-- Name: COLUMN applicant_event.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.applicant_event TO goutong_figures;

-- Name: TABLE analyst_application; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.analyst_application TO goutong_analyst;

-- Name: TABLE analyst_area; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.analyst_area TO goutong_analyst;

-- Name: TABLE analyst_attendance; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.analyst_attendance TO goutong_analyst;

-- Name: TABLE firm_identity; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.firm_identity TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.firm_identity TO goutong_recorder;

-- Name: COLUMN firm_identity.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.firm_identity TO goutong_figures;

-- Name: COLUMN firm_identity.firm_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firm_id) ON TABLE goutong.firm_identity TO goutong_figures;

-- Name: COLUMN firm_identity.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.firm_identity TO goutong_figures;

-- Name: COLUMN firm_identity.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.firm_identity TO goutong_figures;

-- Name: COLUMN firm_identity.uscc; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(uscc) ON TABLE goutong.firm_identity TO goutong_figures;

-- Name: COLUMN firm_identity.name; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(name) ON TABLE goutong.firm_identity TO goutong_figures;

-- Name: COLUMN firm_identity.folded_name; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(folded_name) ON TABLE goutong.firm_identity TO goutong_figures;

-- Name: COLUMN firm_identity.district_code; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(district_code) ON TABLE goutong.firm_identity TO goutong_figures;

-- Name: COLUMN firm_identity.area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(area_id) ON TABLE goutong.firm_identity TO goutong_figures;

-- Name: TABLE analyst_firm; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.analyst_firm TO goutong_analyst;

-- Name: COLUMN journey.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.firm_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firm_id) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.met_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(met_on) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.entry_meeting_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(entry_meeting_id) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(area_id) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.registered_area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(registered_area_id) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.headcount_band; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(headcount_band) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.status; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(status) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.prior_intent; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(prior_intent) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.intent_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(intent_on) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.application_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(application_on) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.established_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(established_on) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.first_application_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(first_application_on) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.first_established_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(first_established_on) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.lost_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(lost_on) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.organised_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(organised_on) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.covered_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(covered_on) ON TABLE goutong.journey TO goutong_figures;

-- Name: COLUMN journey.known_until; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(known_until) ON TABLE goutong.journey TO goutong_figures;

-- Name: TABLE analyst_journey; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.analyst_journey TO goutong_analyst;

-- Name: TABLE meeting; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.meeting TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.meeting TO goutong_recorder;

-- Name: COLUMN meeting.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.meeting_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(meeting_id) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(revision) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.kind; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(kind) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.held_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(held_on) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.ended_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(ended_on) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.starts_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(starts_at) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.ends_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(ends_at) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(area_id) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.org_unit; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(org_unit) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.venue_kind; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(venue_kind) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.venue_name; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(venue_name) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.venue_project; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(venue_project) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.format; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(format) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.dedicated_to; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(dedicated_to) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.staff_hours; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(staff_hours) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.attended; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(attended) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.consulted; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(consulted) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.leaflets; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(leaflets) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.questionnaires; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(questionnaires) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.approved_on_site; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(approved_on_site) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.cards_issued; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(cards_issued) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.app_registrations; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(app_registrations) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.firms_counted; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firms_counted) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.applications_paper; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(applications_paper) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.applications_qr; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(applications_qr) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.applications_app; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(applications_app) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.applications_total; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(applications_total) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.applications; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(applications) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.meeting TO goutong_figures;

-- Name: COLUMN meeting.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.meeting TO goutong_figures;

-- Name: TABLE analyst_meeting; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.analyst_meeting TO goutong_analyst;

-- Name: TABLE analyst_milestone; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.analyst_milestone TO goutong_analyst;

-- Name: TABLE api_token; Type: ACL; Schema: goutong; Owner: -
GRANT INSERT ON TABLE goutong.api_token TO goutong_reader;
GRANT SELECT ON TABLE goutong.api_token TO goutong_service;

-- Name: COLUMN api_token.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.api_token TO goutong_reader;

-- Name: COLUMN api_token.token_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(token_id) ON TABLE goutong.api_token TO goutong_reader;

-- Name: COLUMN api_token.account_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(account_id) ON TABLE goutong.api_token TO goutong_reader;

-- Name: COLUMN api_token.name; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(name) ON TABLE goutong.api_token TO goutong_reader;

-- Name: COLUMN api_token.rights; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(rights) ON TABLE goutong.api_token TO goutong_reader;

-- Name: COLUMN api_token.created_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(created_at) ON TABLE goutong.api_token TO goutong_reader;

-- Name: COLUMN api_token.expires_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(expires_at) ON TABLE goutong.api_token TO goutong_reader;

-- Name: COLUMN api_token.revoked_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(revoked_at),UPDATE(revoked_at) ON TABLE goutong.api_token TO goutong_reader;

-- Name: TABLE applicant_erasure; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.applicant_erasure TO goutong_reader;

-- Name: TABLE applicant_person; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.applicant_person TO goutong_reader;
GRANT INSERT ON TABLE goutong.applicant_person TO goutong_recorder;

-- Name: TABLE area_alias; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.area_alias TO goutong_service;
GRANT SELECT ON TABLE goutong.area_alias TO goutong_reader;
GRANT SELECT ON TABLE goutong.area_alias TO goutong_recorder;
GRANT SELECT ON TABLE goutong.area_alias TO goutong_figures;

-- Name: TABLE audit_link; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.audit_link TO goutong_reader;

-- Name: TABLE consent_withdrawal; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.consent_withdrawal TO goutong_reader;
GRANT SELECT,INSERT ON TABLE goutong.consent_withdrawal TO goutong_recorder;

-- Name: TABLE declared_total; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.declared_total TO goutong_reader;
GRANT SELECT,INSERT ON TABLE goutong.declared_total TO goutong_recorder;

-- Name: COLUMN declared_total.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.statement_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(statement_id) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(revision) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(area_id) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.unit_code; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(unit_code) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.figure; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(figure) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.period_from; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(period_from) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.period_to; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(period_to) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.value; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(value) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.document; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(document) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.office; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(office) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.stated_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(stated_on) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: COLUMN declared_total.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.declared_total TO goutong_figures;

-- Name: TABLE federation; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.federation TO goutong_service;
GRANT SELECT ON TABLE goutong.federation TO goutong_reader;
GRANT SELECT ON TABLE goutong.federation TO goutong_recorder;
GRANT SELECT ON TABLE goutong.federation TO goutong_figures;

-- Name: TABLE firm; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.firm TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.firm TO goutong_recorder;

-- Name: COLUMN firm.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.firm TO goutong_figures;

-- Name: COLUMN firm.firm_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firm_id) ON TABLE goutong.firm TO goutong_figures;

-- Name: COLUMN firm.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.firm TO goutong_figures;

-- Name: TABLE firm_contact; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.firm_contact TO goutong_reader;
GRANT SELECT,INSERT ON TABLE goutong.firm_contact TO goutong_recorder;

-- Name: TABLE firm_merge; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.firm_merge TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.firm_merge TO goutong_recorder;

-- Name: COLUMN firm_merge.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.firm_merge TO goutong_figures;

-- Name: COLUMN firm_merge.merge_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(merge_id) ON TABLE goutong.firm_merge TO goutong_figures;

-- Name: COLUMN firm_merge.duplicate_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(duplicate_id) ON TABLE goutong.firm_merge TO goutong_figures;

-- Name: COLUMN firm_merge.kept_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(kept_id) ON TABLE goutong.firm_merge TO goutong_figures;

-- Name: COLUMN firm_merge.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.firm_merge TO goutong_figures;

-- Name: COLUMN firm_merge.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.firm_merge TO goutong_figures;

-- Name: TABLE firm_profile; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.firm_profile TO goutong_reader;

-- Name: COLUMN firm_profile.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.firm_profile TO goutong_figures;
GRANT SELECT(federation_id) ON TABLE goutong.firm_profile TO goutong_recorder;

-- Name: COLUMN firm_profile.firm_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firm_id) ON TABLE goutong.firm_profile TO goutong_figures;
GRANT SELECT(firm_id) ON TABLE goutong.firm_profile TO goutong_recorder;

-- Name: COLUMN firm_profile.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.firm_profile TO goutong_figures;
GRANT SELECT(recorded_at) ON TABLE goutong.firm_profile TO goutong_recorder;

-- Name: COLUMN firm_profile.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.firm_profile TO goutong_figures;
GRANT SELECT(superseded_at) ON TABLE goutong.firm_profile TO goutong_recorder;

-- Name: COLUMN firm_profile.registration_type; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(registration_type) ON TABLE goutong.firm_profile TO goutong_figures;
GRANT SELECT(registration_type) ON TABLE goutong.firm_profile TO goutong_recorder;

-- Name: COLUMN firm_profile.classification_version; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(classification_version) ON TABLE goutong.firm_profile TO goutong_figures;
GRANT SELECT(classification_version) ON TABLE goutong.firm_profile TO goutong_recorder;

-- Name: TABLE firm_registration; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.firm_registration TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.firm_registration TO goutong_recorder;

-- Name: COLUMN firm_registration.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.firm_registration TO goutong_figures;

-- Name: COLUMN firm_registration.registration_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(registration_id) ON TABLE goutong.firm_registration TO goutong_figures;

-- Name: COLUMN firm_registration.firm_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firm_id) ON TABLE goutong.firm_registration TO goutong_figures;

-- Name: COLUMN firm_registration.area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(area_id) ON TABLE goutong.firm_registration TO goutong_figures;

-- Name: COLUMN firm_registration.registered_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(registered_on) ON TABLE goutong.firm_registration TO goutong_figures;

-- Name: COLUMN firm_registration.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.firm_registration TO goutong_figures;

-- Name: COLUMN firm_registration.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.firm_registration TO goutong_figures;

-- Name: TABLE fixed_moment; Type: ACL; Schema: goutong; Owner: -
GRANT INSERT,UPDATE ON TABLE goutong.fixed_moment TO goutong_figures;
GRANT SELECT ON TABLE goutong.fixed_moment TO goutong_recorder;

-- Name: COLUMN fixed_moment.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.fixed_moment TO goutong_figures;

-- Name: COLUMN fixed_moment.moment; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(moment) ON TABLE goutong.fixed_moment TO goutong_figures;

-- Name: TABLE industry; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.industry TO goutong_service;
GRANT SELECT ON TABLE goutong.industry TO goutong_reader;
GRANT SELECT ON TABLE goutong.industry TO goutong_recorder;
GRANT SELECT ON TABLE goutong.industry TO goutong_figures;

-- Name: COLUMN issued_report.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.issued_report TO goutong_figures;

-- Name: COLUMN issued_report.week_start; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(week_start) ON TABLE goutong.issued_report TO goutong_figures;

-- Name: COLUMN issued_report.edition; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(edition) ON TABLE goutong.issued_report TO goutong_figures;

-- Name: COLUMN issued_report.replaces; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(replaces) ON TABLE goutong.issued_report TO goutong_figures;

-- Name: COLUMN issued_report.moment; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(moment) ON TABLE goutong.issued_report TO goutong_figures;

-- Name: COLUMN issued_report.definition_hash; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(definition_hash) ON TABLE goutong.issued_report TO goutong_figures;

-- Name: COLUMN issued_report.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.issued_report TO goutong_figures;

-- Name: TABLE journey_queue; Type: ACL; Schema: goutong; Owner: -
GRANT INSERT ON TABLE goutong.journey_queue TO goutong_recorder;

-- Name: COLUMN journey_queue.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.journey_queue TO goutong_figures;

-- Name: COLUMN journey_queue.firm_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(firm_id) ON TABLE goutong.journey_queue TO goutong_figures;

-- Name: COLUMN journey_queue.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.journey_queue TO goutong_figures;

-- Name: TABLE meeting_revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.meeting_revision TO goutong_reader;
GRANT SELECT,INSERT ON TABLE goutong.meeting_revision TO goutong_recorder;

-- Name: COLUMN meeting_revision.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.meeting_revision TO goutong_figures;

-- Name: COLUMN meeting_revision.meeting_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(meeting_id) ON TABLE goutong.meeting_revision TO goutong_figures;

-- Name: COLUMN meeting_revision.revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(revision) ON TABLE goutong.meeting_revision TO goutong_figures;

-- Name: COLUMN meeting_revision.facts_hash; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(facts_hash) ON TABLE goutong.meeting_revision TO goutong_figures;

-- Name: COLUMN meeting_revision.voided_because; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(voided_because) ON TABLE goutong.meeting_revision TO goutong_figures;

-- Name: COLUMN meeting_revision.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.meeting_revision TO goutong_figures;

-- Name: COLUMN meeting_revision.area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(area_id) ON TABLE goutong.meeting_revision TO goutong_figures;

-- Name: COLUMN meeting_revision.recorded_by; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_by) ON TABLE goutong.meeting_revision TO goutong_figures;

-- Name: TABLE migration; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.migration TO goutong_service;
GRANT SELECT ON TABLE goutong.migration TO goutong_reader;
GRANT SELECT ON TABLE goutong.migration TO goutong_recorder;
GRANT SELECT ON TABLE goutong.migration TO goutong_figures;

-- Name: TABLE opinion; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.opinion TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.opinion TO goutong_recorder;

-- Name: TABLE org_unit; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.org_unit TO goutong_service;
GRANT SELECT ON TABLE goutong.org_unit TO goutong_reader;
GRANT SELECT ON TABLE goutong.org_unit TO goutong_recorder;
GRANT SELECT ON TABLE goutong.org_unit TO goutong_figures;

-- Name: TABLE person_hand_over; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.person_hand_over TO goutong_reader;
GRANT SELECT,INSERT ON TABLE goutong.person_hand_over TO goutong_recorder;

-- Name: TABLE person_request; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.person_request TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.person_request TO goutong_recorder;

-- Name: TABLE programme; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.programme TO goutong_service;
GRANT SELECT ON TABLE goutong.programme TO goutong_reader;
GRANT SELECT,INSERT ON TABLE goutong.programme TO goutong_recorder;
GRANT SELECT ON TABLE goutong.programme TO goutong_figures;

-- Name: TABLE programme_unit; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.programme_unit TO goutong_service;
GRANT SELECT ON TABLE goutong.programme_unit TO goutong_reader;
GRANT SELECT,INSERT ON TABLE goutong.programme_unit TO goutong_recorder;
GRANT SELECT ON TABLE goutong.programme_unit TO goutong_figures;

-- Name: TABLE registration_type; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.registration_type TO goutong_service;
GRANT SELECT ON TABLE goutong.registration_type TO goutong_reader;
GRANT SELECT ON TABLE goutong.registration_type TO goutong_recorder;
GRANT SELECT ON TABLE goutong.registration_type TO goutong_figures;

-- Name: TABLE role_right; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.role_right TO goutong_service;
GRANT SELECT ON TABLE goutong.role_right TO goutong_reader;
GRANT SELECT ON TABLE goutong.role_right TO goutong_recorder;
GRANT SELECT ON TABLE goutong.role_right TO goutong_figures;

-- Name: TABLE target; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.target TO goutong_reader;
GRANT SELECT,INSERT ON TABLE goutong.target TO goutong_recorder;

-- Name: COLUMN target.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.statement_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(statement_id) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.revision; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(revision) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(area_id) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.unit_code; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(unit_code) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.figure; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(figure) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.period_from; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(period_from) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.period_to; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(period_to) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.value; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(value) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.document; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(document) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.office; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(office) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.stated_on; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(stated_on) ON TABLE goutong.target TO goutong_figures;

-- Name: COLUMN target.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.target TO goutong_figures;

-- Name: TABLE web_session; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE goutong.web_session TO goutong_service;

-- Name: TABLE week_declaration; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT ON TABLE goutong.week_declaration TO goutong_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE goutong.week_declaration TO goutong_recorder;

-- Name: COLUMN week_declaration.federation_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(federation_id) ON TABLE goutong.week_declaration TO goutong_figures;

-- Name: COLUMN week_declaration.area_id; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(area_id) ON TABLE goutong.week_declaration TO goutong_figures;

-- Name: COLUMN week_declaration.week_start; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(week_start) ON TABLE goutong.week_declaration TO goutong_figures;

-- Name: COLUMN week_declaration.recorded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(recorded_at) ON TABLE goutong.week_declaration TO goutong_figures;

-- Name: COLUMN week_declaration.superseded_at; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(superseded_at) ON TABLE goutong.week_declaration TO goutong_figures;

-- Name: COLUMN week_declaration.declaration; Type: ACL; Schema: goutong; Owner: -
GRANT SELECT(declaration) ON TABLE goutong.week_declaration TO goutong_figures;
