public import Outreach

/// Everything in the folder of a pilot comparison: one value, read at one moment.
public struct PilotComparison: Hashable, Sendable {
    public enum Audience: String, CaseIterable, Sendable {
        /// Complete, and marked so.
        case `internal`
        /// By arm and district and month, with small cells suppressed.
        case `public`
    }

    public var programme: String
    public var name: Bilingual
    public var audience: Audience
    /// The primary window in days.
    public var windowDays: Int
    /// V, the last day that counts.
    public var asOf: Day
    /// The fixed moment, RFC 3339 with the office's offset and microseconds.
    public var asKnownAt: String
    public var synthetic: Bool
    public var definition: FunnelDefinition
    public var units: [ProgrammeUnit]
    public var cells: [PilotCell]
    /// What the cells add up to by arm, month and district.
    public var totals: [PilotTotal]
    /// Firms at risk by unit, day of entry and fate; empty for the public audience.
    public var followUp: [PilotFollowUp]
    public var estimates: [PilotEstimate]
    /// What may be said of cause, and the effects that bear it: none without declared figures from before.
    public var claim: PilotClaim
    public var effects: [PilotEffect]
    /// Rows of a public folder that keep the value of an earlier one, since the difference would be small.
    public var carried = 0

    /// A complete one. `estimates` nil: made from `cells` and `followUp`. For what may be published, see
    /// `published(after:rule:)`.
    public init(
        programme: String, name: Bilingual, audience: Audience, windowDays: Int, asOf: Day,
        asKnownAt: String, synthetic: Bool, definition: FunnelDefinition, units: [ProgrammeUnit],
        cells: [PilotCell], followUp: [PilotFollowUp] = [], estimates: [PilotEstimate]? = nil,
        declared: [DeclaredFigure] = []
    ) {
        self.programme = programme
        self.name = name
        self.audience = audience
        self.windowDays = windowDays
        self.asOf = asOf
        self.asKnownAt = asKnownAt
        self.synthetic = synthetic
        self.definition = definition
        self.units = units
        self.cells = cells
        self.followUp = followUp
        self.estimates = estimates ?? PilotEstimates.estimates(from: cells, followUp: followUp)
        claim = PilotClaim(declared: declared, units: units)
        effects =
            switch claim {
            case .gap: []
            case .effect(let panels): PilotEffect.effects(of: panels)
            }
        let names = Dictionary(units.map { (String($0.code.prefix(6)), $0.district) }) { first, _ in first }
        totals = PilotTotal.totals(of: cells, names: names)
    }

    /// The first line of the README: what the data can and cannot show.
    public var scope: Bilingual { claim.scope }

    /// The same where nothing bears an effect.
    public static let scope = Bilingual(
        zh: "本数据可以说明各单位在加入之后做到了什么、两组差距多大；不能说明差距由试点造成：试点非随机选定，"
            + "各单位先后全部加入，建会意向在加入之前没有记录。",
        en: "These data show what each unit achieved after it joined and how far apart the two groups are; "
            + "they cannot show that the pilot made the difference: pilots were chosen, every unit joined "
            + "in the end, and intents have no record from before.")
}
