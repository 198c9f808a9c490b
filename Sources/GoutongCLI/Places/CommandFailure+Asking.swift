internal import Outreach
internal import OutreachClient

extension CommandFailure {
    /// Why a service gave no answer to a command that keeps nothing in the outbox.
    init(asking obstacle: Obstacle) {
        let mend =
            switch obstacle {
            case .untrusted:
                Bilingual(
                    zh: "核对地址；自建证书机构用 --ca 指明其证书",
                    en: "check the address; name a private authority's certificate by --ca")
            case .notOurs, .noSuchRoute:
                Bilingual(
                    zh: "先完成上网认证，核对 --server 的地址；再核对服务版本不比本程序旧，代理原样传递 Goutong-Answer",
                    en:
                        "sign in to the network, check the address of --server, that the service is not older "
                        + "than this program, and that a proxy passes Goutong-Answer on")
            case .unauthenticated:
                Bilingual(zh: "请管理员发新令牌", en: "ask the administrator for a new token")
            case .unreachable, .tookTooLong, .busy:
                Bilingual(
                    zh: "恢复后再运行同一命令；如在办理事项，先查看是否已办",
                    en: "run the same command again later; if it was to change something, look first whether "
                        + "it did")
            }
        self.init(obstacle.exit, code: obstacle.code, rule: obstacle.rule, mend: mend)
    }

    /// A refusal in the service's own words.
    init(problem: ServerProblem) {
        let exit: GoutongExit =
            switch problem.status {
            case 400: .usage
            case 403: .notAllowed
            case 404: .notFound
            case 409, 410, 412: .conflict
            case 413, 415, 422: .invalid
            default: .failure
            }
        let whole = DocumentIssue(
            code: "server." + problem.code, pointer: "",
            rule: Bilingual(zh: problem.title, en: problem.title),
            mend: Bilingual(zh: "核对后重试", en: "check it and try again"))
        self.init(exit, issues: problem.issues.isEmpty ? [whole] : problem.issues.map(\.ofCommand))
    }
}

extension DocumentIssue {
    /// The name of a query is an option's here: `/query/as_known_at` is `--as-known-at`.
    fileprivate var ofCommand: DocumentIssue {
        guard pointer.hasPrefix("/query/") else { return self }
        let option = "--" + pointer.dropFirst("/query/".count).replacing("_", with: "-")
        return DocumentIssue(code: code, pointer: option, rule: rule, mend: mend)
    }
}

extension Obstacle {
    var exit: GoutongExit { self == .unauthenticated ? .notAllowed : .unavailable }

    var rule: Bilingual {
        switch self {
        case .unreachable: Bilingual(zh: "连不上服务", en: "the service cannot be reached")
        case .tookTooLong: Bilingual(zh: "服务没有及时回答", en: "the service did not answer in time")
        case .untrusted:
            Bilingual(
                zh: "服务的证书不可信，没有发送", en: "the service's certificate is not trusted; nothing was sent")
        case .notOurs(let status):
            Bilingual(
                zh: "回答的不是本系统的服务（\(status)）：可能是上网认证页或代理，不算登记",
                en: "the answer (\(status)) is not our service's: a sign-in page or a proxy, say; "
                    + "nothing counts as recorded")
        case .noSuchRoute:
            Bilingual(
                zh: "服务没有这个接口：地址或版本不对", en: "the service has no such route: check address and version")
        case .unauthenticated: Bilingual(zh: "令牌无效或已过期", en: "the token is not valid, or has expired")
        case .busy: Bilingual(zh: "服务暂时不可用", en: "the service is not available for the moment")
        }
    }
}
