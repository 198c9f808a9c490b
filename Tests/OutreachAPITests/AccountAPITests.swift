import Foundation
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing
import Vault

@Suite("accounts, passwords and sessions over HTTP")
struct AccountAPITests {
    static let password = "三号会议室的绿萝又开花了"
    static let cost = PasswordHash.Cost(logRounds: 10, blockSize: 8, parallelism: 1)

    @Test("signing in gives a cookie that acts for the account until signing out")
    func session() async throws {
        try await APIFixture.serving { api in
            try await api.account("zhang", .cadre, unit: "BJ-110105021", password: Self.password)
            let answer = try await api.signIn("Zhang", Self.password)
            #expect(answer.status == .ok, "\(answer.text)")
            let setting = try #require(answer.headers[.setCookie])
            for part in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(setting.contains(part)) }
            #expect(setting.hasPrefix("goutong=gs1.") && !setting.contains("Secure"))
            let cookie = try #require(answer.cookie)

            let own = try await api.send(.get, "/v1/account", headers: cookie)
            #expect(own.status == .ok)
            #expect(
                own.text.contains(#""login":"zhang""#) && own.text.contains(#""people_own""#), "\(own.text)")
            let recorded = try await api.send(
                .post, "/v1/meetings", headers: cookie.from("http://localhost"),
                body: MeetingAPITests.enterpriseMeeting())
            #expect(recorded.status == .created, "\(recorded.text)")

            let out = try await api.send(.delete, "/v1/session", headers: cookie.from("http://localhost"))
            #expect(out.status == .noContent && out.headers[.setCookie]?.contains("Max-Age=0") == true)
            #expect(try await api.send(.get, "/v1/account", headers: cookie).status == .unauthorized)
            let entries = try await api.owner.query(
                "SELECT action || ' ' || result FROM goutong.audit_entry WHERE action LIKE 'login.%' ORDER BY at"
            ).map { row in try row.decode(String.self) }
            #expect(entries == ["login.password done", "login.end done"])
        }
    }

    @Test("behind TLS the cookie is Secure and bound to the host")
    func secureCookie() async throws {
        try await APIFixture.serving { api in
            try await api.account("zhang", .cadre, password: Self.password)
            let forwarded = try #require(HTTPFields.Element.Name("X-Forwarded-Proto"))
            let answer = try await api.signIn("zhang", Self.password, headers: [forwarded: "https"])
            let setting = try #require(answer.headers[.setCookie])
            #expect(setting.hasPrefix("__Host-goutong=gs1.") && setting.contains("; Secure"))
        }
    }

    @Test("unknown, wrong, disabled, locked and without a password are one answer")
    func oneAnswer() async throws {
        try await APIFixture.serving { api in
            for login in ["wrong", "disabled", "locked"] {
                try await api.account(login, .cadre, password: Self.password)
            }
            _ = try await api.account("tokens.only", .cadre)
            try await api.owner.script(
                """
                UPDATE goutong.account SET disabled_at = now() WHERE login = 'disabled';
                UPDATE goutong.account SET locked_until = now() + interval '1 hour' WHERE login = 'locked';
                """)
            var answers: Set<String> = []
            for (login, password) in [
                ("nobody", Self.password), ("wrong", "别的一句不对的话也很长"), ("disabled", Self.password),
                ("locked", Self.password), ("tokens.only", Self.password), ("x'; --", Self.password),
                ("zhang\\u0000", Self.password),
            ] {
                let answer = try await api.signIn(login, password)
                #expect(answer.status == .unauthorized && answer.headers[.setCookie] == nil, "\(login)")
                answers.insert(answer.text.replacing(/urn:goutong:request:[0-9A-Za-z-]+/, with: ""))
            }
            #expect(answers.count == 1, "\(answers)")
            let kept = try await api.owner.query("SELECT e::text FROM goutong.audit_entry e").map { row in
                try row.decode(String.self)
            }
            #expect(!kept.contains { $0.contains("nobody") || $0.contains("x'") || $0.contains("绿萝") })
        }
    }

    @Test("five failures lock for a minute, the next ones for longer; the right password then waits as well")
    func lockout() async throws {
        try await APIFixture.serving { api in
            try await api.account("zhang", .cadre, password: Self.password)
            for _ in 1...4 { _ = try await api.signIn("zhang", "不对的密码不对的密码吧") }
            #expect(try await api.signIn("zhang", Self.password).status == .ok)
            func lock() async throws -> Int? {
                try await api.owner.query(
                    """
                    SELECT extract(epoch FROM locked_until - clock_timestamp())::integer FROM goutong.account
                    WHERE login = 'zhang'
                    """
                ).only().decode(Int?.self)
            }
            #expect(try await lock() == nil)
            // At once: guesses under way count against one another.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...5 { group.addTask { _ = try await api.signIn("zhang", "不对的密码不对的密码吧") } }
                try await group.waitForAll()
            }
            #expect((50...60).contains(try #require(try await lock())))
            #expect(try await api.signIn("zhang", Self.password).status == .unauthorized)
            try await api.owner.script(
                "UPDATE goutong.account SET locked_until = now() - interval '1 second'")
            _ = try await api.signIn("zhang", "不对的密码不对的密码吧")
            #expect((110...120).contains(try #require(try await lock())))
            try await api.owner.script(
                "UPDATE goutong.account SET failures = 500, locked_until = now() - interval '1 second'")
            _ = try await api.signIn("zhang", "不对的密码不对的密码吧")
            #expect((3500...3600).contains(try #require(try await lock())))
            try await api.owner.script(
                "UPDATE goutong.account SET locked_until = now() - interval '1 second'")
            #expect(try await api.signIn("zhang", Self.password).status == .ok)
            #expect(try await lock() == nil)
        }
    }

    @Test("another site's page can neither use the cookie nor sign somebody in")
    func otherSites() async throws {
        try await APIFixture.serving { api in
            try await api.account("zhang", .cadre, unit: "BJ-110105021", password: Self.password)
            let cookie = try #require(try await api.signIn("zhang", Self.password).cookie)
            let site = try #require(HTTPFields.Element.Name("Sec-Fetch-Site"))
            var crossSite = cookie
            crossSite[site] = "cross-site"
            var sameSite = cookie
            sameSite[site] = "same-site"
            let silent = cookie
            for headers in [
                crossSite, sameSite, silent, cookie.from("https://evil.example"), cookie.from("null"),
            ] {
                let answer = try await api.send(
                    .post, "/v1/meetings", headers: headers, body: MeetingAPITests.enterpriseMeeting())
                #expect(answer.status == .forbidden && answer.text.contains("foreign-origin"))
            }
            let signIn = try await api.signIn("zhang", Self.password, headers: [site: "cross-site"])
            #expect(signIn.status == .forbidden)
            // A token needs no origin: no browser adds it by itself.
            let (_, token) = try await api.account("li", .cadre, unit: "BJ-110105021")
            let answer = try await api.send(
                .post, "/v1/meetings", token: token, body: MeetingAPITests.enterpriseMeeting())
            #expect(answer.status == .created)
        }
    }

    @Test(
        "the secret is renewed as it is used; the one before is honoured for a moment; idle and old ones end")
    func rotation() async throws {
        try await APIFixture.serving { api in
            try await api.account("zhang", .cadre, password: Self.password)
            let first = try #require(try await api.signIn("zhang", Self.password).cookie)
            func status(_ cookie: HTTPFields) async throws -> Int {
                try await api.send(.get, "/v1/account", headers: cookie).status.code
            }
            func age(_ column: String, _ interval: String) async throws {
                try await api.owner.script(
                    "UPDATE goutong.web_session SET \(column) = now() - interval '\(interval)'")
            }
            #expect(try await api.send(.get, "/v1/account", headers: first).headers[.setCookie] == nil)
            try await age("rotated_at", "11 minutes")
            // Also where the request itself fails.
            let renewing = try await api.send(
                .get, "/v1/meetings/01890000-0000-7000-8000-0000000000ff", headers: first)
            #expect(renewing.status == .notFound)
            let second = try #require(renewing.cookie)
            #expect(second != first)
            #expect(try await status(first) == 200)
            #expect(try await status(second) == 200)
            try await age("rotated_at", "2 minutes")
            #expect(try await status(first) == 401)
            #expect(try await status(second) == 200)
            try await age("rotated_at", "61 minutes")
            #expect(try await status(second) == 401)
            try await age("rotated_at", "1 minute")
            #expect(try await status(second) == 200)
            try await api.owner.script(
                "UPDATE goutong.web_session SET created_at = now() - interval '13 hours', expires_at = now() - interval '1 hour'"
            )
            #expect(try await status(second) == 401)
        }
    }

    @Test(
        "a lead's password that an administrator sets is on record by both names, and is changed before anything else"
    )
    func resetOfAnother() async throws {
        try await APIFixture.serving { api in
            let (chief, administrator) = try await api.account("chief", .administrator)
            let (lead, _) = try await api.account("lead", .districtLead)
            let reset = try await api.send(
                .patch, "/v1/accounts/\(lead)", token: administrator,
                body: #"{"password":"\#(Self.password)"}"#)
            #expect(reset.status == .ok && reset.text.contains(#""must_change":true"#), "\(reset.text)")
            let signedIn = try await api.signIn("lead", Self.password)
            let cookie = try #require(signedIn.cookie).from("http://localhost")
            for path in ["/v1/meetings", "/v1/firms?q=x", "/v1/reports/weekly"] {
                let refused = try await api.send(.get, path, headers: cookie)
                #expect(refused.status == .forbidden, "\(path) \(refused.text)")
            }
            let noted = try await api.owner.query(
                """
                SELECT actor, account_id, object_id FROM goutong.audit_entry WHERE action = 'account.password'
                """
            ).decode((String, AccountID, String).self)
            #expect(noted.count == 1 && noted.first.map { $0.0 == "chief" && $0.1 == chief } == true)
            #expect(noted.first?.2 == "\(lead)")
        }
    }

    @Test("an administrator's password must be changed before anything else; changing ends other sessions")
    func mustChange() async throws {
        try await APIFixture.serving { api in
            let (_, administrator) = try await api.account("chief", .administrator)
            let made = try await api.send(
                .post, "/v1/accounts", token: administrator,
                body:
                    #"{"login":"wang","name":"王示例","role":"cadre","unit":"BJ-110105021","password":"\#(Self.password)"}"#
            )
            #expect(made.status == .created, "\(made.text)")
            let first = try await api.signIn("wang", Self.password)
            #expect(first.text.contains(#""must_change":true"#) && first.text.contains(#""rights":[]"#))
            let cookie = try #require(first.cookie).from("http://localhost")
            let refused = try await api.send(
                .post, "/v1/meetings", headers: cookie, body: MeetingAPITests.enterpriseMeeting())
            #expect(refused.status == .forbidden)
            let other = try #require(try await api.signIn("wang", Self.password).cookie)
            let new = "四楼开水房的灯还没有修"
            for (old, next, code) in [
                ("不是原来的密码啊不是", new, "password.wrong"), (Self.password, "wang", "password.too_short"),
                (Self.password, Self.password, "password.same"),
                (Self.password, "woaini1314520", "password.common"),
            ] {
                let answer = try await api.send(
                    .post, "/v1/account/password", headers: cookie,
                    body: #"{"old":"\#(old)","new":"\#(next)"}"#)
                #expect(
                    answer.status == .unprocessableContent && answer.text.contains(code), "\(answer.text)")
                #expect(!answer.text.contains(old) && !answer.text.contains(#""\#(next)""#))
            }
            let changed = try await api.send(
                .post, "/v1/account/password", headers: cookie,
                body: #"{"old":"\#(Self.password)","new":"\#(new)"}"#)
            #expect(changed.status == .noContent, "\(changed.text)")
            let fresh = try #require(changed.cookie).from("http://localhost")
            #expect(try await api.send(.get, "/v1/account", headers: other).status == .unauthorized)
            #expect(try await api.send(.get, "/v1/account", headers: cookie).status == .unauthorized)
            let recorded = try await api.send(
                .post, "/v1/meetings", headers: fresh, body: MeetingAPITests.enterpriseMeeting())
            #expect(recorded.status == .created, "\(recorded.text)")
            #expect(try await api.signIn("wang", Self.password).status == .unauthorized)
        }
    }

    @Test("administering: list, change, disable, tokens; nobody else may")
    func administering() async throws {
        try await APIFixture.serving { api in
            let (chief, administrator) = try await api.account("chief", .administrator)
            let (id, token) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
            let path = "/v1/accounts/\(id)"
            for (method, path) in [
                (HTTPRequest.Method.get, "/v1/accounts"), (.get, path), (.post, "/v1/accounts"),
                (.patch, path),
                (.get, path + "/tokens"), (.post, path + "/tokens"),
            ] {
                #expect(
                    try await api.send(method, path, token: token).status == .forbidden, "\(method) \(path)")
            }
            let listed = try await api.send(.get, "/v1/accounts", token: administrator)
            #expect(listed.text.contains("zhang") && !listed.text.contains("scrypt"))

            let issued = try await api.send(
                .post, path + "/tokens", token: administrator,
                body: #"{"name":"手机","rights":["figures"],"days":1}"#)
            #expect(issued.status == .created, "\(issued.text)")
            let text = try #require(try issued.json()["token"] as? String)
            let narrow = try #require(APIToken(text))
            #expect(
                try await api.send(.get, "/v1/account", token: narrow).text.contains(#""rights":["figures"]"#)
            )
            let tokens = try await api.send(.get, path + "/tokens", token: administrator)
            #expect(tokens.text.contains("手机") && !tokens.text.contains(text))
            let tokenID = try #require(
                (try tokens.json()["tokens"] as? [[String: any Sendable]])?.first?["id"] as? String)
            let revoke = path + "/tokens/\(tokenID)"
            #expect(try await api.send(.delete, revoke, token: administrator).status == .noContent)
            #expect(try await api.send(.get, "/v1/account", token: narrow).status == .unauthorized)

            let moved = try await api.send(
                .patch, path, token: administrator, body: #"{"unit":"BJ-110101001","role":"lead"}"#)
            #expect(moved.text.contains("BJ-110101001") && moved.text.contains("lead"), "\(moved.text)")
            let nowhere = try await api.send(.patch, path, token: administrator, body: #"{"unit":"XX"}"#)
            #expect(nowhere.status == .unprocessableContent && nowhere.text.contains("/unit"))
            let itself = try await api.send(
                .patch, "/v1/accounts/\(chief)", token: administrator, body: #"{"role":"lead"}"#)
            #expect(itself.status == .forbidden)
            let disabled = try await api.send(.patch, path, token: administrator, body: #"{"disabled":true}"#)
            #expect(disabled.status == .ok)
            #expect(try await api.send(.get, "/v1/account", token: token).status == .unauthorized)
            let taken = try await api.send(
                .post, "/v1/accounts", token: administrator,
                body: #"{"login":"zhang","name":"张","role":"cadre","unit":"BJ"}"#)
            #expect(taken.status == .conflict)
            for path in ["/v1/accounts/01890000-0000-7000-8000-000000000099", "/v1/accounts/x"] {
                #expect(try await api.send(.get, path, token: administrator).status == .notFound)
            }
            let unknown = try await api.send(
                .post, "/v1/accounts", token: administrator, body: #"{"login":"A b","rolle":"cadre"}"#)
            #expect(unknown.status == .unprocessableContent && unknown.text.contains("/rolle"))
        }
    }
}

extension APIFixture {
    /// An account that signs in with a password of its own.
    func account(
        _ login: String, _ role: AccountRole, unit: String = "BJ", password: String
    ) async throws {
        let hash = try await PasswordHash.made(from: password, cost: AccountAPITests.cost)
        _ = try await AccountStore(federation: federation).add(
            login: login, name: login, role: role, unit: unit, password: hash,
            authority: .operator("test", of: federation), on: owner)
    }

    func signIn(_ login: String, _ password: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(
            .post, "/v1/session", headers: headers, body: #"{"login":"\#(login)","password":"\#(password)"}"#)
    }
}

extension APIFixture.Answer {
    /// What a browser sends back; nil where no cookie was set.
    var cookie: HTTPFields? {
        headers[.setCookie].map { [.cookie: String($0.prefix { $0 != ";" })] }
    }
}

extension HTTPFields {
    /// The same from a page of that origin.
    func from(_ origin: String) -> HTTPFields {
        var fields = self
        fields[.origin] = origin
        return fields
    }
}
