internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting
internal import Vault

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "密钥：查看、轮换、导出、导入 · the key: status, rotation, export, import",
        subcommands: [Status.self, Rotate.self, Export.self, Import.self])

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "现有几代密钥，还有多少待换 · generations, and what is still under an old one")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let database = try await Database.open()
                let key = try await database.masterKey()
                for federation in try await Federation.all(on: database.connection) {
                    let vault = Vault(master: key, federation: federation.code)
                    try await federation.checkKey(vault, on: database.connection)
                    let left = try await KeyRotation(federation: federation, vault: vault).standing(
                        on: database.connection)
                    try Console.out(
                        output.json
                            ? JSONValue.object([
                                .init("federation", .string(federation.code)),
                                .init("generations", .array(key.numbers.map(JSONValue.integer))),
                                .init("current", .integer(vault.generation)),
                                .init("persons_left", .integer(left.persons)),
                                .init("contacts_left", .integer(left.contacts)),
                            ]).text() : line(federation, key, left))
                }
            }
        }

        private func line(
            _ federation: Federation, _ key: MasterKey, _ left: KeyRotation.Standing
        ) -> String {
            let numbers = key.numbers.map(String.init).joined(separator: " ")
            return federation.code + "  "
                + common.text(
                    Bilingual(
                        zh: "密钥代数 \(numbers)（首为现用）；待换：申请人 \(left.persons)，联系人 \(left.contacts)",
                        en: "generations \(numbers) (the first is in use); under an old one: "
                            + "\(left.persons) applicants, \(left.contacts) contacts"))
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "换一代新密钥，并分批换封；中断后用 --resume 继续 · a new key; sealed anew in batches")
        @OptionGroup var common: CommonOptions
        @Flag(help: "不换新密钥，只把剩下的换封 · no new key, only what is left") var resume = false
        @Option(help: "每批几条 · rows a batch") var batch = 500

        func run() async throws {
            try await Console.run(language: common.language) {
                let batch = try Arguments.count(batch, "--batch", in: 1...100_000)
                let database = try await Database.open()
                var key = try await database.masterKey()
                let federations = try await Federation.all(on: database.connection)
                // Before anything changes: it must be this database's key.
                for federation in federations {
                    try await federation.checkKey(
                        Vault(master: key, federation: federation.code), on: database.connection)
                }
                if !resume {
                    let next = try key.rotated()
                    try next.write(to: try database.keyFile())
                    key = next
                    Console.say(
                        common.text(
                            Bilingual(
                                zh: "新密钥已启用；请立即备份密钥文件（goutong key export）",
                                en: "the new key is in use; back the key file up now (goutong key export)")))
                }
                for federation in federations {
                    let rotation = KeyRotation(
                        federation: federation,
                        vault: Vault(master: key, federation: federation.code), batch: batch)
                    let done = try await rotation.run(on: database.connection)
                    Console.say(
                        "\(federation.code)："
                            + common.text(
                                Bilingual(
                                    zh: "已换封 申请人 \(done.persons)，联系人 \(done.contacts)",
                                    en: "sealed anew: \(done.persons) applicants, \(done.contacts) contacts"))
                    )
                }
                Console.say(
                    common.text(
                        Bilingual(
                            zh: "旧密钥留在文件中，以前的备份仍能打开",
                            en: "the old key stays in the file, so that earlier backups still open")))
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "导出全部各代密钥到新文件（0600） · all generations, into a new file")
        @OptionGroup var common: CommonOptions
        @Option(help: "文件 · file") var out: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let database = try await Database.open()
                try await database.masterKey().export(to: URL(fileURLWithPath: out))
                Console.say(
                    common.text(
                        Bilingual(
                            zh: "已导出。此文件能打开全部个人信息：离线保存，不与数据库备份放在一起",
                            en: "exported. It opens all personal data: keep it offline, apart from backups")))
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "并入另一文件中的各代密钥 · add the generations of another file")
        @OptionGroup var common: CommonOptions
        @Argument(help: "文件 · file") var file: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let brought = try MasterKey.read(from: URL(fileURLWithPath: file))
                let database = try await Database.open()
                let target = try database.keyFile()
                // A lost key file is put back as it was exported.
                let here = FileManager.default.fileExists(atPath: target.path)
                let merged = try here ? await database.masterKey().merged(with: brought) : brought
                // A new home has no schema yet, and may get its key before a backup is restored to it.
                let isMigrated = try await Migrator().standing(on: database.connection).contains(
                    where: \.applied)
                for federation in isMigrated ? try await Federation.all(on: database.connection) : [] {
                    try await federation.checkKey(
                        Vault(master: merged, federation: federation.code), on: database.connection)
                }
                try merged.write(to: target)
                Console.say(common.text(Bilingual(zh: "已导入", en: "imported")))
            }
        }
    }
}
