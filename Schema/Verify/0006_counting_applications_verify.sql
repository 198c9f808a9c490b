-- Raises where who counts cannot, or where everybody can, or where an index is missing.
DO $$
BEGIN
    ASSERT has_function_privilege(
        'goutong_figures', 'goutong.application_at(integer, timestamptz)', 'EXECUTE'),
        'goutong_figures may not count applications';
    ASSERT NOT EXISTS (
        SELECT FROM pg_proc p CROSS JOIN LATERAL aclexplode(p.proacl) g
        WHERE p.oid = 'goutong.application_at(integer, timestamptz)'::regprocedure AND g.grantee = 0),
        'everybody may count applications';
    ASSERT to_regclass('goutong.audit_link_by_time') IS NOT NULL
        AND to_regclass('goutong.area_by_code') IS NOT NULL
        AND to_regclass('goutong.area_by_district') IS NOT NULL, 'an index is missing';
END
$$;
