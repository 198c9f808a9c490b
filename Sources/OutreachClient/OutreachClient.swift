internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// The service as the terminal sees it.
///
/// It follows no redirect, believes no answer but our own, and tries again only what may pass.
public struct OutreachClient: Sendable {
    /// How long it waits, and how often.
    public struct Patience: Sendable {
        public var connecting: Duration = .seconds(5)
        /// From the first byte sent to the last one read, of one attempt.
        public var attempt: Duration = .seconds(20)
        public var attempts = 3
        /// Before the second attempt; it doubles, and each pause varies by half.
        public var pause: Duration = .milliseconds(400)
        /// A longer `Retry-After` is left for another day.
        public var longestPause: Duration = .seconds(5)

        public init() {}
    }

    /// A certificate file that does not hold certificates.
    public struct AuthorityUnreadable: Error {}

    public let server: ServerAddress
    let token: AccessToken
    let language: String
    let patience: Patience
    let http: HTTPClient

    /// Runs `body` with a client, and closes its connections after.
    ///
    /// Certificates are checked against the authority, the host name and the clock; nothing turns that off.
    /// - Parameters:
    ///   - authority: PEM file of a private authority, trusted instead of the system's.
    ///   - language: `zh` or `en`, for the words of problems.
    public static func with<Value>(
        server: ServerAddress, token: AccessToken, authority: String? = nil, language: String = "zh",
        patience: Patience = Patience(), _ body: (OutreachClient) async throws -> Value
    ) async throws -> Value {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let authority {
            guard let found = try? NIOSSLCertificate.fromPEMFile(authority), !found.isEmpty else {
                throw AuthorityUnreadable()
            }
            tls.trustRoots = .certificates(found)
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(patience.connecting), read: TimeAmount(patience.attempt)),
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let client = OutreachClient(
            server: server, token: token, language: language, patience: patience, http: http)
        do {
            let value = try await body(client)
            try await http.shutdown()
            return value
        } catch {
            try? await http.shutdown()
            throw error
        }
    }

    /// Sends a document until it is answered, or until trying again is of no use for now.
    /// - Throws: `CancellationError` only.
    public func submit(_ document: OutgoingDocument) async throws -> Verdict {
        var attempt = 1
        while true {
            let verdict = try await submitOnce(document)
            guard case .undelivered(let obstacle) = verdict, obstacle.mayPass,
                attempt < patience.attempts, let pause = pause(after: attempt, obstacle)
            else { return verdict }
            try await Task.sleep(for: pause)
            attempt += 1
        }
    }

    func pause(after attempt: Int, _ obstacle: Obstacle) -> Duration? {
        let usual = patience.pause * (1 << (attempt - 1)) * Double.random(in: 0.5...1.5)
        guard case .busy(_, let seconds?) = obstacle else { return usual }
        let asked = Duration.seconds(seconds)
        return asked > patience.longestPause ? nil : max(asked, usual)
    }

    private func submitOnce(_ document: OutgoingDocument) async throws -> Verdict {
        var request = HTTPClientRequest(url: server.url(of: "/v1/meetings"))
        request.method = .POST
        request.headers = [
            "Authorization": "Bearer \(token.text)", "Content-Type": "application/json",
            "Accept": "application/json, application/problem+json", "Accept-Language": language,
            "User-Agent": "goutong",
        ]
        request.body = .bytes(ByteBuffer(string: document.text))
        let sent = request
        do {
            return try await Self.within(patience.attempt) { [http, patience] in
                let response = try await http.execute(sent, timeout: TimeAmount(patience.attempt))
                let body = try await response.body.collect(upTo: 1 << 20)
                return Verdict(
                    status: Int(response.status.code),
                    contentType: response.headers.first(name: "Content-Type"),
                    retryAfter: response.headers.first(name: "Retry-After"), body: Array(buffer: body),
                    to: document)
            }
        } catch {
            try Task.checkCancellation()
            return .undelivered(Obstacle(error))
        }
    }

    /// A server that sends a byte now and then is no reason to wait for ever.
    static func within<Value: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask(operation: body)
            group.addTask {
                try await Task.sleep(for: limit)
                throw Obstacle.tookTooLong
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw Obstacle.tookTooLong }
            return first
        }
    }
}

extension Obstacle {
    init(_ error: any Error) {
        switch error {
        case let obstacle as Obstacle: self = obstacle
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: self = .untrusted
        case let error as HTTPClientError:
            let late: [HTTPClientError] = [
                .deadlineExceeded, .readTimeout, .connectTimeout, .getConnectionFromPoolTimeout,
            ]
            self = late.contains(error) ? .tookTooLong : .unreachable
        case is NIOTooManyBytesError: self = .notOurs(status: 200)
        default: self = .unreachable
        }
    }
}
