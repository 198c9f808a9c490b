-- Raises where a table, column or rule of migration 1 is missing.
SELECT federation_id, code, name_zh, name_en, synthetic, since, key_check FROM goutong.federation WHERE false;
SELECT area_id, code, level, kind, name, district_code, valid_from, valid_to FROM goutong.area WHERE false;
SELECT area_id, alias FROM goutong.area_alias WHERE false;
SELECT from_area_id, to_area_id, changed_on, is_primary FROM goutong.area_succession WHERE false;
SELECT federation_id, code, parent_code, area_code FROM goutong.org_unit WHERE false;
SELECT federation_id, programme_code, area_id, arm, start_on FROM goutong.programme_unit WHERE false;
DO $$
BEGIN
    ASSERT (SELECT count(*) FROM pg_constraint WHERE conname = 'area_no_overlap' AND contype = 'x') = 1,
        'area_no_overlap is missing';
END
$$;
