public import Outreach

/// Unorganised firms by what their management said and how many of their workers applied on site: the two sides
/// of dual communication, joined on the firm. Cumulative.
public struct TwoSidedView: Hashable, Sendable {
    public enum Applicants: String, CaseIterable, Sendable {
        case none, some
        /// As many as must have a committee of their own: 25 (Trade Union Law, article 11).
        case committee
    }

    /// Firms, and the applicants who named them as their employer.
    public struct Cell: Hashable, Sendable {
        public let hasIntent: Bool
        public let applicants: Applicants
        public let firms: Int
        public let persons: Int

        public init(hasIntent: Bool, applicants: Applicants, firms: Int, persons: Int) {
            self.hasIntent = hasIntent
            self.applicants = applicants
            self.firms = firms
            self.persons = persons
        }
    }

    /// A firm without a union whose applicants are enough for one.
    public struct Ready: Hashable, Sendable {
        public let firm: String
        public let areaCode: String
        public let persons: Int
        public let hasIntent: Bool

        public init(firm: String, areaCode: String, persons: Int, hasIntent: Bool) {
            self.firm = firm
            self.areaCode = areaCode
            self.persons = persons
            self.hasIntent = hasIntent
        }
    }

    /// Six, in the order of their sides; those without firms too.
    public var cells: [Cell]
    /// Most applicants first.
    public var ready: [Ready]

    public init(cells: [Cell], ready: [Ready]) {
        self.cells = TwoSidedView.Applicants.allCases.flatMap { applicants in
            [true, false].map { hasIntent in
                cells.first { $0.hasIntent == hasIntent && $0.applicants == applicants }
                    ?? Cell(hasIntent: hasIntent, applicants: applicants, firms: 0, persons: 0)
            }
        }
        self.ready = ready
    }

    public static let committeeSize = 25
}

/// An intent that nothing followed: it fades with age.
public struct WaitingIntent: Hashable, Sendable {
    public var firm: String
    public var areaCode: String
    public var intentOn: Day
    /// The last meeting or visit.
    public var lastContact: Day?
    public var owner: String?

    public init(firm: String, areaCode: String, intentOn: Day, lastContact: Day?, owner: String?) {
        self.firm = firm
        self.areaCode = areaCode
        self.intentOn = intentOn
        self.lastContact = lastContact
        self.owner = owner
    }
}

/// What was asked and proposed, by topic.
public struct OpinionTopic: Hashable, Sendable {
    public enum Source: String, CaseIterable, Sendable {
        /// Workers' and others' opinions.
        case opinion
        /// What firms asked.
        case question
    }

    public var source: Source
    /// nil where none was noted.
    public var topic: String?
    /// Times it was said.
    public var week: Int
    public var cumulative: Int
    /// How many of all these were answered by the report's last day; nil of questions, whose answers nobody records.
    public var answered: Int?

    public var unanswered: Int? { answered.map { cumulative - $0 } }

    public init(source: Source, topic: String?, week: Int, cumulative: Int, answered: Int?) {
        self.source = source
        self.topic = topic
        self.week = week
        self.cumulative = cumulative
        self.answered = answered
    }
}

/// Something in the week's records that is worth a second look. It is no proof of a mistake.
public struct PlausibilityFlag: Hashable, Sendable {
    public enum Rule: String, CaseIterable, Sendable {
        /// One cadre at two meetings of different areas at the same time.
        case overlappingMeetings = "overlapping_meetings"
        /// Two meetings of one area with the same counts.
        case repeatedCounts = "repeated_counts"
        /// More intents at a meeting than firms there that could voice one.
        case intentsAboveFirms = "intents_above_firms"
        /// A union approved without an election.
        case establishedWithoutElected = "established_without_elected"
        /// Counts of people that end in 0 more often than chance has it.
        case roundCounts = "round_counts"
        /// More intents in a week at a quarter's end than in the week before, beyond chance.
        case quarterEnd = "quarter_end"
    }

    public var rule: Rule
    /// nil: the city.
    public var areaCode: String?
    /// Ids of the records concerned, where it is about records.
    public var records: [String]
    /// The counts concerned, where it is about counts.
    public var counts: Proportion?

    public init(rule: Rule, areaCode: String?, records: [String] = [], counts: Proportion? = nil) {
        self.rule = rule
        self.areaCode = areaCode
        self.records = records
        self.counts = counts
    }
}
