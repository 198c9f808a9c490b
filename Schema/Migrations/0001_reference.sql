-- Reference: federations, the dated map, the union tree, industries, programmes.
-- Areas and industries are public lists (reference tables on a distributed server).

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE goutong.federation (
    federation_id integer NOT NULL,
    code          text    NOT NULL,
    name_zh       text    NOT NULL,
    name_en       text    NOT NULL,
    -- Marked once, before the first fact: only a synthetic federation takes the sample.
    synthetic     boolean NOT NULL DEFAULT false,
    -- First day of the programme; cumulative figures start here.
    since         date    NOT NULL,
    -- A sealed known text: tells a wrong key file before it seals anything with it.
    key_check     bytea,
    CONSTRAINT federation_pkey PRIMARY KEY (federation_id),
    CONSTRAINT federation_code_key UNIQUE (code),
    CONSTRAINT federation_code_form CHECK (code ~ '^[a-z][a-z0-9-]{1,30}$')
);

-- Codes are reused and names change: a surrogate id and validity dates, never the code alone.
CREATE TABLE goutong.area (
    area_id       integer NOT NULL,
    code          text    NOT NULL,
    level         text    NOT NULL,
    kind          text    NOT NULL,
    name          text    NOT NULL,
    district_code text    NOT NULL,
    district_name text    NOT NULL,
    pinyin        text    NOT NULL,
    initials      text    NOT NULL,
    valid_from    date    NOT NULL,
    valid_to      date,
    source        text    NOT NULL,
    CONSTRAINT area_pkey PRIMARY KEY (area_id),
    CONSTRAINT area_code_form CHECK (code ~ '^[0-9]{6}([0-9]{3})?$'),
    CONSTRAINT area_level_known CHECK (level IN ('district', 'township')),
    CONSTRAINT area_level_code CHECK ((level = 'district') = (length(code) = 6)),
    CONSTRAINT area_district_prefix CHECK (left(code, 6) = district_code),
    CONSTRAINT area_kind_known CHECK (
        kind IN ('district', 'subdistrict', 'town', 'township', 'area_office', 'quasi')),
    CONSTRAINT area_validity_order CHECK (valid_to > valid_from),
    CONSTRAINT area_no_overlap EXCLUDE USING gist (
        code WITH =, daterange(valid_from, valid_to, '[)') WITH &&)
);

CREATE TABLE goutong.area_alias (
    area_id integer NOT NULL,
    alias   text    NOT NULL,
    CONSTRAINT area_alias_pkey PRIMARY KEY (area_id, alias),
    CONSTRAINT area_alias_area_fkey FOREIGN KEY (area_id) REFERENCES goutong.area
);

-- How one version of the map becomes the next. One successor of each is primary, so totals move whole.
CREATE TABLE goutong.area_succession (
    from_area_id integer NOT NULL,
    to_area_id   integer NOT NULL,
    changed_on   date    NOT NULL,
    kind         text    NOT NULL,
    is_primary   boolean NOT NULL,
    CONSTRAINT area_succession_pkey PRIMARY KEY (from_area_id, to_area_id),
    CONSTRAINT area_succession_from_fkey FOREIGN KEY (from_area_id) REFERENCES goutong.area,
    CONSTRAINT area_succession_to_fkey FOREIGN KEY (to_area_id) REFERENCES goutong.area,
    CONSTRAINT area_succession_forward CHECK (from_area_id <> to_area_id),
    CONSTRAINT area_succession_kind_known CHECK (
        kind IN ('renamed', 'recoded', 'split', 'merged', 'added', 'removed'))
);
CREATE UNIQUE INDEX area_succession_one_primary
    ON goutong.area_succession (from_area_id) WHERE is_primary;

-- GB/T 4754-2017.
CREATE TABLE goutong.industry (
    code    text NOT NULL,
    section text NOT NULL,
    name    text NOT NULL,
    CONSTRAINT industry_pkey PRIMARY KEY (code)
);

-- The union tree carries rights and reporting duty; it is not the map.
CREATE TABLE goutong.org_unit (
    federation_id integer NOT NULL,
    code          text    NOT NULL,
    parent_code   text,
    kind          text    NOT NULL,
    name          text    NOT NULL,
    area_code     text,
    valid_from    date    NOT NULL,
    CONSTRAINT org_unit_pkey PRIMARY KEY (federation_id, code),
    CONSTRAINT org_unit_not_own_parent CHECK (parent_code <> code)
);

CREATE TABLE goutong.programme (
    federation_id integer NOT NULL,
    code          text    NOT NULL,
    name_zh       text    NOT NULL,
    name_en       text    NOT NULL,
    window_days   integer NOT NULL,
    CONSTRAINT programme_pkey PRIMARY KEY (federation_id, code),
    CONSTRAINT programme_window_positive CHECK (window_days > 0)
);

CREATE TABLE goutong.programme_unit (
    federation_id  integer NOT NULL,
    programme_code text    NOT NULL,
    area_id        integer NOT NULL,
    arm            text    NOT NULL,
    start_on       date    NOT NULL,
    CONSTRAINT programme_unit_pkey PRIMARY KEY (federation_id, programme_code, area_id),
    CONSTRAINT programme_unit_arm_known CHECK (arm IN ('pilot', 'comparison'))
);

-- Between distributed tables: added apart, so that a distribution step fits before them.
ALTER TABLE goutong.org_unit ADD CONSTRAINT org_unit_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.org_unit ADD CONSTRAINT org_unit_parent_fkey
    FOREIGN KEY (federation_id, parent_code) REFERENCES goutong.org_unit (federation_id, code);
ALTER TABLE goutong.programme ADD CONSTRAINT programme_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.programme_unit ADD CONSTRAINT programme_unit_programme_fkey
    FOREIGN KEY (federation_id, programme_code) REFERENCES goutong.programme;
ALTER TABLE goutong.programme_unit ADD CONSTRAINT programme_unit_area_fkey
    FOREIGN KEY (area_id) REFERENCES goutong.area;
