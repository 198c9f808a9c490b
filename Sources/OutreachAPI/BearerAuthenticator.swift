internal import Hummingbird
internal import OutreachStore
internal import PostgresClient

/// Lets a request act on behalf of the account whose token it bears. Without a token it goes on as nobody;
/// a bad one is refused.
struct BearerAuthenticator: RouterMiddleware {
    let ledger: Ledger

    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization] else { return try await next(request, context) }
        guard header.lowercased().hasPrefix("bearer "),
            let token = APIToken(header.dropFirst("bearer ".count)),
            token.federation == ledger.federation.code
        else { throw Problem.unauthenticated }
        let found = try await ledger.pool.withConnection { connection in
            try await TokenStore(federation: ledger.federation).authority(
                of: token, requestID: context.id, on: connection)
        }
        guard let found else { throw Problem.unauthenticated }
        var context = context
        context.authority = found
        return try await next(request, context)
    }
}
