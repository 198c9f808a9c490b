-- Raises where the index of the latest meetings is missing or is no longer of the current ones alone.
DO $$
BEGIN
    ASSERT (SELECT count(*) FROM pg_index i
            WHERE i.indexrelid = to_regclass('goutong.meeting_latest_of_kind')
              AND i.indisvalid AND i.indpred IS NOT NULL) = 1,
        'meeting_latest_of_kind is missing';
END
$$;
