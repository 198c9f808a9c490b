internal import ArgumentParser
internal import Foundation
internal import Funnel
internal import Outreach
internal import OutreachClient
internal import OutreachStore
internal import PostgresClient
internal import PrivateCluster
internal import Reporting
internal import Vault

/// The documented exit codes.
enum GoutongExit: Int32 {
    case failure = 1
    case cancelled = 2
    case usage = 64
    case invalid = 65
    case notFound = 66
    case unavailable = 69
    case cannotWrite = 73
    case notAllowed = 77
    case conflict = 79
}

/// What a command tells a person, or a script, when it could not do what was asked.
struct CommandFailure: Error {
    let exit: GoutongExit
    let issues: [DocumentIssue]
    /// Receipts of a conflict, for `--json` and for the eye.
    var receipts: (current: String, sentHash: String)?
    /// What another program said, in its own words: the last lines of PostgreSQL's log.
    var details: [String] = []
    /// Whether the document that it is about waits in the outbox.
    var isKeptInOutbox = false

    init(_ exit: GoutongExit, issues: [DocumentIssue]) {
        self.exit = exit
        self.issues = issues
    }

    init(_ exit: GoutongExit, code: String, pointer: String = "", rule: Bilingual, mend: Bilingual) {
        self.init(
            exit, issues: [DocumentIssue(code: code, pointer: pointer, rule: rule, mend: mend)])
    }
}

extension CommandFailure {
    /// From whatever the layers below throw. Values never appear: codes and constraint names only.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let refused as DocumentRefused: self.init(.invalid, issues: refused.issues)
        case let error as RecordingError: self.init(recording: error)
        case let error as PersonError: self.init(person: error)
        case let error as UnknownEdition: self.init(.notFound, issues: [error.issue { "--\($0)" }])
        case let error as TransactionError: self.init(transaction: error)
        case let error as PostgresError: self.init(database: error)
        case let error as VaultError: self.init(vault: error)
        case let error as AccountError: self.init(account: error)
        case let error as ClusterError: self.init(cluster: error)
        case let error as OutboxError: self.init(outbox: error)
        case let problem as ServerProblem: self.init(problem: problem)
        case let obstacle as Obstacle: self.init(asking: obstacle)
        case let problem as Migrator.Problem: self.init(migration: problem)
        case let error as PilotPublicationError: self.init(publication: error)
        case is WorkbookError, is PilotFolderError:
            self.init(
                .cannotWrite, code: "file.cannot_write", pointer: "--out",
                rule: Bilingual(zh: "无法写入报表文件", en: "the report's files cannot be written"),
                mend: Bilingual(zh: "检查目录、权限和磁盘空间", en: "check the folder, its permissions and the disk"))
        case is CancellationError:
            self.init(
                .cancelled, code: "cancelled", rule: Bilingual(zh: "已取消", en: "cancelled"),
                mend: Bilingual(zh: "重新运行同一命令即可继续", en: "run the same command again to go on"))
        default:
            self.init(
                .failure, code: "failure",
                rule: Bilingual(zh: "未预料的错误", en: "an unexpected error"),
                mend: Bilingual(
                    zh: "请把此信息告诉系统管理员：\(type(of: error))",
                    en: "tell your administrator: \(type(of: error))"))
        }
    }

    private init(recording error: RecordingError) {
        switch error {
        case .refused(let refused): self.init(.invalid, issues: refused.issues)
        case .notFound:
            self.init(
                .notFound, code: "meeting.not_found",
                rule: Bilingual(zh: "没有这场沟通会或这一版本", en: "no such meeting or revision"),
                mend: Bilingual(zh: "用 goutong meeting list 查找", en: "look it up with goutong meeting list"))
        case .conflict(let current, let sentHash):
            self.init(
                .conflict, code: "meeting.conflict",
                rule: Bilingual(
                    zh: "同一编号（或版本）已登记了不同的内容", en: "this id or revision holds other content"),
                mend: Bilingual(
                    zh: "用 goutong meeting show 查看现有内容；确需修改时提交更正（replaces = 现有版本号）",
                    en: "see what is there with goutong meeting show; to change it, send a correction "
                        + "whose `replaces` is the current revision"))
            receipts = (current.description, sentHash.hexadecimal)
        case .milestoneConflict:
            self.init(
                .conflict, code: "milestone.conflict",
                rule: Bilingual(zh: "同一编号已登记了不同的进度", en: "this id holds another milestone"),
                mend: Bilingual(zh: "换一个新的编号", en: "mint a new id"))
        case .conflicting(let issue): self.init(.conflict, issues: [issue])
        case .notAllowed:
            self.init(
                .notAllowed, code: "not_allowed",
                rule: Bilingual(
                    zh: "不在该账号的辖区或权限之内", en: "outside the areas or the rights of the account"),
                mend: Bilingual(
                    zh: "检查街道（乡镇）代码；需要权限时请联系管理员",
                    en: "check the area's code; ask the administrator for the right you need"))
        case .vault(let error): self.init(vault: error)
        case .transaction(let error): self.init(transaction: error)
        }
    }

    private init(transaction error: TransactionError) {
        if case .commitUnknown = error {
            self.init(
                .unavailable, code: "database.commit_unknown",
                rule: Bilingual(
                    zh: "提交时连接中断，不能确定是否已登记",
                    en: "the connection broke during the commit; it may or may not be recorded"),
                mend: Bilingual(
                    zh: "重新提交同一文件：已登记的会返回原回执，不会重复",
                    en: "send the same document again: if it was recorded you get its receipt"))
        } else if let database = error.postgresError {
            self.init(database: database)
        } else if case .body(let inner, _) = error {
            self.init(inner)
        } else {
            self.init(
                .failure, code: "failure", rule: Bilingual(zh: "失败", en: "failed"),
                mend: Bilingual(zh: "重试", en: "try again"))
        }
    }

    private init(database error: PostgresError) {
        switch error.sqlState {
        case nil, SQLState.adminShutdown?, SQLState.lockNotAvailable?, SQLState.invalidCatalogName?:
            self.init(
                .unavailable, code: "database.unavailable",
                rule: Bilingual(
                    zh: "数据库暂时不可用（\(error.code)）", en: "the database is unavailable (\(error.code))"),
                mend: Bilingual(
                    zh: "用 goutong db status 查看，goutong db start 启动；重试不会重复登记",
                    en: "see goutong db status, start with goutong db start; retrying records nothing twice"))
        case SQLState.invalidSchemaName?, SQLState.undefinedTable?, SQLState.undefinedFunction?,
            SQLState.undefinedColumn?:
            self.init(
                .unavailable, code: "database.schema",
                rule: Bilingual(zh: "数据库结构与本程序不符", en: "the database does not have this version's schema"),
                mend: Bilingual(zh: "运行 goutong db migrate", en: "run goutong db migrate"))
        case SQLState.insufficientPrivilege?:
            self.init(
                .notAllowed, code: "database.privilege",
                rule: Bilingual(zh: "数据库账号没有这项权限", en: "the database role may not do this"),
                mend: Bilingual(zh: "请联系系统管理员", en: "ask your administrator"))
        default:
            self.init(
                .failure, code: "database.\(error.sqlState?.rawValue ?? "error")",
                rule: Bilingual(
                    zh: "数据库拒绝了这项操作（\(error.constraint ?? error.sqlState?.rawValue ?? "")）",
                    en: "the database refused this (\(error.constraint ?? error.sqlState?.rawValue ?? ""))"),
                mend: Bilingual(zh: "请把此信息告诉系统管理员", en: "tell your administrator"))
        }
    }

    private init(migration problem: Migrator.Problem) {
        switch problem {
        case .edited(let number, let name):
            self.init(
                .failure, code: "migration.edited",
                rule: Bilingual(
                    zh: "第\(number)步（\(name)）与已执行的不同",
                    en: "step \(number) (\(name)) reads otherwise than what ran"),
                mend: Bilingual(
                    zh: "使用原版程序；改动应另立新的一步", en: "use the original program; a change is a new step"))
        case .unknown(let number, let name):
            self.init(
                .failure, code: "migration.newer",
                rule: Bilingual(
                    zh: "数据库比本程序新（第\(number)步 \(name)）",
                    en: "the database is newer than this program (step \(number), \(name))"),
                mend: Bilingual(zh: "升级本程序", en: "update this program"))
        case .notInPlace(let number, let name, _):
            self.init(
                .failure, code: "migration.not_in_place",
                rule: Bilingual(
                    zh: "第\(number)步（\(name)）的结构缺失或被改动", en: "step \(number) (\(name)) is missing or altered"),
                mend: Bilingual(zh: "请系统管理员对照 Schema 核查", en: "let an administrator compare it with Schema"))
        case .database(let error): self.init(database: error)
        case .transaction(let error): self.init(transaction: error)
        }
    }

    private init(vault error: VaultError) {
        let (rule, mend): (Bilingual, Bilingual) =
            switch error {
            case .keyFile(.missing):
                (
                    Bilingual(zh: "找不到密钥文件", en: "the key file is missing"),
                    Bilingual(
                        zh: "把备份的密钥文件放回，或用 GOUTONG_KEY_FILE 指明",
                        en: "put the key file back, or name it by GOUTONG_KEY_FILE")
                )
            case .keyFile(.readableByOthers):
                (
                    Bilingual(zh: "密钥文件可被他人读取", en: "others can read the key file"),
                    Bilingual(zh: "chmod 600 密钥文件", en: "chmod 600 the key file")
                )
            case .keyFile(.malformed), .keyFile(.cannotWrite):
                (
                    Bilingual(zh: "密钥文件无法读写", en: "the key file cannot be read or written"),
                    Bilingual(zh: "检查文件内容和目录权限", en: "check the file and its folder's permissions")
                )
            case .otherKey:
                (
                    Bilingual(zh: "密钥与数据库不配", en: "the key is not this database's"),
                    Bilingual(zh: "使用本数据库原来的密钥文件", en: "use the key file that this database was sealed with")
                )
            case .cannotSeal, .cannotOpen:
                (
                    Bilingual(zh: "个人信息无法加密或解密", en: "personal data cannot be sealed or opened"),
                    Bilingual(zh: "检查密钥文件", en: "check the key file")
                )
            }
        self.init(.notAllowed, code: "vault", rule: rule, mend: mend)
    }

    private init(cluster error: ClusterError) {
        let exit: GoutongExit =
            switch error.code {
            case .diskFull, .notWritable: .cannotWrite
            case .cancelled: .cancelled
            default: .unavailable
            }
        self.init(exit, code: error.code.rawValue, rule: error.message, mend: error.mend)
        details = error.logTail
    }
}
