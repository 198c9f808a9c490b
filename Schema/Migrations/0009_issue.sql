-- Reports that are issued: which units have reported a week, and what was signed, as it was signed.

-- A week declared by its unit ------------------------------------------------------------------------

-- Zero, none and silence are three things: a unit that reports its week without a figure, one that says that
-- it held no meeting, and one that has said nothing. The table held the second alone. Its index keeps its name: step 2
-- is verified by it.
ALTER TABLE goutong.no_meeting RENAME TO week_declaration;
ALTER TABLE goutong.week_declaration RENAME CONSTRAINT no_meeting_pkey TO week_declaration_pkey;
ALTER TABLE goutong.week_declaration
    RENAME CONSTRAINT no_meeting_superseded_later TO week_declaration_superseded_later;
ALTER TABLE goutong.week_declaration RENAME CONSTRAINT no_meeting_area_fkey TO week_declaration_area_fkey;
ALTER TABLE goutong.week_declaration
    RENAME CONSTRAINT no_meeting_federation_fkey TO week_declaration_federation_fkey;
-- What the unit says; of what stood here before: none.
ALTER TABLE goutong.week_declaration ADD COLUMN declaration text NOT NULL DEFAULT 'none';
ALTER TABLE goutong.week_declaration ALTER COLUMN declaration DROP DEFAULT;
ALTER TABLE goutong.week_declaration ADD CONSTRAINT week_declaration_known
    CHECK (declaration IN ('submitted', 'none'));
-- The account that said so; NULL: the operator, on the machine itself.
ALTER TABLE goutong.week_declaration ADD COLUMN recorded_by uuid;
ALTER TABLE goutong.week_declaration ADD CONSTRAINT week_declaration_account_fkey
    FOREIGN KEY (federation_id, recorded_by) REFERENCES goutong.account (federation_id, account_id);
GRANT SELECT (declaration) ON goutong.week_declaration TO goutong_figures;
-- Whoever declares signs for it.
CREATE POLICY own_hand ON goutong.week_declaration AS RESTRICTIVE FOR INSERT TO goutong_recorder
    WITH CHECK (recorded_by = (SELECT goutong.actor_account()));

-- Issued reports -------------------------------------------------------------------------------------

-- One row an edition. Nothing of it changes: a reissue is a further edition that names the one before.
CREATE TABLE goutong.issued_report (
    federation_id   integer     NOT NULL,
    -- First day of the week that it tells of.
    week_start      date        NOT NULL,
    edition         integer     NOT NULL,
    -- The edition that this one takes the place of.
    replaces        integer,
    -- Why it was issued again.
    reason          text,
    -- S: what the report knows.
    moment          timestamptz NOT NULL,
    -- Of the definition that its figures are counted by.
    definition_hash text        NOT NULL,
    -- Names as they are printed. Three persons: nobody reviews or signs what is their own.
    preparer        text        NOT NULL,
    reviewer        text        NOT NULL,
    signer          text        NOT NULL,
    -- When it was issued, as ledger time: after S. Reports that know of it count what is late from S on.
    recorded_at     timestamptz NOT NULL,
    CONSTRAINT issued_report_pkey PRIMARY KEY (federation_id, week_start, edition),
    CONSTRAINT issued_report_editions_follow CHECK (
        (edition = 1 AND replaces IS NULL) OR (edition > 1 AND replaces = edition - 1)),
    CONSTRAINT issued_report_reason_of_reissue CHECK (
        (edition = 1) = (reason IS NULL) AND btrim(reason) <> ''),
    CONSTRAINT issued_report_signed CHECK (
        btrim(preparer) <> '' AND btrim(reviewer) <> '' AND btrim(signer) <> ''),
    CONSTRAINT issued_report_three_persons CHECK (
        preparer <> reviewer AND reviewer <> signer AND preparer <> signer),
    CONSTRAINT issued_report_hash_form CHECK (definition_hash ~ '^[0-9a-f]{8,64}$'),
    CONSTRAINT issued_report_known_before CHECK (moment < recorded_at)
);

-- The bytes that were issued, per format and language, with their SHA-256.
CREATE TABLE goutong.issued_rendering (
    federation_id integer NOT NULL,
    week_start    date    NOT NULL,
    edition       integer NOT NULL,
    format        text    NOT NULL,
    language      text    NOT NULL,
    content_hash  bytea   NOT NULL,
    content       bytea   NOT NULL,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT issued_rendering_pkey PRIMARY KEY (federation_id, week_start, edition, format, language),
    CONSTRAINT issued_rendering_format_known CHECK (format IN ('text', 'html', 'xlsx', 'csv', 'json')),
    CONSTRAINT issued_rendering_language_known CHECK (language IN ('zh', 'en')),
    CONSTRAINT issued_rendering_hash_holds CHECK (content_hash = sha256(content))
);

ALTER TABLE goutong.issued_report ADD CONSTRAINT issued_report_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.issued_report ADD CONSTRAINT issued_report_replaces_fkey
    FOREIGN KEY (federation_id, week_start, replaces)
    REFERENCES goutong.issued_report (federation_id, week_start, edition);
ALTER TABLE goutong.issued_rendering ADD CONSTRAINT issued_rendering_report_fkey
    FOREIGN KEY (federation_id, week_start, edition) REFERENCES goutong.issued_report;

ALTER TABLE goutong.issued_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE goutong.issued_report FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON goutong.issued_report TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE goutong.issued_rendering ENABLE ROW LEVEL SECURITY;
ALTER TABLE goutong.issued_rendering FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON goutong.issued_rendering TO CURRENT_USER USING (true) WITH CHECK (true);

-- Whether a federation's rows may go: the sample's alone. It says so aloud, where a policy would pass over
-- the rows in silence.
CREATE FUNCTION goutong.may_remove_issued(p_federation integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    IF EXISTS (SELECT FROM goutong.federation f WHERE f.federation_id = p_federation AND f.synthetic) THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'an issued report is never deleted' USING ERRCODE = 'insufficient_privilege';
END
$$;
REVOKE EXECUTE ON FUNCTION goutong.may_remove_issued(integer) FROM PUBLIC;

-- Append-only, for everybody whom row-level security governs: the owner too, since it is forced. These
-- policies hide no row from anybody.
CREATE POLICY unchanged ON goutong.issued_report AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (false);
CREATE POLICY kept ON goutong.issued_report AS RESTRICTIVE FOR DELETE
    USING (goutong.may_remove_issued(federation_id));
CREATE POLICY unchanged ON goutong.issued_rendering AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (false);
CREATE POLICY kept ON goutong.issued_rendering AS RESTRICTIVE FOR DELETE
    USING (goutong.may_remove_issued(federation_id));

-- Counting knows when reports were issued, for what came late; who signed and what was printed is the
-- operator's, who issues.
GRANT SELECT (federation_id, week_start, edition, replaces, moment, definition_hash, recorded_at)
    ON goutong.issued_report TO goutong_figures;
CREATE POLICY figures ON goutong.issued_report FOR SELECT TO goutong_figures
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('figures')));
