internal import Outreach

extension CommandFailure {
    init(backup failure: WriteFailure) {
        self =
            failure.isFull
            ? CommandFailure(
                .cannotWrite, code: "disk.full", pointer: "file",
                rule: Bilingual(
                    zh: "磁盘已满，没有留下半份备份；已有的备份未动",
                    en: "the disk is full; no half backup is left, and earlier ones stay"),
                mend: Bilingual(
                    zh: "腾出空间或换一个磁盘，再运行同一命令", en: "free some space or take another disk, and run it again"))
            : CommandFailure(
                .cannotWrite, code: "file.cannot_write", pointer: "file",
                rule: Bilingual(zh: "无法写入备份文件", en: "the backup cannot be written"),
                mend: Bilingual(
                    zh: "检查目录是否存在、权限和磁盘空间",
                    en: "check that the folder exists, its permissions and the disk"))
    }

    static func backupStands(_ path: String) -> CommandFailure {
        CommandFailure(
            .cannotWrite, code: "file.exists", pointer: "file",
            rule: Bilingual(
                zh: "已有同名文件，备份从不覆盖文件", en: "there is a file of this name; a backup never replaces one"),
            mend: Bilingual(
                zh: "换一个文件名，或用 --folder 自动命名",
                en: "choose another name, or let --folder name it"))
    }

    static let backupMissing = CommandFailure(
        .notFound, code: "file.not_found", pointer: "file",
        rule: Bilingual(zh: "找不到或无法读取备份文件", en: "the backup is missing or cannot be read"),
        mend: Bilingual(zh: "检查路径和权限", en: "check the path and its permissions"))

    static let backupForeign = CommandFailure(
        .invalid, code: "backup.foreign", pointer: "file",
        rule: Bilingual(
            zh: "不是 goutong db backup 的文件，或开头已损坏",
            en: "this is no file of goutong db backup, or its beginning is damaged"),
        mend: Bilingual(
            zh: "改用另一份备份；现有数据库未动", en: "use another backup; the live database stays as it was"))

    static let backupDamaged = CommandFailure(
        .invalid, code: "backup.damaged", pointer: "file",
        rule: Bilingual(
            zh: "备份不完整或被改动：与其清单不符", en: "the backup is cut or altered: it is not what its manifest says"),
        mend: Bilingual(
            zh: "改用另一份备份（如异地的一份）；现有数据库未动",
            en: "use another copy, such as the one kept elsewhere; the live database stays as it was"))

    static let backupFormat = CommandFailure(
        .invalid, code: "backup.format", pointer: "file",
        rule: Bilingual(zh: "备份的格式本程序不认识", en: "the backup has a format that this program does not know"),
        mend: Bilingual(zh: "升级本程序", en: "update this program"))

    /// - Parameter version: the least major version that would do.
    static func programMissing(_ name: String, atLeast version: Int, have: [Int]) -> CommandFailure {
        let found = have.isEmpty ? "-" : have.map(String.init).joined(separator: " ")
        return CommandFailure(
            .unavailable, code: "backup.program_missing", pointer: name,
            rule: Bilingual(
                zh: "本机没有 PostgreSQL \(version) 或更新的 \(name)（现有：\(found)）",
                en: "there is no \(name) of PostgreSQL \(version) or newer here (found: \(found))"),
            mend: Bilingual(
                zh: "执行：apt-get install postgresql-client-\(version)；装在别处的用 GOUTONG_POSTGRESQL_ROOT 指明",
                en:
                    "run: apt-get install postgresql-client-\(version), or name its place by GOUTONG_POSTGRESQL_ROOT"
            ))
    }

    /// What PostgreSQL's own program said goes along, without what it quotes of rows.
    static func programFailed(_ name: String, _ ended: PostgresProgram.Ended) -> CommandFailure {
        guard !ended.tellsOfFullDisk else {
            return CommandFailure(
                .cannotWrite, code: "disk.full", pointer: "server",
                rule: Bilingual(
                    zh: "数据库服务器的磁盘已满；现有数据库未动",
                    en: "the server's disk is full; the live database stays as it was"),
                mend: Bilingual(
                    zh: "恢复需要再放下一份数据库的空间；腾出后重试",
                    en: "a restore needs room for one more database; free some and try again"))
        }
        var failure = CommandFailure(
            .unavailable, code: "backup.program_failed", pointer: name,
            rule: Bilingual(
                zh: "\(name) 没有成功（\(ended.status)）", en: "\(name) did not succeed (\(ended.status))"),
            mend: Bilingual(zh: "按上面的几行改正后重试", en: "mend what the lines above say and try again"))
        failure.details = ended.lines
        return failure
    }
}
