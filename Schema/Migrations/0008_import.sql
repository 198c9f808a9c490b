-- Bulk import: what a registry says of a firm beside its name and place, and which imports were made.

-- Size and industry of a firm by the list that was imported last. What a meeting was told stands in its
-- attendance; funnels read that, not this.
CREATE TABLE goutong.firm_profile (
    federation_id integer     NOT NULL,
    firm_id       uuid        NOT NULL,
    headcount     integer,
    headcount_band text,
    industry      text,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT firm_profile_pkey PRIMARY KEY (federation_id, firm_id, recorded_at),
    CONSTRAINT firm_profile_says_something CHECK (num_nonnulls(headcount, headcount_band, industry) > 0),
    CONSTRAINT firm_profile_band_known CHECK (
        headcount_band IN ('1-9', '10-24', '25-99', '100-499', '500+')),
    CONSTRAINT firm_profile_headcount_positive CHECK (headcount >= 0),
    CONSTRAINT firm_profile_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE UNIQUE INDEX firm_profile_current ON goutong.firm_profile (federation_id, firm_id)
    WHERE superseded_at IS NULL;

-- One row an import that published anything: the same file is the same import, so a run that was stopped is
-- found by the next. Rows are checked in the session's temporary tables, which no reader sees and no backup
-- holds; what is in the ledger tells what is still to be published.
CREATE TABLE goutong.import_run (
    federation_id integer     NOT NULL,
    -- Follows from the kind and the file's content.
    import_id     uuid        NOT NULL,
    kind          text        NOT NULL,
    -- SHA-256 of the file.
    file_hash     bytea       NOT NULL,
    -- Good rows to be published.
    rows_good     integer     NOT NULL,
    began_at      timestamptz NOT NULL,
    -- NULL while it runs, or where it was stopped.
    finished_at   timestamptz,
    CONSTRAINT import_run_pkey PRIMARY KEY (federation_id, import_id),
    CONSTRAINT import_run_kind_known CHECK (kind IN ('firms', 'meetings', 'milestones')),
    CONSTRAINT import_run_hash_size CHECK (octet_length(file_hash) = 32),
    CONSTRAINT import_run_counted CHECK (rows_good >= 0)
);

ALTER TABLE goutong.firm_profile ADD CONSTRAINT firm_profile_firm_fkey
    FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm;
ALTER TABLE goutong.import_run ADD CONSTRAINT import_run_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;

ALTER TABLE goutong.firm_profile ENABLE ROW LEVEL SECURITY;
ALTER TABLE goutong.firm_profile FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON goutong.firm_profile TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE goutong.import_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE goutong.import_run FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON goutong.import_run TO CURRENT_USER USING (true) WITH CHECK (true);

-- Read like the rest of what is known of a firm. Written by the operator, who imports.
GRANT SELECT ON goutong.firm_profile TO goutong_reader;
CREATE POLICY reader ON goutong.firm_profile FOR SELECT TO goutong_reader
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('firms')));
