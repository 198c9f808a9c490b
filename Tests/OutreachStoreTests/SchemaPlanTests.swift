import Funnel
import Outreach
@testable import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Hot statements find their rows by index on a ledger of the sample's size, with the planner left free.
@Suite struct SchemaPlanTests {
    private static let firms = 4000

    @Test("firms are matched by index: by code, by name, and by a code that nobody has")
    func match() async throws {
        try await withLedger { fixture in
            let match = FirmMatch(
                federation: fixture.federation.id,
                wanted: [
                    .init(uscc: try code(17), foldedName: "firm 17", district: "110105"),
                    .init(uscc: nil, foldedName: "firm 1000", district: "110105"),
                    .init(uscc: nil, foldedName: "nobody", district: "110105"),
                ])
            let plan = try await fixture.connection.query("EXPLAIN \(match.find)").map { row in
                try row.decode(String.self)
            }.joined(separator: "\n")
            #expect(plan.contains("Index Scan using firm_identity_uscc_key on firm_identity coded"))
            #expect(plan.contains(/Index Scan using firm_identity_\w*name\w* on firm_identity bare/))
            #expect(!plan.contains("Seq Scan"))

            // As the recorder runs it: prepared, often enough for the planner to settle on one plan.
            let scans = try await scans(fixture) { connection in
                for _ in 0..<12 {
                    let found = try FirmMatch.decode(try await connection.query(match.find))
                    #expect(found.map { $0.firm != nil } == [true, true, false])
                }
            }
            #expect(scans["firm_identity"]?.byIndex ?? 0 >= 36)
            #expect(scans["firm_identity"]?.whole == 0)
        }
    }

    @Test("a few stale firms are derived by index; the others come from their journeys")
    func staleJourneys() async throws {
        try await withLedger { fixture in
            try await fixture.connection.execute(
                """
                INSERT INTO goutong.journey_queue
                SELECT federation_id, firm_id, now() FROM goutong.firm ORDER BY firm_id LIMIT 5
                """)
            let scans = try await scans(fixture) { connection in
                for _ in 0..<8 {
                    let journeys = try await JourneyReader.journeys(
                        federation: fixture.federation, at: .infinity, on: connection)
                    #expect(journeys.count == Self.firms)
                }
            }
            for table in ["attendance", "milestone", "firm_registration"] {
                #expect(scans[table]?.byIndex ?? 0 > 0, "\(table)")
                #expect(scans[table]?.whole == 0, "\(table)")
            }
        }
    }

    @Test("a funnel of one area, or of the week that the window divides, reads its cells and firms by index")
    func cells() async throws {
        try await withLedger { fixture in
            try await fixture.connection.script(Self.spreading(federation: fixture.federation.id))
            while try await JourneyQueue.drain(
                federation: fixture.federation, limit: 5000, on: fixture.connection) > 0
            {}
            try await fixture.connection.script("ANALYZE")
            func expectNoScan(of tables: [String], queued: Int, _ funnel: FirmFunnelQuery) async throws {
                try await fixture.connection.execute(
                    """
                    INSERT INTO goutong.journey_queue
                    SELECT federation_id, firm_id, now() FROM goutong.firm ORDER BY firm_id LIMIT \(queued)
                    """)
                let scans = try await scans(fixture) { connection in
                    // Often enough for the planner to settle on one plan.
                    for _ in 0..<8 { _ = try await funnel.counts(on: connection) }
                }
                for table in tables {
                    #expect(scans[table]?.whole == 0, "\(table), \(queued) queued, by \(funnel.grouping)")
                }
                #expect(scans["cell"]?.byIndex ?? 0 > 0)
            }
            let area = try #require(fixture.areas.area(code: "110101001", on: FaultLoad.lastDay)?.id)
            let ledger = ["attendance", "milestone", "firm_registration"]
            for queued in [0, 5] {
                for grouping in [FunnelGrouping.none, .area, .week] {
                    try await expectNoScan(
                        of: ["cell", "journey"] + ledger, queued: queued,
                        FirmFunnelQuery(
                            federation: fixture.federation.id, at: .infinity, definition: FunnelDefinition(),
                            since: Day(ordinal: 17_622), to: FaultLoad.lastDay, grouping: grouping,
                            within: [area]))
                }
                // Everywhere: cells from end to end, of firms those alone that are not in them.
                try await expectNoScan(
                    of: ledger, queued: queued,
                    FirmFunnelQuery(
                        federation: fixture.federation.id, at: .infinity, definition: FunnelDefinition(),
                        since: Day(ordinal: 17_622), to: FaultLoad.lastDay, grouping: .none))
            }
        }
    }

    @Test(
        "groups within groups, and what stands beside them, read each table a few times and no firm one by one"
    )
    func groupsWithinGroups() async throws {
        try await withLedger { fixture in
            let groups = FunnelGroups([.area, .venue])
            let scans = try await scans(fixture) { connection in
                let breakdown = try await FunnelReader(federation: fixture.federation).breakdown(
                    definition: FunnelDefinition(), from: Day(ordinal: 17_622), to: FaultLoad.lastDay,
                    by: groups, isMeasured: true, at: .infinity, on: connection)
                #expect(breakdown.total?.entered ?? 0 > Self.firms / 2 && breakdown.groups.count == 2)
            }
            // Counts, what firms add up to, meetings, coverage: each a few passes, none of them firm by firm.
            for table in ["attendance", "meeting", "journey", "milestone", "firm_registration"] {
                let scan = try #require(scans[table])
                #expect(scan.whole + scan.byIndex <= 12, "\(table) \(scan)")
            }
        }
    }

    @Test("draining reads the firms in hand, their cells and journeys by index") func draining() async throws
    {
        try await withLedger { fixture in
            try await fixture.connection.execute(
                """
                INSERT INTO goutong.journey_queue
                SELECT federation_id, firm_id, now() FROM goutong.firm ORDER BY firm_id LIMIT 40
                """)
            let scans = try await scans(fixture) { connection in
                for _ in 0..<8 {
                    let drained = try await JourneyQueue.drain(
                        federation: fixture.federation, limit: 5, on: connection)
                    #expect(drained == 5)
                }
            }
            for table in ["attendance", "milestone", "firm_registration", "journey"] {
                #expect(scans[table]?.byIndex ?? 0 > 0, "\(table)")
                #expect(scans[table]?.whole == 0, "\(table)")
            }
            #expect(scans["cell"]?.whole == 0)
        }
    }

    /// Makes firms' first meetings lie in a hundred areas instead of one, and queues them. Constant values only.
    private static func spreading(federation: Int) -> String {
        """
        CREATE TEMP TABLE place AS
        SELECT row_number() OVER (ORDER BY code) - 1 AS n, area_id FROM goutong.area
        WHERE level = 'township' AND valid_to IS NULL ORDER BY code LIMIT 100;
        UPDATE goutong.attendance a SET area_id = p.area_id
        FROM place p WHERE a.federation_id = \(federation) AND p.n = abs(hashtext(a.meeting_id::text)) % 100;
        INSERT INTO goutong.journey_queue
        SELECT federation_id, firm_id, now() FROM goutong.firm WHERE federation_id = \(federation);
        """
    }

    @Test("recording, correcting and voiding read no ledger table from end to end")
    func recording() async throws {
        try await withLedger { fixture in
            let connection = try await fixture.database.connect()
            let before = try await totals(fixture)
            for number in 0..<24 {
                var document = try FaultLoad.document(number)
                _ = try await fixture.recorder.record(.record(document), on: connection)
                document.replaces = 1
                document.counts.attended = 1
                _ = try await fixture.recorder.record(.record(document), on: connection)
                _ = try await fixture.recorder.record(
                    .void(MeetingVoid(id: document.id, replaces: 2, why: "重复")), on: connection)
            }
            await connection.close()
            let after = try await totals(fixture, past: before)
            #expect(after["meeting_revision"]?.byIndex ?? 0 > 0)
            for table in Self.filledTables {
                #expect(after[table]?.whole == before[table]?.whole, "\(table)")
            }
        }
    }

    @Test(
        "importing a few firms, meetings and milestones reads no ledger table from end to end, new or known")
    func importing() async throws {
        try await withLedger { fixture in
            let today = Day(ordinal: 18_500)
            let connection = try await fixture.database.connect()
            let firms = FirmList(rows: 6)
            let meetings = try (0..<4).map {
                MeetingSubmission.record(try FaultLoad.document($0)).json.text()
            }
            let milestones =
                ["firm,kind,on"]
                + (0..<4).map { number in "\(FirmList.code(number)),intent,2018-09-12" }
            let before = try await totals(fixture)
            func bring(_ work: some LedgerImport) async throws -> ImportCount {
                var work = work
                try await work.read(map: [:], today: today)
                try await work.check()
                try await work.publish()
                return work.count
            }
            for turn in 0..<2 {
                let firmCount = try await bring(
                    FirmImport(
                        MemorySource(firms.text + String(repeating: "\n", count: turn)),
                        into: fixture.federation, areas: fixture.areas, on: connection))
                #expect(firmCount.added == (turn == 0 ? firms.good : 0))
                let meetingCount = try await bring(
                    MeetingImport(
                        MemorySource(meetings.joined(separator: "\n")), into: fixture.federation,
                        areas: fixture.areas, vault: fixture.vault, on: connection))
                #expect(meetingCount.added == (turn == 0 ? 4 : 0))
                let milestoneCount = try await bring(
                    MilestoneImport(
                        MemorySource(milestones.joined(separator: "\n")), into: fixture.federation,
                        on: connection))
                #expect(milestoneCount.added == (turn == 0 ? 4 : 0))
            }
            await connection.close()
            let after = try await totals(fixture, past: before)
            for table in Self.filledTables {
                #expect(after[table]?.whole == before[table]?.whole, "\(table)")
            }
        }
    }

    @Test("where the last meeting of a kind was held is one row, also where there was none")
    func latestVenue() async throws {
        try await withLedger { fixture in
            let reader = MeetingReader(federation: fixture.federation)
            try await fixture.connection.transaction { connection in
                // Often enough for the planner to settle on one plan.
                for _ in 0..<12 {
                    let last = try await reader.latestVenue(of: .enterprise, on: connection)
                    #expect(last?.areaCode == "110105021")
                    #expect(try await reader.latestVenue(of: .worker, on: connection) == nil)
                }
                let (whole, fetched) = try await connection.query(
                    """
                    SELECT seq_scan, idx_tup_fetch FROM pg_stat_xact_user_tables
                    WHERE schemaname = 'goutong' AND relname = 'meeting'
                    """
                ).only().decode((Int, Int).self)
                #expect(whole == 0)
                #expect((1...12).contains(fetched))
            }
        }
    }

    private static let filledTables = [
        "meeting_revision", "meeting", "firm", "firm_identity", "firm_registration", "attendance",
        "milestone", "applicant", "journey",
    ]

    private struct Scans: Equatable {
        let whole, byIndex: Int
    }

    /// What `body` scanned, by table, in a transaction of its own.
    private func scans(
        _ fixture: StoreFixture, _ body: (PostgresConnection) async throws -> Void
    ) async throws -> [String: Scans] {
        try await fixture.connection.transaction { connection in
            // The view holds what earlier transactions have not handed in yet, too: at most once a second they do.
            let before = try await scans("pg_stat_xact_user_tables", on: connection)
            try await body(connection)
            return try await scans("pg_stat_xact_user_tables", on: connection).reduce(into: [:]) {
                let earlier = before[$1.key] ?? Scans(whole: 0, byIndex: 0)
                $0[$1.key] = Scans(
                    whole: $1.value.whole - earlier.whole, byIndex: $1.value.byIndex - earlier.byIndex)
            }
        }
    }

    /// What finished transactions scanned, by table.
    private func totals(_ fixture: StoreFixture) async throws -> [String: Scans] {
        // What this session counted until now is not to come in later.
        try await fixture.connection.execute("SELECT pg_stat_force_next_flush()")
        return try await scans("pg_stat_user_tables", on: fixture.connection)
    }

    /// The same once a session that has ended has handed in its counts, which it does a little later.
    private func totals(_ fixture: StoreFixture, past before: [String: Scans]) async throws -> [String: Scans]
    {
        var after = try await totals(fixture)
        for _ in 0..<100 where after["meeting_revision"] == before["meeting_revision"] {
            try await Task.sleep(for: .milliseconds(50))
            after = try await totals(fixture)
        }
        return after
    }

    private func scans(
        _ view: String, on connection: PostgresConnection
    ) async throws -> [String: Scans] {
        let rows = try await connection.query(
            """
            SELECT relname::text, seq_scan, coalesce(idx_scan, 0) FROM \(identifier: view)
            WHERE schemaname = 'goutong'
            """)
        var scans: [String: Scans] = [:]
        for row in rows {
            let (table, whole, byIndex) = try row.decode((String, Int, Int).self)
            scans[table] = Scans(whole: whole, byIndex: byIndex)
        }
        return scans
    }

    private func code(_ number: Int) throws -> CreditCode {
        try FaultLoad.code(number)
    }

    /// A ledger with a meeting, two attendances, a milestone and an applicant for each firm, analysed.
    private func withLedger(_ body: (StoreFixture) async throws -> Void) async throws {
        try await StoreFixture.withFederation { fixture in
            let area = try #require(
                fixture.areas.area(code: "110105021", on: FaultLoad.lastDay)?.id)
            try await fixture.connection.script(
                Self.filling(federation: fixture.federation.id, area: area, codes: try (0..<200).map(code)))
            while try await JourneyQueue.drain(
                federation: fixture.federation, limit: 5000, on: fixture.connection) > 0
            {}
            try await fixture.connection.script("ANALYZE")
            try await body(fixture)
        }
    }

    /// Constant values only: nothing here comes from outside.
    private static func filling(federation: Int, area: Int, codes: [CreditCode]) -> String {
        let codeList = codes.map { "'\($0.text)'" }.joined(separator: ", ")
        return """
            CREATE TEMP TABLE made AS
            SELECT n, md5('firm' || n)::uuid AS firm, md5('meeting' || n)::uuid AS meeting,
                date '2018-04-02' + n % 200 AS day, timestamptz '2018-04-01' AS stamp,
                (ARRAY[\(codeList)])[n + 1] AS uscc
            FROM generate_series(0, \(firms - 1)) AS n;
            INSERT INTO goutong.meeting_revision
            SELECT \(federation), meeting, 1, sha256('x'), NULL, NULL, stamp, \(area) FROM made;
            INSERT INTO goutong.meeting (federation_id, meeting_id, revision, kind, held_on, area_id,
                venue_kind, organisers, staff_names, staff_hours, applications, recorded_at)
            SELECT \(federation), meeting, 1, 'enterprise', day, \(area), 'firm', '{}', '{}', '{}', 0,
                stamp
            FROM made;
            INSERT INTO goutong.firm SELECT \(federation), firm, stamp FROM made;
            INSERT INTO goutong.firm_identity
            SELECT \(federation), firm, stamp, NULL, uscc, 'firm ' || n, 'firm ' || n, '110105', \(area)
            FROM made;
            INSERT INTO goutong.firm_registration
            SELECT \(federation), firm, firm, \(area), day, stamp FROM made;
            INSERT INTO goutong.attendance (federation_id, meeting_id, revision, position, firm_id,
                held_on, area_id, union_status, questions, recorded_at)
            SELECT \(federation), m.meeting, 1, k, f.firm, m.day, \(area), 'unorganised', '{}', m.stamp
            FROM made m CROSS JOIN generate_series(0, 1) AS k
            JOIN made f ON f.n = (m.n + k * 1999) % \(firms);
            INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind,
                happened_on, meeting_id, of_document, facts_hash, recorded_at)
            SELECT \(federation), meeting, 1, firm, 'intent', day, meeting, true, '', stamp FROM made;
            INSERT INTO goutong.applicant (federation_id, applicant_id, meeting_id, revision,
                person_revision, position, categories, recorded_at)
            SELECT \(federation), meeting, meeting, 1, 1, 0, '{}', stamp FROM made;
            INSERT INTO goutong.journey_queue SELECT \(federation), firm, stamp FROM made;
            """
    }
}
