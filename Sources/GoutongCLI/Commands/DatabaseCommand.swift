internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import PrivateCluster

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db", abstract: "数据库：启动、停止、查看、升级、核对、备份、恢复 · the database",
        subcommands: [
            Start.self, Stop.self, Status.self, Migrate.self, VerifyDatabase.self, BackupDatabase.self,
            RestoreDatabase.self,
        ])

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "start",
            abstract: "启动自带的 PostgreSQL · start the private PostgreSQL")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await Console.run(language: common.language) {
                guard Database.url == nil else { throw Self.foreignServer }
                let started = try await PrivateCluster(home: try GoutongHome.resolve()).start()
                Console.say(common.text(started.text))
                try Console.out(started.conninfo)
            }
        }

        static let foreignServer = CommandFailure(
            .usage, code: "database.foreign", pointer: "GOUTONG_DATABASE_URL",
            rule: Bilingual(zh: "正在使用外部服务器", en: "an external server is in use"),
            mend: Bilingual(
                zh: "外部服务器由其管理员启停；要用自带数据库，请取消 GOUTONG_DATABASE_URL",
                en: "its administrator starts and stops it; unset GOUTONG_DATABASE_URL for the private one"))
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stop",
            abstract: "停止自带的 PostgreSQL · stop the private PostgreSQL")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await Console.run(language: common.language) {
                guard Database.url == nil else { throw Start.foreignServer }
                let wasRunning = try await PrivateCluster(home: try GoutongHome.resolve()).stop()
                Console.say(
                    common.text(
                        wasRunning
                            ? Bilingual(zh: "已停止", en: "stopped")
                            : Bilingual(zh: "本来没有运行", en: "it was not running")))
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "查看数据库和结构版本 · where the database stands")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await Console.run(language: common.language) {
                if Database.url == nil {
                    let status = try await PrivateCluster(home: try GoutongHome.resolve()).status()
                    try Console.out(common.text(status.text))
                    guard case .running = status else { return }
                }
                let connection = try await Database.open().connection
                for step in try await Migrator().standing(on: connection) {
                    let applied = common.text(
                        step.applied
                            ? Bilingual(zh: "已应用", en: "applied")
                            : Bilingual(zh: "未应用", en: "missing"))
                    try Console.out("\(step.number)\t\(step.name)\t\(applied)")
                }
            }
        }
    }

    struct Migrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "migrate",
            abstract: "建立或升级结构，载入区划等公共名单 · bring the schema and public lists up to date")
        @OptionGroup var common: CommonOptions

        @Option(help: "同时建立一个总工会：代码 · also set up a federation with this code")
        var setUp: String?
        @Option(help: "总工会名称，默认“示例市总工会” · its name")
        var name: String?
        @Option(help: "启动日期，默认 2018-04-01 · first day of the programme")
        var since: String?
        @Option(
            help: ArgumentHelp(
                "组织树 CSV（\(UnionTree.header.joined(separator: ","))），默认随产品的北京市组织树 · union tree"))
        var units: String?

        func run() async throws {
            try await Console.run(language: common.language) {
                // Checked first: a wrong code or day leaves the database as it was.
                if let setUp { try Self.check(code: setUp) }
                guard units == nil || setUp != nil else { throw Self.unitsAlone }
                let file = try units.map { try Self.read(units: $0) }
                let since = try since.map { try Arguments.day($0, "--since") }
                if let name { _ = try Arguments.line(name, "--name") }
                let database = try await Database.open()
                let connection = database.connection
                let applied = try await Migrator().migrate(on: connection)
                try await ReferenceLoader.load(on: connection)
                if let setUp { try await add(setUp, since: since, units: file, on: connection) }
                // A key that is named is kept with its federations: the service may not do that itself.
                if ServiceDatabase.namesKey {
                    try await ServiceDatabase.keep(
                        try await database.masterKey(), conninfo: database.conninfo)
                }
                let numbers = applied.map(String.init).joined(separator: " ")
                Console.say(
                    common.text(
                        applied.isEmpty
                            ? Bilingual(zh: "结构已是最新", en: "the schema is up to date")
                            : Bilingual(zh: "已应用：\(numbers)", en: "applied: \(numbers)")))
            }
        }

        /// What is said again must be what stands; what is left out asks for nothing.
        private func add(
            _ code: String, since: Day?, units file: [UInt8]?, on connection: PostgresConnection
        ) async throws {
            let name = name ?? "示例市总工会"
            guard let day = since ?? Day(year: 2018, month: 4, day: 1) else { return }
            // Read whole before anything is made: a tree that does not hold leaves no federation behind.
            var tree: UnionTree?
            if let file {
                let areas = try await ReferenceLoader.areaCodes(on: connection)
                tree = try UnionTree(csv: file, areas: areas)
            }
            let (federation, isNew) = try await Federation.add(
                code: code, name: Bilingual(zh: name, en: name), synthetic: false, since: day,
                on: connection)
            if !isNew, let contradicted = contradiction(of: federation, since: since) {
                throw Self.conflict(contradicted)
            }
            if let tree {
                guard try await ReferenceLoader.load(tree, into: federation, on: connection) else {
                    throw Self.conflict("--units")
                }
            } else if try await !ReferenceLoader.hasUnits(federation, on: connection) {
                // Accounts belong to a unit: without a tree there can be none.
                try await ReferenceLoader.loadBeijing(into: federation, on: connection)
            }
        }

        private static func conflict(_ contradicted: String) -> CommandFailure {
            CommandFailure(
                .conflict, code: "federation.conflict", pointer: contradicted,
                rule: Bilingual(
                    zh: "这个代码的总工会已经建立，内容不同；未作改动",
                    en: "a federation with this code is set up already and says otherwise; nothing changed"),
                mend: Bilingual(
                    zh: "另选代码；要沿用已建立的，去掉 \(contradicted)",
                    en: "choose another code, or leave \(contradicted) out to keep the one that stands"))
        }

        private static func read(units path: String) throws -> [UInt8] {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure(
                    .notFound, code: "file.not_found", pointer: "--units",
                    rule: Bilingual(zh: "找不到或无法读取文件", en: "the file is missing or cannot be read"),
                    mend: Bilingual(zh: "检查路径和权限", en: "check the path and its permissions"))
            }
            return Array(data)
        }

        private static let unitsAlone = CommandFailure(
            .usage, code: "units.alone", pointer: "--units",
            rule: Bilingual(zh: "--units 须与 --set-up 同用", en: "--units goes with --set-up"),
            mend: Bilingual(zh: "用 --set-up 指明总工会", en: "name the federation with --set-up"))

        private func contradiction(of federation: Federation, since: Day?) -> String? {
            if let name, federation.name.zh != name { return "--name" }
            if let since, federation.since != since { return "--since" }
            return nil
        }

        private static func check(code: String) throws {
            let bytes = Array(code.utf8)
            let isKept = bytes.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
            }
            guard (2...31).contains(bytes.count), isKept, (97...122).contains(bytes[0]) else {
                throw CommandFailure(
                    .usage, code: "federation.code", pointer: "--set-up",
                    rule: Bilingual(
                        zh: "总工会代码须为2至31个小写字母、数字或连字符，以字母开头",
                        en:
                            "a federation's code is 2 to 31 lower-case letters, digits or hyphens, a letter first"
                    ),
                    mend: Bilingual(zh: "例如 --set-up mycity", en: "for example --set-up mycity"))
            }
        }
    }
}

extension StartedCluster {
    fileprivate var text: Bilingual {
        let said =
            switch outcome {
            case .created: Bilingual(zh: "已新建并启动", en: "made and started")
            case .started: Bilingual(zh: "已启动", en: "started")
            case .alreadyRunning: Bilingual(zh: "已在运行", en: "running already")
            }
        guard let setAside else { return said }
        return Bilingual(
            zh: said.zh + "；未建成的旧目录已移到 \(setAside)",
            en: said.en + "; a half-made folder was moved to \(setAside)")
    }
}

extension ClusterStatus {
    fileprivate var text: Bilingual {
        switch self {
        case .notCreated:
            Bilingual(zh: "尚未建立（goutong db start 建立）", en: "not made yet (goutong db start makes it)")
        case .halfMade:
            Bilingual(
                zh: "目录未建成（goutong db start 会移开并重建）",
                en: "half made (goutong db start sets it aside and makes it anew)")
        case .stopped: Bilingual(zh: "已停止", en: "stopped")
        case .running(let server):
            Bilingual(
                zh: "运行中：PostgreSQL \(server.version)，进程 \(server.pid)" + (server.isReady ? "" : "（恢复中）"),
                en: "running: PostgreSQL \(server.version), process \(server.pid)"
                    + (server.isReady ? "" : " (recovering)"))
        case .stalePid:
            Bilingual(
                zh: "曾被强行中止（goutong db start 恢复）", en: "stopped by force (goutong db start recovers it)")
        case .otherVersion(let found, let have):
            Bilingual(
                zh: "数据是 PostgreSQL \(found) 的，本机有 \(have.map(String.init).joined(separator: " "))",
                en:
                    "made by PostgreSQL \(found); this machine has \(have.map(String.init).joined(separator: " "))"
            )
        case .damaged: Bilingual(zh: "关键文件缺失，请从备份恢复", en: "vital files are missing; restore from a backup")
        }
    }
}
