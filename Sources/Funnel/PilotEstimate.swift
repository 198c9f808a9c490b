public import Outreach

/// What an estimate is of. Raw values are the `estimand` column of `estimates.csv`.
public enum PilotEstimand: String, CaseIterable, Sendable {
    case pilotRate = "rate_pilot"
    case comparisonRate = "rate_comparison"
    /// Pilot minus comparison: a gap between two groups, not what the pilot brought about.
    case gap
    case pilotRatio = "ratio_pilot"
    case comparisonRatio = "ratio_comparison"

    public var name: Bilingual {
        switch self {
        case .pilotRate: Bilingual(zh: "试点单位比率", en: "rate, pilot units")
        case .comparisonRate: Bilingual(zh: "对照单位比率", en: "rate, comparison units")
        case .gap: Bilingual(zh: "差距（试点减对照）", en: "gap, pilot minus comparison")
        case .pilotRatio: Bilingual(zh: "试点单位每场数", en: "number per meeting, pilot units")
        case .comparisonRatio: Bilingual(zh: "对照单位每场数", en: "number per meeting, comparison units")
        }
    }
}

/// How an estimate was made. Raw values are the `method` column of `estimates.csv`.
public enum PilotMethod: String, CaseIterable, Sendable {
    case clusterRobust = "cluster_robust_cr2"
    case randomisation
    case descriptive

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
        case .descriptive:
            Bilingual(zh: "合计相除，仅描述", en: "total over total, descriptive")
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
    /// Adjusted over all gaps of the same method in this table (Benjamini & Hochberg).
    public var pBH: Double?
    public var suppressed: Bool
    /// What the figure cannot show; never empty.
    public var limits: Bilingual

    public init(
        outcome: PilotStage, estimand: PilotEstimand, method: PilotMethod, estimate: Double? = nil,
        confLow: Double? = nil, confHigh: Double? = nil, n: Int? = nil, clusters: Int? = nil,
        pRaw: Double? = nil, pBH: Double? = nil, suppressed: Bool = false, limits: Bilingual
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
}
