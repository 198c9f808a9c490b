internal import Hummingbird
internal import OutreachStore
internal import PostgresClient

/// Lets a request act on behalf of the account whose token it bears. Without a token it goes on as nobody;
/// a bad one is refused.
///
/// Recording a meeting is one transaction, and most of what the service does: a token that is known is checked
/// there, and costs no transaction of its own.
struct BearerAuthenticator: RouterMiddleware {
    let ledger: Ledger
    private let memory = TokenMemory()

    init(ledger: Ledger) { self.ledger = ledger }

    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization] else { return try await next(request, context) }
        guard header.lowercased().hasPrefix("bearer "),
            let token = APIToken(header.dropFirst("bearer ".count)),
            token.federation == ledger.federation.code
        else { throw Problem.unauthenticated }
        var context = context
        guard request.method == .post, context.endpointPath == "/v1/meetings",
            let owner = memory.owner(of: token)
        else {
            context.authority = try await owner(of: token, requestID: context.id)
            return try await next(request, context)
        }
        context.authority = owner.again(with: token, requestID: context.id)
        do {
            return try await next(request, context)
        } catch {
            // Refused before its transaction, or in it: whoever has no valid token learns that alone.
            _ = try await self.owner(of: token, requestID: context.id)
            throw error
        }
    }

    /// - Throws: 401 where the token is not valid now.
    private func owner(of token: APIToken, requestID: String) async throws -> Authority {
        let found = try await ledger.pool.withConnection { connection in
            try await TokenStore(federation: ledger.federation).authority(
                of: token, requestID: requestID, on: connection)
        }
        guard let found else {
            memory.forget(token)
            throw Problem.unauthenticated
        }
        memory.remember(token, of: found)
        return found
    }
}
