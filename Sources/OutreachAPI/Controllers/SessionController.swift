internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Vault

/// `/v1/session`: signing in and out with a browser.
struct SessionController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.post("session", use: open)
        router.delete("session", use: end)
    }

    /// One answer for everything that is not a right password of an account that may sign in now.
    @Sendable func open(request: Request, context: APIContext) async throws -> Response {
        guard !RequestOrigin(request).isForeign(isSilenceAllowed: true) else { throw Problem.foreignOrigin }
        let asked = try AccountRequest.SignIn(decoding: try await request.smallBody())
        let opened = try await SignIn(
            federation: ledger.federation, cost: ledger.passwordCost, pool: ledger.pool
        ).open(login: asked.login, password: asked.password, requestID: context.id)
        guard let opened else { throw Problem.signInRefused }
        return try await AccountController(ledger: ledger).own(opened.authority)
            .setting(opened.session, for: request)
    }

    /// Ends the session; a request with a token has none, and nothing to end.
    @Sendable func end(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        if let session = context.session {
            try await ledger.pool.withConnection { connection in
                try await SessionStore(federation: ledger.federation).end(
                    session, authority: authority, on: connection)
            }
        }
        return Response(status: .noContent).setting(nil, for: request)
    }
}

extension Response {
    /// With the cookie of a session, or with one that forgets it.
    func setting(_ session: WebSession?, for request: Request) -> Response {
        var response = self
        response.headers[values: .setCookie] = [SessionCookie.setting(session, for: request)]
        return response
    }
}

extension Request {
    /// The whole body of a request that is small by its nature.
    func smallBody() async throws -> [UInt8] { try await json(upTo: 16 << 10) }
}

extension Problem {
    static var signInRefused: Problem {
        Problem(
            .unauthorized, code: "sign-in-refused",
            title: Bilingual(
                zh: "登录名或密码不对，或账号暂时不能登录", en: "wrong login or password, or the account cannot sign in now"))
    }
}
