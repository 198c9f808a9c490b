-- The ledger only grows. Each fact has `recorded_at`, the stamp of the transaction that added it, and
-- `superseded_at`, the stamp of the one that closed it. Visible at S: recorded_at <= S < superseded_at.

-- The last moment a report fixed. Writers stamp after it (they hold the lock in shared mode).
CREATE TABLE goutong.fixed_moment (
    federation_id integer     NOT NULL,
    moment        timestamptz NOT NULL,
    CONSTRAINT fixed_moment_pkey PRIMARY KEY (federation_id)
);

-- One row a revision of a meeting, voids included: what a receipt is made of.
CREATE TABLE goutong.meeting_revision (
    federation_id integer     NOT NULL,
    meeting_id    uuid        NOT NULL,
    revision      integer     NOT NULL,
    facts_hash    bytea       NOT NULL,
    -- Keyed tag of the persons' part; erasure drops it.
    persons_tag   bytea,
    voided_because text,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT meeting_revision_pkey PRIMARY KEY (federation_id, meeting_id, revision),
    CONSTRAINT meeting_revision_positive CHECK (revision >= 1),
    CONSTRAINT meeting_revision_first_not_void CHECK (revision > 1 OR voided_because IS NULL),
    CONSTRAINT meeting_revision_hash_size CHECK (octet_length(facts_hash) = 32)
);

CREATE TABLE goutong.meeting (
    federation_id integer     NOT NULL,
    meeting_id    uuid        NOT NULL,
    revision      integer     NOT NULL,
    kind          text        NOT NULL,
    held_on       date        NOT NULL,
    ended_on      date,
    starts_at     time,
    ends_at       time,
    area_id       integer     NOT NULL,
    org_unit      text,
    venue_kind    text        NOT NULL,
    venue_name    text,
    venue_project text,
    format        text,
    dedicated_to  text,
    organisers    text[]      NOT NULL,
    staff_names   text[]      NOT NULL,
    staff_hours   double precision[] NOT NULL,
    attended      integer,
    consulted     integer,
    leaflets      integer,
    questionnaires integer,
    approved_on_site integer,
    cards_issued  integer,
    app_registrations integer,
    firms_counted integer,
    applications_paper integer,
    applications_qr integer,
    applications_app integer,
    applications_total integer,
    -- On-site applications as counted: the stated total, else the number listed.
    applications  integer     NOT NULL,
    notes         text,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT meeting_pkey PRIMARY KEY (federation_id, meeting_id, revision),
    CONSTRAINT meeting_kind_known CHECK (kind IN ('enterprise', 'worker')),
    CONSTRAINT meeting_venue_kind_known CHECK (venue_kind IN (
        'community', 'building', 'park', 'market', 'site', 'station', 'mall', 'firm', 'online',
        'other')),
    CONSTRAINT meeting_format_known CHECK (format IN ('one_to_one', 'group', 'stall')),
    CONSTRAINT meeting_days_order CHECK (ended_on >= held_on),
    CONSTRAINT meeting_counts_not_negative CHECK (
        least(attended, consulted, leaflets, questionnaires, approved_on_site, cards_issued,
              app_registrations, firms_counted, applications_paper, applications_qr,
              applications_app, applications_total, applications) >= 0),
    CONSTRAINT meeting_applications_parts CHECK (
        applications_total >= coalesce(applications_paper, 0) + coalesce(applications_qr, 0)
                              + coalesce(applications_app, 0)),
    CONSTRAINT meeting_applications_counted CHECK (
        applications_total IS NULL OR applications = applications_total),
    CONSTRAINT meeting_staff_paired CHECK (cardinality(staff_names) = cardinality(staff_hours)),
    CONSTRAINT meeting_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE UNIQUE INDEX meeting_current ON goutong.meeting (federation_id, meeting_id)
    WHERE superseded_at IS NULL;
CREATE INDEX meeting_by_day ON goutong.meeting (federation_id, held_on);

-- A firm: the row that is locked. What it is called stands in firm_identity.
CREATE TABLE goutong.firm (
    federation_id integer     NOT NULL,
    firm_id       uuid        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT firm_pkey PRIMARY KEY (federation_id, firm_id)
);

CREATE TABLE goutong.firm_identity (
    federation_id integer     NOT NULL,
    firm_id       uuid        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    uscc          text,
    name          text,
    -- The name as matching folds it; unique within a district among firms without a code.
    folded_name   text,
    district_code text        NOT NULL,
    area_id       integer     NOT NULL,
    CONSTRAINT firm_identity_pkey PRIMARY KEY (federation_id, firm_id, recorded_at),
    CONSTRAINT firm_identity_named CHECK (uscc IS NOT NULL OR name IS NOT NULL),
    CONSTRAINT firm_identity_folded CHECK ((name IS NULL) = (folded_name IS NULL)),
    CONSTRAINT firm_identity_uscc_form CHECK (
        uscc ~ '^[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}$'),
    CONSTRAINT firm_identity_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE UNIQUE INDEX firm_identity_current ON goutong.firm_identity (federation_id, firm_id)
    WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX firm_identity_uscc_key ON goutong.firm_identity (federation_id, uscc)
    WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX firm_identity_uncoded_name_key
    ON goutong.firm_identity (federation_id, district_code, folded_name)
    WHERE superseded_at IS NULL AND uscc IS NULL;
CREATE INDEX firm_identity_by_name
    ON goutong.firm_identity (federation_id, district_code, folded_name)
    WHERE superseded_at IS NULL;
CREATE INDEX firm_identity_name_search ON goutong.firm_identity USING gin (name gin_trgm_ops)
    WHERE superseded_at IS NULL;

-- Where a firm is registered from a day on.
CREATE TABLE goutong.firm_registration (
    federation_id   integer     NOT NULL,
    registration_id uuid        NOT NULL,
    firm_id         uuid        NOT NULL,
    area_id         integer     NOT NULL,
    registered_on   date        NOT NULL,
    recorded_at     timestamptz NOT NULL,
    superseded_at   timestamptz,
    CONSTRAINT firm_registration_pkey PRIMARY KEY (federation_id, registration_id),
    CONSTRAINT firm_registration_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE INDEX firm_registration_by_firm
    ON goutong.firm_registration (federation_id, firm_id, registered_on);

-- A duplicate and the firm that is kept. Reversible: an unmerge closes the row.
CREATE TABLE goutong.firm_merge (
    federation_id integer     NOT NULL,
    merge_id      uuid        NOT NULL,
    duplicate_id  uuid        NOT NULL,
    kept_id       uuid        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT firm_merge_pkey PRIMARY KEY (federation_id, merge_id),
    CONSTRAINT firm_merge_two_firms CHECK (duplicate_id <> kept_id),
    CONSTRAINT firm_merge_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE UNIQUE INDEX firm_merge_current ON goutong.firm_merge (federation_id, duplicate_id)
    WHERE superseded_at IS NULL;

-- Days on which a firm stands organised by the union register, apart from what a meeting was told.
CREATE TABLE goutong.union_coverage (
    federation_id  integer     NOT NULL,
    coverage_id    uuid        NOT NULL,
    firm_id        uuid        NOT NULL,
    organised_from date        NOT NULL,
    organised_until date,
    recorded_at    timestamptz NOT NULL,
    superseded_at  timestamptz,
    CONSTRAINT union_coverage_pkey PRIMARY KEY (federation_id, coverage_id),
    CONSTRAINT union_coverage_days_order CHECK (organised_until > organised_from),
    CONSTRAINT union_coverage_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE INDEX union_coverage_by_firm
    ON goutong.union_coverage (federation_id, firm_id, organised_from);

-- A firm met at a meeting, with what it said there. Status is frozen here for ever.
CREATE TABLE goutong.attendance (
    federation_id integer     NOT NULL,
    meeting_id    uuid        NOT NULL,
    revision      integer     NOT NULL,
    position      integer     NOT NULL,
    firm_id       uuid        NOT NULL,
    -- Of the meeting, carried here so that a firm's first contact is one narrow index scan.
    held_on       date        NOT NULL,
    area_id       integer     NOT NULL,
    union_status  text        NOT NULL,
    stated_uscc   text,
    stated_name   text,
    stated_area_id integer,
    parent        text,
    headcount     integer,
    headcount_band text,
    industry      text,
    attitude      text,
    questions     text[]      NOT NULL,
    next_step     text,
    next_step_due date,
    next_step_owner text,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT attendance_pkey PRIMARY KEY (federation_id, meeting_id, revision, firm_id),
    CONSTRAINT attendance_status_known CHECK (union_status IN (
        'unorganised', 'preparing', 'organised', 'joint', 'covered_by_parent', 'unknown')),
    CONSTRAINT attendance_band_known CHECK (
        headcount_band IN ('1-9', '10-24', '25-99', '100-499', '500+')),
    CONSTRAINT attendance_headcount_positive CHECK (headcount >= 0),
    CONSTRAINT attendance_attitude_known CHECK (
        attitude IN ('supportive', 'to_report', 'neutral', 'reluctant', 'opposed')),
    CONSTRAINT attendance_next_step_named CHECK (
        next_step IS NOT NULL OR (next_step_due IS NULL AND next_step_owner IS NULL)),
    CONSTRAINT attendance_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE INDEX attendance_by_firm ON goutong.attendance
    (federation_id, firm_id, held_on, meeting_id)
    INCLUDE (area_id, union_status, recorded_at, superseded_at);
CREATE INDEX attendance_by_day ON goutong.attendance (federation_id, held_on);

-- Dated steps of a firm; an intent voiced at a meeting is one, with its meeting.
CREATE TABLE goutong.milestone (
    federation_id integer     NOT NULL,
    milestone_id  uuid        NOT NULL,
    revision      integer     NOT NULL,
    firm_id       uuid        NOT NULL,
    kind          text        NOT NULL,
    happened_on   date        NOT NULL,
    meeting_id    uuid,
    -- True for an intent that is part of its meeting's document: it is corrected and voided with it.
    of_document   boolean     NOT NULL,
    intent_form   text,
    reference     text,
    union_name    text,
    union_form    text,
    members       integer,
    facts_hash    bytea       NOT NULL,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT milestone_pkey PRIMARY KEY (federation_id, milestone_id, revision),
    CONSTRAINT milestone_kind_known CHECK (kind IN (
        'visited', 'intent', 'preparatory_group', 'application', 'preparation_approved',
        'candidates_approved', 'elected', 'established', 'registered', 'joined_joint_union',
        'covered_by_parent', 'declined', 'lapsed', 'closed', 'moved_out')),
    CONSTRAINT milestone_intent_form_known CHECK (intent_form IN ('verbal', 'letter')),
    CONSTRAINT milestone_union_form_known CHECK (union_form IN ('single', 'joint')),
    CONSTRAINT milestone_document_has_meeting CHECK (NOT of_document OR meeting_id IS NOT NULL),
    CONSTRAINT milestone_members_positive CHECK (members >= 0),
    CONSTRAINT milestone_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE INDEX milestone_by_firm ON goutong.milestone
    (federation_id, firm_id, happened_on)
    INCLUDE (kind, milestone_id, recorded_at, superseded_at);
CREATE INDEX milestone_by_meeting ON goutong.milestone (federation_id, meeting_id)
    WHERE superseded_at IS NULL;

-- A listed applicant, without the person.
CREATE TABLE goutong.applicant (
    federation_id integer     NOT NULL,
    applicant_id  uuid        NOT NULL,
    meeting_id    uuid        NOT NULL,
    revision      integer     NOT NULL,
    -- The revision whose sealed person holds: a correction that gives the id alone changes nothing.
    person_revision integer   NOT NULL,
    position      integer     NOT NULL,
    channel       text,
    employer_firm_id uuid,
    employer_uscc text,
    employer_name text,
    categories    text[]      NOT NULL,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT applicant_pkey PRIMARY KEY (federation_id, applicant_id, revision),
    CONSTRAINT applicant_channel_known CHECK (channel IN ('paper', 'qr', 'app')),
    CONSTRAINT applicant_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE UNIQUE INDEX applicant_current ON goutong.applicant (federation_id, applicant_id)
    WHERE superseded_at IS NULL;
CREATE INDEX applicant_by_meeting ON goutong.applicant (federation_id, meeting_id, revision);

CREATE TABLE goutong.applicant_event (
    federation_id integer     NOT NULL,
    event_id      uuid        NOT NULL,
    applicant_id  uuid        NOT NULL,
    kind          text        NOT NULL,
    happened_on   date        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT applicant_event_pkey PRIMARY KEY (federation_id, event_id),
    CONSTRAINT applicant_event_kind_known CHECK (
        kind IN ('under_review', 'verified', 'admitted', 'rejected', 'withdrawn', 'duplicate')),
    CONSTRAINT applicant_event_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE INDEX applicant_event_by_applicant
    ON goutong.applicant_event (federation_id, applicant_id, happened_on);

-- Persons stand apart, sealed by the application (AES-256-GCM). Tags are keyed hashes for duplicates.
CREATE TABLE goutong.applicant_person (
    federation_id integer NOT NULL,
    applicant_id  uuid    NOT NULL,
    revision      integer NOT NULL,
    sealed        bytea   NOT NULL,
    mobile_tag    bytea,
    document_tag  bytea,
    consent_notice text   NOT NULL,
    consent_on    date    NOT NULL,
    consent_method text   NOT NULL,
    share_with_employer_union boolean NOT NULL,
    card_bank     boolean NOT NULL,
    CONSTRAINT applicant_person_pkey PRIMARY KEY (federation_id, applicant_id, revision),
    CONSTRAINT applicant_person_reachable CHECK (
        mobile_tag IS NOT NULL OR document_tag IS NOT NULL),
    CONSTRAINT applicant_person_method_known CHECK (
        consent_method IN ('signed', 'ticked', 'verbal'))
);
CREATE INDEX applicant_person_mobile ON goutong.applicant_person (federation_id, mobile_tag);
CREATE INDEX applicant_person_document ON goutong.applicant_person (federation_id, document_tag);

CREATE TABLE goutong.firm_contact (
    federation_id integer NOT NULL,
    meeting_id    uuid    NOT NULL,
    revision      integer NOT NULL,
    firm_id       uuid    NOT NULL,
    sealed        bytea   NOT NULL,
    CONSTRAINT firm_contact_pkey PRIMARY KEY (federation_id, meeting_id, revision, firm_id)
);

CREATE TABLE goutong.opinion (
    federation_id integer     NOT NULL,
    meeting_id    uuid        NOT NULL,
    revision      integer     NOT NULL,
    position      integer     NOT NULL,
    topic         text,
    opinion       text        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT opinion_pkey PRIMARY KEY (federation_id, meeting_id, revision, position),
    CONSTRAINT opinion_superseded_later CHECK (superseded_at > recorded_at)
);

-- A week declared without meetings: zero is not the same as silence.
CREATE TABLE goutong.no_meeting (
    federation_id integer     NOT NULL,
    area_id       integer     NOT NULL,
    week_start    date        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT no_meeting_pkey PRIMARY KEY (federation_id, area_id, week_start, recorded_at),
    CONSTRAINT no_meeting_superseded_later CHECK (superseded_at > recorded_at)
);
CREATE UNIQUE INDEX no_meeting_current ON goutong.no_meeting (federation_id, area_id, week_start)
    WHERE superseded_at IS NULL;

ALTER TABLE goutong.fixed_moment ADD CONSTRAINT fixed_moment_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.meeting_revision ADD CONSTRAINT meeting_revision_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.meeting ADD CONSTRAINT meeting_revision_fkey
    FOREIGN KEY (federation_id, meeting_id, revision) REFERENCES goutong.meeting_revision;
ALTER TABLE goutong.meeting ADD CONSTRAINT meeting_area_fkey
    FOREIGN KEY (area_id) REFERENCES goutong.area;
ALTER TABLE goutong.firm ADD CONSTRAINT firm_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
ALTER TABLE goutong.firm_identity ADD CONSTRAINT firm_identity_firm_fkey
    FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm;
ALTER TABLE goutong.firm_identity ADD CONSTRAINT firm_identity_area_fkey
    FOREIGN KEY (area_id) REFERENCES goutong.area;
ALTER TABLE goutong.firm_registration ADD CONSTRAINT firm_registration_firm_fkey
    FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm;
ALTER TABLE goutong.firm_registration ADD CONSTRAINT firm_registration_area_fkey
    FOREIGN KEY (area_id) REFERENCES goutong.area;
ALTER TABLE goutong.firm_merge ADD CONSTRAINT firm_merge_duplicate_fkey
    FOREIGN KEY (federation_id, duplicate_id) REFERENCES goutong.firm (federation_id, firm_id);
ALTER TABLE goutong.firm_merge ADD CONSTRAINT firm_merge_kept_fkey
    FOREIGN KEY (federation_id, kept_id) REFERENCES goutong.firm (federation_id, firm_id);
ALTER TABLE goutong.union_coverage ADD CONSTRAINT union_coverage_firm_fkey
    FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm;
ALTER TABLE goutong.attendance ADD CONSTRAINT attendance_meeting_fkey
    FOREIGN KEY (federation_id, meeting_id, revision) REFERENCES goutong.meeting;
ALTER TABLE goutong.attendance ADD CONSTRAINT attendance_firm_fkey
    FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm;
ALTER TABLE goutong.attendance ADD CONSTRAINT attendance_area_fkey
    FOREIGN KEY (area_id) REFERENCES goutong.area;
ALTER TABLE goutong.milestone ADD CONSTRAINT milestone_firm_fkey
    FOREIGN KEY (federation_id, firm_id) REFERENCES goutong.firm;
ALTER TABLE goutong.applicant ADD CONSTRAINT applicant_meeting_fkey
    FOREIGN KEY (federation_id, meeting_id, revision) REFERENCES goutong.meeting;
ALTER TABLE goutong.applicant ADD CONSTRAINT applicant_employer_fkey
    FOREIGN KEY (federation_id, employer_firm_id) REFERENCES goutong.firm (federation_id, firm_id);
ALTER TABLE goutong.applicant_person ADD CONSTRAINT applicant_person_applicant_fkey
    FOREIGN KEY (federation_id, applicant_id, revision) REFERENCES goutong.applicant;
ALTER TABLE goutong.firm_contact ADD CONSTRAINT firm_contact_attendance_fkey
    FOREIGN KEY (federation_id, meeting_id, revision, firm_id) REFERENCES goutong.attendance;
ALTER TABLE goutong.opinion ADD CONSTRAINT opinion_meeting_fkey
    FOREIGN KEY (federation_id, meeting_id, revision) REFERENCES goutong.meeting;
ALTER TABLE goutong.no_meeting ADD CONSTRAINT no_meeting_area_fkey
    FOREIGN KEY (area_id) REFERENCES goutong.area;
ALTER TABLE goutong.no_meeting ADD CONSTRAINT no_meeting_federation_fkey
    FOREIGN KEY (federation_id) REFERENCES goutong.federation;
