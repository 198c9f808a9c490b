-- The service: who acts, what an actor may see and do (row-level security), what was done (audit).
--
-- Four roles hold every right of the service; its login inherits none of them and takes one for each
-- transaction (SET LOCAL ROLE). The owner of the schema is the operator's: the terminal on the machine
-- itself, migrations, and the functions here that must see every row of a federation.
--   goutong_service   opens sessions, checks credentials, adds to the audit, drains journeys
--   goutong_reader    reads under the actor's rights and scope, and administers accounts
--   goutong_recorder  records under the actor's scope; opens no person
--   goutong_figures   counts: every fact of the federation, no person
-- goutong_analyst is for people who log in with psql, R or DuckDB: documented views, no person.
-- Roles belong to the whole server, so another database's migration may have made them.
DO $$
DECLARE
    v_role text;
BEGIN
    FOREACH v_role IN ARRAY ARRAY['goutong_service', 'goutong_reader', 'goutong_recorder',
                                  'goutong_figures', 'goutong_analyst'] LOOP
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = v_role) THEN
            CONTINUE;
        END IF;
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', v_role);
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
            WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'role % is missing, and % may not create roles', v_role, current_user
                    USING HINT = 'a private cluster makes it at its next start (goutong db stop, goutong db start); '
                        'on a server of your own a superuser runs: CREATE ROLE ' || v_role || ' NOLOGIN NOINHERIT';
        END;
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA goutong
    TO goutong_service, goutong_reader, goutong_recorder, goutong_figures, goutong_analyst;

-- Who acts ------------------------------------------------------------------------------------------

CREATE TABLE goutong.account (
    federation_id integer     NOT NULL,
    account_id    uuid        NOT NULL,
    login         text        NOT NULL,
    display_name  text        NOT NULL,
    role          text        NOT NULL,
    -- The root of what the account sees, in the union tree.
    unit_code     text        NOT NULL,
    -- scrypt, with its salt and costs; NULL where the account has API tokens only.
    password      text,
    password_set_at timestamptz,
    must_change   boolean     NOT NULL DEFAULT false,
    failures      integer     NOT NULL DEFAULT 0,
    locked_until  timestamptz,
    created_at    timestamptz NOT NULL,
    disabled_at   timestamptz,
    revision      integer     NOT NULL DEFAULT 1,
    CONSTRAINT account_pkey PRIMARY KEY (federation_id, account_id),
    CONSTRAINT account_login_key UNIQUE (federation_id, login),
    CONSTRAINT account_login_form CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
    CONSTRAINT account_named CHECK (btrim(display_name) <> ''),
    CONSTRAINT account_role_known CHECK (role IN (
        'cadre', 'lead', 'district_lead', 'enterprise_desk', 'analyst', 'auditor', 'administrator')),
    CONSTRAINT account_failures_counted CHECK (failures >= 0),
    CONSTRAINT account_password_dated CHECK ((password IS NULL) = (password_set_at IS NULL))
);

-- What each role may do. 三员分立: the administrator has accounts and no figures or people, the auditor
-- reads the audit and changes nothing, and nobody has both.
CREATE TABLE goutong.role_right (
    role        text NOT NULL,
    right_name  text NOT NULL,
    CONSTRAINT role_right_pkey PRIMARY KEY (role, right_name),
    CONSTRAINT role_right_known CHECK (right_name IN (
        'meetings', 'record', 'firms', 'contacts', 'people', 'people_own', 'review', 'figures',
        'city_figures', 'audit', 'accounts'))
);
INSERT INTO goutong.role_right (role, right_name) VALUES
    ('cadre', 'meetings'), ('cadre', 'record'), ('cadre', 'firms'), ('cadre', 'contacts'),
    ('cadre', 'people_own'), ('cadre', 'figures'),
    ('lead', 'meetings'), ('lead', 'record'), ('lead', 'firms'), ('lead', 'contacts'),
    ('lead', 'people'), ('lead', 'review'), ('lead', 'figures'),
    ('district_lead', 'meetings'), ('district_lead', 'record'), ('district_lead', 'firms'),
    ('district_lead', 'contacts'), ('district_lead', 'people'), ('district_lead', 'review'),
    ('district_lead', 'figures'),
    ('enterprise_desk', 'meetings'), ('enterprise_desk', 'record'), ('enterprise_desk', 'firms'),
    ('enterprise_desk', 'contacts'), ('enterprise_desk', 'figures'),
    ('analyst', 'figures'), ('analyst', 'city_figures'),
    ('auditor', 'audit'),
    ('administrator', 'accounts');

-- A token is shown once; what is kept is its SHA-256. It never has a right that its account lacks.
CREATE TABLE goutong.api_token (
    federation_id integer     NOT NULL,
    token_id      uuid        NOT NULL,
    account_id    uuid        NOT NULL,
    name          text        NOT NULL,
    token_hash    bytea       NOT NULL,
    -- NULL: all rights of the account.
    rights        text[],
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    revoked_at    timestamptz,
    CONSTRAINT api_token_pkey PRIMARY KEY (federation_id, token_id),
    CONSTRAINT api_token_hash_key UNIQUE (federation_id, token_hash),
    CONSTRAINT api_token_hash_size CHECK (octet_length(token_hash) = 32),
    CONSTRAINT api_token_named CHECK (btrim(name) <> ''),
    CONSTRAINT api_token_expires_later CHECK (expires_at > created_at)
);

-- A browser's session. Its secret is replaced as it is used; the one before is honoured for a moment,
-- for requests that are on their way.
CREATE TABLE goutong.web_session (
    federation_id integer     NOT NULL,
    session_id    uuid        NOT NULL,
    account_id    uuid        NOT NULL,
    secret_hash   bytea       NOT NULL,
    previous_hash bytea,
    rotated_at    timestamptz NOT NULL,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    CONSTRAINT web_session_pkey PRIMARY KEY (federation_id, session_id),
    CONSTRAINT web_session_hash_size CHECK (octet_length(secret_hash) = 32),
    CONSTRAINT web_session_expires_later CHECK (expires_at > created_at)
);

ALTER TABLE goutong.account ADD CONSTRAINT account_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.account ADD CONSTRAINT account_unit_fkey
    FOREIGN KEY (federation_id, unit_code) REFERENCES goutong.org_unit (federation_id, code);
ALTER TABLE goutong.api_token ADD CONSTRAINT api_token_account_fkey
    FOREIGN KEY (federation_id, account_id) REFERENCES goutong.account;
ALTER TABLE goutong.web_session ADD CONSTRAINT web_session_account_fkey
    FOREIGN KEY (federation_id, account_id) REFERENCES goutong.account;

-- Versions of areas below a unit of the union tree: those with its codes, and those that others have
-- become by now.
CREATE FUNCTION goutong.unit_areas(p_federation integer, p_unit text)
RETURNS integer[]
LANGUAGE sql STABLE SET search_path = pg_catalog
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
        WHERE a.code IN (SELECT s.area_code FROM subtree s)
           OR a.district_code IN (SELECT s.area_code FROM subtree s WHERE length(s.area_code) = 6)
    )
    SELECT coalesce(array_agg(DISTINCT o.area_id ORDER BY o.area_id), '{}')
    FROM goutong.area_on(current_date) o
    WHERE o.area_id IN (SELECT b.area_id FROM below b) OR o.standing_id IN (SELECT b.area_id FROM below b)
$$;

-- The actor of this transaction, as `enter` set it. Only roles whose policies ask for it are governed by
-- it; a login of another role gains nothing by setting it.
CREATE FUNCTION goutong.actor_federation() RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT nullif(current_setting('goutong.federation', true), '')::integer $$;

CREATE FUNCTION goutong.actor_account() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT nullif(current_setting('goutong.account', true), '')::uuid $$;

-- Whether the actor's unit is the root of the tree.
CREATE FUNCTION goutong.actor_everywhere() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT coalesce(current_setting('goutong.areas', true) = '*', false) $$;

CREATE FUNCTION goutong.actor_areas() RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT nullif(nullif(current_setting('goutong.areas', true), '*'), '')::integer[] $$;

CREATE FUNCTION goutong.actor_may(p_right text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT coalesce(p_right = ANY (string_to_array(current_setting('goutong.rights', true), ',')), false) $$;

-- Whether the session is the operator's own: a login that is the schema's owner, or a member of it.
CREATE FUNCTION goutong.is_operator() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog
AS $$
    SELECT pg_has_role(session_user, n.nspowner, 'MEMBER')
    -- In full: a temporary table of that name would come first.
    FROM pg_catalog.pg_namespace n WHERE n.nspname = 'goutong'
$$;

-- Begins a transaction's work as an account. `p_rights` narrows what its role allows (a token's rights).
-- Returns nothing where the account is unknown or disabled.
CREATE FUNCTION goutong.enter(p_federation integer, p_account uuid, p_rights text[])
RETURNS TABLE (login text, display_name text, role text, unit_code text, rights text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
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

-- What each fact says of its place -------------------------------------------------------------------

-- Carried here so that a revision that holds no meeting any more (a void) still has its place.
ALTER TABLE goutong.meeting_revision ADD COLUMN area_id integer;
-- The account that recorded it; NULL: the operator, on the machine itself.
ALTER TABLE goutong.meeting_revision ADD COLUMN recorded_by uuid;
UPDATE goutong.meeting_revision r SET area_id = (
    SELECT m.area_id FROM goutong.meeting m
    WHERE m.federation_id = r.federation_id AND m.meeting_id = r.meeting_id AND m.revision <= r.revision
    ORDER BY m.revision DESC LIMIT 1);
ALTER TABLE goutong.meeting_revision ALTER COLUMN area_id SET NOT NULL;
ALTER TABLE goutong.meeting_revision ADD CONSTRAINT meeting_revision_area_fkey
    FOREIGN KEY (area_id) REFERENCES goutong.area;
ALTER TABLE goutong.meeting_revision ADD CONSTRAINT meeting_revision_account_fkey
    FOREIGN KEY (federation_id, recorded_by) REFERENCES goutong.account (federation_id, account_id);

-- Whether a firm is the actor's business: known in its areas, or met in them. As the owner: under the
-- caller's policies this would ask itself.
CREATE FUNCTION goutong.firm_in_scope(p_federation integer, p_firm uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
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

-- Whether the actor may see that this applicant applied, and who it is: reviewers in their areas; who
-- wrote the person down (not who corrected the meeting later), until the application is reviewed; never
-- who only deals with firms.
CREATE FUNCTION goutong.applicant_in_scope(p_federation integer, p_applicant uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
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

-- Carries an applicant whom a correction gives by id alone into the new revision. As the owner: who
-- records may not read what it carries (an employer), and half a carrying would lose somebody.
CREATE FUNCTION goutong.carry_applicant(
    p_federation integer, p_meeting uuid, p_applicant uuid, p_revision integer, p_position integer,
    p_stamp timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
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

-- Firms by a part of the name or the beginning of the code. As the owner: row-level security would switch
-- the trigram index off. A firm's name, code and area are readable across its federation.
CREATE FUNCTION goutong.find_firms(
    p_federation integer, p_pattern text, p_code text, p_district text, p_limit integer)
RETURNS TABLE (place bigint, firm_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan
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

-- Recomputing under a caller's policies would store wrong journeys.
ALTER FUNCTION goutong.drain_journeys(integer, integer) SECURITY DEFINER;

-- What was done --------------------------------------------------------------------------------------

-- Who, when, what, why, with which result. Added in the transaction that did it, never changed; no value
-- of a person stands here.
CREATE TABLE goutong.audit_entry (
    federation_id integer     NOT NULL,
    entry_id      uuid        NOT NULL,
    at            timestamptz NOT NULL,
    account_id    uuid,
    -- A login, `operator:` and the operating system's user, or `-` before anybody is known.
    actor         text        NOT NULL,
    action        text        NOT NULL,
    object_kind   text,
    object_id     text,
    reason        text,
    result        text        NOT NULL,
    request_id    text,
    CONSTRAINT audit_entry_pkey PRIMARY KEY (federation_id, entry_id),
    CONSTRAINT audit_entry_action_form CHECK (action ~ '^[a-z]+(\.[a-z_]+)+$'),
    CONSTRAINT audit_entry_result_known CHECK (result IN ('done', 'refused', 'failed'))
);
CREATE INDEX audit_entry_by_time ON goutong.audit_entry (federation_id, at);

-- Entries that the sealer has not chained yet, in the transaction of the entry.
CREATE TABLE goutong.audit_unsealed (
    federation_id integer NOT NULL,
    entry_id      uuid    NOT NULL,
    CONSTRAINT audit_unsealed_pkey PRIMARY KEY (federation_id, entry_id)
);

-- The chain: each link's code covers its entry, its position and the link before. The key is not in the
-- database, so who can write here cannot forge it.
CREATE TABLE goutong.audit_link (
    federation_id integer     NOT NULL,
    position      bigint      NOT NULL,
    entry_id      uuid        NOT NULL,
    code          bytea       NOT NULL,
    sealed_at     timestamptz NOT NULL,
    CONSTRAINT audit_link_pkey PRIMARY KEY (federation_id, position),
    CONSTRAINT audit_link_entry_key UNIQUE (federation_id, entry_id),
    CONSTRAINT audit_link_position_positive CHECK (position > 0),
    CONSTRAINT audit_link_code_size CHECK (octet_length(code) = 32)
);

ALTER TABLE goutong.audit_entry ADD CONSTRAINT audit_entry_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.audit_link ADD CONSTRAINT audit_link_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;

-- Adds an entry for the actor of this transaction, or for whom it names before there is one.
CREATE FUNCTION goutong.audit(
    p_federation integer, p_entry uuid, p_account uuid, p_actor text, p_action text, p_kind text,
    p_object text, p_reason text, p_result text, p_request text)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$
    WITH entry AS (
        INSERT INTO goutong.audit_entry (federation_id, entry_id, at, account_id, actor, action,
            object_kind, object_id, reason, result, request_id)
        VALUES (p_federation, p_entry, clock_timestamp(), p_account, p_actor, p_action, p_kind, p_object,
            p_reason, p_result, p_request)
    )
    INSERT INTO goutong.audit_unsealed (federation_id, entry_id) VALUES (p_federation, p_entry)
$$;

-- Up to p_limit committed entries that are not chained yet, in the order in which they are to be; locks
-- the chain of the federation until the transaction ends. Empty where another sealer has it.
CREATE FUNCTION goutong.audit_pending(p_federation integer, p_limit integer)
RETURNS SETOF goutong.audit_entry
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
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

-- Chains entries after the last link. The positions must follow it.
CREATE FUNCTION goutong.audit_seal(
    p_federation integer, p_first bigint, p_entries uuid[], p_codes bytea[], p_at timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
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

CREATE FUNCTION goutong.audit_head(p_federation integer)
RETURNS TABLE ("position" bigint, code bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT l.position, l.code FROM goutong.audit_link l
    WHERE l.federation_id = p_federation ORDER BY l.position DESC LIMIT 1
$$;

-- What waits in a federation's ledger, for whoever watches the service: numbers only.
CREATE FUNCTION goutong.ledger_standing(p_federation integer)
RETURNS TABLE (unsealed bigint, queued bigint, report_age double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT (SELECT count(*) FROM goutong.audit_unsealed u WHERE u.federation_id = p_federation),
           (SELECT count(DISTINCT q.firm_id) FROM goutong.journey_queue q WHERE q.federation_id = p_federation),
           (SELECT extract(epoch FROM clock_timestamp() - m.moment)::double precision
            FROM goutong.fixed_moment m WHERE m.federation_id = p_federation)
$$;

-- The head as it stood at a moment: what a report about that moment prints.
CREATE FUNCTION goutong.audit_head_at(p_federation integer, p_at timestamptz)
RETURNS TABLE ("position" bigint, code bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT l.position, l.code FROM goutong.audit_link l
    WHERE l.federation_id = p_federation AND l.sealed_at <= p_at ORDER BY l.position DESC LIMIT 1
$$;

-- What persons asked, and what came of it (PIPL articles 15, 44 to 50).
CREATE TABLE goutong.person_request (
    federation_id integer     NOT NULL,
    request_id    uuid        NOT NULL,
    applicant_id  uuid        NOT NULL,
    kind          text        NOT NULL,
    asked_on      date        NOT NULL,
    due_on        date        NOT NULL,
    answered_on   date,
    outcome       text,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT person_request_pkey PRIMARY KEY (federation_id, request_id),
    CONSTRAINT person_request_kind_known CHECK (
        kind IN ('access', 'copy', 'correct', 'erase', 'withdraw_consent', 'explain')),
    CONSTRAINT person_request_due_later CHECK (due_on >= asked_on),
    CONSTRAINT person_request_answered CHECK ((answered_on IS NULL) = (outcome IS NULL))
);
ALTER TABLE goutong.person_request ADD CONSTRAINT person_request_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;

-- Reviews: why an application was rejected, of which one it is a duplicate, who said so.
ALTER TABLE goutong.applicant_event ADD COLUMN reason text;
ALTER TABLE goutong.applicant_event ADD COLUMN duplicate_of uuid;
ALTER TABLE goutong.applicant_event ADD COLUMN recorded_by uuid;
ALTER TABLE goutong.applicant_event ADD CONSTRAINT applicant_event_not_its_own_duplicate CHECK (
    duplicate_of IS NULL OR (kind = 'duplicate' AND duplicate_of <> applicant_id));
-- When a person's data was put right, in place: what was wrong is not kept (PIPL article 46).
ALTER TABLE goutong.applicant_person ADD COLUMN corrected_at timestamptz;

-- Whose data is gone. Nothing brings it back: see is_erased.
CREATE TABLE goutong.applicant_erasure (
    federation_id integer     NOT NULL,
    applicant_id  uuid        NOT NULL,
    erased_at     timestamptz NOT NULL,
    CONSTRAINT applicant_erasure_pkey PRIMARY KEY (federation_id, applicant_id)
);

-- Who took their consent back, and when: the proof that stays (PIPL articles 15 and 16).
CREATE TABLE goutong.consent_withdrawal (
    federation_id integer     NOT NULL,
    applicant_id  uuid        NOT NULL,
    withdrawn_on  date        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT consent_withdrawal_pkey PRIMARY KEY (federation_id, applicant_id)
);

-- Data of a person given to another processor (PIPL article 23): to whom, which fields, why. Records are
-- kept for three years at least (网络数据安全管理条例 article 12); nothing here deletes one.
CREATE TABLE goutong.person_hand_over (
    federation_id integer     NOT NULL,
    hand_over_id  uuid        NOT NULL,
    applicant_id  uuid        NOT NULL,
    recipient_kind text       NOT NULL,
    recipient     text        NOT NULL,
    fields        text[]      NOT NULL,
    reason        text        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    recorded_by   uuid,
    CONSTRAINT person_hand_over_pkey PRIMARY KEY (federation_id, hand_over_id),
    CONSTRAINT person_hand_over_recipient_known CHECK (recipient_kind IN ('employer-union', 'card-bank')),
    CONSTRAINT person_hand_over_says_what CHECK (cardinality(fields) > 0)
);
CREATE INDEX person_hand_over_by_applicant ON goutong.person_hand_over (federation_id, applicant_id);

ALTER TABLE goutong.applicant_erasure ADD CONSTRAINT applicant_erasure_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.consent_withdrawal ADD CONSTRAINT consent_withdrawal_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.person_hand_over ADD CONSTRAINT person_hand_over_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;

-- Whether a person is erased. A writer asks before it adds an applicant: a correction that states an erased
-- one in full counts the application and brings nobody back. As the owner: who records may not see persons.
CREATE FUNCTION goutong.is_erased(p_federation integer, p_applicant uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT EXISTS (SELECT FROM goutong.applicant_erasure e
                   WHERE e.federation_id = p_federation AND e.applicant_id = p_applicant)
$$;

-- Whether the caller may deal with this person's data: the operator, or a reviewer in whose areas the
-- application is.
CREATE FUNCTION goutong.may_review(p_federation integer, p_applicant uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT CASE WHEN goutong.is_operator() THEN EXISTS (
            SELECT FROM goutong.applicant p
            WHERE p.federation_id = p_federation AND p.applicant_id = p_applicant)
        ELSE p_federation = goutong.actor_federation() AND goutong.actor_may('review')
            AND goutong.applicant_in_scope(p_federation, p_applicant) END
$$;

-- Other applications that are still open or were admitted and bear one of these tags. Tags are given under
-- every generation of the key, so that a rotation under way hides nobody. For reviewers of p_applicant only.
CREATE FUNCTION goutong.applicant_tagged(
    p_federation integer, p_applicant uuid, p_mobiles bytea[], p_documents bytea[])
RETURNS TABLE (applicant_id uuid, meeting_id uuid, matched text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
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

-- The same by the tags that stand in the database.
CREATE FUNCTION goutong.applicant_duplicates(p_federation integer, p_applicant uuid)
RETURNS TABLE (applicant_id uuid, meeting_id uuid, matched text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT t.applicant_id, t.meeting_id, t.matched
    FROM goutong.applicant p
    JOIN goutong.applicant_person x ON x.federation_id = p.federation_id
        AND x.applicant_id = p.applicant_id AND x.revision = p.person_revision
    CROSS JOIN LATERAL goutong.applicant_tagged(
        p_federation, p_applicant, ARRAY[x.mobile_tag], ARRAY[x.document_tag]) t
    WHERE p.federation_id = p_federation AND p.applicant_id = p_applicant AND p.superseded_at IS NULL
$$;

-- Who looked at a person and what was done: for the person's own copy.
CREATE FUNCTION goutong.person_audit(p_federation integer, p_applicant uuid)
RETURNS TABLE (at timestamptz, actor text, action text, reason text, result text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
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
CREATE INDEX audit_entry_by_applicant ON goutong.audit_entry (federation_id, object_id)
    WHERE object_kind = 'applicant';

-- Puts a person's data right. Old documents replay by their facts from now on. False: not there, or not
-- the caller's to change.
CREATE FUNCTION goutong.correct_person(
    p_federation integer, p_applicant uuid, p_sealed bytea, p_mobile_tag bytea, p_document_tag bytea)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
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

-- Takes persons out of the database: every sealed revision and tag, what their meetings kept to compare
-- with, their employers, what was said of them. What was counted stays. Not granted: the functions that ask
-- first call it.
CREATE FUNCTION goutong.drop_persons(p_federation integer, p_applicants uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
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

CREATE FUNCTION goutong.erase_person(p_federation integer, p_applicant uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    IF goutong.may_review(p_federation, p_applicant) IS NOT TRUE THEN
        RETURN false;
    END IF;
    PERFORM goutong.drop_persons(p_federation, ARRAY[p_applicant]);
    RETURN true;
END
$$;

-- Applicants of before a day whose data is still held and who were never verified or admitted, the oldest
-- ids first; those of voided meetings too.
CREATE FUNCTION goutong.retention_due(p_federation integer, p_before date, p_limit integer)
RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
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

-- One batch of them erased; returns how many. The service's, and the operator's.
CREATE FUNCTION goutong.retention_purge(p_federation integer, p_before date, p_limit integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
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

-- Row-level security ----------------------------------------------------------------------------------

-- Forced, so that the owner is under it too: by a policy of its own, not by exception.
DO $$
DECLARE
    v_table text;
BEGIN
    FOR v_table IN
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'goutong' AND c.relkind IN ('r', 'p')
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'federation_id')
        ORDER BY c.relname
    LOOP
        EXECUTE format('ALTER TABLE goutong.%I ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('ALTER TABLE goutong.%I FORCE ROW LEVEL SECURITY', v_table);
        EXECUTE format('CREATE POLICY operator ON goutong.%I TO CURRENT_USER USING (true) WITH CHECK (true)',
                       v_table);
    END LOOP;
END
$$;

-- Everybody's: public lists, the union tree, the federation itself.
GRANT SELECT ON goutong.area, goutong.area_alias, goutong.area_succession, goutong.industry,
    goutong.role_right, goutong.migration
    TO goutong_service, goutong_reader, goutong_recorder, goutong_figures;
GRANT SELECT ON goutong.federation, goutong.org_unit, goutong.programme, goutong.programme_unit
    TO goutong_service, goutong_reader, goutong_recorder, goutong_figures;
-- The service must know every federation before there is an actor; an actor knows its own.
DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['federation', 'org_unit', 'programme', 'programme_unit'] LOOP
        EXECUTE format('CREATE POLICY service ON goutong.%I FOR SELECT TO goutong_service USING (true)', v_table);
        EXECUTE format('CREATE POLICY known ON goutong.%I FOR SELECT
            TO goutong_reader, goutong_recorder, goutong_figures
            USING (federation_id = (SELECT goutong.actor_federation()))', v_table);
    END LOOP;
END
$$;

-- Counting: every fact of the actor's federation, in every area; the caller's scope is applied to the
-- attributed area afterwards. No person, no contact, no opinion's or note's author.
DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['meeting_revision', 'meeting', 'firm', 'firm_identity',
        'firm_registration', 'firm_merge', 'union_coverage', 'attendance', 'milestone', 'applicant',
        'applicant_event', 'no_meeting', 'journey', 'journey_queue', 'fixed_moment']
    LOOP
        -- Of applicants and meetings what is counted: for which employer somebody applied, who was on duty
        -- and what they noted is nobody's figure.
        EXECUTE format('GRANT SELECT (%s) ON goutong.%I TO goutong_figures',
            (SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
             WHERE a.attrelid = format('goutong.%I', v_table)::regclass AND a.attnum > 0 AND NOT a.attisdropped
               AND a.attname <> ALL ('{employer_firm_id,employer_uscc,employer_name,categories,notes,staff_names,organisers,persons_tag}')),
            v_table);
        EXECUTE format('CREATE POLICY figures ON goutong.%I FOR SELECT TO goutong_figures
            USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may(''figures'')))',
            v_table);
    END LOOP;
END
$$;
-- What a review says of somebody is no figure.
REVOKE SELECT ON goutong.applicant_event FROM goutong_figures;
GRANT SELECT (federation_id, event_id, applicant_id, kind, happened_on, recorded_at, superseded_at)
    ON goutong.applicant_event TO goutong_figures;
GRANT INSERT, UPDATE ON goutong.fixed_moment TO goutong_figures;
CREATE POLICY figures_fix ON goutong.fixed_moment FOR INSERT TO goutong_figures
    WITH CHECK (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('figures')));
CREATE POLICY figures_move ON goutong.fixed_moment FOR UPDATE TO goutong_figures
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('figures')));

-- Reading, under the actor's rights, in the actor's areas.
GRANT SELECT ON goutong.meeting_revision, goutong.meeting, goutong.attendance, goutong.no_meeting,
    goutong.opinion, goutong.firm, goutong.firm_identity, goutong.firm_registration, goutong.firm_merge,
    goutong.union_coverage, goutong.milestone, goutong.firm_contact, goutong.applicant,
    goutong.applicant_event, goutong.applicant_person, goutong.applicant_erasure,
    goutong.consent_withdrawal, goutong.person_hand_over, goutong.person_request TO goutong_reader;
DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['meeting_revision', 'meeting', 'attendance', 'no_meeting'] LOOP
        EXECUTE format($policy$
            CREATE POLICY reader ON goutong.%I FOR SELECT TO goutong_reader
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may('meetings'))
                AND ((SELECT goutong.actor_everywhere())
                    OR area_id = ANY ((SELECT goutong.actor_areas())::integer[])))
            $policy$, v_table);
    END LOOP;
    FOREACH v_table IN ARRAY ARRAY['firm', 'firm_identity', 'firm_registration', 'firm_merge'] LOOP
        EXECUTE format($policy$
            CREATE POLICY reader ON goutong.%I FOR SELECT TO goutong_reader
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may('firms')))
            $policy$, v_table);
    END LOOP;
    FOREACH v_table IN ARRAY ARRAY['milestone', 'union_coverage'] LOOP
        EXECUTE format($policy$
            CREATE POLICY reader ON goutong.%I FOR SELECT TO goutong_reader
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may('firms')) AND goutong.firm_in_scope(federation_id, firm_id))
            $policy$, v_table);
    END LOOP;
    FOREACH v_table IN ARRAY ARRAY['applicant', 'applicant_event', 'applicant_person', 'applicant_erasure',
        'consent_withdrawal', 'person_hand_over', 'person_request']
    LOOP
        EXECUTE format($policy$
            CREATE POLICY reader ON goutong.%I FOR SELECT TO goutong_reader
            USING (federation_id = (SELECT goutong.actor_federation())
                AND ((SELECT goutong.actor_may('people')) OR (SELECT goutong.actor_may('people_own')))
                AND goutong.applicant_in_scope(federation_id, applicant_id))
            $policy$, v_table);
    END LOOP;
END
$$;
CREATE POLICY reader ON goutong.opinion FOR SELECT TO goutong_reader
    USING (federation_id = (SELECT goutong.actor_federation()) AND EXISTS (
        SELECT FROM goutong.meeting_revision r
        WHERE r.federation_id = opinion.federation_id AND r.meeting_id = opinion.meeting_id
          AND r.revision = opinion.revision));
CREATE POLICY reader ON goutong.firm_contact FOR SELECT TO goutong_reader
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('contacts'))
        AND EXISTS (
            SELECT FROM goutong.meeting_revision r
            WHERE r.federation_id = firm_contact.federation_id AND r.meeting_id = firm_contact.meeting_id
              AND r.revision = firm_contact.revision));

-- Recording, in the actor's areas. What a correction closes must all be seen, whatever the actor may read:
-- an UPDATE that a policy narrows would leave half a meeting behind.
GRANT SELECT, INSERT ON goutong.meeting_revision, goutong.firm, goutong.firm_contact TO goutong_recorder;
GRANT UPDATE ON goutong.firm TO goutong_recorder;
GRANT SELECT, INSERT, UPDATE ON goutong.meeting, goutong.attendance, goutong.firm_identity,
    goutong.firm_registration, goutong.firm_merge, goutong.union_coverage, goutong.milestone,
    goutong.opinion, goutong.no_meeting TO goutong_recorder;
GRANT SELECT (federation_id, applicant_id, meeting_id, revision, person_revision, position, channel,
        recorded_at, superseded_at),
    INSERT, UPDATE (superseded_at) ON goutong.applicant TO goutong_recorder;
GRANT INSERT ON goutong.applicant_person, goutong.journey_queue TO goutong_recorder;
GRANT SELECT, INSERT, UPDATE ON goutong.applicant_event TO goutong_recorder;
GRANT SELECT, INSERT, UPDATE ON goutong.person_request TO goutong_recorder;
GRANT SELECT, INSERT ON goutong.consent_withdrawal, goutong.person_hand_over TO goutong_recorder;
GRANT SELECT ON goutong.fixed_moment TO goutong_recorder;
CREATE POLICY recorder ON goutong.fixed_moment FOR SELECT TO goutong_recorder
    USING (federation_id = (SELECT goutong.actor_federation()));
DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['meeting_revision', 'meeting', 'attendance', 'no_meeting'] LOOP
        EXECUTE format($policy$
            CREATE POLICY recorder ON goutong.%I TO goutong_recorder
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may('record'))
                AND ((SELECT goutong.actor_everywhere())
                    OR area_id = ANY ((SELECT goutong.actor_areas())::integer[])))
            $policy$, v_table);
    END LOOP;
    FOREACH v_table IN ARRAY ARRAY['firm', 'firm_identity', 'firm_registration', 'firm_merge'] LOOP
        EXECUTE format($policy$
            CREATE POLICY recorder ON goutong.%I TO goutong_recorder
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may('record')))
            $policy$, v_table);
    END LOOP;
    FOREACH v_table IN ARRAY ARRAY['applicant', 'opinion', 'firm_contact'] LOOP
        EXECUTE format($policy$
            CREATE POLICY recorder ON goutong.%1$I TO goutong_recorder
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may('record'))
                AND EXISTS (
                    SELECT FROM goutong.meeting_revision r
                    WHERE r.federation_id = %1$I.federation_id AND r.meeting_id = %1$I.meeting_id
                      AND r.revision = %1$I.revision))
            $policy$, v_table);
    END LOOP;
    FOREACH v_table IN ARRAY ARRAY['applicant_event', 'consent_withdrawal', 'person_hand_over',
        'person_request'] LOOP
        EXECUTE format($policy$
            CREATE POLICY recorder ON goutong.%I TO goutong_recorder
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may('review'))
                AND goutong.applicant_in_scope(federation_id, applicant_id))
            $policy$, v_table);
    END LOOP;
END
$$;
-- One that a meeting's document voiced goes with its meeting; the others belong to who may deal with the
-- firm.
CREATE POLICY recorder ON goutong.milestone TO goutong_recorder
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('record'))
        AND (CASE WHEN of_document THEN EXISTS (
                SELECT FROM goutong.meeting_revision r
                WHERE r.federation_id = milestone.federation_id AND r.meeting_id = milestone.meeting_id
                  AND r.revision = milestone.revision)
             ELSE goutong.firm_in_scope(federation_id, firm_id) END));
CREATE POLICY recorder ON goutong.union_coverage TO goutong_recorder
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('record'))
        AND goutong.firm_in_scope(federation_id, firm_id));
CREATE POLICY recorder ON goutong.applicant_person FOR INSERT TO goutong_recorder
    WITH CHECK (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('record'))
        AND EXISTS (
            SELECT FROM goutong.applicant a
            WHERE a.federation_id = applicant_person.federation_id
              AND a.applicant_id = applicant_person.applicant_id AND a.revision = applicant_person.revision));
-- Whoever records signs for it.
CREATE POLICY own_hand ON goutong.meeting_revision AS RESTRICTIVE FOR INSERT TO goutong_recorder
    WITH CHECK (recorded_by = (SELECT goutong.actor_account()));
-- A merge concerns both firms, which may be met in two townships: one of them must be the actor's business.
CREATE POLICY own_firms ON goutong.firm_merge AS RESTRICTIVE FOR INSERT TO goutong_recorder
    WITH CHECK (goutong.firm_in_scope(federation_id, duplicate_id)
        OR goutong.firm_in_scope(federation_id, kept_id));
CREATE POLICY own_firms_undone ON goutong.firm_merge AS RESTRICTIVE FOR UPDATE TO goutong_recorder
    USING (goutong.firm_in_scope(federation_id, duplicate_id)
        OR goutong.firm_in_scope(federation_id, kept_id));
CREATE POLICY recorder ON goutong.journey_queue FOR INSERT TO goutong_recorder
    WITH CHECK (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('record')));

-- Accounts: the administrator's, and nobody's password to read. Each sees itself.
GRANT SELECT (federation_id, account_id, login, display_name, role, unit_code, password_set_at, must_change,
        failures, locked_until, created_at, disabled_at, revision),
    INSERT, UPDATE ON goutong.account TO goutong_reader;
GRANT SELECT (federation_id, token_id, account_id, name, rights, created_at, expires_at, revoked_at),
    INSERT, UPDATE (revoked_at) ON goutong.api_token TO goutong_reader;
CREATE POLICY reader ON goutong.account FOR SELECT TO goutong_reader
    USING (federation_id = (SELECT goutong.actor_federation())
        AND ((SELECT goutong.actor_may('accounts')) OR account_id = (SELECT goutong.actor_account())));
CREATE POLICY reader_add ON goutong.account FOR INSERT TO goutong_reader
    WITH CHECK (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('accounts')));
-- An administrator stays one: nobody gives itself another role.
CREATE POLICY reader_change ON goutong.account FOR UPDATE TO goutong_reader
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('accounts')))
    WITH CHECK (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('accounts'))
        AND (account_id <> (SELECT goutong.actor_account()) OR role = 'administrator'));
CREATE POLICY reader ON goutong.api_token FOR SELECT TO goutong_reader
    USING (federation_id = (SELECT goutong.actor_federation())
        AND ((SELECT goutong.actor_may('accounts')) OR account_id = (SELECT goutong.actor_account())));
-- For itself an account issues no more than it may at this moment: a narrow token mints no wider one.
CREATE POLICY reader_issue ON goutong.api_token FOR INSERT TO goutong_reader
    WITH CHECK (federation_id = (SELECT goutong.actor_federation())
        AND ((SELECT goutong.actor_may('accounts'))
            OR (account_id = (SELECT goutong.actor_account()) AND cardinality(rights) > 0
                AND rights <@ string_to_array(current_setting('goutong.rights', true), ','))));
-- What is revoked stays so.
CREATE POLICY reader_revoke ON goutong.api_token FOR UPDATE TO goutong_reader
    USING (federation_id = (SELECT goutong.actor_federation())
        AND ((SELECT goutong.actor_may('accounts')) OR account_id = (SELECT goutong.actor_account())))
    WITH CHECK (federation_id = (SELECT goutong.actor_federation()) AND revoked_at IS NOT NULL
        AND ((SELECT goutong.actor_may('accounts')) OR account_id = (SELECT goutong.actor_account())));

-- The audit: the auditor's to read, by nobody to change.
GRANT SELECT ON goutong.audit_entry, goutong.audit_link TO goutong_reader;
CREATE POLICY reader ON goutong.audit_entry FOR SELECT TO goutong_reader
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('audit')));
CREATE POLICY reader ON goutong.audit_link FOR SELECT TO goutong_reader
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('audit')));

-- Signing in: before there is an actor. What a login needs to be checked, and nothing else.
GRANT SELECT, UPDATE (password, password_set_at, must_change, failures, locked_until) ON goutong.account
    TO goutong_service;
CREATE POLICY service ON goutong.account TO goutong_service USING (true);
GRANT SELECT ON goutong.api_token TO goutong_service;
CREATE POLICY service ON goutong.api_token FOR SELECT TO goutong_service USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON goutong.web_session TO goutong_service;
CREATE POLICY service ON goutong.web_session TO goutong_service USING (true);

-- Functions: nothing by default.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA goutong FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    goutong.actor_federation(), goutong.actor_account(), goutong.actor_everywhere(),
    goutong.actor_areas(), goutong.actor_may(text), goutong.area_on(date), goutong.is_operator(),
    goutong.audit(integer, uuid, uuid, text, text, text, text, text, text, text)
    TO goutong_service, goutong_reader, goutong_recorder, goutong_figures;
GRANT EXECUTE ON FUNCTION goutong.enter(integer, uuid, text[]), goutong.drain_journeys(integer, integer),
    goutong.audit_pending(integer, integer), goutong.audit_head(integer),
    goutong.audit_seal(integer, bigint, uuid[], bytea[], timestamptz), goutong.unit_areas(integer, text),
    goutong.ledger_standing(integer)
    TO goutong_service;
GRANT EXECUTE ON FUNCTION goutong.firm_in_scope(integer, uuid), goutong.applicant_in_scope(integer, uuid),
    goutong.find_firms(integer, text, text, text, integer), goutong.audit_head(integer)
    TO goutong_reader, goutong_recorder;
GRANT EXECUTE ON FUNCTION goutong.carry_applicant(integer, uuid, uuid, integer, integer, timestamptz)
    TO goutong_recorder;
GRANT EXECUTE ON FUNCTION goutong.applicant_duplicates(integer, uuid),
    goutong.applicant_tagged(integer, uuid, bytea[], bytea[]), goutong.may_review(integer, uuid),
    goutong.person_audit(integer, uuid)
    TO goutong_reader, goutong_recorder;
GRANT EXECUTE ON FUNCTION goutong.is_erased(integer, uuid),
    goutong.correct_person(integer, uuid, bytea, bytea, bytea),
    goutong.erase_person(integer, uuid)
    TO goutong_recorder;
GRANT EXECUTE ON FUNCTION goutong.retention_due(integer, date, integer),
    goutong.retention_purge(integer, date, integer)
    TO goutong_service;
GRANT EXECUTE ON FUNCTION goutong.firm_root_at(integer, timestamptz)
    TO goutong_reader, goutong_recorder, goutong_figures;
GRANT EXECUTE ON FUNCTION goutong.with_roots(integer, timestamptz, uuid[]),
    goutong.journey_of(integer, timestamptz, uuid[]), goutong.journey_at(integer, timestamptz),
    goutong.audit_head(integer), goutong.audit_head_at(integer, timestamptz)
    TO goutong_figures;

-- Analysts --------------------------------------------------------------------------------------------

-- The federations that a direct login may count: those whose role `goutong_analyst_CODE` it is a member
-- of. From membership, never from a setting that the login can change.
CREATE FUNCTION goutong.analyst_federations() RETURNS integer[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT coalesce(array_agg(f.federation_id), '{}')
    FROM goutong.federation f
    -- In full: a login's temporary table `pg_roles` would come first, and say what it likes.
    JOIN pg_catalog.pg_roles r ON r.rolname = 'goutong_analyst_' || f.code
    WHERE pg_has_role(session_user, r.oid, 'MEMBER')
$$;
REVOKE EXECUTE ON FUNCTION goutong.analyst_federations() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION goutong.analyst_federations() TO goutong_analyst;

CREATE VIEW goutong.analyst_meeting WITH (security_barrier) AS
SELECT m.federation_id, m.meeting_id, m.revision, m.kind, m.held_on, m.ended_on, a.code AS area_code,
       a.name AS area_name, a.district_code, a.district_name, m.org_unit, m.venue_kind, m.format,
       m.attended, m.consulted, m.leaflets, m.questionnaires, m.approved_on_site, m.cards_issued,
       m.app_registrations, m.firms_counted, m.applications, m.recorded_at, m.superseded_at
FROM goutong.meeting m JOIN goutong.area a USING (area_id)
WHERE m.federation_id = ANY ((SELECT goutong.analyst_federations())::integer[]);

CREATE VIEW goutong.analyst_attendance WITH (security_barrier) AS
SELECT t.federation_id, t.meeting_id, t.revision, t.firm_id, t.held_on, a.code AS area_code,
       a.district_code, t.union_status, t.headcount, t.headcount_band, t.industry, t.attitude,
       t.recorded_at, t.superseded_at
FROM goutong.attendance t JOIN goutong.area a USING (area_id)
WHERE t.federation_id = ANY ((SELECT goutong.analyst_federations())::integer[]);

CREATE VIEW goutong.analyst_milestone WITH (security_barrier) AS
SELECT s.federation_id, s.milestone_id, s.revision, s.firm_id, s.kind, s.happened_on, s.meeting_id,
       s.of_document, s.intent_form, s.union_form, s.members, s.recorded_at, s.superseded_at
FROM goutong.milestone s
WHERE s.federation_id = ANY ((SELECT goutong.analyst_federations())::integer[]);

CREATE VIEW goutong.analyst_firm WITH (security_barrier) AS
SELECT i.federation_id, i.firm_id, i.uscc, i.name, a.code AS area_code, a.district_code, i.recorded_at,
       i.superseded_at
FROM goutong.firm_identity i JOIN goutong.area a USING (area_id)
WHERE i.federation_id = ANY ((SELECT goutong.analyst_federations())::integer[]);

CREATE VIEW goutong.analyst_journey WITH (security_barrier) AS
SELECT j.federation_id, j.firm_id, j.met_on, a.code AS area_code, a.district_code, j.headcount_band,
       j.status, j.prior_intent, j.intent_on, j.application_on, j.established_on, j.lost_on,
       j.organised_on, j.covered_on
FROM goutong.journey j JOIN goutong.area a USING (area_id)
WHERE j.federation_id = ANY ((SELECT goutong.analyst_federations())::integer[]) AND j.met_on IS NOT NULL;

-- Applications as counted: who applied, for which employer, is nobody's to see here.
CREATE VIEW goutong.analyst_application WITH (security_barrier) AS
SELECT p.federation_id, p.meeting_id, p.revision, p.channel, p.recorded_at, p.superseded_at, e.kind,
       e.happened_on
FROM goutong.applicant p
LEFT JOIN goutong.applicant_event e USING (federation_id, applicant_id)
WHERE p.federation_id = ANY ((SELECT goutong.analyst_federations())::integer[]);

CREATE VIEW goutong.analyst_area WITH (security_barrier) AS
SELECT a.area_id, a.code, a.level, a.kind, a.name, a.district_code, a.district_name, a.valid_from, a.valid_to
FROM goutong.area a;

GRANT SELECT ON goutong.analyst_meeting, goutong.analyst_attendance, goutong.analyst_milestone,
    goutong.analyst_firm, goutong.analyst_journey, goutong.analyst_application, goutong.analyst_area
    TO goutong_analyst;
