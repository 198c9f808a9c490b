internal import Funnel
internal import Outreach
internal import PostgresClient

/// What the ledger has of a figure of a unit over any period, counted as the weekly report counts.
struct RecordedTotals {
    struct Wanted: Hashable, Sendable {
        let unit: StatedUnit
        let figure: HeadlineMeasure
        let from: Day
        let to: Day

        init(_ statement: Statement, until to: Day) {
            unit = statement.unit
            figure = statement.figure
            from = statement.from
            self.to = to
        }
    }

    /// A mask of periods is a number of 32 bits.
    private static let periodsAtOnce = 20

    let federation: Int
    let at: PostgresTimestamp
    /// First day of the programme: periods from it or before it count a firm's status at its first contact ever.
    let since: Day

    /// By what was wanted. One pass over the facts for up to twenty periods that end on a day; units without an area
    /// are counted over the areas below them.
    func counts(
        of wanted: [Wanted], on connection: PostgresConnection
    ) async throws(PostgresError) -> [Wanted: Int] {
        var counts: [Wanted: Int] = [:]
        let groups = Dictionary(grouping: Set(wanted)) { Group(unit: $0.unit.orgUnit, end: $0.to) }
        for (group, wanted) in groups {
            let within = try await areas(below: group.unit, on: connection)
            let starts = Set(wanted.map(\.from)).sorted()
            for first in stride(from: 0, to: starts.count, by: Self.periodsAtOnce) {
                let part = Array(starts[first..<min(first + Self.periodsAtOnce, starts.count)])
                let tally = try await tally(
                    part.map { .init(from: $0, to: group.end, isSinceStart: $0 <= since) }, within: within,
                    admissions: wanted.contains { $0.figure == .membersAdmitted }, map: group.end,
                    on: connection)
                for one in wanted {
                    guard let index = part.firstIndex(of: one.from) else { continue }
                    let place: ActivityQuery.Place =
                        if case .area(_, let code) = one.unit { .unit(code) } else { .city }
                    counts[one] = tally[Key(figure: one.figure, place: place)]?[index] ?? 0
                }
            }
        }
        return counts
    }

    private struct Group: Hashable {
        let unit: String?
        let end: Day
    }

    private struct Key: Hashable {
        let figure: HeadlineMeasure
        let place: ActivityQuery.Place
    }

    private func tally(
        _ periods: [ActivityQuery.Period], within: [Int]?, admissions: Bool, map day: Day,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [Key: [Int]] {
        var found = try await ActivityQuery(
            federation: federation, at: at, since: since, periods: periods, within: within
        ).counts(map: day, on: connection)
        if admissions, let whole = periods.first {
            // Of its outcome the counts by period alone are used.
            found += try await ApplicantQuery(
                federation: federation, at: at, periods: periods, programme: whole, before: whole, issued: at,
                within: within
            ).outcome(map: day, on: connection).admissions
        }
        return Dictionary(
            found.map { (Key(figure: $0.measure, place: $0.place), $0.values) },
            uniquingKeysWith: { first, _ in first })
    }

    /// nil: everywhere.
    private func areas(
        below unit: String?, on connection: PostgresConnection
    ) async throws(PostgresError) -> [Int]? {
        guard let unit else { return nil }
        return try await connection.query(
            "SELECT goutong.unit_areas(\(federation)::integer, \(unit))"
        ).only().decode([Int].self)
    }
}
