internal import Hummingbird
internal import NIOCore
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Vault

/// `/v1/account`: who am I, and my password.
struct AccountController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.get("account") { _, context in try await own(context.acting()) }
        router.post("account/password", use: changePassword)
    }

    func own(_ authority: Authority) async throws -> Response {
        let store = AccountStore(federation: ledger.federation)
        let own = try await ledger.pool.withConnection { connection in
            try await store.own(authority, on: connection)
        }
        guard let (account, rights) = own else { throw Problem.unauthenticated }
        var members = account.members
        members.append(.init("rights", .array(rights.map { .string($0.rawValue) })))
        return Response(.object(members))
    }

    /// With the old password, also where it must be changed. Other sessions of the account end.
    @Sendable func changePassword(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let asked = try AccountRequest.PasswordChange(decoding: try await request.smallBody())
        let new = try PasswordPolicy.checked(asked.new, login: authority.login ?? "", at: "/new")
        guard new != PasswordPolicy.normalised(asked.old) else { throw DocumentRefused(first: .samePassword) }
        let opened = try await SignIn(
            federation: ledger.federation, cost: ledger.passwordCost, pool: ledger.pool
        ).change(from: asked.old, to: new, authority: authority)
        guard let opened else { throw DocumentRefused(first: .wrongPassword) }
        let response = Response(status: .noContent)
        return context.session == nil ? response : response.setting(opened.session, for: request)
    }
}

extension PasswordPolicy {
    /// The password as it is hashed, or what is wrong with it at its pointer.
    static func checked(_ password: String, login: String, at pointer: String) throws(DocumentRefused)
        -> String
    {
        do throws(CodeError) {
            return try checked(password, login: login)
        } catch {
            throw DocumentRefused(
                first: DocumentIssue(code: error.code, pointer: pointer, rule: error.rule, mend: error.mend))
        }
    }
}

extension DocumentIssue {
    fileprivate static var samePassword: DocumentIssue {
        DocumentIssue(
            code: "password.same", pointer: "/new",
            rule: Bilingual(zh: "新密码与原密码相同", en: "the new password is the old one"),
            mend: Bilingual(zh: "换一个新的", en: "take another"))
    }

    fileprivate static var wrongPassword: DocumentIssue {
        DocumentIssue(
            code: "password.wrong", pointer: "/old",
            rule: Bilingual(
                zh: "原密码不对，或账号暂时锁定", en: "the old password is wrong, or the account is locked for now"),
            mend: Bilingual(zh: "核对后再试；多次失败请联系管理员", en: "check it and try again, or ask the administrator"))
    }
}

extension AccountRecord {
    var members: [JSONValue.Member] {
        [
            .init("id", .string("\(id)")), .init("login", .string(login)), .init("name", .string(name)),
            .init("role", .string(role)), .init("unit", .string(unit)),
            .init("has_password", .bool(hasPassword)), .init("must_change", .bool(mustChange)),
            .init("locked", .bool(isLocked)), .init("disabled", .bool(isDisabled)),
        ]
    }
}

extension Response {
    /// JSON that no cache keeps.
    init(_ value: JSONValue, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: value.text())))
    }
}
