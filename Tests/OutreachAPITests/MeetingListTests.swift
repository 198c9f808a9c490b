import Foundation
import Hummingbird
import Outreach
import OutreachStore
import Testing

@Suite("meetings in lists and batches over HTTP")
struct MeetingListTests {
    private static func id(_ number: Int) -> String { "01890000-0000-7000-8000-00000000010\(number)" }

    @Test("pages hold every meeting once; a cursor of other filters is refused")
    func pages() async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("zhang", .districtLead, unit: "BJ-110105")
            let batch = (0..<5).map { MeetingAPITests.enterpriseMeeting(id: Self.id($0)) }
            let posted = try await api.send(
                .post, "/v1/meetings/batch", token: token, body: "[\(batch.joined(separator: ","))]")
            #expect(posted.status.code == 207, "\(posted.text)")
            var seen: [String] = []
            var cursor: String?
            repeat {
                let page = try await api.send(
                    .get, "/v1/meetings?kind=enterprise&limit=2" + (cursor.map { "&cursor=\($0)" } ?? ""),
                    token: token
                ).json()
                let items = try #require(page["items"] as? [[String: any Sendable]])
                seen += items.compactMap { $0["id"] as? String }
                cursor = page["next"] as? String
                if let cursor {
                    for other in ["kind=worker&", "area=110105021&kind=enterprise&", ""] {
                        let refused = try await api.send(
                            .get, "/v1/meetings?\(other)cursor=\(cursor)", token: token)
                        #expect(refused.status == .badRequest && refused.text.contains("cursor.other"))
                    }
                    let (_, stranger) = try await api.account("l\(seen.count)", .lead, unit: "BJ-110105021")
                    let refused = try await api.send(
                        .get, "/v1/meetings?kind=enterprise&cursor=\(cursor)", token: stranger)
                    #expect(refused.status == .badRequest)
                }
            } while cursor != nil
            #expect(seen == (0..<5).reversed().map(Self.id))
            let all = try await api.send(.get, "/v1/meetings?limit=99999999999999999999", token: token)
            #expect(all.status == .ok)
            let none = try await api.send(.get, "/v1/meetings?from=2018-09-13", token: token)
            #expect(none.text.contains(#""items":[]"#))
        }
    }

    @Test(
        "a query that does not read is refused by its parameter's name",
        arguments: [
            ("limit=0", "/query/limit"), ("limit=-1", "/query/limit"), ("limit=abc", "/query/limit"),
            ("from=2018-13-01", "/query/from"), ("area=11", "/query/area"), ("kind=x", "/query/kind"),
            ("cursor=x", "/query/cursor"), ("form=2018-01-01", "query.unknown"),
            ("kind=worker&kind=worker", "query.twice"), ("from=%FF", "bad-encoding"),
        ])
    func badQueries(query: String, pointer: String) async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
            let answer = try await api.send(.get, "/v1/meetings?\(query)", token: token)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains(pointer), "\(answer.text)")
        }
    }

    @Test("each of a batch has a result of its own, and one that is refused stops nothing")
    func batch() async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
            let good = MeetingAPITests.enterpriseMeeting(id: Self.id(1))
            let items = [
                good, good, MeetingAPITests.enterpriseMeeting(area: "110101001", id: Self.id(2)), "{}",
                MeetingAPITests.correction(id: Self.id(1), replaces: 1), "7",
            ]
            let answer = try await api.send(
                .post, "/v1/meetings/batch", token: token, body: "[\(items.joined(separator: ","))]")
            #expect(answer.status.code == 207)
            let results = try #require(try answer.json()["results"] as? [[String: any Sendable]])
            #expect(results.compactMap { $0["status"] as? Int } == [201, 200, 403, 422, 201, 422])
            #expect(results.compactMap { $0["index"] as? Int } == Array(0..<6))
            for body in ["[]", "{}", "[" + String(repeating: "1,", count: 100) + "1]"] {
                let refused = try await api.send(.post, "/v1/meetings/batch", token: token, body: body)
                #expect(refused.status == .unprocessableContent)
            }
        }
    }

    @Test(
        "a week is declared complete, or without meetings, in one's own area alone",
        arguments: ["none", "submitted"])
    func declares(_ declaration: String) async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
            func declare(_ week: String, _ area: String) async throws -> HTTPResponse.Status {
                try await api.send(
                    .post, "/v1/weeks/\(week)/\(declaration)", token: token, body: #"{"area":"\#(area)"}"#
                ).status
            }
            #expect(try await declare("2018-W40", "110105021") == .ok)
            #expect(try await declare("2018-W40", "110105021") == .ok)
            #expect(try await declare("2018-W40", "110101001") == .forbidden)
            #expect(try await declare("2018-W40", "110105999") == .unprocessableContent)
            #expect(try await declare("2099-W40", "110105021") == .unprocessableContent)
            #expect(try await declare("2018-W60", "110105021") == .notFound)
        }
    }
}
