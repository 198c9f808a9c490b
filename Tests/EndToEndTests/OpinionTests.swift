import Foundation
import Testing

extension EndToEnd {
    /// What was said at meetings: listed, answered, and left alone by every other correction.
    @Suite struct OpinionTests {
        private let office: Office
        private static let opinions =
            #""opinions": [{ "topic": "食堂", "text": "希望改善" }, { "text": "送课" }], "notes": "备注""#

        init() throws { office = try Office.current() }

        private func prepared() async throws -> Ledger {
            let ledger = try await office.ledger()
            try await ledger.record(
                try Documents.meeting(with: Self.opinions, for: #""notes": "备注""#)
                    .replacing(
                        #""headcount": 180"#,
                        with: #""headcount": 180, "contact": { "name": "钱示例", "phone": "15412340000" }"#))
            return ledger
        }

        private func answer(
            _ ledger: Ledger, _ number: Int, _ more: String..., input: Input = .nothing
        ) async throws -> Outcome {
            try await office.goutong(
                [
                    "opinion", "answer", "--meeting", Documents.meetingID, "--number", "\(number)",
                    "--federation", ledger.federation,
                ] + more, input: input)
        }

        @Test("登记答复是一次更正：申请人、联系人和其余各项不动，周报随之变化")
        func answered() async throws {
            let ledger = try await prepared()
            let persons = try await persons(in: ledger)
            #expect(persons.count == 3)
            let first = try await answer(ledger, 2, "--on", "2018-09-14", "--text", "已安排夜校", "--json")
            #expect(try Recorded(first).outcome == "corrected" && Recorded(first).revision == 2, "\(first)")
            let listed = try await ledger.goutong("opinion", "list", "--json").objects()
            #expect(listed.map { $0["number"] as? Int } == [1, 2])
            #expect(listed.map { $0["text"] as? String } == ["希望改善", "送课"])
            #expect(listed.map { $0["answered_on"] as? String } == [nil, "2018-09-14"])
            #expect(listed.map { $0["answer"] as? String } == [nil, "已安排夜校"])
            #expect(try await self.persons(in: ledger) == persons, "a sealed person was touched")
            // Once more in the same words is the same answer; in others it must be said aloud.
            let again = try await answer(ledger, 2, "--on", "2018-09-14", "--text", "已安排夜校", "--json")
            #expect(
                try Recorded(again).outcome == "replayed"
                    && Recorded(again).receipt == Recorded(first).receipt)
            let other = try await answer(ledger, 2, "--on", "2018-09-14", "--json")
            #expect(try other.status == 79 && other.issues().map(\.code) == ["opinion.answered"], "\(other)")
            let replaced = try await answer(
                ledger, 2, "--on", "2018-09-15", "--from", "-", "--replace", "--json",
                input: .text("夜校每周三\n"))
            #expect(try Recorded(replaced).revision == 3, "\(replaced)")

            let report = try await ledger.goutong("report", "weekly", "--week", "2018-W37")
            #expect(report.text.contains("职工意见建议尚未登记答复1条"), "\(report.text.suffix(3000))")
            let json = try await ledger.goutong("report", "weekly", "--week", "2018-W37", "--format", "json")
            let topics = try #require(try json.object()["opinions"] as? [[String: Any]])
            #expect(topics.map { $0["answered"] as? Int } == [0, 1])
            #expect(topics.map { $0["unanswered"] as? Int } == [1, 0])
            #expect(topics.map { $0["cumulative"] as? Int } == [1, 1])

            // A correction of something else keeps the answer.
            let printed = try await ledger.goutong("meeting", "show", Documents.meetingID, "--document")
            let mended = printed.text.replacing("\"consulted\": 34", with: "\"consulted\": 35")
            #expect(mended != printed.text && printed.text.contains("夜校每周三"), "\(printed)")
            let corrected = try await ledger.goutong(
                "meeting", "correct", Documents.meetingID, "--from", "-", input: .text(mended))
            #expect(corrected.status == 0, "\(corrected)")
            let kept = try await ledger.goutong("opinion", "list", "--unanswered", "--json").objects()
            #expect(kept.map { $0["text"] as? String } == ["希望改善"])
            #expect(try await self.persons(in: ledger) == persons)
        }

        @Test("每种拒绝都指明是哪一项，什么也不写入")
        func refused() async throws {
            let ledger = try await prepared()
            func expect(
                _ status: Int32, _ code: String, _ arguments: String...,
                sourceLocation: SourceLocation = #_sourceLocation
            ) async throws {
                let refused = try await office.goutong(
                    ["opinion"] + arguments + ["--json", "--federation", ledger.federation])
                #expect(refused.status == status, "\(refused)", sourceLocation: sourceLocation)
                #expect(
                    try refused.issues().map(\.code) == [code], "\(refused)", sourceLocation: sourceLocation)
            }
            let meeting = Documents.meetingID
            let nobody = "01890000-0000-7000-8000-000000000000"
            try await expect(66, "meeting.not_found", "answer", "--meeting", nobody, "--number", "1")
            try await expect(64, "id.form", "answer", "--meeting", "x", "--number", "1")
            try await expect(64, "number.range", "answer", "--meeting", meeting, "--number", "0")
            try await expect(65, "opinion.unknown", "answer", "--meeting", meeting, "--number", "3")
            try await expect(
                65, "answer.before_meeting", "answer", "--meeting", meeting, "--number", "1", "--on",
                "2018-09-11")
            try await expect(
                64, "date.future", "answer", "--meeting", meeting, "--number", "1", "--on", "2999-01-01")
            try await expect(
                65, "text.personal_number", "answer", "--meeting", meeting, "--number", "1", "--text",
                "打 13800138000")
            try await expect(
                64, "text.twice", "answer", "--meeting", meeting, "--number", "1", "--text", "好", "--from",
                "-")
            try await expect(
                79, "meeting.not_current", "answer", "--meeting", meeting, "--number", "1", "--revision", "7")
            try await expect(64, "area.form", "list", "--area", "11")
            try await expect(64, "week.twice", "list", "--week", "2018-W37", "--from", "2018-09-01")
            #expect(try await ledger.meetings().map { $0["revision"] as? Int } == [1])
            _ = try await ledger.goutong("meeting", "void", meeting, "--why", "重复登记")
            try await expect(79, "meeting.void", "answer", "--meeting", meeting, "--number", "1")
            let none = try await ledger.goutong("opinion", "list")
            #expect(none.status == 0 && none.text.isEmpty && none.said.contains("没有意见"), "\(none)")
        }

        @Test("经服务登记答复：不显示个人信息，也不改动；两处列出的一样")
        func throughAService() async throws {
            let ledger = try await prepared()
            let persons = try await persons(in: ledger)
            let token = try await ledger.token("zhang", "cadre", unit: "BJ-110105021")
            let stranger = try await ledger.token("li", "cadre", unit: "BJ-110101001")
            let command = [
                "opinion", "answer", "--meeting", Documents.meetingID, "--number", "1", "--on", "2018-09-13",
                "--text", "已换承包商",
            ]
            try await office.serving { served in
                let recorded = try await served.goutong(
                    command + ["--revision", "1", "--json"], token: token)
                #expect(try Recorded(recorded).revision == 2, "\(recorded)")
                let again = try await served.goutong(command + ["--json"], token: token)
                #expect(try Recorded(again).outcome == "replayed", "\(again)")
                let late = try await served.goutong(command + ["--revision", "1", "--json"], token: token)
                #expect(late.status == 79, "\(late)")
                // Another area's is not there.
                let foreign = try await served.goutong(command, token: stranger)
                #expect(foreign.status == 66, "\(foreign)")
                for arguments in [
                    [], ["--unanswered"], ["--week", "2018-W37"], ["--area", "110105"], ["--limit", "1"],
                    ["--json"], ["--json", "--limit", "1"], ["--lang", "en"],
                ] {
                    let list = ["opinion", "list"] + arguments
                    let local = try await office.goutong(list + ["--federation", ledger.federation])
                    let remote = try await served.goutong(list, token: token)
                    #expect(local.status == 0 && !local.output.isEmpty, "\(arguments) \(local)")
                    #expect(local.output == remote.output, "\(arguments)\n\(local)\n\(remote)")
                }
                let empty = try await served.goutong(["opinion", "list", "--json"], token: stranger)
                #expect(empty.status == 0 && empty.output.isEmpty, "\(empty)")
                let waiting = try await served.goutong(["outbox", "list"], token: token)
                #expect(waiting.text.isEmpty, "\(waiting)")
            }
            #expect(try await self.persons(in: ledger) == persons)
        }

        /// Sealed persons of the applicants and contacts of firms, as they stand for the current revision.
        private func persons(in ledger: Ledger) async throws -> [String] {
            let rows = try await office.shell(
                """
                psql -X -A -t "$("$GOUTONG" db start)" -c "
                    SELECT 'p ' || md5(p.sealed::text) FROM goutong.applicant a
                    JOIN goutong.applicant_person p ON p.federation_id = a.federation_id
                        AND p.applicant_id = a.applicant_id AND p.revision = a.person_revision
                    JOIN goutong.federation f ON f.federation_id = a.federation_id
                    WHERE a.superseded_at IS NULL AND f.code = '\(ledger.federation)'
                    UNION ALL
                    SELECT 'c ' || c.firm_id FROM goutong.firm_contact c JOIN goutong.meeting m
                    USING (federation_id, meeting_id, revision) JOIN goutong.federation f USING (federation_id)
                    WHERE m.superseded_at IS NULL AND f.code = '\(ledger.federation)' ORDER BY 1"
                """)
            try #require(rows.status == 0, "\(rows)")
            return rows.lines
        }
    }
}
