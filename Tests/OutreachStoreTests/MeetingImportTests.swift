import Outreach
@testable import OutreachStore
import PostgresClient
import Testing

/// Meetings that are imported are recorded as if each document had been sent by itself.
@Suite struct MeetingImportTests {
    private static let today = Day(ordinal: 18_500)

    @Test(
        "a file of meetings leaves what logging its documents one by one leaves",
        arguments: [1, 2, 3] as [UInt64])
    func sameAsLogging(seed: UInt64) async throws {
        let documents = try MeetingMix(seed: seed).documents(160)
        let logged = try await StoreFixture.withFederation { fixture in
            var refused: [Int] = []
            for (index, document) in documents.enumerated() {
                do {
                    _ = try await fixture.recorder.record(.record(document), on: fixture.connection)
                } catch {
                    refused.append(index + 1)
                }
            }
            return (refused, try await LedgerText.of(fixture))
        }
        #expect(logged.1.count > 1000)
        try await StoreFixture.withFederation { fixture in
            let file = documents.map { MeetingSubmission.record($0).json.text() }.joined(separator: "\n")
            var work = try await checked(file, fixture)
            #expect(work.report.lines == logged.0)
            let expected = work.count
            try await work.publish()
            #expect(work.count == expected, "what the check foretold")
            #expect(try await LedgerText.of(fixture) == logged.1)
            #expect(
                try await JourneyQueue.differences(federation: fixture.federation, on: fixture.connection)
                    == [])
            // What was refused may be taken now, as it may when it is logged again.
            let taken = documents.indices.filter { !logged.0.contains($0 + 1) }.map { documents[$0] }
            var again = try await checked(
                taken.map { MeetingSubmission.record($0).json.text() }.joined(separator: "\n"), fixture)
            try await again.publish()
            #expect(again.count.added == 0 && again.count.present == taken.count)
            #expect(try await LedgerText.of(fixture) == logged.1)
        }
    }

    @Test(
        "documents that are wrong are told by their line and pointer; corrections are refused; conflicts too")
    func badLines() async throws {
        try await StoreFixture.withFederation { fixture in
            let documents = try MeetingMix(seed: 9).documents(3)
            _ = try await fixture.recorder.record(.record(documents[0]), on: fixture.connection)
            var other = documents[0]
            other.notes = "别的内容"
            var correction = documents[1]
            correction.replaces = 1
            var twice = documents[2]
            twice.notes = "第二份"
            let lines = [other, correction, documents[2], twice].map {
                MeetingSubmission.record($0).json.text()
            }
            let work = try await checked(lines.joined(separator: "\n") + "\n{\"schema\":", fixture)
            #expect(
                work.report.issues.map { "\($0.line) \($0.issue.code)" } == [
                    "1 meeting.conflict", "2 import.correction", "4 meeting.listed_twice", "5 json.syntax",
                ])
        }
    }

    @Test("a flat file: a row a firm, columns told; the same key on the same day is the same meeting")
    func flat() async throws {
        try await StoreFixture.withFederation { fixture in
            let file = """
                沟通会编号,类型,召开日期,街道（乡镇）代码,场所类型,企业名称,建会状况,职工人数,意向形式,意向日期,联系人,企业关心的问题
                a,enterprise,2018/9/12,110105021,园区,北京甲有限公司,未建会,180,verbal,2018/9/12,李联系,经费；流程
                a,,,,,北京乙有限公司,unorganised,,,,,
                b,enterprise,2018-09-13,110105021,park,北京丙有限公司,unorganised,many,,,,
                c,enterprise,2018-09-14,110105021,nowhere,北京丁有限公司,unorganised,,,,,
                d,worker,2018-09-15,110105021,park,,,,,,,
                d,enterprise,,,,北京戊有限公司,,,,,,
                """
            let words: ImportWords = [.venueKind: ["园区": "park"], .unionStatus: ["未建会": "unorganised"]]
            var work = try await checked(file, fixture, words: words)
            #expect(
                work.report.issues.map { FirmImportTests.Told($0) } == [
                    .init(4, 7, "type.integer"), .init(5, 4, "choice.unknown"),
                    .init(7, 1, "meeting.differs"),
                ])
            #expect(work.count.rows == 6 && work.count.bad == 4)
            try await work.publish()
            #expect(work.count.added == 1 && work.count.newFirms == 2)
            let (held, questions) = try await fixture.connection.query(
                """
                SELECT m.held_on, t.questions FROM goutong.meeting m JOIN goutong.attendance t USING (meeting_id)
                WHERE t.position = 0
                """
            ).only().decode((Day, [String]).self)
            #expect(held.iso == "2018-09-12" && questions == ["经费", "流程"])
            var again = try await checked(
                file.split(separator: "\n").prefix(3).joined(separator: "\n"), fixture, words: words)
            try await again.publish()
            #expect(again.count.present == 1 && again.count.added == 0)
        }
    }

    @Test("milestones as one by one: known firms only, replays found, journeys queued") func milestones()
        async throws
    {
        try await StoreFixture.withFederation { fixture in
            let list = FirmList(rows: 30)
            var firms = FirmImport(
                MemorySource(list.text), into: fixture.federation, areas: fixture.areas,
                on: fixture.connection)
            try await firms.read(map: [:], today: Self.today)
            try await firms.check()
            try await firms.publish()
            let file = """
                firm,kind,on,reference,union_name,form,members
                \(FirmList.code(3)),批复成立,2018/11/20,朝工发〔2018〕12号,示例工会,single,42
                \(FirmList.code(4)),intent,2018-10-01,,,,
                \(FirmList.code(999)),intent,2018-10-01,,,,
                \(FirmList.code(5)),wish,2018-10-01,,,,
                \(FirmList.code(5)),intent,43000,,,,
                """
            func checked() async throws -> MilestoneImport {
                var work = MilestoneImport(
                    MemorySource(file), into: fixture.federation, words: ["kind.批复成立": "established"],
                    on: fixture.connection)
                try await work.read(map: [:], today: Self.today)
                try await work.check()
                return work
            }
            var work = try await checked()
            #expect(
                work.report.issues.map { FirmImportTests.Told($0) } == [
                    .init(4, nil, "firm.unknown"), .init(5, 1, "choice.unknown"),
                    .init(6, 2, "excel.date_serial"),
                ])
            try await work.publish()
            #expect(work.count.added == 2)
            let queued = try await fixture.connection.query("SELECT count(*) FROM goutong.journey_queue")
                .only()
            #expect(try queued.decode(Int.self) == 2)
            let rows = try await fixture.connection.query(
                "SELECT kind, members FROM goutong.milestone ORDER BY kind"
            ).decode((String, Int?).self)
            #expect(rows.map(\.0) == ["established", "intent"] && rows[0].1 == 42)
            var again = try await checked()
            try await again.publish()
            #expect(again.count.added == 0 && again.count.present == 2)
        }
    }

    private func checked(
        _ text: String, _ fixture: StoreFixture, words: ImportWords = [:]
    ) async throws -> MeetingImport {
        var work = MeetingImport(
            MemorySource(text), into: fixture.federation, areas: fixture.areas, vault: fixture.vault,
            words: words, on: fixture.connection)
        try await work.read(map: [:], today: Self.today)
        try await work.check()
        return work
    }
}

/// Everything that recording meetings writes, without stamps and seals.
enum LedgerText {
    static func of(_ fixture: StoreFixture) async throws -> [String] {
        try await fixture.connection.query(
            """
            SELECT x FROM (
                SELECT concat_ws('|', 'revision', meeting_id, revision, encode(facts_hash, 'hex'),
                    persons_tag IS NULL, voided_because, area_id, recorded_by) AS x FROM goutong.meeting_revision
                UNION ALL SELECT 'meeting|' || (to_jsonb(m) - 'recorded_at')::text FROM goutong.meeting m
                UNION ALL SELECT 'firm|' || firm_id FROM goutong.firm
                UNION ALL SELECT 'identity|' || (to_jsonb(i) - 'recorded_at' - 'superseded_at')::text || '|'
                    || (superseded_at IS NULL) FROM goutong.firm_identity i
                UNION ALL SELECT 'registration|' || (to_jsonb(g) - 'recorded_at')::text
                FROM goutong.firm_registration g
                UNION ALL SELECT 'attendance|' || (to_jsonb(t) - 'recorded_at')::text FROM goutong.attendance t
                UNION ALL SELECT 'milestone|' || (to_jsonb(s) - 'recorded_at')::text FROM goutong.milestone s
                UNION ALL SELECT 'applicant|' || (to_jsonb(a) - 'recorded_at')::text FROM goutong.applicant a
                UNION ALL SELECT 'person|' || (to_jsonb(p) - 'sealed' - 'mobile_tag' - 'document_tag')::text
                FROM goutong.applicant_person p
                UNION ALL SELECT concat_ws('|', 'contact', meeting_id, revision, firm_id) FROM goutong.firm_contact
                UNION ALL SELECT 'opinion|' || (to_jsonb(o) - 'recorded_at')::text FROM goutong.opinion o
                UNION ALL SELECT 'queue|' || firm_id FROM goutong.journey_queue
                UNION ALL SELECT concat_ws('|', 'audit', action, object_kind, object_id, result)
                FROM goutong.audit_entry WHERE action = 'meeting.record'
            ) a ORDER BY x
            """
        ).map { row in try row.decode(String.self) }
    }
}
