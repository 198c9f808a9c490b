public import Logging

/// How the service is to run.
public struct OutreachServerConfiguration: Sendable {
    public struct Address: Sendable {
        public var host: String
        /// 0: any that is free, which the log then names.
        public var port: Int

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// PEM files.
    public struct TLS: Sendable {
        public var certificate: String
        public var key: String

        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    public var address = Address(host: "127.0.0.1", port: 8080)
    public var admin = Address(host: "127.0.0.1", port: 9090)
    public var tls: TLS?
    public var proxies = TrustedProxies.none
    /// nil: every federation of the database.
    public var federation: String?
    public var poolSize = 8
    /// For a request from its head to the head of its answer, and for each statement.
    public var requestDeadline: Duration = .seconds(30)
    /// For requests under way after SIGTERM.
    public var drainDeadline: Duration = .seconds(25)
    /// Between being unready and refusing connections: a load balancer looks now and then.
    public var drainDelay: Duration = .zero
    public var maxConnections = 1024
    public var maxRequests = 256
    /// For a request's head after connecting.
    public var headerTimeout: Duration = .seconds(10)
    /// For the next request on a connection.
    public var idleTimeout: Duration = .seconds(75)
    /// Between two looks for journeys to derive.
    public var journeyInterval: Duration = .seconds(2)
    /// How long applicants who never became members are kept, in months; nil: nobody is purged.
    public var retentionMonths: Int?
    public var logger = Logger(label: "goutong") { LogLine(label: $0, format: .json, level: .info) }

    public init() {}
}
