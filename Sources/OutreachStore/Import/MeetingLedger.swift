internal import Outreach
internal import PostgresClient

/// What an import of meetings asks and tells the ledger, a batch at a time.
struct MeetingLedger: Sendable {
    let federation: Federation
    let authority: Authority

    private var clock: LedgerClock { LedgerClock(federation: federation) }

    /// A meeting whose persons are sealed.
    struct Ready: Sendable {
        let line: Int
        let rows: MeetingRows
        let fingerprint: Fingerprint
    }

    struct Published: Sendable {
        var added = 0
        var present = 0
        var newFirms = 0
        var knownFirms = 0
    }

    /// Meetings that the ledger has, of a list.
    func known(
        _ ids: [MeetingID], on connection: PostgresConnection
    ) async throws(PostgresError) -> Set<MeetingID> {
        let rows = try await connection.query(MeetingStage.known(federation.id, ids.map(\.uuid)))
        return Set(try rows.map { row throws(PostgresError) in try row.decode(MeetingID.self) })
    }

    /// Records the meetings that the ledger does not have, in their order.
    func publish(
        _ ready: [Ready], _ frame: [SQL],
        on connection: PostgresConnection
    ) async throws -> Published {
        let wanted = ready.flatMap(\.rows.allWanted)
        let locked = ready.flatMap { $0.rows.firms.map(\.wanted) }
        var opening = [clock.shareLock]
        if !locked.isEmpty {
            opening.append(FirmMatch(federation: federation.id, wanted: locked).lockKeys)
        }
        _ = try await authority.begin(for: .recording, then: opening, on: connection)
        var book = FirmBook()
        try await book.load(wanted, federation: federation.id, on: connection)
        var seen = try await known(ready.map(\.rows.document.id), on: connection)
        var published = Published()
        var planned: [PlannedMeeting] = []
        for meeting in ready {
            let (line, rows, fingerprint) = (meeting.line, meeting.rows, meeting.fingerprint)
            guard seen.insert(rows.document.id).inserted else {
                published.present += 1
                continue
            }
            guard case .planned(let meeting) = book.plan(rows, line: line, fingerprint: fingerprint) else {
                // Somebody has recorded the firm between the check and now.
                throw RecordingError.refused(DocumentRefused(first: MeetingSetRule.firmTwice))
            }
            planned.append(meeting)
            published.added += 1
            published.newFirms += meeting.made.count
            published.knownFirms += meeting.firms.count - meeting.made.count
        }
        let gaining = Set(planned.flatMap { $0.gained.map(\.firm) }).sorted().map(\.uuid)
        // In id order, before children; the stamp comes after every lock.
        let stamped = try await connection.pipeline([
            """
            SELECT firm_id FROM goutong.firm
            WHERE federation_id = \(federation.id) AND firm_id = ANY (\(gaining))
            ORDER BY firm_id FOR NO KEY UPDATE
            """,
            clock.stamp,
        ])
        let stamp = try stamped[1].only().decode(PostgresTimestamp.self)
        var statements = frame
        if !planned.isEmpty {
            statements += MeetingBatch(federation: federation.id, stamp: stamp, meetings: planned)
                .statements(authority)
            // The last meeting's stamp must have passed before anybody can read it.
            statements.append(
                """
                SELECT pg_sleep(greatest(0, extract(epoch FROM
                    \(stamp) + \(planned.count) * interval '1 microsecond' - clock_timestamp())))
                """)
        }
        if !statements.isEmpty { _ = try await connection.pipeline(statements) }
        return published
    }
}
