public import Outreach
public import PostgresClient

/// Everything that is held on one applicant.
public struct PersonRecord: Sendable {
    public let applicant: ApplicantID
    public let meeting: MeetingID
    public let standing: ApplicationStanding
    public let areaCode: String
    public let areaName: String
    public let channel: JoinChannel?
    public let employer: Employer?
    public let categories: [WorkerCategory]
    /// nil after an erasure.
    public let person: Person?
    public let consent: Consent?
    public let consentWithdrawnOn: Day?
    public let erased: Bool
    public let corrected: Bool

    public var masked: MaskedPerson? { person.map(MaskedPerson.init) }
}

/// A hand-over that is on record.
public struct PersonHandOver: Hashable, Sendable {
    public enum Recipient: String, CaseIterable, Sendable {
        case employerUnion = "employer-union"
        case cardBank = "card-bank"

        /// What it needs, and no more.
        public var fields: [String] {
            switch self {
            case .employerUnion: ["name", "mobile", "state"]
            case .cardBank: ["name", "mobile", "document"]
            }
        }
    }

    public let recipient: Recipient
    public let name: String
    public let fields: [String]
    public let reason: String
    public let at: PostgresTimestamp
}

/// One entry of the audit about a person.
public struct PersonDeed: Hashable, Sendable {
    public let at: PostgresTimestamp
    public let actor: String
    public let action: String
    public let reason: String?
    public let result: String
}

/// An access copy: everything that is held, and everybody who looked.
public struct PersonCopy: Sendable {
    public let record: PersonRecord
    /// As sealed in earlier revisions of the meeting, the oldest first.
    public let earlier: [Person]
    public let steps: [ApplicationStepRecord]
    public let requests: [PersonRequest]
    public let handOvers: [PersonHandOver]
    public let deeds: [PersonDeed]
}

extension PersonHandOver.Recipient: PostgresValue {}
