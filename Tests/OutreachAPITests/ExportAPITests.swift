import Foundation
import Hummingbird
import NIOCore
import Outreach
import OutreachStore
import PostgresClient
import Reporting
import Testing

@Suite("exports that stream")
struct ExportAPITests {
    /// Takes an answer's first piece, and then nothing until it is let go.
    private final class SlowReader: ResponseBodyWriter, Sendable {
        private let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        private let (released, release) = AsyncStream.makeStream(of: Void.self)

        func write(_ buffer: ByteBuffer) async throws {
            begin.finish()
            for await _ in released {}
        }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}

        func untilItHasBegun() async { for await _ in begun {} }
        func letGo() { release.finish() }
    }

    @Test("readers that stand still leave connections for who records; the next export is told to come again")
    func slowReaders() async throws {
        try await APIFixture.serving { api in
            let (_, auditor) = try await api.account("shen", .auditor)
            let (_, cadre) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
            let readers = [SlowReader(), SlowReader()]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for reader in readers {
                    let answer = try await api.respond(.get, "/v1/audit/export", token: auditor)
                    #expect(answer.status == .ok)
                    group.addTask { try await answer.body.write(reader) }
                    await reader.untilItHasBegun()
                }
                let third = try await api.send(.get, "/v1/audit/export", token: auditor)
                #expect(
                    third.status == .tooManyRequests && third.headers[.retryAfter] == "5", "\(third.text)")
                // As many connections as are left.
                for number in 1...2 {
                    let recorded = try await api.send(
                        .post, "/v1/meetings", token: cadre,
                        body: MeetingAPITests.enterpriseMeeting(
                            id: "01890000-0000-7000-8000-00000000000\(number)"))
                    #expect(recorded.status == .created, "\(recorded.text)")
                }
                for reader in readers { reader.letGo() }
                try await group.waitForAll()
            }
            let after = try await api.send(.get, "/v1/audit/export", token: auditor)
            #expect(after.status == .ok && after.text.contains(#""entries""#))
        }
    }

    @Test("an answer that nobody comes to read, and one that is refused, keep no place")
    func abandoned() async throws {
        try await APIFixture.serving { api in
            let (_, auditor) = try await api.account("shen", .auditor)
            let (_, lead) = try await api.account("lead", .districtLead)
            for _ in 1...5 {
                #expect(try await api.respond(.get, "/v1/audit/export", token: auditor).status == .ok)
                #expect(try await api.send(.get, "/v1/audit/export", token: lead).status == .notFound)
            }
        }
    }

    @Test("nobody knows a stream's size before: it has no head to ask for; a report has")
    func heads() async throws {
        try await APIFixture.serving { api in
            let (_, auditor) = try await api.account("shen", .auditor)
            let (_, lead) = try await api.account("lead", .districtLead)
            for (path, token) in [("/v1/audit/export", auditor), ("/v1/exports/ledger", lead)] {
                let head = try await api.send(.head, path, token: token)
                #expect(head.status == .methodNotAllowed && head.headers[.allow] == "GET", "\(path)")
            }
            let noted = try await api.owner.query(
                "SELECT count(*) FROM goutong.audit_entry WHERE action LIKE 'export.%'"
            ).only().decode(Int.self)
            #expect(noted == 0)
            let head = try await api.send(.head, "/v1/reports/weekly?week=2018-W40", token: lead)
            #expect(head.status == .ok && head.body.isEmpty)
            #expect((head.headers[.contentLength].flatMap { Int($0) } ?? 0) > 0)
        }
    }

    @Test("the ledger, whole and without persons, for who sees every area; noted in the audit")
    func theLedger() async throws {
        try await APIFixture.serving { api in
            let (_, city) = try await api.account("city", .districtLead)
            let (_, district) = try await api.account("lead", .districtLead, unit: "BJ-110105")
            let (_, desk) = try await api.account("desk", .enterpriseDesk)
            let (_, analyst) = try await api.account("chen", .analyst)
            let recorded = try await api.send(
                .post, "/v1/meetings", token: city, body: MeetingAPITests.workerMeeting)
            #expect(recorded.status == .created, "\(recorded.text)")
            for token in [district, desk, analyst] {
                let refused = try await api.send(.get, "/v1/exports/ledger", token: token)
                #expect(refused.status == .forbidden, "\(refused.text)")
            }
            let export = try await api.send(.get, "/v1/exports/ledger", token: city)
            #expect(
                export.status == .ok && export.headers[.contentType] == "application/jsonl; charset=utf-8")
            var files: [String: String] = [:]
            var lines = export.text.split(separator: "\n")
            let end = try JSONSerialization.jsonObject(with: Data((lines.popLast() ?? "").utf8))
            for line in lines {
                let piece = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
                files[piece?["file"] ?? "", default: ""] += piece?["text"] ?? ""
            }
            #expect(Set(files.keys) == LedgerExport.fileNames)
            #expect((end as? [String: Int]) == ["files": files.count])
            #expect(files["meeting.csv"]?.split(separator: "\n").count == 2)
            #expect(files["applicant.csv"]?.split(separator: "\n").count == 2)
            for secret in ["13800138000", "13900139000", "赵甲", "测试联系人"] {
                #expect(!export.text.contains(secret), "\(secret)")
            }
            let noted = try await api.owner.query(
                "SELECT actor, object_kind FROM goutong.audit_entry WHERE action = 'export.ledger'"
            ).decode((String, String).self)
            #expect(noted.map { [$0.0, $0.1] } == [["city", "federation"]])
        }
    }

    @Test("the pilot comparison as a folder holds its single files")
    func thePilotFolder() async throws {
        try await APIFixture.serving { api in
            let (_, analyst) = try await api.account("chen", .analyst)
            let asked = "/v1/reports/pilot-comparison?to=2018-12-30&as_known_at="
            let first = try await api.send(
                .get, "/v1/reports/pilot-comparison?to=2018-12-30", token: analyst)
            let moment = try #require(try first.json()["as_known_at"] as? String)
            let path = asked + moment.replacing("+", with: "%2B")
            func get(_ type: String, _ more: String = "") async throws -> [UInt8] {
                let answer = try await api.send(.get, path + more, token: analyst, headers: [.accept: type])
                #expect(answer.status == .ok, "\(type) \(answer.text)")
                return answer.body
            }
            let files = try #require(TapeArchive.files(in: try await get("application/x-tar")))
            #expect(Set(files.map(\.name)) == PilotFolder.fileNames)
            for (name, single) in [
                ("cells.csv", try await get("text/csv")), ("comparison.html", try await get("text/html")),
                ("estimates.csv", try await get("text/csv", "&table=estimates")),
                (
                    "comparison.xlsx",
                    try await get("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                ),
            ] {
                let isSame = files.first { $0.name == name }?.bytes == single
                #expect(isSame, "\(name)")
            }
            #expect(TapeArchive.files(in: Array(try await get("application/x-tar").dropLast(1024))) == nil)
        }
    }
}
