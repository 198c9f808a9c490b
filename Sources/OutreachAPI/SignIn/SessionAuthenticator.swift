internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// Lets a request act on behalf of the account whose session its cookie names. Without one, with a bearer token
/// beside it, or with one that has ended, it goes on as it was.
struct SessionAuthenticator: RouterMiddleware {
    let ledger: Ledger

    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard context.authority == nil, let session = SessionCookie.session(of: request) else {
            return try await next(request, context)
        }
        let found = try await ledger.pool.withConnection { connection in
            try await SessionStore(federation: ledger.federation).find(
                session, requestID: context.id, on: connection)
        }
        guard let found else { return try await next(request, context) }
        // SameSite keeps the cookie from other sites' requests; this holds where a browser does not.
        guard
            [.get, .head, .options].contains(request.method)
                || !RequestOrigin(request).isForeign(isSilenceAllowed: false)
        else { throw Problem.foreignOrigin }
        var context = context
        context.authority = found.authority
        context.session = found.renewed ?? session
        guard let renewed = found.renewed else { return try await next(request, context) }
        // The new secret must reach the browser whatever becomes of the request.
        var response = try await ProblemMiddleware().handle(request, context: context, next: next)
        if response.headers[values: .setCookie].isEmpty {
            response = response.setting(renewed, for: request)
        }
        return response
    }
}

extension Problem {
    static var foreignOrigin: Problem {
        Problem(
            .forbidden, code: "foreign-origin",
            title: .init(zh: "请求来自别的网站", en: "the request comes from another site"))
    }
}
