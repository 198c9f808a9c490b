internal import Outreach
internal import OutreachStore
internal import PostgresClient

extension Ledger {
    /// Reads as an account that must have some rights. Whether a record exists plays no part in a refusal.
    func reading<Value: Sendable>(
        as authority: Authority, requiring rights: Set<Right>,
        _ body: nonisolated(nonsending) @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        // One snapshot: what is read in several statements belongs together.
        try await transaction(as: authority, for: .reading, .repeatableRead.readOnly) { connection in
            let scope = try await ActorScope.current(on: connection)
            guard rights.isSubset(of: scope.rights) else { throw Problem.notAllowed }
            return try await body(connection)
        }
    }

    /// The scope of an account that may count; the reading is noted in the audit.
    func counting(
        as authority: Authority, noting event: AuditEvent
    ) async throws -> ActorScope {
        try await transaction(as: authority, for: .counting) { connection in
            let scope = try await ActorScope.current(on: connection)
            guard scope.rights.contains(.figures) else { throw Problem.notAllowed }
            try await authority.note(event, on: connection)
            return scope
        }
    }

    /// The moment that a report is known at: one fixed now, or an earlier one.
    func moment(_ asked: PostgresTimestamp?, as authority: Authority) async throws -> PostgresTimestamp {
        let fixed = try await pool.withConnection { connection in
            try await LedgerClock(federation: federation, authority: authority).fixMoment(on: connection)
        }
        if let asked, asked > fixed {
            throw Problem.query(
                "instant.future", "as_known_at", Bilingual(zh: "时刻在将来", en: "the instant lies in the future"),
                Bilingual(zh: "给出已经过去的时刻", en: "give one that has passed"))
        }
        return asked ?? fixed
    }
}

/// The areas and districts whose figures an account gets; nil stands for all.
struct FigureScope {
    /// Valid on the report's last day.
    let areas: Set<String>
    /// Codes that these areas had before.
    let earlier: Set<String>
    /// Those that lie in the scope as a whole.
    let districts: Set<String>

    /// The districts, and the areas that lie in none of them, in code order.
    let codes: [String]

    init?(_ scope: ActorScope, map: AreaTable, on day: Day) {
        guard !scope.rights.contains(.cityFigures), scope.areas != nil else { return nil }
        let valid = map.townships.filter { $0.isValid(on: day) }
        let own = Set(valid.filter(scope.holds).map(\.code))
        areas = own
        earlier = Set(map.townships.filter { !$0.isValid(on: day) && scope.holds($0) }.map(\.code))
            .subtracting(valid.map(\.code))
        let foreign = Set(valid.filter { !own.contains($0.code) }.map(\.district))
        let whole = Set(valid.map(\.district)).subtracting(foreign)
        districts = whole
        let apart = valid.filter { own.contains($0.code) && !whole.contains($0.district) }
        codes = (Array(whole) + apart.map(\.code)).sorted()
    }
}
