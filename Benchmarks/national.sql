-- A national federation for the benchmark, drawn from a seed: no row of it was measured anywhere.
--
--   psql -v ON_ERROR_STOP=1 -v scale=1 -v seed=1 -f Benchmarks/national.sql
--
-- On a migrated database, as its owner, in one transaction. At scale 1: 40,000 townships in 2,858 districts and 115
-- cities, 104 weeks from 2017-01-02, 1,000,000 firms, 1,000,000 enterprise and 340,000 worker meetings, 2,000,000
-- attendances, 300,000 intents and what followed from them. At scale 10 ten times the firms and what they do, in the same
-- townships and weeks. Some meetings are entered late, one in fifty is corrected once. Journeys are queued, not
-- derived.
--
-- Rows go in by set, in key order, into tables whose further indexes and foreign keys come afterwards: what COPY
-- would do, without a file in between.

\set ON_ERROR_STOP on
\timing off
BEGIN;
SET LOCAL work_mem = '256MB';
SET LOCAL maintenance_work_mem = '1GB';
SET LOCAL synchronous_commit = off;
SELECT set_config('national.seed', :'seed', true) AS seed \gset
SELECT (1000000 * :scale)::bigint AS firms, (1000000 * :scale)::bigint AS enterprise, (340000 * :scale)::bigint AS worker,
       (25 * :scale)::bigint AS firms_each, (300000 * :scale)::bigint AS intents \gset

CREATE SCHEMA national;

-- A number in [0, 1) that depends on the seed, the row and what it is drawn for.
CREATE FUNCTION national.draw(p_row bigint, p_what integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT (hashint8extended(p_row, current_setting('national.seed')::bigint * 1000 + p_what)
            & 9007199254740991) / 9007199254740992.0::double precision
$$;

-- Ids in row order, as those that devices mint are nearly in the order of time.
CREATE FUNCTION national.id(p_kind integer, p_row bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (lpad(to_hex(p_kind), 8, '0') || '00007000' || '8000' || lpad(to_hex(p_row), 12, '0'))::uuid $$;

-- What the tables are without: kept to be put back.
CREATE TEMP TABLE apart ON COMMIT DROP AS
SELECT 2 AS turn, c.conrelid::regclass AS on_table, c.conname AS name,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
           AS put_back
FROM pg_constraint c
WHERE c.contype = 'f' AND c.conrelid = ANY (ARRAY[
    'goutong.meeting', 'goutong.meeting_revision', 'goutong.firm', 'goutong.firm_identity', 'goutong.firm_registration',
    'goutong.union_coverage', 'goutong.attendance', 'goutong.milestone', 'goutong.applicant',
    'goutong.applicant_event']::regclass[])
UNION ALL
SELECT 1, i.indrelid::regclass, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i
WHERE NOT i.indisprimary AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
  AND i.indrelid = ANY (ARRAY[
    'goutong.meeting', 'goutong.firm_identity', 'goutong.firm_registration', 'goutong.union_coverage',
    'goutong.attendance', 'goutong.milestone', 'goutong.applicant', 'goutong.applicant_event']::regclass[]);
SELECT CASE turn WHEN 2 THEN format('ALTER TABLE %s DROP CONSTRAINT %I', on_table, name)
                 ELSE 'DROP INDEX ' || name END
FROM apart ORDER BY turn DESC \gexec

-- The map and the union tree -------------------------------------------------------------------------

CREATE TEMP TABLE township ON COMMIT DROP AS
SELECT n, 1000000 + n AS area_id, '9' || lpad((n / 14)::text, 5, '0') AS district_code,
       '9' || lpad((n / 14)::text, 5, '0') || lpad((n % 14 + 1)::text, 3, '0') AS code, n / 350 AS city
FROM generate_series(0, 39999) n;

INSERT INTO goutong.area (area_id, code, level, kind, name, district_code, district_name, pinyin, initials, valid_from,
    source)
SELECT 2000000 + d, code, 'district', 'district', '示例' || d || '区', code, '示例' || d || '区', 'shili', 'sl',
       date '2010-01-01', 'benchmark, invented'
FROM (SELECT DISTINCT n / 14 AS d, district_code AS code FROM township) s
UNION ALL
SELECT area_id, code, 'township', 'town', '示例' || n || '镇', district_code, '示例' || n / 14 || '区', 'shili', 'sl',
       date '2010-01-01', 'benchmark, invented'
FROM township;

INSERT INTO goutong.federation (federation_id, code, name_zh, name_en, synthetic, since)
SELECT coalesce(max(federation_id), 0) + 1, 'national', '示例全国总工会', 'Synthetic national federation', true,
       date '2017-01-02'
FROM goutong.federation;
SELECT federation_id AS federation FROM goutong.federation WHERE code = 'national' \gset

INSERT INTO goutong.org_unit (federation_id, code, parent_code, kind, name, area_code, valid_from)
SELECT :federation, code, parent, kind, code, area_code, date '2010-01-01'
FROM (
    SELECT 'CN' AS code, NULL AS parent, 'municipal_federation' AS kind, NULL AS area_code
    UNION ALL
    SELECT DISTINCT 'CN-' || city, 'CN', 'municipal_federation', NULL FROM township
    UNION ALL
    SELECT DISTINCT 'CN-' || district_code, 'CN-' || city, 'district_federation', district_code FROM township
    UNION ALL
    SELECT 'CN-' || code, 'CN-' || district_code, 'township_federation', code FROM township
) unit;

-- Firms ----------------------------------------------------------------------------------------------

INSERT INTO goutong.firm (federation_id, firm_id, recorded_at)
SELECT :federation, national.id(1, f), timestamptz '2017-01-01 00:00+08'
FROM generate_series(0, :firms - 1) f;

INSERT INTO goutong.firm_identity (federation_id, firm_id, recorded_at, uscc, name, folded_name, district_code, area_id)
SELECT :federation, national.id(1, f), timestamptz '2017-01-01 00:00+08',
       '91' || t.district_code || lpad(f::text, 9, '0') || 'X', '示例企业' || f || '号', '示例企业' || f || '号',
       t.district_code, t.area_id
FROM generate_series(0, :firms - 1) f JOIN township t ON t.n = f / :firms_each;

INSERT INTO goutong.firm_registration (federation_id, registration_id, firm_id, area_id, registered_on, recorded_at)
SELECT :federation, national.id(2, f), national.id(1, f), t.area_id,
       date '2010-01-01' + (national.draw(f, 1) * 2500)::integer, timestamptz '2017-01-01 00:00+08'
FROM generate_series(0, :firms - 1) f JOIN township t ON t.n = f / :firms_each;

INSERT INTO goutong.union_coverage (federation_id, coverage_id, firm_id, organised_from, recorded_at)
SELECT :federation, national.id(3, f), national.id(1, f), date '2010-01-01' + (national.draw(f, 2) * 3200)::integer,
       timestamptz '2017-01-01 00:00+08'
FROM generate_series(0, :firms - 1) f WHERE national.draw(f, 3) < 0.05;

-- Meetings -------------------------------------------------------------------------------------------

-- One in twenty is entered up to forty days late, one in fifty corrected a few days after its entry.
CREATE TEMP TABLE held ON COMMIT DROP AS
SELECT m, m < :enterprise AS enterprise, national.id(4, m) AS meeting_id,
       (national.draw(m, 4) * 40000)::integer % 40000 AS n, day AS held_on,
       day + interval '18 hours' + (m % 3600) * interval '1 second'
           + CASE WHEN national.draw(m, 6) < 0.05 THEN (national.draw(m, 7) * 40)::integer ELSE 0 END * interval '1 day'
           AS recorded_at,
       CASE WHEN national.draw(m, 8) < 0.02 THEN 2 ELSE 1 END AS revisions
FROM generate_series(0, :enterprise + :worker - 1) m
CROSS JOIN LATERAL (SELECT date '2017-01-02' + (national.draw(m, 5) * 728)::integer % 728 AS day) d;

CREATE TEMP TABLE written ON COMMIT DROP AS
SELECT h.m, h.enterprise, h.meeting_id, t.area_id, t.n, h.held_on, r AS revision,
       h.recorded_at + CASE r WHEN 2 THEN interval '3 days' ELSE interval '0' END AS recorded_at,
       CASE WHEN r < h.revisions THEN h.recorded_at + interval '3 days' END AS superseded_at
FROM held h JOIN township t USING (n) CROSS JOIN LATERAL generate_series(1, h.revisions) r;

INSERT INTO goutong.meeting_revision (federation_id, meeting_id, revision, facts_hash, area_id, recorded_at)
SELECT :federation, meeting_id, revision, sha256(int8send(m * 2 + revision)), area_id, recorded_at
FROM written ORDER BY meeting_id, revision;

INSERT INTO goutong.meeting (federation_id, meeting_id, revision, kind, held_on, area_id, venue_kind, organisers,
    staff_names, staff_hours, consulted, applications_total, applications, recorded_at, superseded_at)
SELECT :federation, meeting_id, revision, CASE WHEN enterprise THEN 'enterprise' ELSE 'worker' END, held_on, area_id,
       (ARRAY['community', 'building', 'park', 'market', 'site'])[1 + m % 5], '{}', '{}', '{}',
       CASE WHEN enterprise THEN NULL ELSE 30 END, applied, coalesce(applied, 0), recorded_at, superseded_at
FROM written
CROSS JOIN LATERAL (
    SELECT CASE WHEN NOT enterprise THEN (national.draw(m, 9) * 36)::integer END AS applied) a
ORDER BY meeting_id, revision;

-- Two firms of the township at each enterprise meeting, about what the pilot had; one in thirty comes from anywhere.
INSERT INTO goutong.attendance (federation_id, meeting_id, revision, position, firm_id, held_on, area_id, union_status,
    headcount_band, questions, recorded_at, superseded_at)
SELECT :federation, w.meeting_id, w.revision, p, national.id(1, a.firm), w.held_on, w.area_id,
       CASE WHEN a.said < 0.80 THEN 'unorganised' WHEN a.said < 0.85 THEN 'preparing' WHEN a.said < 0.94 THEN 'organised'
            WHEN a.said < 0.96 THEN 'joint' WHEN a.said < 0.98 THEN 'covered_by_parent' ELSE 'unknown' END,
       (ARRAY['1-9', '10-24', '25-99', '100-499', '500+'])[1 + a.firm % 5], '{}', w.recorded_at, w.superseded_at
FROM written w CROSS JOIN generate_series(0, 1) p
CROSS JOIN LATERAL (
    SELECT CASE WHEN national.draw(w.m * 2 + p, 10) < 1 / 30.0
           THEN (national.draw(w.m * 2 + p, 11) * :firms)::bigint % :firms
           ELSE w.n::bigint * :firms_each
               + ((national.draw(w.m, 12) * :firms_each)::integer + p * :firms_each / 2) % :firms_each END AS firm,
           national.draw(w.m * 2 + p, 13) AS said) a
WHERE w.enterprise
ORDER BY w.meeting_id, w.revision
ON CONFLICT DO NOTHING;

-- What followed --------------------------------------------------------------------------------------

-- Of the firms that were met, in an order of their own: enough for 300,000 intents, one in ten before the first
-- meeting. A third applies, six in ten of those are established.
CREATE TEMP TABLE intended ON COMMIT DROP AS
SELECT f.firm_id, row_number() OVER () AS k,
       f.met + CASE WHEN draw < 0.1 THEN -30 ELSE (draw * draw * 150)::integer END AS happened_on
FROM (
    SELECT t.firm_id, min(t.held_on) AS met, hashtextextended(t.firm_id::text, 14 + :seed) AS place
    FROM goutong.attendance t WHERE t.federation_id = :federation AND t.superseded_at IS NULL
    GROUP BY t.firm_id ORDER BY place LIMIT :intents
) f CROSS JOIN LATERAL (SELECT national.draw(f.place, 15) AS draw) d;

INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind, happened_on, of_document,
    facts_hash, recorded_at)
SELECT :federation, national.id(5, k * 8 + turn), 1, firm_id, kind, day, false, sha256(int8send(k * 8 + turn)),
       greatest(day, date '2017-01-02') + interval '20 hours'
FROM (
    SELECT k, firm_id, 0 AS turn, 'intent' AS kind, happened_on AS day FROM intended
    UNION ALL
    SELECT k, firm_id, 1, CASE WHEN k % 2 = 0 THEN 'lapsed' ELSE 'declined' END, happened_on + (k % 60)::integer
    FROM intended WHERE national.draw(k, 16) < 0.1
    UNION ALL
    SELECT k, firm_id, 2, 'application', happened_on + (national.draw(k, 17) * 50)::integer
    FROM intended WHERE national.draw(k, 18) < 0.33
    UNION ALL
    SELECT k, firm_id, 3, 'established', happened_on + (5 + national.draw(k, 17) * 90)::integer
    FROM intended WHERE national.draw(k, 18) < 0.2
    UNION ALL
    SELECT k, firm_id, 4, (ARRAY['joined_joint_union', 'covered_by_parent', 'closed', 'moved_out'])[1 + k % 4],
           happened_on + (k % 90)::integer
    FROM intended WHERE national.draw(k, 19) < 0.1
) step
ORDER BY k, turn;

-- One listed applicant at each worker meeting, of whom half are verified and a third admitted.
INSERT INTO goutong.applicant (federation_id, applicant_id, meeting_id, revision, person_revision, position, channel,
    categories, recorded_at, superseded_at)
SELECT :federation, national.id(6, m), meeting_id, revision, 1, 0, 'paper', '{}', recorded_at, superseded_at
FROM written WHERE NOT enterprise ORDER BY meeting_id, revision;
INSERT INTO goutong.applicant_event (federation_id, event_id, applicant_id, kind, happened_on, recorded_at)
SELECT :federation, national.id(7, m * 2 + turn), national.id(6, m), kind, held_on + 7 * turn,
       recorded_at + 7 * turn * interval '1 day'
FROM held CROSS JOIN (VALUES (1, 'verified', 0.5), (2, 'admitted', 0.33)) AS v (turn, kind, share)
WHERE NOT enterprise AND national.draw(m, 20) < share
ORDER BY m, turn;

-- Announced as writers announce them: at the last stamp that touched them.
INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
SELECT :federation, firm_id, max(stamp)
FROM (
    SELECT firm_id, greatest(max(recorded_at), max(superseded_at)) AS stamp FROM goutong.attendance
    WHERE federation_id = :federation GROUP BY firm_id
    UNION ALL
    SELECT firm_id, max(recorded_at) FROM goutong.milestone WHERE federation_id = :federation GROUP BY firm_id
) touched
GROUP BY firm_id;

SELECT put_back FROM apart ORDER BY turn \gexec
DROP SCHEMA national CASCADE;
COMMIT;
VACUUM (ANALYZE) goutong.area, goutong.org_unit, goutong.firm, goutong.firm_identity, goutong.firm_registration,
    goutong.union_coverage, goutong.meeting, goutong.meeting_revision, goutong.attendance, goutong.milestone,
    goutong.applicant, goutong.applicant_event, goutong.journey_queue;
