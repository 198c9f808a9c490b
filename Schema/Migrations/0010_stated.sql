-- What offices state: totals that were reported without records, targets, and programmes as data. None of it is a
-- fact of the ledger, and no figure is made of it: it is shown beside the figures.

-- Totals without records -----------------------------------------------------------------------------

-- What an office reported without records. One row a revision: what is stated again of the same unit, figure and
-- period is a further one, and so is taking it back. No row ever changes; the last one known at S holds.
CREATE TABLE goutong.declared_total (
    federation_id integer     NOT NULL,
    -- Follows from unit, figure and period.
    statement_id  uuid        NOT NULL,
    revision      integer     NOT NULL,
    -- The unit: an area by its version on the period's last day, or a unit of the union tree that has no area.
    -- Neither: the federation as a whole.
    area_id       integer,
    unit_code     text,
    -- A headline figure of the weekly report.
    figure        text        NOT NULL,
    period_from   date        NOT NULL,
    -- Included.
    period_to     date        NOT NULL,
    -- NULL where this revision takes the statement back.
    value         integer,
    -- Where it stands: title or reference (文号).
    document      text        NOT NULL,
    -- Who stated it.
    office        text        NOT NULL,
    -- When it was received.
    stated_on     date        NOT NULL,
    voided_because text,
    -- The account that recorded it; NULL: the operator, on the machine itself.
    recorded_by   uuid,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT declared_total_pkey PRIMARY KEY (federation_id, statement_id, revision),
    CONSTRAINT declared_total_key UNIQUE NULLS NOT DISTINCT
        (federation_id, area_id, unit_code, figure, period_from, period_to, revision),
    CONSTRAINT declared_total_revisions_follow CHECK (revision >= 1),
    CONSTRAINT declared_total_one_unit CHECK (num_nonnulls(area_id, unit_code) <= 1),
    CONSTRAINT declared_total_figure_known CHECK (figure IN (
        'enterprise_meetings', 'worker_meetings', 'firm_times', 'firms_met', 'firms_first_met',
        'unorganised_firms_met', 'founding_intents', 'unions_established', 'firms_covered',
        'on_site_applications', 'members_admitted')),
    CONSTRAINT declared_total_period_order CHECK (period_to >= period_from),
    CONSTRAINT declared_total_counted CHECK (value >= 0),
    CONSTRAINT declared_total_taken_back_with_reason CHECK (
        (value IS NULL) = (voided_because IS NOT NULL) AND btrim(voided_because) <> ''),
    CONSTRAINT declared_total_sourced CHECK (btrim(document) <> '' AND btrim(office) <> '')
);

-- Targets --------------------------------------------------------------------------------------------

-- What a unit is to reach in a period: a year, the programme, or a week (its schedule). In the same manner.
CREATE TABLE goutong.target (
    federation_id integer     NOT NULL,
    statement_id  uuid        NOT NULL,
    revision      integer     NOT NULL,
    area_id       integer,
    unit_code     text,
    figure        text        NOT NULL,
    period_from   date        NOT NULL,
    period_to     date        NOT NULL,
    value         integer,
    document      text        NOT NULL,
    office        text        NOT NULL,
    -- When it was set; NULL where the file does not say.
    stated_on     date,
    voided_because text,
    recorded_by   uuid,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT target_pkey PRIMARY KEY (federation_id, statement_id, revision),
    CONSTRAINT target_key UNIQUE NULLS NOT DISTINCT
        (federation_id, area_id, unit_code, figure, period_from, period_to, revision),
    CONSTRAINT target_revisions_follow CHECK (revision >= 1),
    CONSTRAINT target_one_unit CHECK (num_nonnulls(area_id, unit_code) <= 1),
    CONSTRAINT target_figure_known CHECK (figure IN (
        'enterprise_meetings', 'worker_meetings', 'firm_times', 'firms_met', 'firms_first_met',
        'unorganised_firms_met', 'founding_intents', 'unions_established', 'firms_covered',
        'on_site_applications', 'members_admitted')),
    CONSTRAINT target_period_order CHECK (period_to >= period_from),
    CONSTRAINT target_counted CHECK (value >= 0),
    CONSTRAINT target_taken_back_with_reason CHECK (
        (value IS NULL) = (voided_because IS NOT NULL) AND btrim(voided_because) <> ''),
    CONSTRAINT target_sourced CHECK (btrim(document) <> '' AND btrim(office) <> '')
);

-- Whether a federation's rows may go: the sample's alone, and aloud.
CREATE FUNCTION goutong.may_remove_stated(p_federation integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    IF EXISTS (SELECT FROM goutong.federation f WHERE f.federation_id = p_federation AND f.synthetic) THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'what an office stated is never deleted' USING ERRCODE = 'insufficient_privilege';
END
$$;
REVOKE EXECUTE ON FUNCTION goutong.may_remove_stated(integer) FROM PUBLIC;

DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['declared_total', 'target'] LOOP
        EXECUTE format($key$
            ALTER TABLE goutong.%1$I ADD CONSTRAINT %1$s_federation_fkey
                FOREIGN KEY (federation_id) REFERENCES goutong.federation;
            ALTER TABLE goutong.%1$I ADD CONSTRAINT %1$s_area_fkey
                FOREIGN KEY (area_id) REFERENCES goutong.area;
            ALTER TABLE goutong.%1$I ADD CONSTRAINT %1$s_unit_fkey
                FOREIGN KEY (federation_id, unit_code) REFERENCES goutong.org_unit (federation_id, code);
            ALTER TABLE goutong.%1$I ADD CONSTRAINT %1$s_account_fkey
                FOREIGN KEY (federation_id, recorded_by) REFERENCES goutong.account (federation_id, account_id);
            $key$, v_table);
        EXECUTE format('ALTER TABLE goutong.%I ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('ALTER TABLE goutong.%I FORCE ROW LEVEL SECURITY', v_table);
        EXECUTE format('CREATE POLICY operator ON goutong.%I TO CURRENT_USER USING (true) WITH CHECK (true)',
                       v_table);
        -- Append-only, for everybody whom row-level security governs: the owner too, since it is forced.
        EXECUTE format('CREATE POLICY unchanged ON goutong.%I AS RESTRICTIVE FOR UPDATE
            USING (true) WITH CHECK (false)', v_table);
        EXECUTE format('CREATE POLICY kept ON goutong.%I AS RESTRICTIVE FOR DELETE
            USING (goutong.may_remove_stated(federation_id))', v_table);
        -- Counting shows them beside the figures; why one was taken back, and by whom, is no figure.
        EXECUTE format('GRANT SELECT (federation_id, statement_id, revision, area_id, unit_code, figure,
            period_from, period_to, value, document, office, stated_on, recorded_at)
            ON goutong.%I TO goutong_figures', v_table);
        EXECUTE format('CREATE POLICY figures ON goutong.%I FOR SELECT TO goutong_figures
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may(''figures'')))', v_table);
        -- Read like a declared week, in the actor's areas; what has no area is the whole city's.
        EXECUTE format('GRANT SELECT ON goutong.%I TO goutong_reader', v_table);
        EXECUTE format($policy$
            CREATE POLICY reader ON goutong.%I FOR SELECT TO goutong_reader
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may('meetings'))
                AND ((SELECT goutong.actor_everywhere())
                    OR area_id = ANY ((SELECT goutong.actor_areas())::integer[])))
            $policy$, v_table);
        -- Recorded by leads, who also decide on applications: in their areas, or everywhere.
        EXECUTE format('GRANT SELECT, INSERT ON goutong.%I TO goutong_recorder', v_table);
        EXECUTE format($policy$
            CREATE POLICY recorder ON goutong.%I TO goutong_recorder
            USING (federation_id = (SELECT goutong.actor_federation())
                AND (SELECT goutong.actor_may('record')) AND (SELECT goutong.actor_may('review'))
                AND ((SELECT goutong.actor_everywhere())
                    OR area_id = ANY ((SELECT goutong.actor_areas())::integer[])))
            $policy$, v_table);
        EXECUTE format('CREATE POLICY own_hand ON goutong.%I AS RESTRICTIVE FOR INSERT TO goutong_recorder
            WITH CHECK (recorded_by = (SELECT goutong.actor_account()))', v_table);
    END LOOP;
END
$$;

-- What was reported of a unit of the union tree is set against the areas below it.
GRANT EXECUTE ON FUNCTION goutong.unit_areas(integer, text) TO goutong_figures;

-- Programmes as data ---------------------------------------------------------------------------------

-- When it was recorded and by which account; NULL of those that come with the product.
ALTER TABLE goutong.programme ADD COLUMN recorded_at timestamptz;
ALTER TABLE goutong.programme ADD COLUMN recorded_by uuid;
ALTER TABLE goutong.programme ADD CONSTRAINT programme_account_fkey
    FOREIGN KEY (federation_id, recorded_by) REFERENCES goutong.account (federation_id, account_id);
ALTER TABLE goutong.programme ADD CONSTRAINT programme_code_form
    CHECK (code ~ '^[a-z0-9][a-z0-9-]{1,40}$');
-- A comparison unit may have no first day: it does not start within the programme.
ALTER TABLE goutong.programme_unit ALTER COLUMN start_on DROP NOT NULL;
ALTER TABLE goutong.programme_unit ADD CONSTRAINT programme_unit_pilot_starts
    CHECK (start_on IS NOT NULL OR arm = 'comparison');

-- A programme spans the city: who records it is a lead of the whole of it. Nobody changes one.
GRANT INSERT ON goutong.programme, goutong.programme_unit TO goutong_recorder;
CREATE POLICY recorder ON goutong.programme FOR INSERT TO goutong_recorder
    WITH CHECK (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_everywhere())
        AND (SELECT goutong.actor_may('record')) AND (SELECT goutong.actor_may('review')));
CREATE POLICY own_hand ON goutong.programme AS RESTRICTIVE FOR INSERT TO goutong_recorder
    WITH CHECK (recorded_by = (SELECT goutong.actor_account()));
CREATE POLICY recorder ON goutong.programme_unit FOR INSERT TO goutong_recorder
    WITH CHECK (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_everywhere())
        AND (SELECT goutong.actor_may('record')) AND (SELECT goutong.actor_may('review')));
