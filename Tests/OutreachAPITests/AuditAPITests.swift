import Foundation
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing
import Vault

/// The audit over HTTP, read by an account under row-level security.
@Suite("the audit over HTTP")
struct AuditAPITests {
    private static let paths = ["/v1/audit", "/v1/audit/head", "/v1/audit/export"]

    @Test("the auditor reads; everybody else is answered as by what does not exist, and that is on record")
    func auditorAlone() async throws {
        try await APIFixture.serving { api in
            let auditor = try await api.account("auditor", .auditor).token
            try await api.seal()
            for path in Self.paths {
                let seen = try await api.send(.get, path, token: auditor)
                #expect(seen.status == .ok && !seen.body.isEmpty, "\(path): \(seen.text)")
                #expect(try await api.send(.get, path).status == .unauthorized)
            }
            let administrator = try await api.account("admin", .administrator).token
            let absent = try await api.send(
                .get, "/v1/accounts/01890000-0000-7000-8000-000000000099", token: administrator)
            #expect(absent.status == .notFound)
            for role in AccountRole.allCases where role != .auditor {
                let token = try await api.account("the.\(role.rawValue)", role).token
                for path in Self.paths {
                    let hidden = try await api.send(.get, path, token: token)
                    #expect(hidden.essence == absent.essence, "\(role) \(path)")
                }
            }
            // A token that is narrower than its account.
            let narrow = try await api.account("narrow", .auditor, rights: [.figures]).token
            #expect(try await api.send(.get, "/v1/audit", token: narrow).essence == absent.essence)

            let looks = try await api.owner.query(
                """
                SELECT actor, action, result FROM goutong.audit_entry
                WHERE action IN ('audit.read', 'export.audit') AND actor IN ('auditor', 'the.cadre', 'narrow')
                ORDER BY at
                """
            ).decode((String, String, String).self).map { "\($0.0) \($0.1) \($0.2)" }
            #expect(
                looks == [
                    "auditor audit.read done", "auditor audit.read done", "auditor export.audit done",
                    "the.cadre audit.read refused", "the.cadre audit.read refused",
                    "the.cadre export.audit refused", "narrow audit.read refused",
                ])
        }
    }

    @Test("pages hold every entry of the federation once, and none of another; cursors keep to their filters")
    func pages() async throws {
        try await APIFixture.serving { api in
            let other = try await Federation.add(
                code: "other", name: Bilingual(zh: "别市总工会", en: "Other federation"), synthetic: true,
                since: Day(ordinal: 17_622), on: api.owner
            ).federation
            try await AuditTrail.add(
                AuditEvent(.exportLedger), by: .operator("stranger", of: other), on: api.owner)
            try await api.note(7)
            let auditor = try await api.account("auditor", .auditor).token
            let colleague = try await api.account("colleague", .auditor).token

            func page(_ query: String, _ token: APIToken) async throws -> ([[String: any Sendable]], String?)
            {
                let answer = try await api.send(.get, "/v1/audit?\(query)", token: token)
                #expect(answer.status == .ok, "\(answer.text)")
                let json = try answer.json()
                return (json["items"] as? [[String: any Sendable]] ?? [], json["next"] as? String)
            }
            var found: [String] = []
            var (items, next) = try await page("action=person&limit=3", auditor)
            #expect(items.count == 3)
            let first = try #require(next)
            while true {
                found += items.compactMap { $0["object_id"] as? String }
                guard let cursor = next else { break }
                (items, next) = try await page("action=person&limit=3&cursor=\(cursor)", auditor)
            }
            #expect(found == ["6", "5", "4", "3", "2", "1", "0"])
            for (query, token) in [
                ("action=person.look&limit=3", auditor), ("limit=3", auditor),
                ("action=person&limit=3", colleague),
            ] {
                let refused = try await api.send(.get, "/v1/audit?\(query)&cursor=\(first)", token: token)
                #expect(refused.status == .badRequest && refused.text.contains("cursor.other"), "\(query)")
            }
            let all = try await page("limit=500", auditor).0
            #expect(!all.contains { $0["actor"] as? String == "operator:stranger" })
            #expect(try await page("actor=operator:tester&object=applicant:3", auditor).0.count == 1)
            #expect(try await page("to=2018-12-31", auditor).0.isEmpty)
            #expect(try await page("from=2018-12-31T18:00:00%2B08:00", auditor).0.count > 7)
            #expect(
                try await api.send(.get, "/v1/audit?from=yesterday", token: auditor).status == .badRequest)
        }
    }

    @Test("an export is what the operator's would be, sealed up to itself, and its head holds")
    func export() async throws {
        try await APIFixture.serving { api in
            try await api.note(4_100)
            let auditor = try await api.account("auditor", .auditor).token
            for (accept, format) in [("*/*", AuditExport.Format.jsonl), ("text/csv", .csv)] {
                let answer = try await api.send(
                    .get, "/v1/audit/export", token: auditor, headers: [.accept: accept])
                #expect(answer.status == .ok)
                let expected = Text()
                let count = try await AuditExport(AuditReader(federation: api.federation), as: format)
                    .run(on: api.owner) { expected.value += $0 }
                #expect(count > 4_100 && answer.text == expected.value)
                let heads = AuditHead.all(in: answer.text)
                #expect(heads.count == 1 && heads.first?.position == count)
                let report = try await AuditVerifier(
                    federation: api.federation, keys: [api.vault.auditKey]
                ).verify(heads: heads, on: api.owner)
                #expect(report.findings.isEmpty && report.waiting == 0)
            }
            let other = try await api.send(
                .get, "/v1/audit/export", token: auditor, headers: [.accept: "application/pdf"])
            #expect(other.status == .notAcceptable)
            let part = try await api.send(
                .get, "/v1/audit/export?action=person.look", token: auditor, headers: [.accept: "text/csv"])
            // Heading, entries, end.
            #expect(part.text.split(whereSeparator: \.isNewline).count == 4_102)
        }
    }

    @Test("the head, now and at a position that was kept on paper")
    func head() async throws {
        try await APIFixture.serving { api in
            let auditor = try await api.account("auditor", .auditor).token
            #expect(try await api.send(.get, "/v1/audit/head", token: auditor).status == .notFound)
            try await api.seal()
            let kept = try #require(try await AuditHead.read(api.federation, on: api.owner))
            try await api.note(3)
            try await api.seal()
            let now = try await api.send(.get, "/v1/audit/head", token: auditor)
            let head = try #require(try await AuditHead.read(api.federation, on: api.owner))
            #expect(try now.json()["head"] as? String == head.text && head != kept)
            let then = try await api.send(
                .get, "/v1/audit/head?position=\(kept.position)", token: auditor)
            #expect(try then.json()["head"] as? String == kept.text)
            #expect(
                try await api.send(.get, "/v1/audit/head?position=9999", token: auditor).status == .notFound)
            #expect(
                try await api.send(.get, "/v1/audit/head?position=0", token: auditor).status == .badRequest)
        }
    }
}

/// Unchecked: one task writes.
private final class Text: @unchecked Sendable {
    var value = ""
}

extension APIFixture {
    fileprivate func seal() async throws {
        _ = try await AuditSealer(federation: federation, key: vault.auditKey, connection: owner).sealOnce()
    }

    /// Entries of looks at applicants named by numbers from 0 on.
    fileprivate func note(_ count: Int) async throws {
        try await owner.transaction { connection in
            for index in 0..<count {
                try await Authority.operator("tester", of: federation).note(
                    AuditEvent(.personLook, object: .init(kind: "applicant", id: "\(index)")),
                    on: connection)
            }
        }
    }
}
