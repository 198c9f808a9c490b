public import Outreach

/// What a form looks up while a person types. A search that throws never stops the form.
public protocol FormDirectory: Sendable {
    /// Streets and townships valid on `day` that match a name, pinyin, initials or code, best first.
    func searchAreas(_ text: String, on day: Day, limit: Int) async throws -> [AreaChoice]
    /// Known firms that match a name, pinyin, initials or credit code, those of `area` first.
    func searchFirms(_ text: String, in area: AreaCode?, limit: Int) async throws -> [FirmChoice]
    /// What this person's last meeting of the kind suggests for the next one.
    func lastMeeting(_ kind: MeetingKind) async throws -> MeetingDefaults
}

/// A street or township with the name of its district: names alone are not unique.
public struct AreaChoice: Hashable, Sendable {
    public var code: AreaCode
    public var name: String
    public var district: String

    public init(code: AreaCode, name: String, district: String) {
        self.code = code
        self.name = name
        self.district = district
    }
}

/// A firm that the federation already knows.
public struct FirmChoice: Hashable, Sendable {
    public var name: String
    public var uscc: CreditCode?
    /// Registered street or township.
    public var area: AreaChoice?
    /// Status and head count as last recorded.
    public var unionStatus: UnionStatus?
    public var headcount: Int?
    public var lastMet: Day?

    public init(
        name: String, uscc: CreditCode? = nil, area: AreaChoice? = nil, unionStatus: UnionStatus? = nil,
        headcount: Int? = nil, lastMet: Day? = nil
    ) {
        self.name = name
        self.uscc = uscc
        self.area = area
        self.unionStatus = unionStatus
        self.headcount = headcount
        self.lastMet = lastMet
    }
}

/// Defaults taken from the last meeting.
public struct MeetingDefaults: Hashable, Sendable {
    public var area: AreaChoice?
    public var venue: Venue?
    public var format: MeetingFormat?

    public init(area: AreaChoice? = nil, venue: Venue? = nil, format: MeetingFormat? = nil) {
        self.area = area
        self.venue = venue
        self.format = format
    }
}
