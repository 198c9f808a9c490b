internal import Foundation
internal import Outreach

/// What the audit keeps of one deed: no value of a person, no text of a document.
public struct AuditEvent: Hashable, Sendable {
    /// Raw values stand in the schema and in exports.
    public enum Action: String, CaseIterable, Sendable {
        case meetingRecord = "meeting.record"
        case meetingCorrect = "meeting.correct"
        case meetingVoid = "meeting.void"
        case weekDeclareNone = "week.declare_none"
        case weekSubmit = "week.submit"
        case milestoneAdd = "milestone.add"
        case milestoneVoid = "milestone.void"
        case firmMerge = "firm.merge"
        case firmUnmerge = "firm.unmerge"
        case applicationReview = "application.review"
        case personLook = "person.look"
        case personUnmask = "person.unmask"
        case personCopy = "person.copy"
        case personCorrect = "person.correct"
        case personErase = "person.erase"
        case personRequest = "person.request"
        case personHandOver = "person.hand_over"
        case consentWithdraw = "consent.withdraw"
        case retentionRun = "retention.run"
        case importFirms = "import.firms"
        case importMeetings = "import.meetings"
        case importMilestones = "import.milestones"
        case declaredImport = "declared.import"
        case declaredVoid = "declared.void"
        case targetImport = "target.import"
        case targetVoid = "target.void"
        case programmeImport = "programme.import"
        case exportLedger = "export.ledger"
        case exportComparison = "export.comparison"
        case exportAudit = "export.audit"
        case auditRead = "audit.read"
        case auditVerify = "audit.verify"
        case databaseBackup = "database.backup"
        case databaseRestore = "database.restore"
        case reportRead = "report.read"
        case reportIssue = "report.issue"
        case reportReissue = "report.reissue"
        case accountAdd = "account.add"
        case accountChange = "account.change"
        case accountDisable = "account.disable"
        case passwordSet = "account.password"
        case tokenIssue = "token.issue"
        case tokenRevoke = "token.revoke"
        case login = "login.password"
        case loginToken = "login.token"
        case logout = "login.end"
        case keyRotate = "key.rotate"
    }

    public enum Result: String, Sendable { case done, refused, failed }

    public struct Object: Hashable, Sendable {
        public let kind: String
        public let id: String

        public init(kind: String, id: String) {
            self.kind = kind
            self.id = id
        }
    }

    public let action: Action
    public let object: Object?
    /// What somebody gave as the reason: for looks at a person and voids.
    public let reason: String?
    public let result: Result

    public init(
        _ action: Action, object: Object? = nil, reason: String? = nil, result: Result = .done
    ) {
        self.action = action
        self.object = object
        self.reason = reason
        self.result = result
    }

    static func on(_ action: Action, _ kind: String, _ id: String) -> AuditEvent {
        AuditEvent(action, object: Object(kind: kind, id: id))
    }

    static func newID() -> UUID {
        var random = SystemRandomNumberGenerator()
        return Identifier<AuditEvent>.minted(
            atMilliseconds: UInt64(max(0, Date().timeIntervalSince1970 * 1000)), using: &random
        ).uuid
    }
}
