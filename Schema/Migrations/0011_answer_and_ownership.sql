-- Opinions that were answered, and what kind of owner a firm is registered with.

-- Answers --------------------------------------------------------------------------------------------

-- When an opinion was answered, and with what where that was noted: part of the meeting's document, so that an
-- answer is a revision like every correction. Not before the meeting: the document is refused otherwise.
ALTER TABLE goutong.opinion ADD COLUMN answered_on date;
ALTER TABLE goutong.opinion ADD COLUMN answer text;
ALTER TABLE goutong.opinion ADD CONSTRAINT opinion_answer_dated
    CHECK (answer IS NULL OR answered_on IS NOT NULL);
ALTER TABLE goutong.opinion ADD CONSTRAINT opinion_answer_not_blank CHECK (btrim(answer) <> '');

-- Ownership ------------------------------------------------------------------------------------------

-- Types of registration (登记注册类型), each below the heading that funnels group by. Several classifications have
-- been in force, and their codes mean different things: a code is nothing without its version.
CREATE TABLE goutong.registration_type (
    classification_version text NOT NULL,
    code    text NOT NULL,
    heading text NOT NULL,
    name    text NOT NULL,
    CONSTRAINT registration_type_pkey PRIMARY KEY (classification_version, code),
    CONSTRAINT registration_type_version_known CHECK (classification_version IN ('2011')),
    CONSTRAINT registration_type_code_form CHECK (code ~ '^[1-7][0-9]{2}$'),
    CONSTRAINT registration_type_heading_form CHECK (heading ~ '^[1-7][0-9]0$')
);
GRANT SELECT ON goutong.registration_type
    TO goutong_service, goutong_reader, goutong_recorder, goutong_figures;

-- By the list that was imported last and said it; what held before stays, with the moment at which it ended.
ALTER TABLE goutong.firm_profile ADD COLUMN registration_type text;
ALTER TABLE goutong.firm_profile ADD COLUMN classification_version text;
ALTER TABLE goutong.firm_profile ADD CONSTRAINT firm_profile_type_of_a_version
    CHECK ((registration_type IS NULL) = (classification_version IS NULL));
ALTER TABLE goutong.firm_profile DROP CONSTRAINT firm_profile_says_something;
ALTER TABLE goutong.firm_profile ADD CONSTRAINT firm_profile_says_something
    CHECK (num_nonnulls(headcount, headcount_band, industry, registration_type) > 0);
ALTER TABLE goutong.firm_profile ADD CONSTRAINT firm_profile_registration_type_fkey
    FOREIGN KEY (classification_version, registration_type) REFERENCES goutong.registration_type;

-- How a firm is registered is public, like its name and place: whoever counts, or records what is dealt with it, may
-- know it. How many work there is not, by which the list was kept from them.
GRANT SELECT (federation_id, firm_id, registration_type, classification_version, recorded_at, superseded_at)
    ON goutong.firm_profile TO goutong_figures, goutong_recorder;
CREATE POLICY recorder ON goutong.firm_profile FOR SELECT TO goutong_recorder
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('record')));
CREATE POLICY figures ON goutong.firm_profile FOR SELECT TO goutong_figures
    USING (federation_id = (SELECT goutong.actor_federation()) AND (SELECT goutong.actor_may('figures')));

-- The heading of each firm's type as known at a moment, of firms counted as one: by the firm that is kept, else by
-- the lowest id of those merged into it that have a type.
CREATE FUNCTION goutong.ownership_at(p_federation integer, p_at timestamptz)
RETURNS TABLE (firm_id uuid, heading text)
LANGUAGE sql STABLE SET search_path = pg_catalog
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
REVOKE EXECUTE ON FUNCTION goutong.ownership_at(integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION goutong.ownership_at(integer, timestamptz) TO goutong_figures;
