import Foundation
import Testing

extension EndToEnd {
    /// Accounts and tokens through the built command.
    @Suite struct AccountTests {
        private let office: Office
        private static let password = "correct horse battery staple"

        init() throws { office = try Office.current() }

        private func add(_ login: String, _ ledger: Ledger, _ password: String) async throws -> Outcome {
            try await ledger.goutong(
                "account", "add", "--login", login, "--name", "陈建国", "--role", "cadre", "--unit",
                "BJ-110105021", "--json", input: .text(password))
        }

        private func account(_ login: String, _ ledger: Ledger) async throws -> [String: Any] {
            let listed = try await ledger.goutong("account", "list", "--json")
            #expect(listed.status == 0, "\(listed)")
            return try #require(try listed.objects().first { $0["login"] as? String == login })
        }

        @Test func aPasswordIsReadFromStandardInput() async throws {
            let ledger = try await office.ledger()
            let added = try await add("zhang.san", ledger, Self.password + "\r\n")
            #expect(added.status == 0, "\(added)")
            #expect(try added.object()["login"] as? String == "zhang.san")
            #expect(try await account("zhang.san", ledger)["has_password"] as? Bool == true)

            let taken = try await add("zhang.san", ledger, Self.password + "\n")
            #expect(taken.status == 79, "\(taken)")
            #expect(try taken.issues().map(\.code) == ["account.login_taken"])
            for (login, password, code) in [
                ("li.si", "9 chars!!\n", "password.too_short"), ("li.si", "", "password.missing"),
                ("Li Si", Self.password + "\n", "login.form"), ("li.si", "li.si12345\n", "password.login"),
            ] {
                let refused = try await add(login, ledger, password)
                #expect(try refused.issues().map(\.code) == [code], "\(refused)")
                #expect(refused.status == (code == "password.missing" ? 64 : 65), "\(refused)")
                #expect(password.isEmpty || !refused.said.contains(password.dropLast()))
            }
            let unit = try await ledger.goutong(
                "account", "add", "--login", "li.si", "--name", "李", "--role", "cadre", "--unit", "XX",
                "--no-password", "--json")
            #expect(unit.status == 65, "\(unit)")
            #expect(try unit.issues().map(\.code) == ["unit.unknown"])
        }

        @Test func aPasswordIsAskedForTwiceAndNotShown() async throws {
            let ledger = try await office.ledger()
            let arguments = [
                "account", "add", "--login", "wang.wu", "--name", "王五", "--role", "lead", "--unit",
                "BJ-110105021", "--federation", ledger.federation,
            ]
            let secret = Self.password
            let differing = try await office.onTerminal(arguments) { terminal in
                try terminal.answer("密码（不显示）：", secret)
                try terminal.answer("再输一次：", secret + "!")
                return (try terminal.end(), terminal.shown)
            }
            #expect(differing.0 == 65 && differing.1.contains("password.different"), "\(differing)")
            let done = try await office.onTerminal(arguments) { terminal in
                try terminal.answer("密码（不显示）：", secret)
                try terminal.answer("再输一次：", secret)
                return (try terminal.end(), terminal.shown)
            }
            #expect(done.0 == 0, "\(done)")
            #expect(done.1.contains("已新建账号 wang.wu"), "\(done)")
            for shown in [differing.1, done.1] { #expect(!shown.contains("horse"), "\(shown)") }
            let left = try await office.onTerminal(
                ["account", "password", "wang.wu", "--federation", ledger.federation]
            ) { terminal in
                try terminal.expect("密码（不显示）：")
                try terminal.press("half a pass\u{3}")
                return (try terminal.end(), terminal.shown)
            }
            #expect(left.0 == 2 && !left.1.contains("half a"), "\(left)")
        }

        @Test func accountsAreDisabledEnabledAndGivenNewPasswords() async throws {
            let ledger = try await office.ledger()
            #expect(try await add("zhao", ledger, Self.password + "\n").status == 0)
            #expect(try await ledger.goutong("account", "disable", "zhao").said.contains("已停用"))
            #expect(try await account("zhao", ledger)["disabled"] as? Bool == true)
            #expect(try await ledger.goutong("account", "list").text.contains("已停用"))
            #expect(try await ledger.goutong("account", "enable", "ZHAO").said.contains("已恢复"))
            #expect(try await account("zhao", ledger)["disabled"] as? Bool == false)
            let set = try await ledger.goutong(
                "account", "password", "zhao", "--must-change", input: .text("a new sentence to remember\n"))
            #expect(set.status == 0 && set.said.contains("已设新密码"), "\(set)")
            #expect(try await account("zhao", ledger)["must_change"] as? Bool == true)
            for command in ["disable", "enable", "password"] {
                let unknown = try await ledger.goutong(
                    "account", command, "nobody", "--json", input: .text(Self.password + "\n"))
                #expect(unknown.status == 66, "\(unknown)")
                #expect(try unknown.issues().map(\.code) == ["account.unknown"])
            }
        }

        @Test func tokensAreShownOnceListedAndRevoked() async throws {
            let ledger = try await office.ledger()
            #expect(try await add("qian", ledger, Self.password + "\n").status == 0)
            let issued = try await ledger.goutong(
                "account", "token", "issue", "qian", "--name", "手机", "--days", "30", "--rights", "meetings",
                "record")
            #expect(issued.status == 0 && issued.said.contains("只显示这一次"), "\(issued)")
            let token = issued.text.trimmingCharacters(in: .newlines)
            #expect(token.hasPrefix("gt1.\(ledger.federation)."), "\(issued)")
            let listed = try await ledger.goutong("account", "token", "list", "qian", "--json")
            let one = try #require(try listed.objects().first)
            #expect(one["rights"] as? [String] == ["meetings", "record"], "\(listed)")
            #expect(one["revoked"] as? Bool == false && !listed.text.contains(token.suffix(20)))
            let id = try #require(one["id"] as? String)

            try await office.serving { served in
                let reading = try await served.goutong(["meeting", "list"], token: token)
                #expect(reading.status == 0, "\(reading)")
                // A right that the token was not given.
                #expect(try await served.goutong(["firm", "find", "示例"], token: token).status == 77)
                let revoked = try await ledger.goutong("account", "token", "revoke", "qian", id)
                #expect(revoked.status == 0 && revoked.said.contains("已撤销"), "\(revoked)")
                let after = try await served.goutong(["meeting", "list", "--json"], token: token)
                #expect(after.status == 77, "\(after)")
                #expect(try after.issues().map(\.code) == ["server.unauthenticated"])
            }
            #expect(try await ledger.goutong("account", "token", "list", "qian").text.contains("已撤销"))
            for id in [id.replacing("0", with: "1"), "no-id"] {
                let unknown = try await ledger.goutong("account", "token", "revoke", "qian", id, "--json")
                #expect(unknown.status == 66, "\(unknown)")
                #expect(try unknown.issues().map(\.code) == ["token.unknown"])
            }
            let never = try await ledger.goutong(
                "account", "token", "issue", "qian", "--name", "x", "--days", "4000")
            #expect(never.status == 64, "\(never)")
        }
    }
}
