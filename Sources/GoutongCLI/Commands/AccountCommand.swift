internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

/// `goutong account`: who may sign in. The first account is made so, by whoever runs the machine.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "账号和令牌 · accounts and tokens",
        subcommands: [
            Add.self, List.self, Disable.self, Enable.self, PasswordReset.self, TokenCommand.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "新建账号 · add an account",
            discussion: "密码在终端输入两次（不显示），或作为标准输入的一行。 The password is asked for twice on a "
                + "terminal, or read as one line of standard input.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Option(help: "登录名 · login") var login: String
        @Option(help: "姓名 · name") var name: String
        @Option(
            help: ArgumentHelp("角色 · one of: \(AccountRole.allCases.map(\.rawValue).joined(separator: " "))"))
        var role: String
        @Option(help: "工会组织代码，决定所见范围 · union unit, whose areas it sees") var unit: String
        @Flag(help: "不设密码，只用令牌 · no password, tokens only") var noPassword = false
        @Flag(
            help: "首次登录须改密码（通过服务时一律如此） · to be changed at the first sign-in, as always through a service")
        var mustChange = false

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let login = try checkedLogin()
                let role: AccountRole = try Arguments.choice(role, "--role")
                let name = try Arguments.line(name, "--name")
                let place = try await service.place(common)
                let password =
                    noPassword ? nil : try NewPassword(language: common.language).checked(for: login)
                let id = try await place.addAccount(
                    NewAccount(
                        login: login, name: name, role: role, unit: unit, password: password,
                        mustChange: mustChange))
                try AccountCommand.tell(
                    ["id": id, "login": login],
                    common.text(Bilingual(zh: "已新建账号 \(login)", en: "added \(login)")),
                    json: output.json)
            }
        }

        private func checkedLogin() throws -> String {
            do throws(CodeError) {
                return try AccountLogin.checked(login)
            } catch {
                throw CommandFailure(
                    .invalid, code: error.code, pointer: "--login", rule: error.rule, mend: error.mend)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "所有账号 · every account")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                for account in try await service.place(common).accounts() {
                    try Console.out(
                        output.json ? account.json.text() : AccountCommand.line(account, common))
                }
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "disable",
            abstract: "停用账号，其登录和令牌立即失效 · disable an account, its sessions and tokens at once")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String

        func run() async throws {
            try await AccountCommand.set(disabled: true, login, common, service, output)
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enable", abstract: "恢复账号 · enable an account again")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String

        func run() async throws {
            try await AccountCommand.set(disabled: false, login, common, service, output)
        }
    }

    struct PasswordReset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password", abstract: "设新密码并解锁，已有登录失效 · set a password, unlock, end sessions")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String
        @Flag(
            help: "首次登录须改密码（通过服务时一律如此） · to be changed at the next sign-in, as always through a service")
        var mustChange = false

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let place = try await service.place(common)
                let account = try await place.account(login)
                let password = try NewPassword(language: common.language).checked(for: account.login)
                try await place.setPassword(of: account, to: password, mustChange: mustChange)
                try AccountCommand.tell(
                    ["id": "\(account.id)", "login": account.login],
                    common.text(Bilingual(zh: "已设新密码", en: "the password is set")), json: output.json)
            }
        }
    }

    // MARK: -

    private static func set(
        disabled: Bool, _ login: String, _ common: CommonOptions, _ service: ServerOption,
        _ output: JSONOption
    ) async throws {
        try await Console.run(language: common.language, json: output.json) {
            let account = try await service.place(common).disable(login, disabled)
            try tell(
                ["id": "\(account.id)", "login": account.login],
                common.text(
                    disabled ? Bilingual(zh: "已停用", en: "disabled") : Bilingual(zh: "已恢复", en: "enabled")),
                json: output.json)
        }
    }

    static func tell(_ members: KeyValuePairs<String, String>, _ text: String, json: Bool) throws {
        if json {
            try Console.out(JSONValue.object(members.map { .init($0, .string($1)) }).text())
        } else {
            Console.say(text)
        }
    }
}

extension AccountCommand {
    fileprivate static func line(_ account: JSONRow, _ common: CommonOptions) -> String {
        let marks: [(Bool, Bilingual)] = [
            (account.flag("disabled"), Bilingual(zh: "已停用", en: "disabled")),
            (account.flag("locked"), Bilingual(zh: "已锁定", en: "locked")),
            (!account.flag("has_password"), Bilingual(zh: "无密码", en: "no password")),
            (account.flag("must_change"), Bilingual(zh: "须改密码", en: "must change its password")),
        ]
        return
            ([
                account.text("login") ?? "", common.word("role", account.text("role")),
                account.text("unit") ?? "", account.text("name") ?? "",
            ]
            + marks.filter(\.0).map { common.text($0.1) }).joined(separator: "  ")
    }
}
