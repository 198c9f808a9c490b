public import Outreach

/// One event in an application's life.
public struct ApplicationEvent: Hashable, Sendable {
    public typealias Kind = ApplicationStep

    public let id: Identifier<ApplicationEvent>
    public let applicant: ApplicantID
    public let kind: Kind
    public let on: Day

    public init(id: Identifier<ApplicationEvent>, applicant: ApplicantID, kind: Kind, on: Day) {
        self.id = id
        self.applicant = applicant
        self.kind = kind
        self.on = on
    }
}
