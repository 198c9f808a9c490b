internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting
internal import Vault

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
        @OptionGroup var output: JSONOption
        @Option(help: "登录名 · login") var login: String
        @Option(help: "姓名 · name") var name: String
        @Option(
            help: ArgumentHelp("角色 · one of: \(AccountRole.allCases.map(\.rawValue).joined(separator: " "))"))
        var role: String
        @Option(help: "工会组织代码，决定所见范围 · union unit, whose areas it sees") var unit: String
        @Flag(help: "不设密码，只用令牌 · no password, tokens only") var noPassword = false
        @Flag(help: "首次登录须改密码 · the password must be changed at the first sign-in") var mustChange = false

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let login = try checkedLogin()
                let role: AccountRole = try Arguments.choice(role, "--role")
                let name = try Arguments.line(name, "--name")
                let place = try await Workplace.open(federation: common.federation)
                let hash =
                    noPassword
                    ? nil : try await NewPassword(language: common.language).hash(login: login)
                let id = try await place.accounts.add(
                    login: login, name: name, role: role, unit: unit, password: hash,
                    mustChange: mustChange && hash != nil, authority: place.operating,
                    on: place.connection)
                try AccountCommand.tell(
                    ["id": "\(id)", "login": login],
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
        @OptionGroup var output: JSONOption

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let place = try await Workplace.open(federation: common.federation)
                let accounts = try await place.accounts.list(
                    authority: place.operating, on: place.connection)
                for account in accounts {
                    try Console.out(output.json ? account.json.text() : account.line(common))
                }
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "disable",
            abstract: "停用账号，其登录和令牌立即失效 · disable an account, its sessions and tokens at once")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String

        func run() async throws { try await AccountCommand.set(disabled: true, login, common, output) }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enable", abstract: "恢复账号 · enable an account again")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String

        func run() async throws { try await AccountCommand.set(disabled: false, login, common, output) }
    }

    struct PasswordReset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password", abstract: "设新密码并解锁，已有登录失效 · set a password, unlock, end sessions")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String
        @Flag(help: "首次登录须改密码 · the password must be changed at the next sign-in") var mustChange = false

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let place = try await Workplace.open(federation: common.federation)
                let account = try await place.account(login)
                let hash = try await NewPassword(language: common.language).hash(login: account.login)
                try await place.accounts.change(
                    account.id, AccountRequest.Change(), password: hash, mustChange: mustChange,
                    authority: place.operating, on: place.connection)
                try AccountCommand.tell(
                    ["id": "\(account.id)", "login": account.login],
                    common.text(Bilingual(zh: "已设新密码", en: "the password is set")), json: output.json)
            }
        }
    }

    // MARK: -

    private static func set(
        disabled: Bool, _ login: String, _ common: CommonOptions, _ output: JSONOption
    ) async throws {
        try await Console.run(language: common.language, json: output.json) {
            let place = try await Workplace.open(federation: common.federation)
            let account = try await place.account(login)
            try await place.accounts.change(
                account.id, AccountRequest.Change(disabled: disabled), authority: place.operating,
                on: place.connection)
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

extension AccountRecord {
    var json: JSONValue {
        .object([
            .init("id", .string("\(id)")), .init("login", .string(login)), .init("name", .string(name)),
            .init("role", .string(role)), .init("unit", .string(unit)),
            .init("has_password", .bool(hasPassword)), .init("must_change", .bool(mustChange)),
            .init("locked", .bool(isLocked)), .init("disabled", .bool(isDisabled)),
        ])
    }

    func line(_ common: CommonOptions) -> String {
        let marks: [(Bool, Bilingual)] = [
            (isDisabled, Bilingual(zh: "已停用", en: "disabled")),
            (isLocked, Bilingual(zh: "已锁定", en: "locked")),
            (!hasPassword, Bilingual(zh: "无密码", en: "no password")),
            (mustChange, Bilingual(zh: "须改密码", en: "must change its password")),
        ]
        return ([login, role, unit, name] + marks.filter(\.0).map { common.text($0.1) }).joined(
            separator: "  ")
    }
}

extension Workplace {
    var accounts: AccountStore { AccountStore(federation: federation) }
    var tokens: TokenStore { TokenStore(federation: federation) }
    /// Whoever runs this command.
    var operating: Authority { .operator(of: federation) }

    func account(_ login: String) async throws -> AccountRecord {
        guard
            let account = try await accounts.find(
                login: login.lowercased(), authority: operating, on: connection)
        else { throw AccountError.unknown }
        return account
    }
}
