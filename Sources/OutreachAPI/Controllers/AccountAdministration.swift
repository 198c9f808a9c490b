internal import Foundation
internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Vault

/// `/v1/accounts`: the administrator's. Whatever the account may not do, the database refuses as well.
struct AccountAdministration: Sendable {
    let ledger: Ledger

    private var accounts: AccountStore { AccountStore(federation: ledger.federation) }
    private var tokens: TokenStore { TokenStore(federation: ledger.federation) }

    func register(in router: RouterGroup<APIContext>) {
        router.get("accounts", use: list)
        router.post("accounts", use: add)
        router.get("accounts/:id", use: show)
        router.patch("accounts/:id", use: change)
        router.get("accounts/:id/tokens", use: listTokens)
        router.post("accounts/:id/tokens", use: issueToken)
        router.delete("accounts/:id/tokens/:token", use: revokeToken)
    }

    @Sendable func list(request: Request, context: APIContext) async throws -> Response {
        let authority = try await administrator(context)
        let found = try await ledger.pool.withConnection { connection in
            try await accounts.list(authority: authority, on: connection)
        }
        return Response(.object([.init("accounts", .array(found.map { .object($0.members) }))]))
    }

    @Sendable func add(request: Request, context: APIContext) async throws -> Response {
        let authority = try await administrator(context)
        let asked = try AccountRequest.NewAccount(decoding: try await request.smallBody())
        let hash = try await hash(asked.password, login: asked.login)
        let id = try await ledger.pool.withConnection { connection in
            try await accounts.add(
                login: asked.login, name: asked.name, role: asked.role, unit: asked.unit, password: hash,
                mustChange: hash != nil, authority: authority, on: connection)
        }
        var response = Response(.object(try await account(id, authority).members), status: .created)
        response.headers[.location] = "/v1/accounts/\(id)"
        return response
    }

    @Sendable func show(request: Request, context: APIContext) async throws -> Response {
        let authority = try await administrator(context)
        return Response(.object(try await account(try id(context), authority).members))
    }

    @Sendable func change(request: Request, context: APIContext) async throws -> Response {
        let authority = try await administrator(context)
        let asked = try AccountRequest.Change(decoding: try await request.smallBody())
        let known = try await account(try id(context), authority)
        let hash = try await hash(asked.password, login: known.login)
        try await ledger.pool.withConnection { connection in
            try await accounts.change(
                known.id, asked, password: hash, authority: authority, on: connection)
        }
        return Response(.object(try await account(known.id, authority).members))
    }

    @Sendable func listTokens(request: Request, context: APIContext) async throws -> Response {
        let authority = try await administrator(context)
        let account = try await account(try id(context), authority)
        let found = try await ledger.pool.withConnection { connection in
            try await tokens.list(of: account.id, authority: authority, on: connection)
        }
        return Response(.object([.init("tokens", .array(found.map(\.json)))]))
    }

    /// The only answer that holds the token.
    @Sendable func issueToken(request: Request, context: APIContext) async throws -> Response {
        let authority = try await administrator(context)
        let asked = try AccountRequest.NewToken(decoding: try await request.smallBody())
        let account = try await account(try id(context), authority)
        let token = try await ledger.pool.withConnection { connection in
            try await tokens.issue(
                to: account.id, name: asked.name, rights: asked.rights, validFor: asked.days,
                authority: authority, on: connection)
        }
        return Response(
            .object([
                .init("token", .string(token.text)), .init("name", .string(asked.name)),
                .init("days", .integer(asked.days)),
            ]), status: .created)
    }

    @Sendable func revokeToken(request: Request, context: APIContext) async throws -> Response {
        let authority = try await administrator(context)
        let account = try id(context)
        guard let token = context.parameters.get("token").flatMap({ Identifier<APIToken>($0) }) else {
            throw Problem.notFound
        }
        let isRevoked = try await ledger.pool.withConnection { connection in
            try await tokens.revoke(token, of: account, authority: authority, on: connection)
        }
        guard isRevoked else { throw Problem.notFound }
        return Response(status: .noContent)
    }

    // MARK: -

    /// Refuses others before anything of theirs is read; row-level security would show them themselves.
    private func administrator(_ context: APIContext) async throws -> Authority {
        let authority = try context.acting()
        let own = try await ledger.pool.withConnection { connection in
            try await accounts.own(authority, on: connection)
        }
        guard own?.rights.contains(.accounts) == true else { throw Problem.notAllowed }
        return authority
    }

    private func id(_ context: APIContext) throws(Problem) -> AccountID {
        guard let id = context.parameters.get("id").flatMap({ AccountID($0) }) else { throw .notFound }
        return id
    }

    private func account(_ id: AccountID, _ authority: Authority) async throws -> AccountRecord {
        let found = try await ledger.pool.withConnection { connection in
            try await accounts.find(id, authority: authority, on: connection)
        }
        guard let found else { throw Problem.notFound }
        return found
    }

    private func hash(_ password: String?, login: String) async throws -> PasswordHash? {
        guard let password else { return nil }
        let checked = try PasswordPolicy.checked(password, login: login, at: "/password")
        return try await PasswordHash.made(from: checked, cost: ledger.passwordCost)
    }
}

extension TokenRecord {
    var json: JSONValue {
        .object([
            .init("id", .string("\(id)")), .init("name", .string(name)),
            .init("rights", rights.map { .array($0.map(JSONValue.string)) } ?? .null),
            .init("expires_at", .string(OfficeTime.text(of: expiresAt))), .init("expired", .bool(isExpired)),
            .init("revoked", .bool(isRevoked)),
        ])
    }
}
