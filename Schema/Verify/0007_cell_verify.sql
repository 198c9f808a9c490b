-- Raises where cells are missing, where anybody else reads them, or where a drain would leave them as they are.
DO $$
BEGIN
    ASSERT (SELECT relrowsecurity AND relforcerowsecurity FROM pg_class
            WHERE oid = 'goutong.cell'::regclass), 'cells are not under row-level security';
    ASSERT has_table_privilege('goutong_figures', 'goutong.cell', 'SELECT')
        AND NOT has_table_privilege('goutong_reader', 'goutong.cell', 'SELECT')
        AND NOT has_table_privilege('goutong_figures', 'goutong.cell', 'UPDATE'),
        'cells are for counting alone';
    ASSERT has_function_privilege('goutong_figures', 'goutong.cell_correction(integer, timestamptz, date, date, integer[])',
        'EXECUTE'), 'goutong_figures may not correct cells';
    ASSERT (SELECT prosecdef AND prosrc LIKE '%goutong.cell %' FROM pg_proc
            WHERE oid = 'goutong.drain_journeys(integer, integer)'::regprocedure),
        'draining leaves the cells as they are, or runs under a caller''s policies';
    ASSERT to_regclass('goutong.cell_by_week') IS NOT NULL
        AND to_regclass('goutong.journey_by_area') IS NOT NULL
        AND to_regclass('goutong.journey_converter') IS NOT NULL
        AND to_regclass('goutong.meeting_by_area') IS NOT NULL
        AND to_regclass('goutong.attendance_by_area') IS NOT NULL
        AND to_regclass('goutong.firm_identity_by_area') IS NOT NULL
        AND to_regclass('goutong.attendance_due') IS NOT NULL, 'an index is missing';
    ASSERT goutong.monday('2018-12-30') = '2018-12-24' AND goutong.monday('2018-12-31') = '2018-12-31',
        'weeks do not begin on Mondays';
END
$$;
