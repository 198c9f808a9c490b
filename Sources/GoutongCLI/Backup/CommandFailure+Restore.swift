internal import Outreach

extension CommandFailure {
    static let restoreUnderWay = CommandFailure(
        .unavailable, code: "restore.under_way", pointer: "file",
        rule: Bilingual(zh: "这个数据库正在进行另一次恢复", en: "another restore of this database is under way"),
        mend: Bilingual(zh: "等它结束", en: "wait for it to end"))

    static func serverOlder(_ version: Int, than backup: Int) -> CommandFailure {
        CommandFailure(
            .unavailable, code: "restore.server_older", pointer: "server",
            rule: Bilingual(
                zh: "备份来自 PostgreSQL \(backup)，这里的服务器是 \(version)",
                en: "the backup is of PostgreSQL \(backup); this server is \(version)"),
            mend: Bilingual(
                zh: "恢复到 PostgreSQL \(backup) 或更新的服务器", en: "restore it on PostgreSQL \(backup) or newer"))
    }

    static func mayNotCreate(_ role: String) -> CommandFailure {
        CommandFailure(
            .notAllowed, code: "restore.create", pointer: "server",
            rule: Bilingual(
                zh: "数据库账号 \(role) 不能建库，无法恢复到临时库",
                en: "\(role) may not make databases, so there is no scratch"),
            mend: Bilingual(
                zh: "由超级用户执行：ALTER ROLE \(role) CREATEDB", en: "a superuser runs: ALTER ROLE \(role) CREATEDB"
            ))
    }

    static func notOwnDatabase(_ name: String, _ role: String) -> CommandFailure {
        CommandFailure(
            .notAllowed, code: "restore.owner", pointer: "server",
            rule: Bilingual(
                zh: "数据库 \(name) 不属于 \(role)，不能替换",
                en: "\(name) does not belong to \(role), who may not replace it"),
            mend: Bilingual(
                zh: "用其拥有者的登录；或由超级用户执行：ALTER DATABASE \(name) OWNER TO \(role)",
                en: "use its owner's login, or a superuser runs: ALTER DATABASE \(name) OWNER TO \(role)"))
    }

    static func inUse(_ name: String, sessions: Int) -> CommandFailure {
        CommandFailure(
            .unavailable, code: "restore.in_use", pointer: "--force",
            rule: Bilingual(
                zh: "有 \(sessions) 个连接正在使用 \(name)；现有数据库未动",
                en: "\(sessions) sessions use \(name); the live database stays as it was"),
            mend: Bilingual(
                zh: "先停止服务（systemctl stop goutong）；或加 --force 断开他们",
                en: "stop the service first (systemctl stop goutong), or end them with --force"))
    }

    static func mayNotEnd(_ name: String, sessions: Int) -> CommandFailure {
        CommandFailure(
            .unavailable, code: "restore.in_use", pointer: "--force",
            rule: Bilingual(
                zh: "有 \(sessions) 个连接没有断开；现有数据库未动",
                en: "\(sessions) sessions of \(name) did not end; the live database stays as it was"),
            mend: Bilingual(
                zh: "停止服务后重试；外部服务器上可由超级用户执行：GRANT pg_signal_backend TO 拥有者；自带数据库重启一次即可",
                en:
                    "stop the service and try again; on a server of your own: GRANT pg_signal_backend TO the owner; "
                    + "a private one gets it at its next start"))
    }

    static func roleMissing(_ name: String) -> CommandFailure {
        CommandFailure(
            .unavailable, code: "restore.role_missing", pointer: "server",
            rule: Bilingual(
                zh: "服务器上没有备份里授权的角色 \(name)",
                en: "the server lacks the role \(name), which the backup grants rights to"),
            mend: Bilingual(
                zh: "由超级用户运行 Deploy/roles.sql；其他角色：CREATE ROLE \(name) NOLOGIN；自带数据库重启一次即可",
                en:
                    "a superuser runs Deploy/roles.sql, or for others CREATE ROLE \(name) NOLOGIN; a private server "
                    + "makes its own at its next start"))
    }
}
