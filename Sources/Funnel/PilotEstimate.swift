public import Outreach

/// What an estimate is of. Raw values are the `estimand` column of `estimates.csv`.
public enum PilotEstimand: String, CaseIterable, Sendable {
    case pilotRate = "rate_pilot"
    case comparisonRate = "rate_comparison"
    /// Pilot minus comparison: a gap between two groups, not what the pilot brought about.
    case gap
    case pilotRatio = "ratio_pilot"
    case comparisonRatio = "ratio_comparison"
    /// The share with an intent by day 90, of all at risk, also of those whose 90 days are not over.
    case pilotIncidence = "incidence_90_pilot"
    case comparisonIncidence = "incidence_90_comparison"
    case incidenceGap = "gap_incidence_90"
    /// The smallest gap, above and below 0, that a comparison of this size would find four times in five.
    case detectableAbove = "detectable_above"
    case detectableBelow = "detectable_below"

    /// Whether the figure is pilot minus comparison.
    public var isGap: Bool { self == .gap || self == .incidenceGap }

    public var name: Bilingual {
        switch self {
        case .pilotRate: Bilingual(zh: "试点单位比率", en: "rate, pilot units")
        case .comparisonRate: Bilingual(zh: "对照单位比率", en: "rate, comparison units")
        case .gap: Bilingual(zh: "差距（试点减对照）", en: "gap, pilot minus comparison")
        case .pilotRatio: Bilingual(zh: "试点单位每场数", en: "number per meeting, pilot units")
        case .comparisonRatio: Bilingual(zh: "对照单位每场数", en: "number per meeting, comparison units")
        case .pilotIncidence:
            Bilingual(zh: "试点单位90日累积发生率", en: "90-day cumulative incidence, pilot units")
        case .comparisonIncidence:
            Bilingual(zh: "对照单位90日累积发生率", en: "90-day cumulative incidence, comparison units")
        case .incidenceGap:
            Bilingual(
                zh: "90日累积发生率差距（试点减对照）",
                en: "gap in 90-day cumulative incidence, pilot minus comparison")
        case .detectableAbove:
            Bilingual(zh: "可发现的最小正差距", en: "smallest detectable gap above zero")
        case .detectableBelow:
            Bilingual(zh: "可发现的最小负差距", en: "smallest detectable gap below zero")
        }
    }
}

/// How an estimate was made. Raw values are the `method` column of `estimates.csv`.
public enum PilotMethod: String, CaseIterable, Sendable {
    case clusterRobust = "cluster_robust_cr2"
    case randomisation
    case incidenceBootstrap = "aalen_johansen_bootstrap"
    /// Of an arm all or none of which had the outcome: townships then have nothing to tell of their spread.
    case exact = "clopper_pearson_unclustered"
    case power = "power_80"

    public var name: Bilingual {
        switch self {
        case .clusterRobust:
            Bilingual(
                zh: "按街道（乡镇）聚类的稳健方差（CR2），Satterthwaite 自由度，95% 区间",
                en: "clustered by township, CR2 with Satterthwaite degrees of freedom, 95 % interval")
        case .randomisation:
            Bilingual(
                zh: "街道（乡镇）均值随机化检验，双侧；分配方案超过一百万种时抽取 99,999 次，种子 \(PilotEstimates.seed)",
                en: "randomisation test of township means, two-sided; above a million assignments "
                    + "99,999 draws with seed \(PilotEstimates.seed)")
        case .incidenceBootstrap:
            Bilingual(
                zh: "累积发生率（Aalen–Johansen，注销、迁出、他处入会为竞争事件），按街道（乡镇）分层自助法"
                    + "\(PilotEstimates.replicates)次，95% 百分位区间，种子 \(PilotEstimates.seed)",
                en:
                    "cumulative incidence (Aalen and Johansen; closed, moved out or organised elsewhere compete), "
                    + "\(PilotEstimates.replicates) bootstrap draws of townships within each group, 95 % "
                    + "percentile interval, seed \(PilotEstimates.seed)")
        case .exact:
            Bilingual(
                zh: "精确区间（Clopper–Pearson），视企业彼此独立，未计同一街道（乡镇）内的相似性",
                en: "exact interval (Clopper and Pearson), ignores clustering: firms are taken as independent"
            )
        case .power:
            Bilingual(
                zh: "检验水平5%、把握度80%下可发现的最小差距，计入街道（乡镇）内相似性",
                en:
                    "smallest gap detectable with power 80 % at the 5 % level, allowing for firms of one township "
                    + "resembling each other")
        }
    }
}

/// One row of `estimates.csv`.
public struct PilotEstimate: Hashable, Sendable {
    public var outcome: PilotStage
    public var estimand: PilotEstimand
    public var method: PilotMethod
    /// A rate or gap in [−1, 1], or a number per meeting; nil where undefined or suppressed.
    public var estimate: Double?
    public var confLow: Double?
    public var confHigh: Double?
    /// The denominator: firms, or meetings for a number per meeting.
    public var n: Int?
    /// Townships with anything in the denominator.
    public var clusters: Int?
    public var pRaw: Double?
    /// Adjusted over the declared family: all gaps of the same method in this table (Benjamini & Hochberg).
    public var pBH: Double?
    public var suppressed: Bool
    /// What the figure cannot show; never empty.
    public var limits: [PilotLimit]

    public init(
        outcome: PilotStage, estimand: PilotEstimand, method: PilotMethod, estimate: Double? = nil,
        confLow: Double? = nil, confHigh: Double? = nil, n: Int? = nil, clusters: Int? = nil,
        pRaw: Double? = nil, pBH: Double? = nil, suppressed: Bool = false, limits: [PilotLimit]
    ) {
        self.outcome = outcome
        self.estimand = estimand
        self.method = method
        self.estimate = estimate
        self.confLow = confLow
        self.confHigh = confHigh
        self.n = n
        self.clusters = clusters
        self.pRaw = pRaw
        self.pBH = pBH
        self.suppressed = suppressed
        self.limits = limits
    }

    /// What the figure cannot show as far as a published row alone tells: of one that was read rather than made.
    public var limitsOfKind: [PilotLimit] {
        var limits: [PilotLimit] = [.descriptive]
        guard !suppressed else { return limits + [.suppressed] }
        switch method {
        case .incidenceBootstrap: limits.append(.openWindowsIncluded)
        case .power: limits.append(.noGapFound)
        case .exact: limits.append(.ignoresClustering)
        case .randomisation: limits.append(.equalTownships)
        case .clusterRobust: break
        }
        if estimand == .incidenceGap, method == .randomisation {
            limits += [.openWindowsIncluded, .townshipsFollowed]
        } else if !outcome.isProportion {
            limits.append(.countPerMeeting)
        } else if outcome != .unorganised, method != .incidenceBootstrap {
            limits.append(.closedWindowsOnly)
        }
        let isCoarse = method == .power || method != .exact && (confLow != nil || pRaw != nil)
        return limits + (isCoarse ? [.widened] : [])
    }

    /// Whether the gap is more than chance would make, the other outcomes allowed for; nil where nothing tells.
    public var isBeyondChance: Bool? { pBH.map { $0 < PilotEstimates.level } }
}
