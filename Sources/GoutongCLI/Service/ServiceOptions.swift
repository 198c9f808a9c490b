internal import ArgumentParser
internal import Foundation

/// The flags of `goutong serve`, which `goutong config` takes too. All are texts here: what a flag, a variable
/// and a line of the file say is checked in one place.
struct ServiceOptions: ParsableArguments {
    @Option(help: "设置文件（GOUTONG_名称=值） · file of settings", completion: .file())
    var config: String?
    @Option(help: "监听地址，默认 127.0.0.1 · address to listen on")
    var host: String?
    @Option(help: "端口，默认 8080；0 为任意空闲端口 · port; 0: any that is free")
    var port: String?
    @Option(help: "管理端口的地址，默认 127.0.0.1 · address of the admin port")
    var adminHost: String?
    @Option(help: "管理端口，默认 9090：/live /ready /metrics · admin port")
    var adminPort: String?
    @Option(help: "TLS 证书（PEM） · certificate", completion: .file())
    var tlsCertificate: String?
    @Option(help: "TLS 私钥（PEM） · its key", completion: .file())
    var tlsKey: String?
    @Option(help: "可信代理的网段，逗号分隔：采信其 X-Forwarded-For · networks of trusted proxies")
    var trustedProxy: String?
    @Option(help: "日志格式 json 或 text · format of the log")
    var logFormat: String?
    @Option(help: "日志级别 trace…critical，默认 info · level of the log")
    var logLevel: String?
    @Option(help: "数据库连接数，默认 8 · database connections")
    var poolSize: String?
    @Option(help: "最多同时的连接，默认 1024 · connections at once")
    var maxConnections: String?
    @Option(help: "最多同时处理的请求，默认 256，超出的回 429 · requests at once; beyond: 429")
    var maxRequests: String?
    @Option(help: "每个请求的时限（秒），默认 30 · seconds for a request")
    var requestDeadline: String?
    @Option(help: "等待请求头的时限（秒），默认 10 · seconds for a request's head")
    var headerTimeout: String?
    @Option(help: "空闲连接的时限（秒），默认 75 · seconds for an idle connection")
    var idleTimeout: String?
    @Option(help: "收到 SIGTERM 后先等待（秒），默认 0 · seconds unready before connections are refused")
    var drainDelay: String?
    @Option(help: "收尾的时限（秒），默认 25 · seconds for requests under way at SIGTERM")
    var drainDeadline: String?
    @Option(help: "推进漏斗轨迹的间隔（秒），默认 2 · seconds between two looks for journeys")
    var journeyInterval: String?
    @Option(help: "未入会申请人的信息保留几个月，每日清除；不填则不清除 · months that applicants are kept; unset: for ever")
    var retentionMonths: String?

    func settings(federation: String?) throws -> ServiceSettings {
        let environment = ProcessInfo.processInfo.environment
        let flags: [ServiceSetting: String?] = [
            .host: host, .port: port, .adminHost: adminHost, .adminPort: adminPort,
            .certificate: tlsCertificate, .certificateKey: tlsKey, .proxies: trustedProxy,
            .federation: federation, .logFormat: logFormat, .logLevel: logLevel, .poolSize: poolSize,
            .maxConnections: maxConnections, .maxRequests: maxRequests,
            .requestDeadline: requestDeadline, .headerTimeout: headerTimeout, .idleTimeout: idleTimeout,
            .drainDelay: drainDelay, .drainDeadline: drainDeadline, .journeyInterval: journeyInterval,
            .retentionMonths: retentionMonths,
        ]
        var byFlag: [String: String] = [:]
        for (setting, value) in flags {
            if let flag = setting.flag, let value { byFlag[flag] = value }
        }
        let file = config ?? environment["GOUTONG_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        return try ServiceSettings(flags: byFlag, environment: environment, file: file)
    }
}
