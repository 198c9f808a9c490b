internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import Reporting

/// `goutong db restore`: a backup becomes the live database, or says why it may not.
struct RestoreDatabase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "从备份恢复：先恢复到临时库并核对，再整体替换 · restore a backup: to scratch, compared, then swapped in",
        discussion: """
            先恢复到同一服务器的临时库，核对结构、权限、行数和台账校验值，全部相符才改名替换；原库改名保留。任何一步失败或\
            中断，现有数据库不变。
            The backup goes into a scratch database of the same server; only when structure, rights, rows and \
            ledger hashes are those of the manifest is it renamed into place. The database before is kept under \
            another name. Whatever fails or is interrupted, the live database stays as it was.
            """)
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @Argument(help: "备份文件 · the backup") var file: String
    @Option(help: "恢复到这个数据库（libpq 字符串或 URI） · into this database instead") var to: String?
    @Flag(help: "只演练：恢复到临时库、核对、删除 · the drill: restore to scratch, compare, remove") var check = false
    @Flag(help: "有人连接时断开他们 · end the sessions of others") var force = false
    @Flag(help: "替换后删除原库 · remove the database before") var dropOld = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let steps = RestoreSteps(language: common.language, isQuiet: output.json)
            let backup = try await steps.time("file", Bilingual(zh: "核对备份文件", en: "the file checked")) {
                try StandingBackup(at: file)
            }
            tell(backup.manifest)
            let target = try await RestoreTarget.find(to)
            let restore = try await Restore(
                backup, named: URL(fileURLWithPath: file).lastPathComponent, into: target, steps: steps)
            let outcome = try await restore.run(isDrill: check, force: force, dropOld: dropOld)
            try tell(outcome, steps)
        }
    }

    private func tell(_ manifest: BackupManifest) {
        guard !output.json else { return }
        Console.say(
            common.text(
                Bilingual(
                    zh: "备份：\(manifest.madeAt)，goutong \(manifest.goutong)，PostgreSQL \(manifest.postgresql)",
                    en:
                        "of \(manifest.madeAt), by goutong \(manifest.goutong), PostgreSQL \(manifest.postgresql)"
                )))
    }

    private func tell(_ outcome: Restore.Outcome, _ steps: RestoreSteps) throws {
        for (federation, key) in outcome.keys {
            guard !output.json, let said = key.said else { continue }
            Console.say("\(federation)：" + common.text(said))
        }
        if output.json {
            try Console.out(
                JSONValue.object([
                    .init("database", .string(outcome.live)), .init("swapped", .bool(outcome.isSwapped)),
                    .init("kept", outcome.kept.map(JSONValue.string) ?? .null),
                    .init("rows", .integer(outcome.rows)),
                    .init(
                        "keys", .object(outcome.keys.map { .init($0.federation, .string($0.state.rawValue)) })
                    ),
                    .init("seconds", .object(steps.seconds.map { .init($0.name, .number($0.seconds)) })),
                ]).text())
            return
        }
        guard outcome.isSwapped else {
            return Console.say(
                common.text(
                    Bilingual(
                        zh: "演练通过：\(outcome.rows) 行，与清单一致；现有数据库未动",
                        en:
                            "the drill passed: \(outcome.rows) rows, as the manifest says; the live database is untouched"
                    )))
        }
        Console.say(
            common.text(
                Bilingual(
                    zh: "已恢复到 \(outcome.live)：\(outcome.rows) 行，与清单一致",
                    en: "restored to \(outcome.live): \(outcome.rows) rows, as the manifest says")))
        if let kept = outcome.kept {
            Console.say(
                common.text(
                    Bilingual(
                        zh: "原库保留为 \(kept)，不再需要时由管理员删除（DROP DATABASE）",
                        en:
                            "the database before is kept as \(kept); an administrator drops it when nobody needs it"
                    )))
        }
    }
}
