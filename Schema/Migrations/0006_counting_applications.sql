-- Who counts may know that two applications are one person's, and when it consented; not the tags that say
-- so. And what each request pays: the areas of an account's unit, the audit's head at a moment.

-- Applications as known at a moment, without those found to be duplicates: the meeting's revision, the day of
-- the application (not older than the meeting; an erased person's consent is unknown), and the application
-- that stands for the same person: by the document's tag, else, where an application has no document, by
-- the mobile's. As the owner: nobody who counts reads persons.
CREATE FUNCTION goutong.application_at(p_federation integer, p_at timestamptz)
RETURNS TABLE (applicant_id uuid, meeting_id uuid, revision integer, joined_on date, first_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
#variable_conflict use_column
BEGIN
    IF NOT (goutong.is_operator()
        OR (p_federation = goutong.actor_federation() AND goutong.actor_may('figures')))
    THEN
        RAISE EXCEPTION 'not this actor''s figures' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    WITH application AS MATERIALIZED (
        SELECT x.applicant_id, x.meeting_id, x.revision, greatest(m.held_on, p.consent_on) AS joined_on,
               p.document_tag, p.mobile_tag
        FROM goutong.applicant x
        JOIN goutong.meeting m USING (federation_id, meeting_id, revision)
        LEFT JOIN goutong.applicant_person p ON p.federation_id = x.federation_id
            AND p.applicant_id = x.applicant_id AND p.revision = x.person_revision
        WHERE x.federation_id = p_federation
          AND x.recorded_at <= p_at AND (x.superseded_at IS NULL OR x.superseded_at > p_at)
          AND NOT EXISTS (
            SELECT FROM goutong.applicant_event e
            WHERE e.federation_id = p_federation AND e.applicant_id = x.applicant_id
              AND e.kind = 'duplicate' AND e.recorded_at <= p_at
              AND (e.superseded_at IS NULL OR e.superseded_at > p_at))
    )
    SELECT a.applicant_id, a.meeting_id, a.revision, a.joined_on,
        CASE
            WHEN a.document_tag IS NOT NULL THEN
                first_value(a.applicant_id) OVER (PARTITION BY a.document_tag ORDER BY a.applicant_id)
            WHEN a.mobile_tag IS NOT NULL THEN
                first_value(a.applicant_id) OVER (
                    PARTITION BY a.mobile_tag ORDER BY a.document_tag IS NULL, a.applicant_id)
            ELSE a.applicant_id
        END
    FROM application a;
END
$$;
REVOKE EXECUTE ON FUNCTION goutong.application_at(integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION goutong.application_at(integer, timestamptz) TO goutong_figures;

CREATE INDEX area_by_code ON goutong.area (code);
CREATE INDEX area_by_district ON goutong.area (district_code);

-- Versions of areas below a unit of the union tree: those with its codes, and those that others have become
-- by now: from those of its versions that nothing has followed, back along the successions.
CREATE OR REPLACE FUNCTION goutong.unit_areas(p_federation integer, p_unit text)
RETURNS integer[]
LANGUAGE sql STABLE SET search_path = pg_catalog
AS $$
    WITH RECURSIVE subtree (code, area_code, path) AS (
        SELECT u.code, u.area_code, ARRAY[u.code] FROM goutong.org_unit u
        WHERE u.federation_id = p_federation AND u.code = p_unit
        UNION ALL
        SELECT u.code, u.area_code, s.path || u.code
        FROM subtree s JOIN goutong.org_unit u
            ON u.federation_id = p_federation AND u.parent_code = s.code
        WHERE u.code <> ALL (s.path)
    ), below AS (
        SELECT a.area_id FROM goutong.area a
        WHERE a.code = ANY (ARRAY(SELECT s.area_code FROM subtree s))
        UNION
        SELECT a.area_id FROM goutong.area a
        WHERE a.district_code = ANY (ARRAY(
            SELECT s.area_code FROM subtree s WHERE length(s.area_code) = 6))
    ), earlier (area_id, steps) AS (
        SELECT b.area_id, 0 FROM below b
        WHERE NOT EXISTS (
            SELECT FROM goutong.area_succession s
            WHERE s.from_area_id = b.area_id AND s.is_primary AND s.changed_on <= current_date)
        UNION
        SELECT s.from_area_id, e.steps + 1
        FROM earlier e JOIN goutong.area_succession s ON s.to_area_id = e.area_id AND s.is_primary
        WHERE s.changed_on <= current_date AND e.steps < 50
    )
    SELECT coalesce(array_agg(u.area_id ORDER BY u.area_id), '{}')
    FROM (SELECT b.area_id FROM below b UNION SELECT e.area_id FROM earlier e) u
$$;

-- For `audit_head_at`, which looked at every link that is younger.
CREATE INDEX audit_link_by_time ON goutong.audit_link (federation_id, sealed_at, "position");
CREATE OR REPLACE FUNCTION goutong.audit_head_at(p_federation integer, p_at timestamptz)
RETURNS TABLE ("position" bigint, code bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
    SELECT l.position, l.code FROM goutong.audit_link l
    WHERE l.federation_id = p_federation AND l.sealed_at <= p_at
    ORDER BY l.sealed_at DESC, l.position DESC LIMIT 1
$$;
