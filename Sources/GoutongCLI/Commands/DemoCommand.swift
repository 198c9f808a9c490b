internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import SampleData

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "演示数据（模拟）：载入、移除 · the synthetic sample",
        subcommands: [Load.self, Remove.self])

    /// The federation that holds the sample, apart from any real one.
    static let federation = "beijing-demo"
    static let seed: UInt64 = 2018

    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "load", abstract: "载入2018年演示数据 · load the sample of 2018")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption

        func run() async throws {
            try await Console.run(language: common.language) {
                try service.refuse()
                let connection = try await Database.open().connection
                _ = try await Migrator().migrate(on: connection)
                try await ReferenceLoader.load(on: connection)
                let loader = try await SampleLoader(connection: connection)
                if try await loader.isComplete() {
                    Console.say(
                        common.text(
                            Bilingual(zh: "演示数据已在，未作改动", en: "the sample is there already; nothing changed")))
                    return
                }
                try await loader.load { done, all in
                    Console.say(
                        common.text(
                            Bilingual(zh: "已载入 \(done)/\(all)", en: "loaded \(done) of \(all)")))
                }
                Console.say(
                    common.text(
                        Bilingual(
                            zh: "演示数据载入完成【模拟】：总工会代码 \(DemoCommand.federation)",
                            en: "sample loaded (synthetic): federation \(DemoCommand.federation)")))
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "移除演示数据 · take the sample away")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption

        func run() async throws {
            try await Console.run(language: common.language) {
                try service.refuse()
                let connection = try await Database.open().connection
                for federation in try await Federation.all(on: connection)
                where federation.code == DemoCommand.federation {
                    try await SampleStore(federation: federation)?.remove(on: connection)
                }
                Console.say(common.text(Bilingual(zh: "演示数据已移除", en: "the sample is gone")))
            }
        }
    }
}
