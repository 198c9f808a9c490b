internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachClient
internal import PrivateCluster

/// `--server`: the service that a command works with, instead of a ledger of its own.
struct ServerOption: ParsableArguments {
    @Option(help: "服务地址，也可用 GOUTONG_SERVER · URL of a service, or GOUTONG_SERVER")
    var server: String?
    @Option(help: "私有证书机构的 PEM 文件 · PEM file of a private certificate authority")
    var ca: String?

    /// The service that was named; nil for the ledger of this machine.
    func chosen() throws -> RemoteWorkplace? {
        guard let named = named else { return nil }
        return try RemoteWorkplace(server: try Self.address(named), token: try Self.token(), authority: ca)
    }

    var named: String? {
        [server, ProcessInfo.processInfo.environment["GOUTONG_SERVER"]].compactMap(\.self)
            .first { !$0.isEmpty }
    }

    /// For commands whose answers a service does not give yet: the ledger of this machine would be a wrong one.
    func refuse() throws {
        guard named != nil else { return }
        throw CommandFailure(
            .usage, code: "server.not_offered", pointer: "--server",
            rule: Bilingual(zh: "这个命令还不能通过服务执行", en: "this command does not work through a service yet"),
            mend: Bilingual(
                zh: "去掉 --server（和 GOUTONG_SERVER）可用于本机台账",
                en: "leave out --server (and GOUTONG_SERVER) to use the ledger of this machine"))
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
