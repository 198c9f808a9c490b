-- Raises where a table, its index or its forced row-level security is missing.
SELECT federation_id, firm_id, headcount, headcount_band, industry, recorded_at, superseded_at
FROM goutong.firm_profile LIMIT 0;
SELECT federation_id, import_id, kind, file_hash, rows_good, began_at, finished_at
FROM goutong.import_run LIMIT 0;
DO $$
BEGIN
    ASSERT to_regclass('goutong.firm_profile_current') IS NOT NULL, 'an index is missing';
    ASSERT (SELECT bool_and(c.relrowsecurity AND c.relforcerowsecurity) FROM pg_class c
            WHERE c.oid IN ('goutong.firm_profile'::regclass, 'goutong.import_run'::regclass)),
        'row-level security is not forced';
END
$$;
