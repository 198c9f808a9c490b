-- The full recording of a meeting with two known firms on behalf of an account, with or without its announcement to
-- the journeys (`derive` 1 or 0), in the flights of Sources/OutreachStore/Recording/MeetingRecorder.swift:
--   pgbench -n -M prepared -f derivation.pgbench.sql -D derive=1 -D federation=… -D area=… -D account=… -D token=… \
--     -D firms=…
-- The two firms are drawn from the first `firms` of the national data set (national.sql): many for a load that is
-- spread, few for a hot one.
\set n random(1, 9000000000000000000)
\set first random(0, :firms - 2)
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
SELECT firm_id, uscc FROM goutong.firm_identity
WHERE federation_id = :federation AND superseded_at IS NULL
  AND firm_id IN (('00000001000070008000' || lpad(to_hex(:first::bigint), 12, '0'))::uuid,
                  ('00000001000070008000' || lpad(to_hex(:first::bigint + 1), 12, '0'))::uuid);
SELECT greatest(clock_timestamp(), max(moment) + interval '1 microsecond')
FROM goutong.fixed_moment WHERE federation_id = :federation;
\endpipeline
\startpipeline
SELECT firm_id FROM goutong.firm
WHERE federation_id = :federation
  AND firm_id IN (('00000001000070008000' || lpad(to_hex(:first::bigint), 12, '0'))::uuid,
                  ('00000001000070008000' || lpad(to_hex(:first::bigint + 1), 12, '0'))::uuid)
ORDER BY firm_id FOR NO KEY UPDATE;
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
INSERT INTO goutong.meeting (federation_id, meeting_id, revision, kind, held_on, starts_at, ends_at, area_id,
    venue_kind, venue_name, format, organisers, staff_names, staff_hours, attended, leaflets, applications,
    recorded_at)
VALUES (:federation, md5('meeting' || :n)::uuid, 1, 'enterprise', '2018-06-15', '14:00', '15:30', :area,
    'building', '示例大厦三层会议室', 'group', ARRAY['示例街道总工会'], ARRAY['工会干部01'], ARRAY[2.5], 9, 30, 0,
    now());
INSERT INTO goutong.attendance (federation_id, meeting_id, revision, position, firm_id, held_on, area_id,
    union_status, stated_name, headcount, headcount_band, attitude, questions, next_step, next_step_due,
    next_step_owner, recorded_at)
VALUES (:federation, md5('meeting' || :n)::uuid, 1, 0,
    ('00000001000070008000' || lpad(to_hex(:first::bigint), 12, '0'))::uuid, '2018-06-15', :area, 'unorganised',
    '北京示例物流有限公司 ' || :n, 180, '100-499', 'supportive', ARRAY['建会流程', '2%经费'], '报送筹备组名单',
    '2018-06-29', '工会干部01', now());
INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind, happened_on,
    meeting_id, of_document, intent_form, facts_hash, recorded_at)
VALUES (:federation, md5('intent' || :n)::uuid, 1,
    ('00000001000070008000' || lpad(to_hex(:first::bigint), 12, '0'))::uuid, 'intent', '2018-06-15',
    md5('meeting' || :n)::uuid, true, 'letter', '', now());
INSERT INTO goutong.attendance (federation_id, meeting_id, revision, position, firm_id, held_on, area_id,
    union_status, stated_name, headcount, headcount_band, questions, recorded_at)
VALUES (:federation, md5('meeting' || :n)::uuid, 1, 1,
    ('00000001000070008000' || lpad(to_hex(:first::bigint + 1), 12, '0'))::uuid, '2018-06-15', :area, 'organised',
    '北京示例科技股份有限公司 ' || :n, 320, '100-499', ARRAY[]::text[], now());
\if :derive
INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
SELECT :federation, firm_id, now()
FROM unnest(ARRAY[('00000001000070008000' || lpad(to_hex(:first::bigint), 12, '0'))::uuid,
                  ('00000001000070008000' || lpad(to_hex(:first::bigint + 1), 12, '0'))::uuid]) AS f (firm_id);
\endif
SELECT goutong.audit(:federation::integer, md5('audit' || :n)::uuid, :account::uuid, 'bench',
    'meeting.record', 'meeting', md5('meeting' || :n)::uuid::text, NULL, 'done', md5('request' || :n));
\endpipeline
COMMIT;
