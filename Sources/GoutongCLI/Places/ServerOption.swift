internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachClient
internal import PrivateCluster

/// `--server`: the service that a command works with, instead of a ledger of its own.
struct ServerOption: ParsableArguments {
    @Option(help: "服务地址，也可用 GOUTONG_SERVER · URL of a service, or GOUTONG_SERVER")
    var server: String?
    @Option(help: "私有证书机构的 PEM 文件，也可用 SSL_CERT_FILE · PEM file of a private authority, or SSL_CERT_FILE")
    var ca: String?

    /// Where the command works: the service that was named, else the ledger of this machine.
    func place(_ common: CommonOptions) async throws -> any AnsweringPlace {
        if let remote = try chosen(common) { return remote }
        return try await Workplace.open(federation: common.federation)
    }

    /// The ledger of this machine, for what a service does not do.
    func local(_ common: CommonOptions) async throws -> Workplace {
        try refuse()
        return try await Workplace.open(federation: common.federation)
    }

    /// The service that was named; nil for the ledger of this machine.
    func chosen(_ common: CommonOptions) throws -> RemoteWorkplace? {
        guard let named = named else { return nil }
        let token = try Self.token()
        // A token is of one federation; another one's figures would be taken for those that were asked for.
        if let federation = common.federation, let own = token.federation, own != federation {
            throw CommandFailure(
                .usage, code: "federation.other", pointer: "--federation",
                rule: Bilingual(zh: "令牌属于另一个总工会", en: "the token is of another federation"),
                mend: Bilingual(
                    zh: "去掉 --federation，或换用该总工会的令牌",
                    en: "leave out --federation, or use a token of that federation"))
        }
        return try RemoteWorkplace(
            server: try Self.address(named), token: token, authority: authority, language: common.language)
    }

    var named: String? {
        [server, Self.environment("GOUTONG_SERVER")].compactMap(\.self).first { !$0.isEmpty }
    }

    /// `--ca`, or what OpenSSL's programs know as `SSL_CERT_FILE`.
    private var authority: String? {
        [ca, Self.environment("SSL_CERT_FILE")].compactMap(\.self).first { !$0.isEmpty }
    }

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name]
    }

    /// For commands whose answers a service does not give: the ledger of this machine would be a wrong one.
    func refuse() throws {
        guard named != nil else { return }
        throw Self.notOffered
    }

    /// The same where a command has no such option: the environment is not passed over in silence.
    static func refuseEnvironment() throws {
        guard let named = environment("GOUTONG_SERVER"), !named.isEmpty else { return }
        throw notOffered
    }

    static var notOffered: CommandFailure {
        CommandFailure(
            .usage, code: "server.not_offered", pointer: "--server",
            rule: Bilingual(zh: "这个命令不能通过服务执行", en: "this command does not work through a service"),
            mend: Bilingual(
                zh: "用于本机台账：去掉 --server，并 unset GOUTONG_SERVER",
                en: "to use the ledger of this machine, leave out --server and unset GOUTONG_SERVER"))
    }

    static func address(_ text: String) throws -> ServerAddress {
        do throws(ServerAddress.Problem) {
            return try ServerAddress(text)
        } catch {
            switch error {
            case .form:
                throw CommandFailure(
                    .usage, code: "server.form", pointer: "--server",
                    rule: Bilingual(zh: "不是服务地址", en: "not the address of a service"),
                    mend: Bilingual(
                        zh: "写成 https://主机 或 https://主机:端口",
                        en: "write it as https://HOST or https://HOST:PORT"))
            case .insecure:
                throw CommandFailure(
                    .usage, code: "server.insecure", pointer: "--server",
                    rule: Bilingual(
                        zh: "http 不加密，只能用于本机", en: "http is not encrypted; it is for this machine only"),
                    mend: Bilingual(
                        zh: "用 https；自建证书机构用 --ca 指明", en: "use https; name a private authority by --ca"))
            }
        }
    }

    /// From the file that `GOUTONG_TOKEN_FILE` names, else `token` in the home.
    private static func token() throws -> AccessToken {
        let named = ProcessInfo.processInfo.environment["GOUTONG_TOKEN_FILE"]
        let file = try named ?? GoutongHome.resolve().appendingPathComponent("token").path
        do throws(AccessToken.Problem) {
            return try AccessToken(file: file)
        } catch {
            let (code, rule, mend): (String, Bilingual, Bilingual) =
                switch error {
                case .missing:
                    (
                        "token.missing", Bilingual(zh: "找不到令牌文件", en: "the token file is missing"),
                        Bilingual(
                            zh: "把令牌存入 \(file)（权限 600），或用 GOUTONG_TOKEN_FILE 指明",
                            en: "put the token into \(file) (mode 600), or name it by GOUTONG_TOKEN_FILE")
                    )
                case .readableByOthers:
                    (
                        "token.readable", Bilingual(zh: "令牌文件可被他人读取", en: "others can read the token file"),
                        Bilingual(zh: "chmod 600 \(file)", en: "chmod 600 \(file)")
                    )
                case .malformed:
                    (
                        "token.form", Bilingual(zh: "令牌文件内容不对", en: "the token file does not hold a token"),
                        Bilingual(zh: "只存一行令牌", en: "it holds the token on one line, nothing else")
                    )
                }
            throw CommandFailure(.notAllowed, code: code, rule: rule, mend: mend)
        }
    }
}
