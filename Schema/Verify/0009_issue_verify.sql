-- Raises where a table is missing, where a report that was issued could be changed, or where anybody but the
-- operator reads what was printed.
SELECT federation_id, area_id, week_start, declaration, recorded_by, recorded_at, superseded_at
FROM goutong.week_declaration LIMIT 0;
SELECT federation_id, week_start, edition, replaces, reason, moment, definition_hash, preparer, reviewer, signer,
    recorded_at
FROM goutong.issued_report LIMIT 0;
SELECT federation_id, week_start, edition, format, language, content_hash, content, recorded_at
FROM goutong.issued_rendering LIMIT 0;
DO $$
BEGIN
    ASSERT to_regclass('goutong.no_meeting') IS NULL
        AND to_regclass('goutong.no_meeting_current') IS NOT NULL, 'weeks are declared twice';
    ASSERT (SELECT bool_and(c.relrowsecurity AND c.relforcerowsecurity) FROM pg_class c
            WHERE c.oid IN ('goutong.issued_report'::regclass, 'goutong.issued_rendering'::regclass)),
        'row-level security is not forced';
    ASSERT (SELECT count(*) = 4 FROM pg_policy p
            WHERE p.polrelid IN ('goutong.issued_report'::regclass, 'goutong.issued_rendering'::regclass)
              AND NOT p.polpermissive AND p.polroles = '{0}'
              AND ((p.polcmd = 'w' AND pg_get_expr(p.polwithcheck, p.polrelid) = 'false')
                OR (p.polcmd = 'd' AND pg_get_expr(p.polqual, p.polrelid) LIKE '%may_remove_issued%'))),
        'an issued report could be changed or deleted';
    ASSERT NOT has_any_column_privilege('goutong_figures', 'goutong.issued_rendering', 'SELECT')
        AND NOT has_table_privilege('goutong_reader', 'goutong.issued_report', 'SELECT'),
        'issued reports are the operator''s';
END
$$;
