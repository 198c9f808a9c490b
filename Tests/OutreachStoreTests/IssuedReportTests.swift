import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Reports that were issued: kept as bytes, one edition after the other, and changed by nobody.
@Suite struct IssuedReportTests {
    private static let signatures = IssuedReport.Signatures(preparer: "张一", reviewer: "李二", signer: "王三")

    @Test("editions follow each other; the bytes come back with their hash")
    func editions() async throws {
        try await StoreFixture.withFederation { fixture in
            let week = try #require(Week(name: "2018-W37"))
            let reports = IssuedReports(federation: fixture.federation)
            #expect(try await reports.report(of: week, edition: nil, on: fixture.connection) == nil)
            let first = try await issue(week, 1, "第一版", in: fixture)
            #expect(
                try await conflict { try await issue(week, 1, "又一版", in: fixture) } == "report.issued_already"
            )
            #expect(
                try await conflict { try await issue(week, 3, "跳一版", in: fixture) } == "report.issued_already"
            )
            #expect(
                try await conflict { try await issue(week.previous, 2, "没有前版", in: fixture) }
                    == "report.not_issued")
            let second = try await issue(week, 2, "第二版", in: fixture)
            #expect(try await reports.editions(of: week, on: fixture.connection) == [first, second])
            #expect(try await reports.report(of: week, edition: 1, on: fixture.connection) == first)
            #expect(try await reports.report(of: week, edition: nil, on: fixture.connection) == second)
            for (report, text) in [(first, "第一版"), (second, "第二版")] {
                let kept = try #require(
                    try await reports.rendering(
                        of: report, format: "text", language: "zh", on: fixture.connection))
                #expect(kept.rendering.bytes == Array(text.utf8) && kept.isWhole)
                #expect(
                    try await reports.rendering(
                        of: report, format: "html", language: "zh", on: fixture.connection) == nil)
            }
            let audited = try await fixture.connection.query(
                "SELECT action, object_id, reason FROM goutong.audit_entry WHERE action LIKE 'report.%' ORDER BY at"
            ).map { row in try row.decode((String, String, String?).self) }
            #expect(audited.map(\.0) == ["report.issue", "report.reissue"])
            #expect(audited.map(\.1) == ["2018-W37/1", "2018-W37/2"] && audited.map(\.2) == [nil, "补登"])
        }
    }

    @Test("PostgreSQL itself refuses to change or delete what was issued; the sample alone may go")
    func appendOnly() async throws {
        try await StoreFixture.withFederation { fixture in
            let week = try #require(Week(name: "2018-W37"))
            _ = try await issue(week, 1, "第一版", in: fixture)
            // A role as the private cluster's owner is one: no superuser, every right, a policy for all rows.
            let keeper = "keeper_" + fixture.database.name.suffix(12)
            try await fixture.connection.script(
                """
                CREATE ROLE \(keeper) NOLOGIN;
                GRANT USAGE ON SCHEMA goutong TO \(keeper);
                GRANT ALL ON ALL TABLES IN SCHEMA goutong TO \(keeper);
                GRANT EXECUTE ON FUNCTION goutong.may_remove_issued(integer) TO \(keeper);
                CREATE POLICY keeper ON goutong.issued_report TO \(keeper) USING (true) WITH CHECK (true);
                CREATE POLICY keeper ON goutong.issued_rendering TO \(keeper) USING (true) WITH CHECK (true);
                UPDATE goutong.federation SET synthetic = false;
                """)
            let changes = [
                "UPDATE goutong.issued_report SET signer = '赵四'",
                "UPDATE goutong.issued_report SET moment = moment",
                "UPDATE goutong.issued_rendering SET content = 'y', content_hash = sha256('y')",
                "DELETE FROM goutong.issued_rendering", "DELETE FROM goutong.issued_report",
            ]
            try await fixture.connection.script("SET ROLE \(keeper)")
            for change in changes {
                await #expect(throws: PostgresError.self, "\(change)") {
                    try await fixture.connection.script(change)
                }
            }
            try await fixture.connection.script(
                "RESET ROLE; UPDATE goutong.federation SET synthetic = true; SET ROLE \(keeper)")
            for change in changes.prefix(3) {
                await #expect(throws: PostgresError.self, "\(change)") {
                    try await fixture.connection.script(change)
                }
            }
            for change in changes.suffix(2) { try await fixture.connection.script(change) }
            try await fixture.connection.script(
                "RESET ROLE; DROP OWNED BY \(keeper); DROP ROLE \(keeper)")
            #expect(
                try await fixture.connection.query("SELECT count(*) FROM goutong.issued_report").only()
                    .decode(Int.self) == 0)
        }
    }

    @Test("bytes that are not those of their hash, and one person in two places, do not enter")
    func held() async throws {
        try await StoreFixture.withFederation { fixture in
            let week = try #require(Week(name: "2018-W37"))
            _ = try await issue(week, 1, "第一版", in: fixture)
            for statement in [
                """
                INSERT INTO goutong.issued_rendering
                SELECT federation_id, week_start, edition, 'html', 'zh', content_hash, 'x', recorded_at
                FROM goutong.issued_rendering
                """,
                """
                INSERT INTO goutong.issued_report
                SELECT federation_id, week_start - 7, 1, NULL, NULL, moment, definition_hash, preparer, preparer,
                    signer, recorded_at
                FROM goutong.issued_report
                """,
                """
                INSERT INTO goutong.issued_report
                SELECT federation_id, week_start, 3, 2, 'x', moment, definition_hash, preparer, reviewer, signer,
                    recorded_at
                FROM goutong.issued_report
                """,
            ] {
                await #expect(throws: PostgresError.self) { try await fixture.connection.script(statement) }
            }
        }
    }

    @Test("late is what came since the last issue, as far as a report knows of that issue")
    func late() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.enterprise(firms: 1)
            let week = Week(ending: Week(containing: document.heldOn).end.adding(days: 7))
            _ = try await fixture.record(document)
            let reader = WeeklyFiguresReader(federation: fixture.federation, areas: fixture.areas)
            let clock = LedgerClock(federation: fixture.federation)
            func late(at moment: PostgresTimestamp) async throws -> Int? {
                try await reader.figures(week: week, at: moment, on: fixture.connection)
                    .headline[.enterpriseMeetings]?.late
            }
            // Recorded today, years after: late, as long as nothing was issued.
            let before = try await clock.fixMoment(on: fixture.connection)
            #expect(try await late(at: before) == 1)
            _ = try await issue(week.previous, 1, "上一周", in: fixture)
            let issued = try await clock.fixMoment(on: fixture.connection)
            #expect(try await late(at: issued) == 0)
            _ = try await fixture.record(try Documents.worker(applicants: 0, on: document.heldOn))
            _ = try await fixture.record(try Documents.enterprise(firms: 0, on: document.heldOn))
            let after = try await clock.fixMoment(on: fixture.connection)
            #expect(try await late(at: after) == 1)
            // An issue of the week itself, or of a later one, is none before it.
            _ = try await issue(week, 1, "本周", in: fixture)
            #expect(try await late(at: try await clock.fixMoment(on: fixture.connection)) == 1)
            #expect(try await late(at: issued) == 0)
            #expect(try await late(at: before) == 1)
        }
    }

    private func issue(
        _ week: Week, _ edition: Int, _ text: String, in fixture: StoreFixture
    ) async throws -> IssuedReport {
        let report = IssuedReport(
            week: week, edition: edition, reason: edition == 1 ? nil : "补登",
            moment: try await LedgerClock(federation: fixture.federation).fixMoment(on: fixture.connection),
            definitionHash: FunnelDefinition().hash, signatures: Self.signatures)
        try await FactRecorder(federation: fixture.federation).issue(
            report, [IssuedRendering(format: "text", language: "zh", bytes: Array(text.utf8))],
            on: fixture.connection)
        return report
    }

    private func conflict(_ body: () async throws -> IssuedReport) async throws -> String? {
        do {
            _ = try await body()
            return nil
        } catch RecordingError.conflicting(let issue) {
            return issue.code
        }
    }
}
