internal import Hummingbird
internal import NIOCore
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Vault

// The one table from what the layers below throw to a status. Values never pass through it.
extension Problem {
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refused as DocumentRefused: self.init(refused: refused)
        case let error as RecordingError: self.init(recording: error)
        case let error as PersonError: self.init(person: error)
        case let error as UnknownEdition:
            self = .notFound
            issues = [error.issue { "/query/\($0)" }]
        case let error as TransactionError: self.init(transaction: error)
        case let error as PostgresError: self.init(database: error)
        case is AuthorityError: self = .unauthenticated
        case is AuditAccess: self = .notFound
        case let error as AccountError: self.init(account: error)
        case let error as PasswordError: self.init(password: error)
        case is NIOTooManyBytesError: self = .tooLarge
        case let error as HTTPError where error.status == .notFound: self = .noSuchRoute
        case let error as any HTTPResponseError:
            self.init(
                error.status, code: "http-\(error.status.code)",
                title: Bilingual(zh: "请求有误", en: "bad request"))
        default: self = .failure
        }
    }

    static var failure: Problem {
        Problem(
            .internalServerError, code: "failure",
            title: Bilingual(zh: "未预料的错误，请告诉系统管理员", en: "an unexpected error; tell your administrator"))
    }

    /// What is not JSON at all is a bad request; what is JSON, and against a rule, cannot be recorded.
    init(refused: DocumentRefused) {
        if let code = refused.issues.first?.code, code.hasPrefix("json.") {
            self.init(
                .badRequest, code: "invalid-json",
                title: Bilingual(zh: "正文不是有效的 JSON", en: "the body is not valid JSON"),
                issues: refused.issues)
            return
        }
        self.init(
            .unprocessableContent, code: "invalid-document",
            title: Bilingual(zh: "文件不能登记", en: "the document cannot be recorded"), issues: refused.issues)
    }

    private init(recording error: RecordingError) {
        switch error {
        case .refused(let refused): self.init(refused: refused)
        case .notFound: self = .notFound
        case .notAllowed: self = .notAllowed
        case .conflict(let current, _):
            self.init(
                .conflict, code: "conflict",
                title: Bilingual(
                    zh: "同一编号（或版本）已登记了不同的内容", en: "this id or revision holds other content"))
            self.current = current.description
        case .milestoneConflict:
            self.init(
                .conflict, code: "conflict",
                title: Bilingual(zh: "同一编号已登记了不同的进度", en: "this id holds another milestone"))
        case .conflicting(let issue):
            self.init(.conflict, code: "conflict", title: issue.rule, issues: [issue])
        case .vault: self = .failure
        case .transaction(let error): self.init(transaction: error)
        }
    }

    private init(transaction error: TransactionError) {
        if case .body(let inner, _) = error, !(inner is PostgresError) {
            self.init(inner)
        } else if let database = error.postgresError {
            self.init(database: database)
        } else {
            self = .failure
        }
    }

    private init(database error: PostgresError) {
        switch error.code {
        case .poolExhausted:
            self.init(
                .tooManyRequests, code: "busy",
                title: Bilingual(zh: "请求过多，请稍后重试", en: "too many requests; try again shortly"))
            retryAfter = 1
            return
        case .deadlineExceeded:
            self.init(
                .gatewayTimeout, code: "deadline", title: Bilingual(zh: "处理超时", en: "it took too long"))
            return
        case .connectionLost, .connectionClosed, .poolShutDown:
            self = .unavailable
            return
        default: break
        }
        switch error.sqlState {
        case SQLState.insufficientPrivilege?: self = .notAllowed
        case SQLState.uniqueViolation?, SQLState.exclusionViolation?:
            self.init(
                .conflict, code: "conflict",
                title: Bilingual(zh: "与已有记录冲突", en: "in conflict with a record that is there"))
        case SQLState.foreignKeyViolation?, SQLState.checkViolation?, SQLState.notNullViolation?:
            self.init(
                .unprocessableContent, code: "constraint",
                title: Bilingual(zh: "不符合数据规则", en: "against a rule of the data"))
        case SQLState.serializationFailure?, SQLState.deadlockDetected?, SQLState.lockNotAvailable?,
            SQLState.adminShutdown?, SQLState.readOnlySQLTransaction?, nil:
            self = .unavailable
        default:
            self = error.sqlState.map(Self.passes) == true ? .unavailable : .failure
        }
    }

    /// Classes of states that pass: lost connections, full disks and memory, a server that stops.
    private static func passes(_ state: SQLState) -> Bool {
        state.class == .connectionException || state.class == .insufficientResources
            || state.class == .operatorIntervention
    }
}
