-- Raises where a table is missing, where what was stated could be changed, or where somebody sees too much of it.
SELECT federation_id, statement_id, revision, area_id, unit_code, figure, period_from, period_to, value, document,
    office, stated_on, voided_because, recorded_by, recorded_at
FROM goutong.declared_total LIMIT 0;
SELECT federation_id, statement_id, revision, area_id, unit_code, figure, period_from, period_to, value, document,
    office, stated_on, voided_because, recorded_by, recorded_at
FROM goutong.target LIMIT 0;
SELECT recorded_at, recorded_by FROM goutong.programme LIMIT 0;
DO $$
BEGIN
    ASSERT (SELECT bool_and(c.relrowsecurity AND c.relforcerowsecurity) FROM pg_class c
            WHERE c.oid IN ('goutong.declared_total'::regclass, 'goutong.target'::regclass)),
        'row-level security is not forced';
    ASSERT (SELECT count(*) = 4 FROM pg_policy p
            WHERE p.polrelid IN ('goutong.declared_total'::regclass, 'goutong.target'::regclass)
              AND NOT p.polpermissive AND p.polroles = '{0}'
              AND ((p.polcmd = 'w' AND pg_get_expr(p.polwithcheck, p.polrelid) = 'false')
                OR (p.polcmd = 'd' AND pg_get_expr(p.polqual, p.polrelid) LIKE '%may_remove_stated%'))),
        'what was stated could be changed or deleted';
    ASSERT NOT has_column_privilege('goutong_figures', 'goutong.declared_total', 'voided_because', 'SELECT')
        AND NOT has_table_privilege('goutong_recorder', 'goutong.target', 'UPDATE')
        AND NOT has_table_privilege('goutong_recorder', 'goutong.programme', 'UPDATE'),
        'rights on what was stated are too wide';
    ASSERT NOT (SELECT attnotnull FROM pg_attribute
                WHERE attrelid = 'goutong.programme_unit'::regclass AND attname = 'start_on'),
        'a comparison unit must start';
END
$$;
