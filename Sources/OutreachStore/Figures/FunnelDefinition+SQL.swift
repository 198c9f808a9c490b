internal import Funnel
internal import Outreach
internal import PostgresClient

extension FunnelDefinition {
    /// Whether every window of the week of a day has ended by `to`. Without a window there is no maturity, and the
    /// steps are of every firm so far.
    func isMature(on column: String, by to: Day) -> SQL {
        switch window {
        case .days(let days):
            """
            \(to) >= \(raw: column) + 6 + \(days)::integer - (
                (extract(isodow FROM \(raw: column))::integer - \(firstWeekday)::integer + 7) % 7)
            """
        case .unlimited: "true"
        }
    }
}
