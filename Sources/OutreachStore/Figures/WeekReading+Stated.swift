internal import Funnel
internal import Outreach
internal import PostgresClient

/// What offices stated, beside what the ledger has of the same units and periods.
extension WeekReading {
    struct Stated: Sendable {
        var declared: [DeclaredTotal] = []
        var targets: [TargetProgress] = []
        /// Meetings that a schedule of the week has, by the code of the unit.
        var expected: [String: Int] = [:]
    }

    /// Two statements where nothing was stated.
    func stated(on connection: PostgresConnection) async throws(PostgresError) -> Stated {
        let rows = try await connection.pipeline([
            StatedReader.sql(.declared, of: federation.id, at: moment),
            StatedReader.sql(.target, of: federation.id, at: moment),
        ])
        let declared = try StatedReader.decode(.declared, rows[0]).map(\.statement)
            .filter { includesLists && isTold($0) && isHere($0) }
        let targets = try StatedReader.decode(.target, rows[1]).map(\.statement)
            .filter { $0.from <= week.start && $0.to >= week.end && isHere($0) }
        guard !declared.isEmpty || !targets.isEmpty else { return Stated() }
        let names = try await StatedUnitDirectory.read(of: federation, areas: areas, on: connection)
        let counted = try await RecordedTotals(
            federation: federation.id, at: moment, since: federation.since
        ).counts(
            of: includesLists
                ? declared.map { .init($0, until: $0.to) }
                    + targets.map { .init($0, until: min($0.to, week.end)) } : [],
            on: connection)

        var stated = Stated()
        for total in declared {
            let (code, name) = names.label(of: total.unit)
            stated.declared.append(
                DeclaredTotal(
                    code: code, name: name, isWhole: total.unit == .city, figure: total.figure,
                    from: total.from,
                    to: total.to, declared: total.value,
                    recorded: counted[.init(total, until: total.to)] ?? 0,
                    source: total.source, declaredBy: total.office, receivedOn: total.statedOn))
        }
        for target in targets {
            let (code, name) = names.label(of: target.unit)
            stated.targets.append(
                TargetProgress(
                    code: code, name: name, isWhole: target.unit == .city, figure: target.figure,
                    from: target.from, to: target.to, target: target.value,
                    reached: counted[.init(target, until: min(target.to, week.end))] ?? 0,
                    source: target.source, setBy: target.office, setOn: target.statedOn))
            // What a unit is to hold in this very week is its schedule.
            let isSchedule = target.from == week.start && target.to == week.end
            if isSchedule, target.figure == .enterpriseMeetings || target.figure == .workerMeetings {
                stated.expected[code, default: 0] += target.value
            }
        }
        return stated
    }

    /// One target a measure, of the whole city: the year's, whose count stands beside it; else the one over the
    /// longest period. None where the figures are not the city's.
    func headlineTargets(_ targets: [TargetProgress]) -> [HeadlineMeasure: TargetProgress] {
        guard within == nil else { return [:] }
        let year = (
            from: Day(year: week.end.year, month: 1, day: 1), to: Day(year: week.end.year, month: 12, day: 31)
        )
        func rank(_ target: TargetProgress) -> (Int, Int) {
            (target.from == year.from && target.to == year.to ? 1 : 0, target.to.days(since: target.from))
        }
        return Dictionary(
            targets.filter(\.isWhole).map { ($0.figure, $0) },
            uniquingKeysWith: { rank($0) < rank($1) ? $1 : $0 })
    }

    /// Whether this week's report tells of a declared total: it is of the week, or of a longer period that has ended
    /// since the programme began.
    private func isTold(_ total: Statement) -> Bool {
        if total.from == week.start, total.to == week.end { return true }
        return total.to.days(since: total.from) >= 7 && total.to >= federation.since && total.to <= week.end
    }

    /// Whether it is of the areas that the report is about.
    private func isHere(_ statement: Statement) -> Bool {
        guard let within else { return true }
        return statement.unit.areaID.map(within.contains) ?? false
    }
}
