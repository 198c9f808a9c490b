internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

/// `goutong db backup`: everything that the database holds, in one snapshot and one file.
struct BackupDatabase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "备份整个数据库到一个文件 · back the whole database up into one file",
        discussion: """
            文件整体写成（0600），写不成则什么也不留，从不覆盖已有文件。密钥不在备份中：另用 goutong key export 保管。
            The file is written whole (0600) or not at all, and never over another. The key is not in it: keep \
            it apart, with goutong key export.
            """)
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @Argument(help: "文件 · file") var file: String?
    @Option(help: "目录，文件按时刻命名 · folder; the file is named by its moment") var folder: String?
    @Option(help: "目录中只留最近几份 · how many the folder keeps") var keep: Int?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let keep = try keep.map { try Arguments.count($0, "--keep", in: 1...10_000) }
            guard (file == nil) != (folder == nil), keep == nil || folder != nil else { throw Self.onePlace }
            let database = try await Database.open()
            let source = try await BackupSource(database)
            let place = folder.map { BackupFolder(path: $0, database: source.name) }
            let path = file ?? place?.newName(at: Date()) ?? ""
            let manifest = try await source.write(to: path)
            // Only now: what is removed is replaced by one that is whole.
            let removed = place.flatMap { place in keep.map { place.keep($0) } } ?? []
            try tell(path, manifest, removed)
        }
    }

    private func tell(_ path: String, _ manifest: BackupManifest, _ removed: [String]) throws {
        let rows = manifest.digest.rows.values.reduce(0, +)
        if output.json {
            try Console.out(
                JSONValue.object([
                    .init("file", .string(path)), .init("made_at", .string(manifest.madeAt)),
                    .init("dump_bytes", .integer(manifest.dumpBytes)),
                    .init("dump_sha256", .string(manifest.dumpHash)), .init("rows", .integer(rows)),
                    .init("removed", .array(removed.map(JSONValue.string))),
                ]).text())
        } else {
            try Console.out(path)
            for ledger in manifest.digest.ledgers {
                Console.say("\(ledger.federation)\t\(ledger.scheme)\t\(ledger.hash)\t\(ledger.rows)")
            }
            Console.say(
                common.text(
                    Bilingual(
                        zh: "已备份 \(rows) 行，SHA-256 \(manifest.dumpHash)",
                        en: "\(rows) rows, SHA-256 \(manifest.dumpHash)")))
            for name in removed {
                Console.say(common.text(Bilingual(zh: "已删除旧备份 \(name)", en: "removed \(name)")))
            }
        }
        Console.say(
            common.text(
                Bilingual(
                    zh: "密钥不在备份中：用 goutong key export 导出，分开保管；没有它，个人信息无法打开",
                    en: "the key is not in it: goutong key export, kept apart; without it no person opens")))
    }

    private static let onePlace = CommandFailure(
        .usage, code: "backup.place", pointer: "file",
        rule: Bilingual(
            zh: "须给出一个文件，或用 --folder 给出目录（--keep 只用于目录）",
            en: "give a file, or a folder with --folder (--keep goes with a folder)"),
        mend: Bilingual(
            zh: "例如 goutong db backup --folder /var/backups/goutong --keep 30",
            en: "for example goutong db backup --folder /var/backups/goutong --keep 30"))
}

extension Goutong {
    /// The program's own, without its name.
    static var version: String { configuration.version.split(separator: " ").last.map(String.init) ?? "" }
}
