-- Raises where the derivation of journeys is not in place.
SELECT * FROM goutong.journey_of(-1, 'infinity', NULL) WHERE false;
SELECT * FROM goutong.journey_at(-1, 'infinity') WHERE false;
SELECT * FROM goutong.area_on(current_date) WHERE false;
SELECT federation_id, firm_id, recorded_at FROM goutong.journey_queue WHERE false;
DO $$
BEGIN
    ASSERT goutong.drain_journeys(-1, 1) = 0, 'an empty queue must drain to 0';
END
$$;
