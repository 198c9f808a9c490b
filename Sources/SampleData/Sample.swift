public import Outreach

/// Invented meetings of 2018 on the real list of areas, in the order in which they were recorded.
public struct Sample: Hashable, Sendable {
    /// Printed wherever a figure or a document of the sample appears.
    public static let label = Bilingual(
        zh: "合成示例数据：会议、企业和人员均为虚构", en: "Synthetic sample: meetings, firms and people are invented")

    public let seed: UInt64
    /// By `recordedAt`, strictly increasing.
    public let entries: [SampleEntry]

    public init(seed: UInt64, entries: [SampleEntry]) {
        self.seed = seed
        self.entries = entries
    }
}

/// One thing that was recorded, and when.
public struct SampleEntry: Hashable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let recordedAt: Int64
    public let action: SampleAction

    public init(recordedAt: Int64, action: SampleAction) {
        self.recordedAt = recordedAt
        self.action = action
    }
}

public enum SampleAction: Hashable, Sendable {
    /// A meeting, the correction of one or the voiding of one.
    case meeting(MeetingSubmission)
    /// A step of a firm that an earlier entry has named by this code.
    case milestone(firm: CreditCode, Milestone)
    /// What became of an applicant whom an earlier entry has listed.
    case application(ApplicantID, event: SampleApplicationEvent, on: Day)
    /// A week declared without meetings.
    case noMeetings(area: AreaCode, week: Week)
}

public enum SampleApplicationEvent: String, CaseIterable, Sendable {
    case verified, admitted, rejected, withdrawn
}

/// Why no sample was made.
public enum SampleError: Error, Hashable, Sendable {
    /// These areas cannot carry the published totals: too few of them, or they start too late.
    case areasTooFew
    /// A code of the generator's own making was refused: a defect of the generator.
    case codeRefused(CodeError)
    /// The entries do not add up to the published totals: a defect of the generator.
    case totalsMissed(SampleFigures)
}
