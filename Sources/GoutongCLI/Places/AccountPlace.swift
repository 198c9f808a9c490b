internal import Outreach
internal import OutreachClient
internal import OutreachStore
internal import Vault

/// Who may sign in, and their tokens.
protocol AccountPlace {
    func accounts() async throws -> [JSONRow]
    /// The account's id. A service has a password changed at the first sign-in in any case.
    func addAccount(_ new: NewAccount) async throws -> String
    /// Changes the account with this login.
    func disable(_ login: String, _ disabled: Bool) async throws -> AccountName
    func account(_ login: String) async throws -> AccountName
    func setPassword(of account: AccountName, to password: String, mustChange: Bool) async throws
    func issueToken(to login: String, name: String, days: Int, rights: [Right]) async throws -> String
    func tokens(of login: String) async throws -> [JSONRow]
    func revokeToken(_ id: Identifier<APIToken>, of login: String) async throws
}

/// An account as it is written.
struct NewAccount {
    let login: String
    let name: String
    let role: AccountRole
    let unit: String
    /// nil: tokens only.
    let password: String?
    let mustChange: Bool
}

/// Which account a login is of.
struct AccountName {
    let id: AccountID
    let login: String
}

extension Workplace: AccountPlace {
    private var store: AccountStore { AccountStore(federation: federation) }
    private var tokens: TokenStore { TokenStore(federation: federation) }
    /// Whoever runs this command.
    private var operating: Authority { .operator(of: federation) }

    func accounts() async throws -> [JSONRow] {
        try await store.list(authority: operating, on: connection).map { JSONRow($0.json) }
    }

    func addAccount(_ new: NewAccount) async throws -> String {
        var hash: PasswordHash?
        if let password = new.password { hash = try await PasswordHash.made(from: password) }
        let id = try await store.add(
            login: new.login, name: new.name, role: new.role, unit: new.unit, password: hash,
            mustChange: new.mustChange && hash != nil, authority: operating, on: connection)
        return "\(id)"
    }

    func account(_ login: String) async throws -> AccountName {
        guard
            let found = try await store.find(login: login.lowercased(), authority: operating, on: connection)
        else { throw AccountError.unknown }
        return AccountName(id: found.id, login: found.login)
    }

    func disable(_ login: String, _ disabled: Bool) async throws -> AccountName {
        let account = try await account(login)
        try await store.change(
            account.id, AccountRequest.Change(disabled: disabled), authority: operating, on: connection)
        return account
    }

    func setPassword(of account: AccountName, to password: String, mustChange: Bool) async throws {
        try await store.change(
            account.id, AccountRequest.Change(), password: try await PasswordHash.made(from: password),
            mustChange: mustChange, authority: operating, on: connection)
    }

    func issueToken(to login: String, name: String, days: Int, rights: [Right]) async throws -> String {
        try await tokens.issue(
            to: try await account(login).id, name: name, rights: rights.isEmpty ? nil : rights,
            validFor: days, authority: operating, on: connection
        ).text
    }

    func tokens(of login: String) async throws -> [JSONRow] {
        try await tokens.list(of: try await account(login).id, authority: operating, on: connection).map {
            JSONRow($0.json)
        }
    }

    func revokeToken(_ id: Identifier<APIToken>, of login: String) async throws {
        let isRevoked = try await tokens.revoke(
            id, of: try await account(login).id, authority: operating, on: connection)
        guard isRevoked else { throw CommandFailure.unknownToken }
    }
}

extension RemoteWorkplace: AccountPlace {
    private static let ofAccounts: Meanings = [404: AccountError.unknown]

    func accounts() async throws -> [JSONRow] {
        try await row(.init(.get, "accounts")).required { $0.rows("accounts") }
    }

    func addAccount(_ new: NewAccount) async throws -> String {
        var question = OutreachClient.Question(.post, "accounts")
        question.body = .object(present: [
            "login": .string(new.login), "name": .string(new.name), "role": .string(new.role.rawValue),
            "unit": .string(new.unit), "password": new.password.map(JSONValue.string),
        ])
        return try await row(question, [409: AccountError.loginTaken]).required { $0.text("id") }
    }

    func account(_ login: String) async throws -> AccountName {
        let login = login.lowercased()
        guard let found = try await accounts().first(where: { $0.text("login") == login }) else {
            throw AccountError.unknown
        }
        return AccountName(id: try found.required { $0.text("id").flatMap { AccountID($0) } }, login: login)
    }

    private func change(_ account: AccountName, _ body: KeyValuePairs<String, JSONValue?>) async throws {
        var question = OutreachClient.Question(.patch, "accounts", "\(account.id)", isRepeatable: true)
        question.body = .object(present: body)
        _ = try await row(question, Self.ofAccounts)
    }

    func disable(_ login: String, _ disabled: Bool) async throws -> AccountName {
        let account = try await account(login)
        try await change(account, ["disabled": .bool(disabled)])
        return account
    }

    func setPassword(of account: AccountName, to password: String, mustChange: Bool) async throws {
        try await change(account, ["password": .string(password)])
    }

    func issueToken(to login: String, name: String, days: Int, rights: [Right]) async throws -> String {
        var question = OutreachClient.Question(
            .post, "accounts", "\(try await account(login).id)", "tokens")
        question.body = .object(present: [
            "name": .string(name), "days": .integer(days),
            "rights": rights.isEmpty ? nil : .array(rights.map { .string($0.rawValue) }),
        ])
        return try await row(question, Self.ofAccounts).required { $0.text("token") }
    }

    func tokens(of login: String) async throws -> [JSONRow] {
        try await row(.init(.get, "accounts", "\(try await account(login).id)", "tokens"), Self.ofAccounts)
            .required { $0.rows("tokens") }
    }

    func revokeToken(_ id: Identifier<APIToken>, of login: String) async throws {
        _ = try await bytes(
            .init(.delete, "accounts", "\(try await account(login).id)", "tokens", "\(id)"),
            [404: CommandFailure.unknownToken])
    }
}

extension CommandFailure {
    static var unknownToken: CommandFailure {
        CommandFailure(
            .notFound, code: "token.unknown", pointer: "id",
            rule: Bilingual(zh: "该账号没有这个令牌", en: "the account has no such token"),
            mend: Bilingual(
                zh: "用 goutong account token list 查找", en: "find it with goutong account token list"))
    }
}

extension TokenRecord {
    fileprivate var json: JSONValue {
        .object([
            .init("id", .string("\(id)")), .init("name", .string(name)),
            .init("rights", rights.map { .array($0.map(JSONValue.string)) } ?? .null),
            .init("expires_at", .string(OfficeTime.text(of: expiresAt))),
            .init("expired", .bool(isExpired)), .init("revoked", .bool(isRevoked)),
        ])
    }
}

extension AccountRecord {
    fileprivate var json: JSONValue {
        .object([
            .init("id", .string("\(id)")), .init("login", .string(login)), .init("name", .string(name)),
            .init("role", .string(role)), .init("unit", .string(unit)),
            .init("has_password", .bool(hasPassword)), .init("must_change", .bool(mustChange)),
            .init("locked", .bool(isLocked)), .init("disabled", .bool(isDisabled)),
        ])
    }
}
