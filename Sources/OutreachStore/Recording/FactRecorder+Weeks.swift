public import Outreach
public import PostgresClient

extension FactRecorder {
    /// Declares a week of an area. The same again changes nothing; another declaration takes the place of the one
    /// that stands, which is kept as everything superseded is.
    /// - Parameter area: the version of the area on the week's last day.
    /// - Returns: whether it is new.
    /// - Throws: `conflicting` where no meeting is declared and the ledger has one.
    @discardableResult
    public func declare(
        _ declaration: WeekDeclaration, area: Int, week: Week, at moment: PostgresTimestamp? = nil,
        on connection: PostgresConnection
    ) async throws(RecordingError) -> Bool {
        let lock: SQL = "SELECT pg_advisory_xact_lock(hashtextextended('goutong.week', \(area)))"
        let action: AuditEvent.Action = declaration == .none ? .weekDeclareNone : .weekSubmit
        return try await writing(
            .on(action, "area", "\(area)"), at: moment, after: lock, on: connection
        ) { connection, stamp in
            let standing = try await connection.query(
                """
                SELECT declaration FROM goutong.week_declaration
                WHERE federation_id = \(federation.id) AND area_id = \(area) AND week_start = \(week.start)
                  AND superseded_at IS NULL
                """
            ).first?.decode(WeekDeclaration.self)
            guard standing != declaration else { return false }
            if declaration == .none {
                let held = try await meetings(in: area, week: week, on: connection)
                guard held == 0 else { throw RecordingError.conflicting(.weekHasMeetings(held)) }
            }
            try await connection.execute(
                """
                UPDATE goutong.week_declaration SET superseded_at = \(stamp)
                WHERE federation_id = \(federation.id) AND area_id = \(area) AND week_start = \(week.start)
                  AND superseded_at IS NULL AND recorded_at < \(stamp)
                """)
            try await connection.execute(
                """
                INSERT INTO goutong.week_declaration (federation_id, area_id, week_start, declaration,
                    recorded_by, recorded_at)
                VALUES (\(federation.id), \(area), \(week.start), \(declaration), \(authority.account?.uuid),
                    \(stamp))
                """)
            return true
        }
    }

    /// Meetings of the week in an area, by the map of the week's last day.
    private func meetings(
        in area: Int, week: Week, on connection: PostgresConnection
    ) async throws(PostgresError) -> Int {
        try await connection.query(
            """
            SELECT count(*) FROM goutong.meeting m JOIN goutong.area_on(\(week.end)) o USING (area_id)
            WHERE m.federation_id = \(federation.id) AND m.superseded_at IS NULL
              AND m.held_on BETWEEN \(week.start) AND \(week.end)
              AND o.standing_id IN (
                  SELECT own.standing_id FROM goutong.area_on(\(week.end)) own WHERE own.area_id = \(area))
            """
        ).only().decode(Int.self)
    }
}

extension DocumentIssue {
    static func weekHasMeetings(_ held: Int) -> DocumentIssue {
        DocumentIssue(
            code: "week.has_meetings", pointer: "/area",
            rule: Bilingual(
                zh: "该周该单位已登记 \(held) 场沟通会，不能作零报告",
                en: "the ledger has \(held) of this unit's meetings in the week, so it was not without one"),
            mend: Bilingual(
                zh: "已报齐的用 goutong report submit；登记有误的先作废该场沟通会（goutong meeting void）",
                en: "if that is all, use goutong report submit; if they are wrong, void them first "
                    + "(goutong meeting void)"))
    }
}
