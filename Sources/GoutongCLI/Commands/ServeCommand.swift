internal import ArgumentParser
internal import Logging
internal import Outreach
internal import OutreachAPI

/// `goutong serve`: the HTTP service, until SIGTERM.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "运行 HTTP 服务 · run the HTTP service",
        discussion: """
            不设 GOUTONG_SERVICE_DATABASE_URL 时用自带的 PostgreSQL，必要时启动它。所有设置也可写成环境变量或设置文件，\
            见 goutong config。
            Every setting can also be a variable or a line of a file: see goutong config. SIGTERM drains; a second \
            signal ends at once.
            """)
    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ServiceOptions

    func run() async throws {
        try await Console.run(language: common.language) {
            do {
                try await serve()
            } catch let refusal as ServiceRefusal {
                throw CommandFailure(refusal)
            }
        }
    }

    private func serve() async throws {
        let settings = try options.settings(federation: common.federation)
        let configuration = try OutreachServerConfiguration(settings)
        let database = try await ServiceDatabase.open(settings)
        if configuration.isOpen {
            configuration.logger.warning("listening beyond this machine without TLS or a trusted proxy")
        }
        let revive: @Sendable () async throws -> Void = { try await database.revive() }
        let server = try await OutreachServer.open(
            conninfo: database.conninfo, master: database.master, configuration: configuration,
            supervise: database.cluster.map { _ in revive })
        try await server.run()
    }
}

extension OutreachServerConfiguration {
    /// Whether tokens would cross a network in the clear.
    fileprivate var isOpen: Bool {
        tls == nil && proxies.isEmpty && !["127.0.0.1", "::1", "localhost"].contains(address.host)
    }
}

extension CommandFailure {
    init(_ refusal: ServiceRefusal) {
        let exit: GoutongExit =
            switch refusal.code.prefix(while: { $0 != "." }) {
            case "login", "key": .notAllowed
            case "tls": .notFound
            default: .unavailable
            }
        self.init(exit, code: refusal.code, rule: refusal.rule, mend: refusal.mend)
    }
}
