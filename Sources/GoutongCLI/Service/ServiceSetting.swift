internal import Outreach

/// One setting of the service: its flag, its variable, what it is without either.
struct ServiceSetting: Hashable, Sendable {
    /// The variable, in the environment and in the file.
    let variable: String
    /// nil where a flag would put a secret or a place of secrets onto the command line.
    let flag: String?
    /// nil: unset.
    let standard: String?

    private init(_ variable: String, _ flag: String? = nil, _ standard: String? = nil) {
        self.variable = variable
        self.flag = flag
        self.standard = standard
    }

    static let host = ServiceSetting("GOUTONG_HOST", "--host", "127.0.0.1")
    static let port = ServiceSetting("GOUTONG_PORT", "--port", "8080")
    static let adminHost = ServiceSetting("GOUTONG_ADMIN_HOST", "--admin-host", "127.0.0.1")
    static let adminPort = ServiceSetting("GOUTONG_ADMIN_PORT", "--admin-port", "9090")
    static let certificate = ServiceSetting("GOUTONG_TLS_CERTIFICATE", "--tls-certificate")
    static let certificateKey = ServiceSetting("GOUTONG_TLS_KEY", "--tls-key")
    static let proxies = ServiceSetting("GOUTONG_TRUSTED_PROXY", "--trusted-proxy")
    static let federation = ServiceSetting("GOUTONG_FEDERATION", "--federation")
    static let logFormat = ServiceSetting("GOUTONG_LOG_FORMAT", "--log-format", "json")
    static let logLevel = ServiceSetting("GOUTONG_LOG_LEVEL", "--log-level", "info")
    static let poolSize = ServiceSetting("GOUTONG_POOL_SIZE", "--pool-size", "8")
    static let maxConnections = ServiceSetting("GOUTONG_MAX_CONNECTIONS", "--max-connections", "1024")
    static let maxRequests = ServiceSetting("GOUTONG_MAX_REQUESTS", "--max-requests", "256")
    static let requestDeadline = ServiceSetting("GOUTONG_REQUEST_DEADLINE", "--request-deadline", "30")
    static let headerTimeout = ServiceSetting("GOUTONG_HEADER_TIMEOUT", "--header-timeout", "10")
    static let idleTimeout = ServiceSetting("GOUTONG_IDLE_TIMEOUT", "--idle-timeout", "75")
    static let drainDelay = ServiceSetting("GOUTONG_DRAIN_DELAY", "--drain-delay", "0")
    static let drainDeadline = ServiceSetting("GOUTONG_DRAIN_DEADLINE", "--drain-deadline", "25")
    static let journeyInterval = ServiceSetting("GOUTONG_JOURNEY_INTERVAL", "--journey-interval", "2")
    static let retentionMonths = ServiceSetting("GOUTONG_RETENTION_MONTHS", "--retention-months")
    static let database = ServiceSetting("GOUTONG_SERVICE_DATABASE_URL")
    static let keyFile = ServiceSetting("GOUTONG_KEY_FILE")
    static let home = ServiceSetting("GOUTONG_HOME")

    /// In the order in which `goutong config` prints them.
    static let all = [
        host, port, adminHost, adminPort, certificate, certificateKey, proxies, federation, logFormat,
        logLevel, poolSize, maxConnections, maxRequests, requestDeadline, headerTimeout, idleTimeout,
        drainDelay, drainDeadline, journeyInterval, retentionMonths, database, keyFile, home,
    ]
}
