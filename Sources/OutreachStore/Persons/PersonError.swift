public import Outreach
public import PostgresClient
public import Vault

/// Why nothing was done about an application or a person. Nothing is half-written in any case.
public enum PersonError: Error, Sendable {
    /// Not there, or not in the areas of the account: which of the two is not told.
    case notFound
    /// There and in sight, but the account has not the right; or the account is disabled.
    case notAllowed
    /// The data of this person is gone.
    case erased
    /// Against a rule, at the pointer of what was sent.
    case refused(DocumentRefused)
    /// Against what is on record: the state of the application, a duplicate, a consent not given.
    case conflict(DocumentIssue)
    case vault(VaultError)
    case transaction(TransactionError)

    init(_ error: TransactionError) {
        switch error {
        case .body(let error as PersonError, _): self = error
        case .body(let error as DocumentRefused, _): self = .refused(error)
        case .body(let error as DocumentIssue, _): self = .conflict(error)
        case .body(let error as VaultError, _): self = .vault(error)
        case .body(is AuthorityError, _): self = .notAllowed
        default:
            self = error.postgresError?.sqlState == .insufficientPrivilege ? .notAllowed : .transaction(error)
        }
    }
}

extension DocumentIssue {
    public static let duplicateUnresolved = DocumentIssue(
        code: "application.duplicate_unresolved", pointer: "",
        rule: Bilingual(
            zh: "同一手机号或证件另有未了结的申请或已是会员",
            en: "another open or admitted application bears the same mobile or document"),
        mend: Bilingual(
            zh: "核对后标为重复（duplicate），或确认不是同一人再用 --despite-duplicate",
            en: "look at it: mark one as duplicate, or confirm with --despite-duplicate"))

    static let nothingToUndo = DocumentIssue(
        code: "application.nothing_to_undo", pointer: "",
        rule: Bilingual(zh: "没有可以撤销的步骤", en: "there is no step to undo"),
        mend: Bilingual(zh: "用 goutong application list 查看状态", en: "see goutong application list"))

    static let consentWithdrawn = DocumentIssue(
        code: "consent.withdrawn", pointer: "",
        rule: Bilingual(zh: "本人已撤回同意，停止处理", en: "the person has withdrawn consent; processing stops"),
        mend: Bilingual(zh: "需要时请本人重新申请", en: "the person may apply anew"))

    static let consentMissing = DocumentIssue(
        code: "consent.missing", pointer: "/to",
        rule: Bilingual(
            zh: "本人没有单独同意把信息提供给该接收方", en: "the person has not agreed to this recipient"),
        mend: Bilingual(
            zh: "先取得单独同意，并更正申请登记", en: "ask for a separate consent and correct the application"))

    static let reasonMissing = DocumentIssue(
        code: "reason.required", pointer: "/reason",
        rule: Bilingual(zh: "必须写明原因", en: "a reason is required"),
        mend: Bilingual(zh: "写一行原因，不写号码", en: "write one line, without numbers that name a person"))
}
