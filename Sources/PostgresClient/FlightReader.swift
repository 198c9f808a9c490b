internal import CLibPQ

/// The answers of a flight of statements: each step's one result followed by a nil, then the sync's.
final class FlightReader: ResultReader {
    /// One step of a flight, in the order sent. `index` is the statement's position.
    enum Step {
        case prepare(index: Int, name: String)
        case execute(index: Int)
    }

    /// What became of the flight.
    enum Ending {
        /// The sync came.
        case whole
        /// A COPY began, which libpq would report for ever.
        case copy
        /// The session ended, or what came is no answer to a flight.
        case lost
    }

    private(set) var results: [ResultHandle] = []
    /// The first error, or the one that ended the session.
    private(set) var failure: PostgresError?
    /// Statements that the server has prepared, with their names.
    private(set) var prepared: [(key: StatementCache.Key, name: String)] = []
    private(set) var ending = Ending.lost

    private let calls: [PreparedCall]
    private let steps: [Step]
    private let site: CallSite
    private var next = 0
    private var isWithinStep = false

    init(_ steps: [Step], of calls: [PreparedCall], at site: CallSite) {
        self.steps = steps
        self.calls = calls
        self.site = site
        results.reserveCapacity(calls.count)
    }

    func take(_ result: ResultHandle?) -> Bool {
        guard let result else {
            defer { isWithinStep = false }
            return !isWithinStep
        }
        if isWithinStep { return false }
        guard next < steps.count else {
            if result.status == PGRES_PIPELINE_SYNC { ending = .whole }
            return true
        }
        defer { next += 1 }
        isWithinStep = true
        return take(result, of: steps[next])
    }

    private func take(_ result: ResultHandle, of step: Step) -> Bool {
        switch (result.status, step) {
        case (PGRES_PIPELINE_ABORTED, _):
            break
        case (PGRES_COPY_IN, _), (PGRES_COPY_OUT, _), (PGRES_COPY_BOTH, _):
            ending = .copy
            return true
        case (PGRES_FATAL_ERROR, .prepare(let index, _)), (PGRES_FATAL_ERROR, .execute(let index)):
            return fail(result, index)
        case (_, .prepare(let index, let name)):
            prepared.append((calls[index].key, name))
        case (_, .execute):
            results.append(result)
        }
        return false
    }

    /// Whether the session is over.
    private func fail(_ result: ResultHandle, _ index: Int) -> Bool {
        var error = PostgresError(result: result, statement: calls[index].key.text, at: site)
        if calls.count > 1 { error.statementIndex = index }
        let isLost = error.code == .connectionLost
        if failure == nil || isLost { failure = error }
        return isLost
    }
}
