import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Outreach
import OutreachAPI
import OutreachStore
import PostgresClient
import TestSupport
import Vault

/// The service over a database of its own, called in process, as the login that owns nothing.
struct APIFixture: Sendable {
    let database: TestDatabase
    /// The owner's connection.
    let owner: PostgresConnection
    let federation: Federation
    let areas: AreaTable
    let vault: Vault
    let pool: PostgresPool
    let service: OutreachService
    private let responder: any HTTPResponder<APIContext>

    struct Answer: Sendable {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
        /// Status and body, but for the request's own id: equal where nothing can be told apart.
        var essence: String {
            let body = text.replacing(/urn:goutong:request:[0-9A-Za-z-]*/, with: "")
            return "\(status.code) \(body)"
        }

        /// The body read as JSON.
        func json() throws -> [String: any Sendable] {
            try JSONSerialization.jsonObject(with: Data(body)) as? [String: any Sendable] ?? [:]
        }
    }

    /// Sends one request. `language` is zh unless headers say otherwise.
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: APIToken? = nil, headers: HTTPFields = [:],
        body: String = ""
    ) async throws -> Answer {
        let response = try await respond(method, path, token: token, headers: headers, body: body)
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(status: response.status, headers: response.headers, body: collector.bytes)
    }

    /// The answer as far as its head: nobody reads its body yet.
    func respond(
        _ method: HTTPRequest.Method, _ path: String, token: APIToken? = nil, headers: HTTPFields = [:],
        body: String = ""
    ) async throws -> Response {
        var fields = headers
        if let token { fields[.authorization] = "Bearer \(token.text)" }
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(string: body)))
        var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        logger[metadataKey: "hb.request.id"] = "\(UUID())"
        let context = APIContext(
            source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger))
        return try await responder.respond(to: request, context: context)
    }

    /// An account with a token of all its rights.
    func account(
        _ login: String, _ role: AccountRole, unit: String = "BJ", rights: [Right]? = nil
    ) async throws -> (id: AccountID, token: APIToken) {
        let operating = Authority.operator("test", of: federation)
        let id = try await AccountStore(federation: federation).add(
            login: login, name: login, role: role, unit: unit, authority: operating, on: owner)
        let token = try await TokenStore(federation: federation).issue(
            to: id, name: "test", rights: rights, validFor: 1, authority: operating, on: owner)
        return (id, token)
    }

    // MARK: Making one

    static func serving<Value>(_ body: (APIFixture) async throws -> Value) async throws -> Value {
        try await TestLedger.with { ledger in
            let pool = PostgresPool(
                conninfo: ledger.serviceConninfo,
                configuration: PostgresPool.Configuration(
                    size: 4, acquireDeadline: TestDatabase.patience,
                    connectDeadline: TestDatabase.patience, statementDeadline: .seconds(60)))
            let service = OutreachService(
                ledger: Ledger(
                    federation: ledger.federation, areas: ledger.areas, vault: ledger.vault, pool: pool,
                    // The lowest cost: tests sign in often.
                    passwordCost: PasswordHash.Cost(logRounds: 10, blockSize: 8, parallelism: 1)))
            let fixture = APIFixture(
                database: ledger.database, owner: ledger.owner, federation: ledger.federation,
                areas: ledger.areas, vault: ledger.vault, pool: pool, service: service,
                responder: service.router().buildResponder())
            let value = try await body(fixture)
            await pool.shutdown()
            return value
        }
    }
}

private final class Collector: ResponseBodyWriter, @unchecked Sendable {
    // Unchecked: one task writes.
    var bytes: [UInt8] = []
    func write(_ buffer: ByteBuffer) async throws { bytes += Array(buffer: buffer) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
