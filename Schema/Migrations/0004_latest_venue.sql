-- The form opens with where the last meeting of its kind was held.

CREATE INDEX meeting_latest_of_kind ON goutong.meeting (federation_id, kind, recorded_at)
    WHERE superseded_at IS NULL;
