internal import Hummingbird
internal import Outreach
internal import Synchronization

/// How many exports may stream at once. Each holds a connection of the pool for as long as its reader takes: the
/// others are left for who records.
public final class ExportGate: Sendable {
    private let limit: Int
    private let open = Atomic(0)

    public init(limit: Int = 2) { self.limit = limit }

    /// A quarter of a pool's connections, and at least one.
    convenience init(poolSize: Int) { self.init(limit: max(1, poolSize / 4)) }

    /// - Throws: 429 where as many stream already.
    func enter() throws(Problem) -> Pass {
        guard open.add(1, ordering: .relaxed).newValue <= limit else {
            open.subtract(1, ordering: .relaxed)
            throw .exportsBusy
        }
        return Pass(gate: self)
    }

    /// Ends with the answer's body, or with the answer where nobody came to read it.
    final class Pass: Sendable {
        private let gate: ExportGate
        private let isOver = Atomic(false)

        fileprivate init(gate: ExportGate) { self.gate = gate }

        func end() {
            guard !isOver.exchange(true, ordering: .relaxed) else { return }
            gate.open.subtract(1, ordering: .relaxed)
        }

        deinit { end() }
    }
}

extension Problem {
    static var exportsBusy: Problem {
        var problem = Problem(
            .tooManyRequests, code: "busy",
            title: Bilingual(
                zh: "同时导出的人过多，请稍后重试", en: "too many exports are under way; try again shortly"))
        problem.retryAfter = 5
        return problem
    }
}
