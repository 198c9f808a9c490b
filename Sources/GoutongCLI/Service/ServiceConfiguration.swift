internal import Logging
internal import Outreach
internal import OutreachAPI

extension OutreachServerConfiguration {
    /// - Throws: `CommandFailure` that names the flag, the variable or the line that does not read.
    init(_ settings: ServiceSettings) throws {
        self.init()
        address = Address(
            host: settings.value(.host) ?? address.host, port: try settings.number(.port, in: 0...65535))
        admin = Address(
            host: settings.value(.adminHost) ?? admin.host,
            port: try settings.number(.adminPort, in: 0...65535))
        tls = try Self.tls(settings)
        if let text = settings.value(.proxies) {
            guard let proxies = TrustedProxies(text) else {
                throw Self.refused(
                    "network.form", settings.pointer(.proxies),
                    Bilingual(zh: "不是有效的网段", en: "not a network"),
                    Bilingual(zh: "写成 10.0.0.0/8,::1", en: "write it as 10.0.0.0/8,::1"))
            }
            self.proxies = proxies
        }
        federation = settings.value(.federation)
        poolSize = try settings.number(.poolSize, in: 1...1000)
        maxConnections = try settings.number(.maxConnections, in: 1...100_000)
        maxRequests = try settings.number(.maxRequests, in: 1...100_000)
        requestDeadline = try settings.seconds(.requestDeadline, in: 0.1...3600)
        headerTimeout = try settings.seconds(.headerTimeout, in: 0.1...3600)
        idleTimeout = try settings.seconds(.idleTimeout, in: 0.1...3600)
        drainDelay = try settings.seconds(.drainDelay, in: 0...600)
        drainDeadline = try settings.seconds(.drainDeadline, in: 0.1...3600)
        journeyInterval = try settings.seconds(.journeyInterval, in: 0.1...3600)
        if settings.value(.retentionMonths) != nil {
            retentionMonths = try settings.number(.retentionMonths, in: 1...1200)
        }
        logger = try Self.logger(settings)
    }

    private static func tls(_ settings: ServiceSettings) throws -> TLS? {
        switch (settings.value(.certificate), settings.value(.certificateKey)) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return TLS(certificate: certificate, key: key)
        case (nil, _), (_, nil):
            throw refused(
                "tls.half", "--tls-certificate",
                Bilingual(zh: "证书和私钥要一起给出", en: "a certificate and its key go together"),
                Bilingual(
                    zh: "给出 --tls-certificate 和 --tls-key", en: "give --tls-certificate and --tls-key"))
        }
    }

    private static func logger(_ settings: ServiceSettings) throws -> Logger {
        let format = try Arguments.choice(
            settings.value(.logFormat) ?? "", settings.pointer(.logFormat), of: LogLine.Format.self)
        let level = try Arguments.choice(
            settings.value(.logLevel) ?? "", settings.pointer(.logLevel), of: Logger.Level.self)
        return Logger(label: "goutong") { LogLine(label: $0, format: format, level: level) }
    }

    private static func refused(
        _ code: String, _ pointer: String, _ rule: Bilingual, _ mend: Bilingual
    ) -> CommandFailure {
        CommandFailure(.usage, code: code, pointer: pointer, rule: rule, mend: mend)
    }
}
