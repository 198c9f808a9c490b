internal import Funnel
internal import Outreach

/// The units that have said nothing of a week: neither recorded a meeting nor declared it.
struct SilentUnits {
    struct Unit {
        let code, name, district: String
    }

    let week: Week
    let asKnownAt: String
    let isSynthetic: Bool
    /// How many units have to report.
    let due: Int
    /// In code order.
    let units: [Unit]

    init(_ figures: WeeklyFigures) {
        let silent = Set(figures.completeness.filter(\.unreported).map(\.code))
        week = figures.week
        asKnownAt = figures.asKnownAt
        isSynthetic = figures.synthetic
        due = figures.completeness.count
        units = figures.areas.filter { silent.contains($0.code) }
            .map { Unit(code: $0.code, name: $0.name, district: $0.district) }
    }

    /// From a weekly report as JSON; nil where it is none.
    init?(_ report: JSONRow, of week: Week) {
        guard let asKnownAt = report.text("as_known_at"), let lines = report.rows("completeness"),
            let areas = report.rows("areas")
        else { return nil }
        let silent = Set(lines.filter { $0.flag("unreported") }.compactMap { $0.text("code") })
        self.week = week
        self.asKnownAt = asKnownAt
        isSynthetic = report.flag("synthetic")
        due = lines.count
        units = areas.compactMap { area in
            guard let code = area.text("code"), silent.contains(code), let name = area.text("name"),
                let district = area.text("district")
            else { return nil }
            return Unit(code: code, name: name, district: district)
        }
    }
}
