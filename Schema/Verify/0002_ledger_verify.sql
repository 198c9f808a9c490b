-- Raises where the ledger lost a table, a current-row rule, or a key that does not lead with the federation.
SELECT federation_id, meeting_id, revision, facts_hash, recorded_at FROM goutong.meeting_revision WHERE false;
SELECT federation_id, meeting_id, revision, applications, superseded_at FROM goutong.meeting WHERE false;
SELECT federation_id, firm_id, uscc, folded_name, district_code FROM goutong.firm_identity WHERE false;
SELECT federation_id, firm_id, held_on, union_status, superseded_at FROM goutong.attendance WHERE false;
SELECT federation_id, milestone_id, kind, happened_on, superseded_at FROM goutong.milestone WHERE false;
SELECT federation_id, applicant_id, sealed, mobile_tag FROM goutong.applicant_person WHERE false;
DO $$
DECLARE
    v_bad text;
BEGIN
    ASSERT (SELECT count(*) FROM pg_class WHERE relkind = 'i' AND relnamespace = 'goutong'::regnamespace
            AND relname IN ('meeting_current', 'firm_identity_current', 'firm_identity_uscc_key',
                            'firm_identity_uncoded_name_key', 'firm_merge_current',
                            'applicant_current', 'no_meeting_current')) = 7,
        'an index that keeps one current row is missing';
    SELECT string_agg(i.indexrelid::regclass::text, ', ') INTO v_bad
    FROM pg_index i
    JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'federation_id'
    WHERE t.relnamespace = 'goutong'::regnamespace AND i.indisunique
      AND i.indkey[0] <> a.attnum AND t.relname <> 'federation';
    ASSERT v_bad IS NULL, 'keys that do not begin with federation_id: ' || v_bad;
END
$$;
