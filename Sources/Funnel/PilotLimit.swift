public import Outreach

/// A sentence on what a pilot figure cannot show. An estimate carries every one that applies to it.
public enum PilotLimit: Hashable, CaseIterable, Sendable {
    case descriptive
    case closedWindowsOnly
    case fewTownships
    case singleTownship
    case nothingVaries
    case noDenominator
    case countPerMeeting
    case openWindowsIncluded
    case notFollowedLongEnough
    case noGapFound
    case equalTownships
    case ignoresClustering
    case townshipsFollowed
    case widened
    case intervalWithheld
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
        case .countPerMeeting:
            Bilingual(
                zh: "两个计数之比，不是比例，可以大于1。",
                en: "A ratio of two counts, not a proportion: it may exceed 1.")
        case .openWindowsIncluded:
            Bilingual(
                zh: "观察未满90日的企业计至已知的最后一日。",
                en: "Firms whose 90 days are not over count up to the last day known.")
        case .notFollowedLongEnough:
            Bilingual(
                zh: "一组没有任何企业观察满90日，90日的数字尚不可知。",
                en: "No firm of a group has been followed for 90 days: nothing is known of day 90 yet.")
        case .noGapFound:
            Bilingual(
                zh: "未发现差距不等于没有差距：小于“可发现的最小差距”的差距，本数据多半发现不了。",
                en: "No gap found is not no gap: one smaller than the smallest detectable gap would probably "
                    + "be missed.")
        case .equalTownships:
            Bilingual(
                zh: "各街道（乡镇）同等权重，与合计比率之差不同。",
                en: "Every township weighs the same, unlike in the gap of pooled rates.")
        case .ignoresClustering:
            Bilingual(
                zh: "一组全有或全无，各街道（乡镇）之间没有差异可供估计；所给为精确区间，未计同一街道（乡镇）内的相似性，"
                    + "只会偏窄。",
                en:
                    "A group in which all or none had the outcome says nothing of how townships differ: its exact "
                    + "interval ignores clustering, so it is rather too narrow.")
        case .townshipsFollowed:
            Bilingual(
                zh: "90日随机化检验只计已知满90日情况的街道（乡镇）。",
                en: "The randomisation test of day 90 has only townships of which day 90 is known.")
        case .widened:
            Bilingual(
                zh: "公开版的区间向外放宽、p值向上取整、均值之差取粗，以免由此反推隐去的数；结论只会偏保守。",
                en:
                    "In the public folder intervals are widened, p values rounded up and gaps of means told coarsely, "
                    + "lest hidden counts be worked out from them: conclusions err on the side of caution.")
        case .intervalWithheld:
            Bilingual(
                zh: "街道（乡镇）过少（一组自由度低于 4，不足五个时必然如此），区间和检验会透露隐去的数，故不公布。",
                en:
                    "With so few townships (fewer than 4 degrees of freedom in a group, as always with fewer than "
                    + "five) intervals and tests would tell what is hidden, so none are published.")
        case .suppressed:
            Bilingual(
                zh: "含被隐去的单元格，故不公布。",
                en: "Withheld: it rests on suppressed cells.")
        }
    }
}
