import Funnel
import Outreach

extension WeeklyReport {
    /// A week that touches a quarter's end and has more intents than the one before, beyond chance: an exact test
    /// of two counts at one in a hundred.
    var quarterEndFlags: [PlausibilityFlag] {
        guard let counts = figures.headline[.foundingIntents], counts.week > counts.previous,
            touchesQuarterEnd, CountRatio(counts.week, over: counts.previous).pValue < 0.01
        else { return [] }
        return [
            PlausibilityFlag(
                rule: .quarterEnd, areaCode: nil,
                counts: Proportion(x: counts.week, n: counts.week + counts.previous))
        ]
    }

    private var touchesQuarterEnd: Bool {
        let (first, next) = (figures.week.start.parts, figures.week.end.adding(days: 1).parts)
        func quarter(_ month: Int) -> Int { (month - 1) / 3 }
        return quarter(first.month) != quarter(next.month)
    }
}
