-- The statements of one recording (Sources/OutreachStore/Recording/MeetingRecorder.swift) of a meeting with two new
-- firms on behalf of an account, as pgbench replays them in the same flights, prepared:
--   pgbench -n -M prepared -f record.pgbench.sql -D federation=… -D area=… -D district=… -D account=… \
--     -D token=…
-- Ids and names follow from one random number; hashes are of the same size as the real ones. The stamp is asked
-- for as it is in fact, but now() stands in its place: pgbench reads no answer inside a flight.
\set n random(1, 9000000000000000000)
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
\startpipeline
SET LOCAL ROLE goutong_service;
SELECT login FROM goutong.enter(:federation::integer, :account::uuid, NULL);
SELECT token_id FROM goutong.api_token
WHERE federation_id = :federation AND token_hash = decode(:token, 'hex') AND account_id = :account::uuid
  AND revoked_at IS NULL AND expires_at > clock_timestamp();
SET LOCAL ROLE goutong_recorder;
SELECT pg_advisory_xact_lock_shared(hashtextextended('goutong.ledger', :federation));
SELECT revision, recorded_at FROM goutong.meeting_revision
WHERE federation_id = :federation AND meeting_id = md5('meeting' || :n)::uuid AND revision IN (0, 1);
SELECT CASE WHEN w.uscc IS NOT NULL THEN coalesce(coded.firm_id, bare.firm_id)
            ELSE coalesce(bare.firm_id, namesake.firm_id) END,
       w.uscc IS NOT NULL AND coded.firm_id IS NULL AND bare.firm_id IS NOT NULL
FROM (SELECT * FROM unnest(ARRAY[NULL, NULL]::text[], ARRAY['示例物流 ' || :n, '示例科技 ' || :n],
                           ARRAY[:district::text, :district::text])
          WITH ORDINALITY AS u (uscc, folded_name, district_code, position)
      LIMIT 2) w
LEFT JOIN goutong.firm_identity coded
    ON coded.federation_id = :federation AND coded.uscc = w.uscc AND coded.superseded_at IS NULL
LEFT JOIN goutong.firm_identity bare
    ON bare.federation_id = :federation AND bare.district_code = w.district_code
    AND bare.folded_name = w.folded_name AND bare.uscc IS NULL AND bare.superseded_at IS NULL
LEFT JOIN LATERAL (
    SELECT min(i.firm_id::text)::uuid AS firm_id
    FROM goutong.firm_identity i
    WHERE i.federation_id = :federation AND i.district_code = w.district_code
      AND i.folded_name = w.folded_name AND i.uscc IS NOT NULL AND w.uscc IS NULL
      AND i.superseded_at IS NULL
    HAVING count(*) = 1
) namesake ON true
ORDER BY w.position;
SELECT greatest(clock_timestamp(), max(moment) + interval '1 microsecond')
FROM goutong.fixed_moment WHERE federation_id = :federation;
\endpipeline
\startpipeline
SELECT pg_advisory_xact_lock(key)
FROM (
    SELECT DISTINCT hashtextextended(k.name, :federation) AS key
    FROM (SELECT * FROM unnest(ARRAY[NULL, NULL]::text[], ARRAY['示例物流 ' || :n, '示例科技 ' || :n],
                               ARRAY[:district::text, :district::text])
              WITH ORDINALITY AS u (uscc, folded_name, district_code, position)
          LIMIT 2) w
    CROSS JOIN LATERAL (VALUES
        ('goutong.uscc/' || w.uscc),
        ('goutong.name/' || w.district_code || '/' || w.folded_name)) AS k (name)
    WHERE k.name IS NOT NULL
    ORDER BY key
) keys;
SELECT CASE WHEN w.uscc IS NOT NULL THEN coalesce(coded.firm_id, bare.firm_id)
            ELSE coalesce(bare.firm_id, namesake.firm_id) END,
       w.uscc IS NOT NULL AND coded.firm_id IS NULL AND bare.firm_id IS NOT NULL
FROM (SELECT * FROM unnest(ARRAY[NULL, NULL]::text[], ARRAY['示例物流 ' || :n, '示例科技 ' || :n],
                           ARRAY[:district::text, :district::text])
          WITH ORDINALITY AS u (uscc, folded_name, district_code, position)
      LIMIT 2) w
LEFT JOIN goutong.firm_identity coded
    ON coded.federation_id = :federation AND coded.uscc = w.uscc AND coded.superseded_at IS NULL
LEFT JOIN goutong.firm_identity bare
    ON bare.federation_id = :federation AND bare.district_code = w.district_code
    AND bare.folded_name = w.folded_name AND bare.uscc IS NULL AND bare.superseded_at IS NULL
LEFT JOIN LATERAL (
    SELECT min(i.firm_id::text)::uuid AS firm_id
    FROM goutong.firm_identity i
    WHERE i.federation_id = :federation AND i.district_code = w.district_code
      AND i.folded_name = w.folded_name AND i.uscc IS NOT NULL AND w.uscc IS NULL
      AND i.superseded_at IS NULL
    HAVING count(*) = 1
) namesake ON true
ORDER BY w.position;
SELECT greatest(clock_timestamp(), max(moment) + interval '1 microsecond')
FROM goutong.fixed_moment WHERE federation_id = :federation;
\endpipeline
INSERT INTO goutong.meeting_revision (federation_id, meeting_id, revision, facts_hash, persons_tag,
    voided_because, recorded_at, area_id, recorded_by)
VALUES (:federation, md5('meeting' || :n)::uuid, 1, sha256(convert_to('facts' || :n, 'UTF8')), NULL,
    NULL, now(), :area, :account::uuid)
ON CONFLICT DO NOTHING
RETURNING revision;
\startpipeline
INSERT INTO goutong.meeting (federation_id, meeting_id, revision, kind, held_on, ended_on, starts_at,
    ends_at, area_id, org_unit, venue_kind, venue_name, venue_project, format, dedicated_to, organisers,
    staff_names, staff_hours, attended, consulted, leaflets, questionnaires, approved_on_site,
    cards_issued, app_registrations, firms_counted, applications_paper, applications_qr,
    applications_app, applications_total, applications, notes, recorded_at)
VALUES (:federation, md5('meeting' || :n)::uuid, 1, 'enterprise', '2018-06-15', NULL, '14:00', '15:30',
    :area, NULL, 'building', '示例大厦三层会议室', NULL, 'group', NULL, ARRAY['示例街道总工会'],
    ARRAY['工会干部01'], ARRAY[2.5], 9, NULL, 30, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    0, NULL, now());
INSERT INTO goutong.firm (federation_id, firm_id, recorded_at)
VALUES (:federation, md5('first' || :n)::uuid, now());
INSERT INTO goutong.firm_identity (federation_id, firm_id, recorded_at, uscc, name, folded_name,
    district_code, area_id)
VALUES (:federation, md5('first' || :n)::uuid, now(), NULL, '北京示例物流有限公司 ' || :n,
    '示例物流 ' || :n, :district::text, :area);
INSERT INTO goutong.firm_registration (federation_id, registration_id, firm_id, area_id, registered_on,
    recorded_at)
VALUES (:federation, md5('first registration' || :n)::uuid, md5('first' || :n)::uuid, :area,
    '2018-06-15', now());
INSERT INTO goutong.attendance (federation_id, meeting_id, revision, position, firm_id, held_on,
    area_id, union_status, stated_uscc, stated_name, stated_area_id, parent, headcount, headcount_band,
    industry, attitude, questions, next_step, next_step_due, next_step_owner, recorded_at)
VALUES (:federation, md5('meeting' || :n)::uuid, 1, 0, md5('first' || :n)::uuid, '2018-06-15', :area,
    'unorganised', NULL, '北京示例物流有限公司 ' || :n, NULL, NULL, 180, '100-499', NULL, 'supportive',
    ARRAY['建会流程', '2%经费'], '报送筹备组名单', '2018-06-29', '工会干部01', now());
INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind, happened_on,
    meeting_id, of_document, intent_form, facts_hash, recorded_at)
VALUES (:federation, md5('intent' || :n)::uuid, 1, md5('first' || :n)::uuid, 'intent', '2018-06-15',
    md5('meeting' || :n)::uuid, true, 'letter', '', now());
INSERT INTO goutong.firm (federation_id, firm_id, recorded_at)
VALUES (:federation, md5('second' || :n)::uuid, now());
INSERT INTO goutong.firm_identity (federation_id, firm_id, recorded_at, uscc, name, folded_name,
    district_code, area_id)
VALUES (:federation, md5('second' || :n)::uuid, now(), NULL, '北京示例科技股份有限公司 ' || :n,
    '示例科技 ' || :n, :district::text, :area);
INSERT INTO goutong.firm_registration (federation_id, registration_id, firm_id, area_id, registered_on,
    recorded_at)
VALUES (:federation, md5('second registration' || :n)::uuid, md5('second' || :n)::uuid, :area,
    '2018-06-15', now());
INSERT INTO goutong.attendance (federation_id, meeting_id, revision, position, firm_id, held_on,
    area_id, union_status, stated_uscc, stated_name, stated_area_id, parent, headcount, headcount_band,
    industry, attitude, questions, next_step, next_step_due, next_step_owner, recorded_at)
VALUES (:federation, md5('meeting' || :n)::uuid, 1, 1, md5('second' || :n)::uuid, '2018-06-15', :area,
    'organised', NULL, '北京示例科技股份有限公司 ' || :n, NULL, NULL, 320, '100-499', NULL, NULL,
    ARRAY[]::text[], NULL, NULL, NULL, now());
INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
SELECT :federation, firm_id, now()
FROM unnest(ARRAY[md5('first' || :n)::uuid, md5('second' || :n)::uuid]) AS f (firm_id);
SELECT goutong.audit(:federation::integer, md5('audit' || :n)::uuid, :account::uuid, 'bench',
    'meeting.record', 'meeting', md5('meeting' || :n)::uuid::text, NULL, 'done', md5('request' || :n));
\endpipeline
COMMIT;
