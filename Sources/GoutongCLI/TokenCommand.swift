internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// `goutong account token`: what programs and the terminal of another machine sign in with.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "令牌 · tokens", subcommands: [Issue.self, List.self, Revoke.self])

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "issue",
            abstract: "发令牌，只显示这一次 · issue a token, shown this once")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String
        @Option(help: "用途 · what it is for") var name: String
        @Option(help: "有效天数 · days until it expires") var days = 90
        @Option(
            parsing: .upToNextOption,
            help: ArgumentHelp(
                "只给这些权限 · only these of: \(Right.allCases.map(\.rawValue).joined(separator: " "))"))
        var rights: [String] = []

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let name = try Arguments.line(name, "--name")
                let days = try Arguments.count(days, "--days", in: 1...AccountRequest.longestTokenDays)
                let rights: [Right] = try rights.map { try Arguments.choice($0, "--rights") }
                let place = try await Workplace.open(federation: common.federation)
                let account = try await place.account(login)
                let token = try await place.tokens.issue(
                    to: account.id, name: name, rights: rights.isEmpty ? nil : rights, validFor: days,
                    authority: place.operating, on: place.connection)
                if output.json {
                    try Console.out(
                        JSONValue.object([
                            .init("login", .string(account.login)), .init("token", .string(token.text)),
                            .init("days", .integer(days)),
                        ]).text())
                } else {
                    Console.say(
                        common.text(
                            Bilingual(
                                zh: "令牌只显示这一次，请存入只有本人能读的文件：",
                                en: "shown this once; keep it in a file that only you can read:")))
                    try Console.out(token.text)
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "一个账号的令牌 · an account's tokens")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let place = try await Workplace.open(federation: common.federation)
                let account = try await place.account(login)
                let tokens = try await place.tokens.list(
                    of: account.id, authority: place.operating, on: place.connection)
                for token in tokens { try Console.out(output.json ? json(token).text() : line(token)) }
            }
        }

        private func json(_ token: TokenRecord) -> JSONValue {
            .object([
                .init("id", .string("\(token.id)")), .init("name", .string(token.name)),
                .init("rights", token.rights.map { .array($0.map(JSONValue.string)) } ?? .null),
                .init("expires_at", .string(OfficeTime.text(of: token.expiresAt))),
                .init("expired", .bool(token.isExpired)), .init("revoked", .bool(token.isRevoked)),
            ])
        }

        private func line(_ token: TokenRecord) -> String {
            let state: Bilingual? =
                token.isRevoked
                ? Bilingual(zh: "已撤销", en: "revoked")
                : token.isExpired ? Bilingual(zh: "已过期", en: "expired") : nil
            return
                [
                    "\(token.id)", OfficeTime.text(of: token.expiresAt), token.name,
                    token.rights?.joined(separator: " ")
                        ?? common.text(Bilingual(zh: "全部权限", en: "all rights")),
                    state.map(common.text) ?? "",
                ].filter { !$0.isEmpty }.joined(separator: "  ")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "撤销令牌 · revoke a token")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String
        @Argument(help: "令牌编号 · token id") var id: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let place = try await Workplace.open(federation: common.federation)
                let account = try await place.account(login)
                guard let id = Identifier<APIToken>(id),
                    try await place.tokens.revoke(
                        id, of: account.id, authority: place.operating, on: place.connection)
                else {
                    throw CommandFailure(
                        .notFound, code: "token.unknown", pointer: "id",
                        rule: Bilingual(zh: "该账号没有这个令牌", en: "the account has no such token"),
                        mend: Bilingual(
                            zh: "用 goutong account token list 查找",
                            en: "find it with goutong account token list"))
                }
                try AccountCommand.tell(
                    ["id": "\(id)"], common.text(Bilingual(zh: "已撤销", en: "revoked")), json: output.json)
            }
        }
    }
}
