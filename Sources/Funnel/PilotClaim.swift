public import Outreach

/// What a comparison may say of cause. The data decide: whoever words a figure asks here, and an effect can be
/// worded only from a `DeclaredPanel`, which exists only where the design bears one.
public enum PilotClaim: Hashable, Sendable {
    /// A gap between two groups, no more.
    case gap(NoEffect)
    /// Effects under an assumption that is named, of the declared outcomes in the panels; all else stays a gap.
    case effect([DeclaredPanel])

    /// Why no effect can be told.
    public enum NoEffect: Error, Hashable, CaseIterable, Sendable {
        /// Outcomes of meetings have no period before the first meeting, and nothing else was declared.
        case nothingDeclared
        case noPeriodBefore
        /// None in which pilots had started and the others had not.
        case noPeriodBetween
        case tooFewUnits
        /// Of what may be published: it would tell single units' figures.
        case tooSmallToPublish
    }

    /// By outcome the panel that the declared figures make; where none does, why not.
    public init(declared: [DeclaredFigure], units: [ProgrammeUnit]) {
        var panels: [DeclaredPanel] = []
        var reason = NoEffect.nothingDeclared
        for outcome in DeclaredOutcome.allCases {
            let figures = declared.filter { $0.outcome == outcome }
            guard !figures.isEmpty else { continue }
            do throws(NoEffect) {
                panels.append(try DeclaredPanel(figures, of: outcome, units: units))
            } catch {
                reason = error
            }
        }
        self = panels.isEmpty ? .gap(reason) : .effect(panels)
    }

    /// The first line of the README: what the data can and cannot show.
    public var scope: Bilingual {
        switch self {
        case .gap: PilotComparison.scope
        case .effect:
            Bilingual(
                zh: "本数据可以说明各单位在加入之后做到了什么、两组差距多大；只有申报的加入前数字所涉指标，且在"
                    + "“若无试点两组变化相同”的前提下，才能说明试点的作用，其余差距不能。",
                en:
                    "These data show what each unit achieved after it joined and how far apart the two groups are; "
                    + "only for outcomes declared from before, and only if both groups would have changed alike "
                    + "without the pilot, do they show what the pilot made of it. No other gap does.")
        }
    }

    /// Why the wording is what it is.
    public var reason: Bilingual {
        switch self {
        case .gap(.nothingDeclared):
            Bilingual(
                zh: "不做双重差分和事件研究：以沟通会为前提的指标没有加入前的时期，也没有申报的加入前数字。",
                en:
                    "No difference in differences and no event study: outcomes of meetings have no period before, "
                    + "and no figures from before were declared.")
        case .gap(.noPeriodBefore):
            Bilingual(
                zh: "不做双重差分和事件研究：申报的数字中，首个试点单位开始之前不足两期。",
                en:
                    "No difference in differences and no event study: of the declared figures, fewer than two "
                    + "periods lie before the first pilot unit started.")
        case .gap(.noPeriodBetween):
            Bilingual(
                zh: "不做双重差分和事件研究：申报的数字中，没有试点已开始而对照尚未开始的时期。",
                en:
                    "No difference in differences and no event study: of the declared figures, no period lies "
                    + "after the pilots' start and before the others'.")
        case .gap(.tooFewUnits):
            Bilingual(
                zh: "不做双重差分和事件研究：各期均有申报数字的单位，每组不足两个。",
                en:
                    "No difference in differences and no event study: fewer than two units of a group declared "
                    + "figures for every period.")
        case .gap(.tooSmallToPublish):
            Bilingual(
                zh: "不公布双重差分和事件研究：每组申报单位不足五个，或某期合计过小，会透露单个单位的数。",
                en:
                    "No difference in differences and no event study are published: with fewer than five units of a "
                    + "group, or a period's sum so small, they would tell single units' figures.")
        case .effect:
            Bilingual(
                zh: "双重差分以“若无试点两组变化相同”为前提；开始前各期系数不显著，不等于这一前提成立。",
                en:
                    "A difference in differences assumes that both groups would have changed alike without the "
                    + "pilot; coefficients of earlier periods that are not significant do not prove it.")
        }
    }
}
