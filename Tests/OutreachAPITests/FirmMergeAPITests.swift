import Foundation
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing

@Suite("duplicates are merged, and that is undone, over HTTP")
struct FirmMergeAPITests {
    private static let merge = "01890000-0000-7000-8000-0000000003"
    private static let missing = "01890000-0000-7000-8000-0000000000ff"

    /// Two firms met in 110105021, its cadre, one of another district, an auditor.
    private struct Prepared {
        let firms: [String]
        let own: APIToken
        let other: APIToken
        let auditor: APIToken
    }

    private func prepared(_ api: APIFixture) async throws -> Prepared {
        let (_, own) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
        let (_, other) = try await api.account("li", .cadre, unit: "BJ-110101001")
        let (_, auditor) = try await api.account("wu", .auditor)
        for (number, name) in [(1, "甲"), (2, "乙")] {
            let meeting = MeetingAPITests.enterpriseMeeting(
                id: "01890000-0000-7000-8000-00000000000\(number)"
            ).replacing("甲", with: name)
            let recorded = try await api.send(.post, "/v1/meetings", token: own, body: meeting)
            #expect(recorded.status == .created, "\(recorded.text)")
        }
        let found = try await api.send(.get, "/v1/firms?q=%E6%B5%8B%E8%AF%95", token: own)
        let items = try found.json()["items"] as? [[String: any Sendable]]
        let firms = (items ?? []).compactMap { $0["id"] as? String }
        try #require(firms.count == 2, "\(found.text)")
        return Prepared(firms: firms, own: own, other: other, auditor: auditor)
    }

    private func body(_ number: Int, _ duplicate: String, _ kept: String) -> String {
        #"{"id":"\#(Self.merge)0\#(number)","duplicate":"\#(duplicate)","kept":"\#(kept)"}"#
    }

    @Test("recorded once, replayed, in conflict, undone once and again")
    func life() async throws {
        try await APIFixture.serving { api in
            let it = try await prepared(api)
            let (firms, own) = (it.firms, it.own)
            func merge(_ body: String) async throws -> APIFixture.Answer {
                try await api.send(.post, "/v1/firm-merges", token: own, body: body)
            }
            let first = try await merge(body(1, firms[0], firms[1]))
            #expect(
                first.status == .created && first.text.contains(#""outcome":"recorded""#), "\(first.text)")
            let again = try await merge(body(1, firms[0], firms[1]))
            #expect(again.status == .ok && again.text.contains(#""outcome":"replayed""#), "\(again.text)")
            for (sent, code) in [
                (body(1, firms[1], firms[0]), "merge.conflict"),
                (body(2, firms[0], firms[1]), "firm.merged_already"),
                (body(3, firms[1], firms[0]), "firm.merged_in_loop"),
                (body(4, firms[1], firms[1]), "firm.merged_in_loop"),
            ] {
                let refused = try await merge(sent)
                #expect(refused.status == .conflict && refused.text.contains(code), "\(refused.text)")
            }
            let shown = try await api.send(.get, "/v1/firms/\(firms[0])/merge", token: own)
            #expect(try shown.json()["kept"] as? String == firms[1], "\(shown.text)")
            #expect(
                try await api.send(.get, "/v1/firms/\(firms[1])/merge", token: own).status == .notFound)
            let path = "/v1/firm-merges/\(Self.merge)01"
            #expect(try await api.send(.delete, path, token: own).status == .noContent)
            #expect(try await api.send(.delete, path, token: own).status == .noContent)
            #expect(
                try await api.send(.get, "/v1/firms/\(firms[0])/merge", token: own).status == .notFound)
            // Sent again late, what was undone stays undone.
            #expect(try await merge(body(1, firms[0], firms[1])).status == .ok)
            #expect(
                try await api.send(.get, "/v1/firms/\(firms[0])/merge", token: own).status == .notFound)
            let noted = try await api.owner.query(
                "SELECT action, actor, object_id FROM goutong.audit_entry WHERE action LIKE 'firm.%' ORDER BY at"
            ).decode((String, String, String).self)
            #expect(noted.first.map { [$0.0, $0.1, $0.2] } == ["firm.merge", "zhang", firms[0]])
            #expect(noted.contains { $0.0 == "firm.unmerge" && $0.2 == firms[0] })
        }
    }

    @Test("out of scope is as what does not exist; who may not record learns nothing; what is wrong is named")
    func refusals() async throws {
        try await APIFixture.serving { api in
            let it = try await prepared(api)
            let distant = try await api.send(
                .post, "/v1/firm-merges", token: it.other, body: body(1, it.firms[0], it.firms[1]))
            let nothing = try await api.send(
                .post, "/v1/firm-merges", token: it.other, body: body(2, it.firms[0], Self.missing))
            #expect(distant.status == .notFound && distant.essence == nothing.essence, "\(distant.text)")
            for kept in [it.firms[1], Self.missing] {
                let refused = try await api.send(
                    .post, "/v1/firm-merges", token: it.auditor, body: body(3, it.firms[0], kept))
                #expect(refused.status == .forbidden, "\(refused.text)")
            }
            let merged = try await api.send(
                .post, "/v1/firm-merges", token: it.own, body: body(1, it.firms[0], it.firms[1]))
            #expect(merged.status == .created)
            let path = "/v1/firm-merges/\(Self.merge)01"
            let theirs = try await api.send(.delete, path, token: it.other)
            let none = try await api.send(.delete, "/v1/firm-merges/\(Self.missing)", token: it.other)
            #expect(theirs.status == .notFound && theirs.essence == none.essence)
            #expect(try await api.send(.delete, path, token: it.auditor).status == .forbidden)
            #expect(
                try await api.send(.delete, "/v1/firm-merges/\(Self.missing)", token: it.auditor).status
                    == .forbidden)
            // Still merged; undone by its own, it is as nothing to others.
            #expect(try await api.send(.delete, path, token: it.own).status == .noContent)
            #expect(try await api.send(.delete, path, token: it.other).status == .notFound)
            let wrong = try await api.send(
                .post, "/v1/firm-merges", token: it.own, body: #"{"id":"x","kept":"\#(it.firms[0])","why":1}"#
            )
            #expect(wrong.status == .unprocessableContent, "\(wrong.text)")
            for pointer in ["/id", "/duplicate", "/why"] {
                #expect(wrong.text.contains(#""pointer":"\#(pointer)""#), "\(pointer) \(wrong.text)")
            }
        }
    }
}
