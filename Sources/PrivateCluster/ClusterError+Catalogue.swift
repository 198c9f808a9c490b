import Foundation
import Outreach

// Every sentence the module can say about trouble, in one place, so that both languages are read side by
// side.
extension ClusterError {
    static let homeUnknown = ClusterError(
        .homeUnknown,
        Bilingual(
            zh: "不知道数据该放在哪里：没有设置 GOUTONG_HOME，本用户也没有主目录。",
            en: "There is no place for the data: GOUTONG_HOME is not set and this user has no home folder."),
        mend: Bilingual(
            zh: "把 GOUTONG_HOME 设为一个可写的文件夹。", en: "Set GOUTONG_HOME to a folder you can write to."))

    static func homeUnusable(_ path: String) -> ClusterError {
        ClusterError(
            .homeUnusable,
            Bilingual(
                zh: "数据文件夹的路径含有 PostgreSQL 启动程序不能安全处理的字符：\(path)",
                en:
                    "The data folder's path has characters PostgreSQL's starter cannot take safely: \(path)"
            ),
            mend: Bilingual(
                zh: "把 GOUTONG_HOME 改为不含双引号、美元符号、反引号、反斜杠和控制字符的路径。",
                en: "Set GOUTONG_HOME to a path without double quotes, $, `, \\ and control characters."))
    }

    static func homeUnreachable(folder: String, account: String) -> ClusterError {
        ClusterError(
            .homeUnreachable,
            Bilingual(
                zh: "以 root 运行时，数据库由用户 \(account) 运行，而该用户进不了文件夹 \(folder)。",
                en:
                    "When root calls, user \(account) runs the database, and cannot enter \(folder)."
            ),
            mend: Bilingual(
                zh: "不设 GOUTONG_HOME（root 默认用 /var/lib/goutong），或执行 chmod o+x \(folder)。",
                en: "Unset GOUTONG_HOME (root then uses /var/lib/goutong), or run: chmod o+x \(folder)"))
    }

    static func notWritable(_ path: String) -> ClusterError {
        ClusterError(
            .notWritable,
            Bilingual(zh: "没有权限使用 \(path)，或该处只读。", en: "No permission to use \(path), or it is read-only."),
            mend: Bilingual(
                zh: "改正该文件夹的属主和权限，或把 GOUTONG_HOME 设为可写的文件夹。",
                en: "Mend the folder's owner and mode, or set GOUTONG_HOME to a folder you can write to."))
    }

    static func accountUnknown(uid: UInt32) -> ClusterError {
        ClusterError(
            .accountUnknown,
            Bilingual(
                zh: "用户编号 \(uid) 在本机没有用户名，PostgreSQL 不能以它运行。",
                en: "User id \(uid) has no name on this machine, and PostgreSQL does not run without one."),
            mend: Bilingual(
                zh: "用有名字的用户运行，或为该编号建立用户（useradd --uid \(uid) goutong）。",
                en: "Run as a named user, or create one for the id (useradd --uid \(uid) goutong)."))
    }

    /// `package` is the Debian package that brings what is missing.
    static func binariesMissing(package: String) -> ClusterError {
        ClusterError(
            .binariesMissing,
            Bilingual(zh: "本机没有安装 PostgreSQL 服务端程序。", en: "The PostgreSQL server is not installed here."),
            mend: Bilingual(
                zh: "执行：apt-get install \(package)；或用 GOUTONG_DATABASE_URL 指向现有的服务器。",
                en: "Run: apt-get install \(package) — or name a server in GOUTONG_DATABASE_URL."))
    }

    static func otherVersion(found: Int, have: [Int], data: String) -> ClusterError {
        let installed = have.map(String.init).joined(separator: ", ")
        return ClusterError(
            .otherVersion,
            Bilingual(
                zh: "数据由 PostgreSQL \(found) 建立，本机可用的版本是 \(installed.isEmpty ? "无" : installed)。未作任何改动。",
                en: "The data was made by PostgreSQL \(found); usable here: "
                    + "\(installed.isEmpty ? "none" : installed). Nothing was touched."),
            mend: Bilingual(
                zh: "安装 postgresql-\(found) 后再启动；或先装好两个版本，用 pg_upgrade 升级 \(data)，"
                    + "或用旧版本 pg_dump 导出、再导入新库。支持 15 至 18。",
                en:
                    "Install postgresql-\(found) and start again; or, with both installed, move \(data) "
                    + "with pg_upgrade, or dump it with the old version and restore. 15 to 18 are supported."
            ))
    }

    static func permissions(_ path: String, mode: UInt32) -> ClusterError {
        let octal = String(mode, radix: 8)
        return ClusterError(
            .permissions,
            Bilingual(
                zh: "数据文件夹 \(path) 的权限是 \(octal)，其他用户可以进入。",
                en: "The data folder \(path) has mode \(octal): others can get at it."),
            mend: Bilingual(
                zh: "确认没有被他人改动后执行：chmod 700 \(path)",
                en: "Make sure that nobody has changed it, then run: chmod 700 \(path)"))
    }

    static func wrongOwner(_ path: String, account: String) -> ClusterError {
        ClusterError(
            .wrongOwner,
            Bilingual(
                zh: "\(path) 不属于运行数据库的用户 \(account)。",
                en: "\(path) does not belong to \(account), the user who runs the database."),
            mend: Bilingual(
                zh: "由它的属主（或 root）运行本命令，或把 GOUTONG_HOME 设为自己的文件夹。",
                en: "Run the command as its owner or as root, or set GOUTONG_HOME to a folder of your own."))
    }

    static func occupied(_ path: String, pid: Int32) -> ClusterError {
        ClusterError(
            .occupied,
            Bilingual(
                zh: "\(path) 里正运行着一个不是由本系统建立的 PostgreSQL（进程 \(pid)）。未作任何改动。",
                en:
                    "A PostgreSQL not made by Goutong runs in \(path) (process \(pid)). Nothing was touched."
            ),
            mend: Bilingual(
                zh: "停掉它并移走该文件夹，或把 GOUTONG_HOME 设为别的文件夹。",
                en: "Stop it and move the folder away, or set GOUTONG_HOME to another folder."))
    }

    static func damaged(_ path: String) -> ClusterError {
        ClusterError(
            .damaged,
            Bilingual(
                zh: "数据文件夹 \(path) 曾经完整，现在缺少关键文件。未作任何改动。",
                en:
                    "The data in \(path) was complete once and now lacks vital files. Nothing was touched."
            ),
            mend: Bilingual(
                zh: "先另存该文件夹，再移走它并从备份恢复（goutong db restore）。",
                en: "Keep a copy of the folder, then move it away and restore a backup (goutong db restore).")
        )
    }

    /// `free` and `needed` are bytes; nil where PostgreSQL met the full disk itself.
    static func diskFull(
        _ path: String, free: UInt64? = nil, needed: UInt64? = nil, logTail: [String] = []
    ) -> ClusterError {
        var zh = "\(path) 所在的磁盘（或配额）已满"
        var en = "The disk (or quota) that holds \(path) is full"
        if let free, let needed {
            zh += "：剩余 \(free >> 20) MiB，需要 \(needed >> 20) MiB"
            en += ": \(free >> 20) MiB left, \(needed >> 20) MiB needed"
        }
        return ClusterError(
            .diskFull, Bilingual(zh: zh + "。", en: en + "."),
            mend: Bilingual(
                zh: "腾出空间后重新执行；或把 GOUTONG_HOME 设到更大的磁盘。已有数据没有受损。",
                en:
                    "Free some space and run it again, or set GOUTONG_HOME to a larger disk. Data is safe."
            ),
            logTail: logTail)
    }

    static func locked(_ path: String) -> ClusterError {
        ClusterError(
            .locked,
            Bilingual(
                zh: "另一个命令正在启动或停止数据库，等待超时。",
                en: "Another command is starting or stopping the database; waiting for it took too long."),
            mend: Bilingual(
                zh: "稍后重试；若一直如此，用 fuser \(path) 查看是哪个进程。",
                en: "Try again shortly; if it persists, see which process holds it: fuser \(path)"))
    }

    static func creationFailed(logTail: [String]) -> ClusterError {
        ClusterError(
            .creationFailed,
            Bilingual(
                zh: "新建数据库没有成功，未完成的文件夹已删除。",
                en: "The new database could not be made; what was begun is removed."),
            mend: Bilingual(
                zh: "按下面的最后几行改正后重新执行。", en: "Mend what the last lines below say, then run it again."),
            logTail: logTail)
    }

    static func startFailed(logFolder: String, logTail: [String]) -> ClusterError {
        ClusterError(
            .startFailed,
            Bilingual(zh: "数据库没有启动成功。", en: "The database did not start."),
            mend: Bilingual(
                zh: "看下面的最后几行；完整日志在 \(logFolder)。",
                en: "See the last lines below; the whole log is in \(logFolder)."),
            logTail: logTail)
    }

    static func notReady(logTail: [String]) -> ClusterError {
        ClusterError(
            .notReady,
            Bilingual(
                zh: "数据库已启动，但在时限内还不能接受连接（可能正在做故障恢复）。",
                en: "The database is starting but took no connections in time (it may be recovering)."),
            mend: Bilingual(
                zh: "不要强行结束它；稍后用 goutong db status 查看。",
                en: "Do not kill it; look again shortly with: goutong db status"),
            logTail: logTail)
    }

    static func stopTimedOut(pid: Int32) -> ClusterError {
        ClusterError(
            .stopTimedOut,
            Bilingual(
                zh: "数据库（进程 \(pid)）在时限内没有停下来。", en: "The database (process \(pid)) did not stop in time."),
            mend: Bilingual(
                zh: "它仍在写盘；稍后用 goutong db status 查看，不要用 kill -9。",
                en: "It is still writing; look again shortly with goutong db status, and do not use kill -9.")
        )
    }

    static let cancelled = ClusterError(
        .cancelled,
        Bilingual(zh: "操作已取消。", en: "The operation was cancelled."),
        mend: Bilingual(zh: "重新执行同一命令即可继续。", en: "Running the same command again goes on."))

    /// What a failed system call on `path` means; `number` is its `errno`.
    static func system(_ number: Int32, _ path: String) -> ClusterError {
        switch number {
        case ENOSPC, EDQUOT: return diskFull(path)
        case EACCES, EPERM, EROFS: return notWritable(path)
        default:
            let reason = String(cString: strerror(number))
            return ClusterError(
                .system,
                Bilingual(
                    zh: "无法使用 \(path)：\(reason)（\(number)）。", en: "Cannot use \(path): \(reason) (\(number))."
                ),
                mend: Bilingual(
                    zh: "检查该路径和磁盘后重新执行。", en: "Check the path and the disk, then run it again."))
        }
    }
}
