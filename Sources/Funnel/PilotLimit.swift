public import Outreach

/// A sentence on what a pilot figure cannot show. An estimate carries every one that applies to it.
public enum PilotLimit: Hashable, CaseIterable, Sendable {
    case descriptive
    case closedWindowsOnly
    case fewTownships
    case singleTownship
    case nothingVaries
    case noDenominator
    case noInterval
    case equalTownships
    case suppressed

    public var text: Bilingual {
        switch self {
        case .descriptive:
            Bilingual(
                zh: "仅为描述：试点由选定产生，非随机；两组开始日期不同，且没有始终未参加的单位，不能说明因果。",
                en: "Descriptive: pilot units were chosen, not drawn; the two groups started on different "
                    + "dates and none stayed outside, so it says nothing about cause.")
        case .closedWindowsOnly:
            Bilingual(
                zh: "仅含观察期已满的企业。",
                en: "Only firms whose window has closed.")
        case .fewTownships:
            Bilingual(
                zh: "街道（乡镇）过少（自由度低于 4），请同时看随机化检验。",
                en: "Too few townships (fewer than 4 degrees of freedom): read it beside the "
                    + "randomisation test.")
        case .singleTownship:
            Bilingual(
                zh: "一组仅有一个街道（乡镇），无法给出区间。",
                en: "A group has a single township: no interval can be given.")
        case .nothingVaries:
            Bilingual(
                zh: "各街道（乡镇）之间没有差异可供估计，不给出区间。",
                en: "Nothing varies between townships, so no interval is given.")
        case .noDenominator:
            Bilingual(zh: "一组没有可计入的对象。", en: "A group has nothing in the denominator.")
        case .noInterval:
            Bilingual(
                zh: "两个计数之比，不是比例；不给出区间。",
                en: "A ratio of two counts, not a proportion; no interval is given.")
        case .equalTownships:
            Bilingual(
                zh: "各街道（乡镇）同等权重，与合计比率之差不同。",
                en: "Every township weighs the same, unlike in the gap of pooled rates.")
        case .suppressed:
            Bilingual(
                zh: "含被隐去的单元格，故不公布。",
                en: "Withheld: it rests on suppressed cells.")
        }
    }

    /// The sentences one after another.
    static func joined(_ limits: [PilotLimit]) -> Bilingual {
        Bilingual(
            zh: limits.map(\.text.zh).joined(), en: limits.map(\.text.en).joined(separator: " "))
    }
}
