public import Outreach
public import PostgresClient
internal import Vault

/// One application as reviewers see it.
public struct ApplicationListing: Hashable, Sendable {
    public let applicant: ApplicantID
    public let meeting: MeetingID
    public let standing: ApplicationStanding
    public let areaCode: String
    public let areaName: String
    public let districtName: String
    public let channel: JoinChannel?
    public let employer: String?
    /// nil after an erasure.
    public let person: MaskedPerson?
    /// Other open or admitted applications with the same mobile or document; 0 for who may not review.
    public let duplicates: Int
}

/// Which applications a list shows. nil: any.
public struct ApplicationFilter: Hashable, Sendable {
    /// The first six or all nine digits of an area's code.
    public var area: String?
    public var state: ApplicationState?
    public var meeting: MeetingID?
    /// Open applications that were made at least so many days ago.
    public var waitingDays: Int?
    /// Those after this one, in the order of their ids.
    public var after: ApplicantID?
    public var limit = 50

    public init() {}
}

/// One step as it is on record.
public struct ApplicationStepRecord: Hashable, Sendable {
    public let id: Identifier<ApplicationEvent>
    public let kind: ApplicationStep
    public let on: Day
    public let reason: String?
    public let duplicateOf: ApplicantID?
    public let recordedAt: PostgresTimestamp
    /// True where it was undone.
    public let undone: Bool
}

/// Another application with the same mobile or document.
public struct DuplicateFinding: Hashable, Sendable {
    public let applicant: ApplicantID
    public let meeting: MeetingID
    /// `document`, `mobile` or both, joined by `+`.
    public let matched: String
}

/// The statements that read applications.
struct ApplicationQuery {
    let federation: Int

    /// The latest step that stands: what tells the state.
    static let lastStep: SQL = """
        LEFT JOIN LATERAL (
            SELECT v.event_id, v.kind, v.happened_on, v.recorded_at FROM goutong.applicant_event v
            WHERE v.federation_id = p.federation_id AND v.applicant_id = p.applicant_id
              AND v.superseded_at IS NULL
            ORDER BY v.recorded_at DESC, v.happened_on DESC, v.event_id DESC LIMIT 1
        ) e ON true
        """

    func list(_ filter: ApplicationFilter, today: Day) -> SQL {
        """
        SELECT p.applicant_id, p.meeting_id, m.held_on, e.kind, e.happened_on, a.code, a.name,
               a.district_name, p.channel, p.employer_name, x.sealed,
               (SELECT count(*) FROM goutong.applicant_duplicates(\(federation)::integer, p.applicant_id))
        FROM goutong.applicant p
        JOIN goutong.meeting m USING (federation_id, meeting_id, revision)
        JOIN goutong.area a ON a.area_id = m.area_id
        LEFT JOIN goutong.applicant_person x ON x.federation_id = p.federation_id
            AND x.applicant_id = p.applicant_id AND x.revision = p.person_revision
        \(Self.lastStep)
        WHERE p.federation_id = \(federation) AND p.superseded_at IS NULL
          AND starts_with(a.code, coalesce(\(filter.area), ''))
          AND coalesce(e.kind, 'submitted') = coalesce(\(filter.state?.rawValue), e.kind, 'submitted')
          AND p.meeting_id = coalesce(\(filter.meeting), p.meeting_id)
          AND (\(filter.waitingDays)::integer IS NULL
            OR (coalesce(e.kind, 'submitted') IN ('submitted', 'under_review', 'verified')
                AND m.held_on <= \(today) - \(filter.waitingDays)::integer))
          AND p.applicant_id > coalesce(\(filter.after), '00000000-0000-0000-0000-000000000000')
        ORDER BY p.applicant_id LIMIT \(filter.limit)
        """
    }

    func standing(of applicant: ApplicantID) -> SQL {
        """
        SELECT m.held_on, e.kind, e.happened_on, e.event_id, e.recorded_at
        FROM goutong.applicant p
        JOIN goutong.meeting m USING (federation_id, meeting_id, revision)
        \(Self.lastStep)
        WHERE p.federation_id = \(federation) AND p.applicant_id = \(applicant) AND p.superseded_at IS NULL
        """
    }
}

extension ApplicationListing {
    /// Masked.
    public func json(today: Day) -> JSONValue {
        let waiting: JSONValue = standing.waitingDays(on: today).map { JSONValue.integer($0) } ?? .null
        let members: [JSONValue.Member] = [
            .init("applicant", .string("\(applicant)")), .init("meeting", .string("\(meeting)")),
            .init("applied_on", .string(standing.appliedOn.iso)),
            .init("state", .string(standing.state.rawValue)), .init("since", .text(standing.since?.iso)),
            .init("waiting_days", waiting), .init("area", .string(areaCode)),
            .init("area_name", .string(areaName)), .init("channel", .text(channel?.rawValue)),
            .init("person", person?.json ?? .null), .init("duplicates", .integer(duplicates)),
        ]
        return .object(members)
    }
}
