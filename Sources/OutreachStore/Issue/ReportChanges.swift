public import Funnel
public import Outreach
public import PostgresClient

/// A figure that moved between two moments.
public struct FigureMove: Hashable, Sendable {
    /// As in `WeeklyCount`.
    public let path: String
    /// nil where the report had null, or no such line.
    public let before: Double?
    public let after: Double?

    public init(path: String, before: Double?, after: Double?) {
        self.path = path
        self.before = before
        self.after = after
    }

    /// In the order of the later counts, those that it has no more at the end.
    static func moves(from before: [WeeklyCount], to after: [WeeklyCount]) -> [FigureMove] {
        guard before != after else { return [] }
        var old = Dictionary(before.map { ($0.path, $0.value) }) { first, _ in first }
        var moves: [FigureMove] = []
        for count in after {
            let value = old.removeValue(forKey: count.path) ?? nil
            if value != count.value {
                moves.append(FigureMove(path: count.path, before: value, after: count.value))
            }
        }
        for count in before where old[count.path] != nil && count.value != nil {
            moves.append(FigureMove(path: count.path, before: count.value, after: nil))
        }
        return moves
    }
}

/// What moved the figures of a week's report between two moments.
///
/// The report is read anew after each moment at which something was recorded. So the moves of the steps, one after
/// the other, are the whole difference, and a step's moves are its causes' and nobody else's.
public struct ReportChanges: Hashable, Sendable {
    /// One moment, what was recorded in it, and what it moved. Changes that share a moment were recorded in one
    /// transaction, such as a batch of an import: they moved the figures together.
    public struct Step: Hashable, Sendable {
        public let moment: PostgresTimestamp
        public let causes: [LedgerChange]
        public let moves: [FigureMove]
    }

    /// S of the earlier report.
    public let since: PostgresTimestamp
    public let until: PostgresTimestamp
    /// In order of their moments; those that moved nothing are left out.
    public let steps: [Step]
    /// From the earlier report to the later one, in the order of the report.
    public let moves: [FigureMove]
    /// What no recorded change explains: empty, unless rows were written past the ledger.
    public let unexplained: [FigureMove]
    /// How many changes there were, with those that moved nothing.
    public let changesSeen: Int
}

/// Accounts for every difference between a week's report at two moments.
public struct ReportChangeReader: Sendable {
    let federation: Federation
    let areas: AreaTable
    let week: Week
    let definition: FunnelDefinition
    let audience: ChangeAudience

    /// - Parameter audience: nil: the operator, who is told all.
    public init(
        federation: Federation, areas: AreaTable, week: Week, definition: FunnelDefinition,
        for audience: ChangeAudience? = nil
    ) {
        self.federation = federation
        self.areas = areas
        self.week = week
        self.definition = definition
        self.audience = audience ?? .operator(of: federation)
    }

    /// - Parameters:
    ///   - since: S of the report that was issued.
    ///   - until: a later fixed moment.
    ///   - second: as in `WeeklyFiguresReader`.
    ///   - onlyWhereNeeded: whether runs of changes that cannot concern the week, because they add facts of later
    ///     days that place no earlier one, are looked into only where their ends differ. The answer is the same.
    ///   - progress: told how many moments were compared, of how many.
    public func changes(
        since: PostgresTimestamp, until: PostgresTimestamp, onlyWhereNeeded: Bool = true,
        on connection: PostgresConnection, and second: PostgresConnection? = nil,
        progress: (_ compared: Int, _ moments: Int) -> Void = { _, _ in }
    ) async throws(TransactionError) -> ReportChanges {
        let causes = try await audience.authority.transaction(
            for: .counting, .repeatableRead.readOnly, on: connection
        ) { connection in
            try await LedgerChangeReader(federation: federation, week: week, within: audience.areas)
                .changes(after: since, upTo: until, on: connection)
        }
        let moments = Self.moments(of: causes)
        let reader = WeeklyFiguresReader(
            federation: federation, areas: areas, authority: audience.authority,
            scope: audience.areas.map(Set.init))
        func counts(at moment: PostgresTimestamp) async throws(TransactionError) -> [WeeklyCount] {
            try await reader.counts(
                week: week, at: moment, definition: definition, seenBy: audience.view, on: connection,
                and: second)
        }
        let first = try await counts(at: since)
        var standing = first
        var steps: [ReportChanges.Step] = []
        var next = 0
        while next < moments.count {
            // A run of moments that only add facts of days after the week. That nothing moved at its end alone would
            // not do: one firm's new place can make up for another's.
            var end = next
            while onlyWhereNeeded, end < moments.count, moments[end].causes.allSatisfy(isBeyond) { end += 1 }
            if end > next + 1, try await counts(at: moments[end - 1].moment) == standing {
                next = end
                progress(next, moments.count)
                continue
            }
            for step in moments[next..<max(end, next + 1)] {
                let after = try await counts(at: step.moment)
                let moves = FigureMove.moves(from: standing, to: after)
                if !moves.isEmpty {
                    let causes = step.causes.map { $0.told(to: audience) }
                    steps.append(ReportChanges.Step(moment: step.moment, causes: causes, moves: moves))
                }
                standing = after
                next += 1
                progress(next, moments.count)
            }
        }
        let last = try await counts(at: until)
        return ReportChanges(
            since: since, until: until, steps: steps, moves: FigureMove.moves(from: first, to: last),
            unexplained: FigureMove.moves(from: standing, to: last), changesSeen: causes.count)
    }

    private func isBeyond(_ change: LedgerChange) -> Bool {
        guard let day = change.day else { return false }
        return change.isAddition && day > week.end
    }

    private static func moments(
        of causes: [LedgerChange]
    ) -> [(moment: PostgresTimestamp, causes: [LedgerChange])] {
        var moments: [(moment: PostgresTimestamp, causes: [LedgerChange])] = []
        for cause in causes {
            if moments.last?.moment == cause.moment {
                moments[moments.count - 1].causes.append(cause)
            } else {
                moments.append((cause.moment, [cause]))
            }
        }
        return moments
    }
}
