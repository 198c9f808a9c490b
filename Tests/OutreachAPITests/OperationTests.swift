import Hummingbird
import Logging
import NIOEmbedded
import Outreach
import PostgresClient
import Synchronization
import TestSupport
import Testing

@testable import OutreachAPI

@Suite("operation")
struct OperationTests {
    @Test("metrics read as Prometheus text: base units, escaped labels, cumulative buckets")
    func metricsText() {
        let metrics = ServiceMetrics()
        metrics.answered(
            method: .post, route: RouteLabel("/v1/meetings/:id"), status: .ok, took: .milliseconds(30),
            sqlClass: "53")
        metrics.answered(
            method: HTTPRequest.Method("BREW") ?? .get, route: RouteLabel("NotFound"), status: .notFound,
            took: .milliseconds(2), sqlClass: nil)
        metrics.registry.set(1, of: .init("odd", [("label", "a\"b\\c\nd")]))
        let text = MetricsText.rendered(metrics.registry.all, help: [:])
        let lines = text.split(separator: "\n").map(String.init)
        #expect(
            lines.contains(
                #"goutong_http_requests_total{method="POST",route="/v1/meetings/{id}",status="200"} 1"#))
        #expect(
            lines.contains(#"goutong_http_requests_total{method="other",route="none",status="404"} 1"#))
        let bucket =
            #"goutong_http_request_duration_seconds_bucket{method="POST",route="/v1/meetings/{id}",le="#
        #expect(lines.contains(bucket + #""0.025"} 0"#) && lines.contains(bucket + #""0.05"} 1"#))
        #expect(lines.contains(bucket + #""+Inf"} 1"#))
        #expect(lines.contains(#"goutong_sql_errors_total{class="53"} 1"#))
        #expect(lines.contains(#"odd{label="a\"b\\c\nd"} 1"#))
        #expect(lines.filter { $0 == "# TYPE goutong_http_requests_total counter" }.count == 1)
    }

    @Test("a caller's request id is taken where it cannot be mistaken for more of a log")
    func requestIDs() {
        #expect(RequestID.accepted("a.b-C_123") == "a.b-C_123")
        for text in [
            "short", "with space", "line\nbreak1", "quote\"quote", "统统统统", String(repeating: "x", count: 65),
        ] {
            #expect(RequestID.accepted(text) == nil)
        }
    }

    @Test("the client behind proxies: only what a trusted one added counts")
    func proxies() throws {
        let proxies = try #require(TrustedProxies("10.0.0.0/9, ::1"))
        #expect(proxies.client(peer: "10.127.0.1", forwarded: "6.6.6.6, 1.2.3.4, 10.1.1.1") == "1.2.3.4")
        #expect(proxies.client(peer: "10.128.0.1", forwarded: "1.2.3.4") == "10.128.0.1")
        #expect(proxies.client(peer: "::ffff:10.0.0.1", forwarded: "1.2.3.4") == "1.2.3.4")
        #expect(proxies.client(peer: "::1", forwarded: "nonsense") == "::1")
        #expect(TrustedProxies("10.0.0.0/33") == nil && TrustedProxies("localhost") == nil)
    }

    @Test("a log line is one JSON object on one line, whatever stands in it")
    func logLine() throws {
        let written = Mutex("")
        var logger = Logger(label: "test") { label in
            LogLine(label: label, format: .json, level: .info) { line in written.withLock { $0 += line } }
        }
        logger[metadataKey: "hb.request.id"] = "r-1"
        logger.debug("not this")
        logger.info("two\nlines", metadata: ["status": .stringConvertible(200)])
        let line = written.withLock { $0 }
        #expect(line.hasSuffix("\n") && line.filter(\.isNewline).count == 1)
        #expect(line.contains(#""message":"two\nlines""#) && line.contains(#""status":200"#))
        #expect(line.contains(#""request_id":"r-1""#))
    }

    /// Nothing else would end the statement within the hour.
    @Test("past the deadline the SQL is cancelled and the answer is 504", .timeLimit(.minutes(10)))
    func deadline() async throws {
        try await TestDatabase.fresh { database in
            let connection = try await database.connect()
            let slow = DeadlineResponder(
                base: Answering { _ in
                    try await connection.execute("SELECT pg_sleep(3600)")
                    return Response(status: .ok)
                }, limit: .milliseconds(200))
            let answer = try await slow.respond(to: Self.request(), context: Self.context())
            #expect(answer.status == .gatewayTimeout)
            // The session is free again: the statement no longer runs.
            #expect(await connection.isIdle)
            await connection.close()
        }
    }

    @Test("requests beyond the limit get 429 with Retry-After; then there is room again")
    func admission() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let responder = AdmissionResponder(
            base: Answering { _ in
                enter.yield()
                for await _ in gate { break }
                return Response(status: .ok)
            }, limit: 1)
        async let first = responder.respond(to: Self.request(), context: Self.context())
        for await _ in entered { break }
        let second = try await responder.respond(to: Self.request(), context: Self.context())
        #expect(second.status == .tooManyRequests && second.headers[.retryAfter] == "1")
        open.yield()
        #expect(try await first.status == .ok)
        open.yield()
        #expect(try await responder.respond(to: Self.request(), context: Self.context()).status == .ok)
    }

    @Test("a service that drains is not ready again")
    func draining() {
        let readiness = Readiness()
        #expect(readiness.current == .starting)
        readiness.set(nil)
        #expect(readiness.current == nil)
        readiness.set(.draining)
        readiness.set(nil)
        #expect(readiness.current == .draining)
    }

    @Test(
        "logins that row-level security would not hold are refused",
        arguments: [
            ("SUPERUSER", "", "login.powerful"), ("BYPASSRLS", "", "login.powerful"),
            ("CREATEROLE", "", "login.powerful"),
            ("", "CREATE TABLE public.own (); ALTER TABLE public.own OWNER TO %", "login.owner"),
            ("", "GRANT pg_read_all_data TO %", "login.reaching"),
            ("", "REVOKE goutong_reader FROM %", "login.roles"), ("INHERIT", "", "login.inherits"),
        ])
    func logins(attributes: String, statement: String, code: String) async throws {
        try await APIFixture.serving { api in
            let login = "login_\(api.database.name.suffix(12))"
            let attributes = attributes == "INHERIT" ? "INHERIT" : "NOINHERIT \(attributes)"
            try await api.owner.script(
                """
                CREATE ROLE \(login) LOGIN \(attributes);
                GRANT goutong_service, goutong_reader, goutong_recorder, goutong_figures TO \(login);
                \(statement.replacing("%", with: login));
                """)
            let connection = try await PostgresConnection.connect(
                to: api.database.conninfo.replacing("user=postgres", with: "user=\(login)"),
                deadline: TestDatabase.patience)
            let refusal = await #expect(throws: ServiceRefusal.self) {
                try await ServiceLogin.check(on: connection)
            }
            #expect(refusal?.code == code)
            await connection.close()
            try await api.owner.script("DROP OWNED BY \(login); DROP ROLE \(login)")
        }
    }

    @Test("the login that owns nothing is taken")
    func ownLogin() async throws {
        try await APIFixture.serving { api in
            try await api.pool.withConnection { try await ServiceLogin.check(on: $0) }
        }
    }

    private static func request() -> Request {
        Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/"),
            body: RequestBody(buffer: ByteBuffer()))
    }

    private static func context() -> APIContext {
        var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        logger[metadataKey: "hb.request.id"] = "test"
        return APIContext(
            source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger))
    }
}

/// A responder that does what a test says.
private struct Answering: HTTPResponder {
    let answer: @Sendable (Request) async throws -> Response

    init(_ answer: @escaping @Sendable (Request) async throws -> Response) { self.answer = answer }

    func respond(to request: Request, context: APIContext) async throws -> Response {
        do {
            return try await answer(request)
        } catch {
            return Problem(error).response(language: "zh", requestID: context.id)
        }
    }
}
