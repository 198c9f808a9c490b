DO $$
DECLARE
    v_bare text;
BEGIN
    SELECT string_agg(c.relname, ', ') INTO v_bare
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'goutong' AND c.relkind IN ('r', 'p')
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'federation_id')
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity);
    IF v_bare IS NOT NULL THEN
        RAISE EXCEPTION 'without forced row-level security: %', v_bare;
    END IF;
    IF EXISTS (SELECT FROM goutong.role_right a JOIN goutong.role_right b USING (role)
               WHERE a.right_name = 'accounts' AND b.right_name <> 'accounts') THEN
        RAISE EXCEPTION 'an administrator may do more than administer';
    END IF;
END
$$;
SELECT federation_id, account_id, login, role, unit_code, password, failures, locked_until, disabled_at
FROM goutong.account LIMIT 0;
SELECT federation_id, position, entry_id, code, sealed_at FROM goutong.audit_link LIMIT 0;
SELECT area_id, recorded_by FROM goutong.meeting_revision LIMIT 0;
SELECT * FROM goutong.enter(0, '00000000-0000-0000-0000-000000000000', NULL);
SELECT reason, duplicate_of, recorded_by FROM goutong.applicant_event LIMIT 0;
SELECT applicant_id, matched FROM goutong.applicant_duplicates(0, '00000000-0000-0000-0000-000000000000');
SELECT * FROM goutong.retention_due(0, '2018-01-01', 0);
