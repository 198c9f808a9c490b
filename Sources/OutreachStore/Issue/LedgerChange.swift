public import Foundation
public import Outreach
public import PostgresClient

/// Something that was recorded, corrected or taken back after a moment: a possible cause of a figure that moved.
public struct LedgerChange: Hashable, Sendable {
    /// Raw values are printed.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A meeting that was recorded for the first time.
        case entry
        case correction
        case void
        case milestone
        case milestoneVoid = "milestone_void"
        case merge
        case unmerge
        /// A decision on an application.
        case application
        case applicationUndone = "application_undone"
        /// A unit's declaration of its week, or the end of one.
        case declaration
        /// A firm's days in the union register.
        case coverage
        /// A firm's name, code or area, or where it is registered.
        case firm
        /// A report of an earlier week that was issued: what is late is counted from the last one.
        case issue
        /// A target that was set, set anew or taken back.
        case target
    }

    /// When it was recorded.
    public let moment: PostgresTimestamp
    public let kind: Kind
    /// Of the fact itself: a meeting's, milestone's, merge's or event's id; nil where it has none.
    public let id: UUID?
    public let meeting: MeetingID?
    public let firm: FirmID?
    /// Code of the area that it is about, where it is about one.
    public let area: String?
    /// The day of the fact: of a meeting, a milestone, a decision.
    public let day: Day?
    /// The kind of milestone or decision, what a unit declared, the reason of a void.
    public let detail: String?
    /// Whether it only adds a fact of its day that places no earlier one, and neither ends nor replaces any.
    let isAddition: Bool
    /// Whether it happened in the areas that the report is of, or to a firm that is met or registered there.
    public let isHere: Bool
}

/// Reads what happened to the ledger between two moments.
struct LedgerChangeReader: Sendable {
    let federation: Federation
    let week: Week
    /// Versions of the areas that the report is of; nil: everywhere.
    var within: [Int]?

    /// In order of their moments. Firms' names and registrations that came with a meeting's document are left out:
    /// the meeting stands for them.
    func changes(
        after: PostgresTimestamp, upTo: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> [LedgerChange] {
        try await connection.query(sql(after, upTo)).map { row throws(PostgresError) in
            let (moment, kind, id, meeting, firm, area, day, detail, isAddition, isHere) = try row.decode(
                (
                    PostgresTimestamp, LedgerChange.Kind, UUID?, MeetingID?, FirmID?, String?, Day?, String?,
                    Bool, Bool
                ).self)
            return LedgerChange(
                moment: moment, kind: kind, id: id, meeting: meeting, firm: firm, area: area, day: day,
                detail: detail, isAddition: isAddition, isHere: isHere)
        }
    }

    private func sql(_ after: PostgresTimestamp, _ upTo: PostgresTimestamp) -> SQL {
        let own: SQL = "federation_id = \(federation.id)"
        let recorded: SQL = "recorded_at > \(after) AND recorded_at <= \(upTo)"
        let closed: SQL = "superseded_at > \(after) AND superseded_at <= \(upTo)"
        return """
            WITH revision AS MATERIALIZED (
                SELECT r.recorded_at, r.meeting_id, r.revision, r.voided_because, r.area_id, (
                    SELECT m.held_on FROM goutong.meeting m
                    WHERE m.federation_id = r.federation_id AND m.meeting_id = r.meeting_id
                      AND m.revision <= r.revision
                    ORDER BY m.revision DESC LIMIT 1) AS held_on
                FROM goutong.meeting_revision r WHERE \(own) AND \(recorded)
            ), change (moment, kind, id, meeting_id, firm_id, area_id, day, detail, is_addition) AS (
                SELECT recorded_at,
                    CASE WHEN voided_because IS NOT NULL THEN 'void' WHEN revision = 1 THEN 'entry'
                         ELSE 'correction' END,
                    meeting_id, meeting_id, NULL::uuid, area_id, held_on, voided_because,
                    revision = 1 AND NOT \(placesFounding)
                FROM revision
                UNION ALL
                SELECT recorded_at, 'milestone', milestone_id, meeting_id, firm_id, NULL, happened_on, kind,
                    revision = 1
                FROM goutong.milestone WHERE \(own) AND \(recorded) AND NOT of_document
                UNION ALL
                SELECT superseded_at, 'milestone_void', milestone_id, meeting_id, firm_id, NULL, happened_on, kind,
                    false
                FROM goutong.milestone WHERE \(own) AND \(closed) AND NOT of_document
                UNION ALL
                SELECT recorded_at, 'merge', merge_id, NULL, duplicate_id, NULL, NULL, NULL, false
                FROM goutong.firm_merge WHERE \(own) AND \(recorded)
                UNION ALL
                SELECT superseded_at, 'unmerge', merge_id, NULL, duplicate_id, NULL, NULL, NULL, false
                FROM goutong.firm_merge WHERE \(own) AND \(closed)
                UNION ALL
                SELECT e.recorded_at, 'application', e.event_id, \(meetingOfApplicant), NULL, NULL, e.happened_on,
                    e.kind, true
                FROM goutong.applicant_event e WHERE e.\(own) AND e.\(recorded)
                UNION ALL
                SELECT e.superseded_at, 'application_undone', e.event_id, \(meetingOfApplicant), NULL, NULL,
                    e.happened_on, e.kind, false
                FROM goutong.applicant_event e WHERE e.\(own) AND e.\(closed)
                UNION ALL
                SELECT recorded_at, 'declaration', NULL, NULL, NULL, area_id, week_start, declaration, false
                FROM goutong.week_declaration WHERE \(own) AND \(recorded) AND week_start = \(week.start)
                UNION ALL
                SELECT w.superseded_at, 'declaration', NULL, NULL, NULL, w.area_id, w.week_start, NULL, false
                FROM goutong.week_declaration w
                WHERE w.\(own) AND w.\(closed) AND w.week_start = \(week.start)
                  AND NOT EXISTS (
                      SELECT FROM goutong.week_declaration n
                      WHERE n.federation_id = w.federation_id AND n.area_id = w.area_id
                        AND n.week_start = w.week_start AND n.recorded_at = w.superseded_at)
                UNION ALL
                SELECT recorded_at, 'coverage', coverage_id, NULL, firm_id, NULL, organised_from, NULL, false
                FROM goutong.union_coverage WHERE \(own) AND \(recorded)
                UNION ALL
                SELECT superseded_at, 'coverage', coverage_id, NULL, firm_id, NULL, organised_from, 'ended', false
                FROM goutong.union_coverage WHERE \(own) AND \(closed)
                UNION ALL
                SELECT DISTINCT f.moment, 'firm', f.firm_id, NULL::uuid, f.firm_id, f.area_id, NULL::date, NULL,
                    false
                FROM (
                    SELECT recorded_at AS moment, firm_id, area_id
                    FROM goutong.firm_identity WHERE \(own) AND \(recorded)
                    UNION ALL
                    SELECT superseded_at, firm_id, area_id
                    FROM goutong.firm_identity WHERE \(own) AND \(closed)
                    UNION ALL
                    SELECT recorded_at, firm_id, area_id
                    FROM goutong.firm_registration WHERE \(own) AND \(recorded)
                    UNION ALL
                    SELECT superseded_at, firm_id, area_id
                    FROM goutong.firm_registration WHERE \(own) AND \(closed)
                ) f
                WHERE NOT EXISTS (SELECT FROM revision r WHERE r.recorded_at = f.moment)
                UNION ALL
                SELECT recorded_at, 'issue', NULL, NULL, NULL, NULL, week_start, edition::text, false
                FROM goutong.issued_report WHERE \(own) AND \(recorded) AND week_start < \(week.start)
                UNION ALL
                SELECT recorded_at, 'target', statement_id, NULL, NULL, area_id, period_from, figure, false
                FROM goutong.target
                WHERE \(own) AND \(recorded) AND period_from <= \(week.end) AND period_to >= \(week.start)
            )
            SELECT c.moment, c.kind, c.id, c.meeting_id, c.firm_id, a.code, c.day, c.detail, c.is_addition,
                \(isHere)
            FROM change c LEFT JOIN goutong.area a USING (area_id)
            ORDER BY c.moment, c.kind, c.id
            """
    }

    /// Whether a firm at the meeting founded a union, or was covered by one, by the week's end: such a firm's place
    /// is that of its first meeting, however late. Of firms in a merge nothing is ruled out.
    private var placesFounding: SQL {
        """
        EXISTS (
            SELECT FROM goutong.attendance t
            WHERE t.federation_id = \(federation.id) AND t.meeting_id = revision.meeting_id AND (
                EXISTS (
                    SELECT FROM goutong.milestone s
                    WHERE s.federation_id = t.federation_id AND s.firm_id = t.firm_id
                      AND s.kind IN ('established', 'joined_joint_union', 'covered_by_parent')
                      AND s.happened_on <= \(week.end))
                OR t.firm_id IN (
                    SELECT duplicate_id FROM goutong.firm_merge WHERE federation_id = \(federation.id)
                    UNION ALL
                    SELECT kept_id FROM goutong.firm_merge WHERE federation_id = \(federation.id))))
        """
    }

    /// Of a firm it is so by the same rule as the policies': met in these areas, or known there.
    private var isHere: SQL {
        guard let within else { return "true" }
        return """
            CASE
                WHEN c.kind = 'issue' THEN true
                WHEN c.kind IN ('entry', 'correction', 'void', 'declaration', 'target')
                    THEN coalesce(c.area_id = ANY (\(within)), false)
                WHEN c.kind IN ('application', 'application_undone') THEN EXISTS (
                    SELECT FROM goutong.meeting_revision r
                    WHERE r.federation_id = \(federation.id) AND r.meeting_id = c.meeting_id
                      AND r.area_id = ANY (\(within)))
                ELSE EXISTS (
                        SELECT FROM goutong.attendance t
                        WHERE t.federation_id = \(federation.id) AND t.firm_id = c.firm_id
                          AND t.superseded_at IS NULL AND t.area_id = ANY (\(within)))
                    OR EXISTS (
                        SELECT FROM goutong.firm_identity i
                        WHERE i.federation_id = \(federation.id) AND i.firm_id = c.firm_id
                          AND i.superseded_at IS NULL AND i.area_id = ANY (\(within)))
            END
            """
    }

    /// The meeting where somebody applied.
    private var meetingOfApplicant: SQL {
        """
        (SELECT p.meeting_id FROM goutong.applicant p
         WHERE p.federation_id = e.federation_id AND p.applicant_id = e.applicant_id LIMIT 1)
        """
    }
}

extension LedgerChange.Kind: PostgresValue {}
