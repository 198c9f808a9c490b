internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore

/// `goutong account token`: what programs and the terminal of another machine sign in with.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "令牌 · tokens", subcommands: [Issue.self, List.self, Revoke.self])

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "issue",
            abstract: "发令牌，只显示这一次 · issue a token, shown this once")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
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
                let token = try await service.place(common).issueToken(
                    to: login, name: name, days: days, rights: rights)
                if output.json {
                    try Console.out(
                        JSONValue.object([
                            .init("login", .string(login.lowercased())), .init("token", .string(token)),
                            .init("days", .integer(days)),
                        ]).text())
                } else {
                    Console.say(
                        common.text(
                            Bilingual(
                                zh: "令牌只显示这一次，请存入只有本人能读的文件：",
                                en: "shown this once; keep it in a file that only you can read:")))
                    try Console.out(token)
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "一个账号的令牌 · an account's tokens")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                for token in try await service.place(common).tokens(of: login) {
                    try Console.out(output.json ? token.json.text() : line(token))
                }
            }
        }

        private func line(_ token: JSONRow) -> String {
            let state: Bilingual? =
                token.flag("revoked")
                ? Bilingual(zh: "已撤销", en: "revoked")
                : token.flag("expired") ? Bilingual(zh: "已过期", en: "expired") : nil
            return
                [
                    token.text("id"), token.text("expires_at"), token.text("name"),
                    token.words("rights") ?? common.text(Bilingual(zh: "全部权限", en: "all rights")),
                    state.map(common.text),
                ].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "  ")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "撤销令牌 · revoke a token")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "登录名 · login") var login: String
        @Argument(help: "令牌编号 · token id") var id: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                guard let id = Identifier<APIToken>(id) else { throw CommandFailure.unknownToken }
                try await service.place(common).revokeToken(id, of: login)
                try AccountCommand.tell(
                    ["id": "\(id)"], common.text(Bilingual(zh: "已撤销", en: "revoked")), json: output.json)
            }
        }
    }
}
