import Foundation
import Hummingbird
import Logging
import Outreach
import OutreachAPI
import OutreachStore
import PostgresClient
import TestSupport
import Vault

/// The service on a real socket, over a database of its own.
struct ServiceFixture: Sendable {
    let url: String
    let owner: PostgresConnection
    let federation: Federation

    enum FixtureError: Error { case neverRan }

    /// A token of a cadre of one street.
    func token(unit: String = "BJ-110105021") async throws -> String {
        let operating = Authority.operator("test", of: federation)
        let id = try await AccountStore(federation: federation).add(
            login: "zhang", name: "zhang", role: .cadre, unit: unit, authority: operating, on: owner)
        return try await TokenStore(federation: federation).issue(
            to: id, name: "test", rights: nil, validFor: 1, authority: operating, on: owner
        ).text
    }

    var port: UInt16 {
        get throws {
            guard let port = URL(string: url)?.port else { throw FixtureError.neverRan }
            return UInt16(port)
        }
    }

    /// Every receipt that stands in the ledger.
    func receipts() async throws -> Set<String> {
        let rows = try await owner.query(
            "SELECT meeting_id, revision, facts_hash, recorded_at FROM goutong.meeting_revision")
        return Set(
            try rows.map { row in
                let (id, revision, hash, at) = try row.decode(
                    (MeetingID, Int, [UInt8], PostgresTimestamp).self)
                return Receipt(
                    id: id, revision: revision, factsHash: hash,
                    recordedAtMicroseconds: at.microsecondsSince1970
                ).description
            })
    }

    /// Meetings on record and all their revisions.
    func counts() async throws -> (meetings: Int, revisions: Int) {
        try await owner.query(
            "SELECT count(DISTINCT meeting_id), count(*) FROM goutong.meeting_revision"
        ).only().decode((Int, Int).self)
    }

    /// A database with one federation, and the service when `body` asks for it: until then nobody listens.
    static func with<Value: Sendable>(
        _ body: @Sendable (ServiceFixture) async throws -> Value
    ) async throws -> Value {
        try await TestLedger.with { ledger in
            let pool = PostgresPool(
                conninfo: ledger.serviceConninfo,
                configuration: PostgresPool.Configuration(
                    size: 4, acquireDeadline: TestDatabase.patience,
                    connectDeadline: TestDatabase.patience, statementDeadline: .seconds(60)))
            let service = OutreachService(
                ledger: Ledger(
                    federation: ledger.federation, areas: ledger.areas, vault: ledger.vault, pool: pool))
            let value = try await running(service) { port in
                try await body(
                    ServiceFixture(
                        url: "http://127.0.0.1:\(port)", owner: ledger.owner,
                        federation: ledger.federation))
            }
            await pool.shutdown()
            return value
        }
    }

    private static func running<Value: Sendable>(
        _ service: OutreachService, _ body: @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: Marking(base: service.router().buildResponder()),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var listening = ports.makeAsyncIterator()
            guard let found = await listening.next() else { throw FixtureError.neverRan }
            defer { group.cancelAll() }
            return try await body(found)
        }
    }

    /// Answers bear the mark, as from `goutong serve`.
    private struct Marking<Base: HTTPResponder<APIContext>>: HTTPResponder {
        let base: Base

        func respond(to request: Request, context: APIContext) async throws -> Response {
            var response = try await base.respond(to: request, context: context)
            if let question = HTTPFields.Element.Name(AnswerMark.question),
                let answer = HTTPFields.Element.Name(AnswerMark.answer)
            {
                response.headers[answer] = request.headers[question].map(AnswerMark.of)
            }
            return response
        }
    }
}
