import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient

/// A made-up history that stands in the ledger's tables and before the pure evaluator alike.
struct History: Decodable, Sendable {
    struct Event: Decodable, Sendable {
        let id: Int
        let kind, unit: String
        let day: Int?
        let rec: Int
        let sup: Int?
        let place, to: String?
        let until: Int?
    }

    let events: [Event]

    /// A Monday; two years before any other fact, so that nothing else is in the way.
    static let dayZero = 17_532

    static func day(_ number: Int) -> Day { Day(ordinal: dayZero + number) }

    /// The beginning of a numbered day: facts are recorded, and reports fixed, at whole days.
    static func moment(_ number: Int) -> PostgresTimestamp {
        PostgresTimestamp(microsecondsSince1970: Int64(dayZero + number) * 86_400_000_000)
    }

    static func uuid(_ number: Int) -> UUID {
        UUID(
            uuid: (
                0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, UInt8(number >> 24 & 255),
                UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)
            ))
    }

    /// Of the meeting that an event is; made up, but different and the same everywhere.
    static func venue(_ id: Int) -> String { ["park", "firm", "online"][id % 3] }

    /// Of the firm as it said at a meeting; nil where it did not.
    static func band(_ id: Int) -> String? { ["1-9", nil, "100-499", "500+", "25-99"][id % 5] }

    static func format(_ id: Int) -> String? { ["one_to_one", nil, "group", "stall"][id % 4] }

    /// Of the firm, as it said: with its section, without, or not at all.
    static func industry(_ id: Int) -> String? { ["I65", nil, "F", "4411", "6432"][id % 5] }

    static func section(_ id: Int) -> String? { ["I", nil, "F", "D", "I"][id % 5] }

    static func headcount(_ id: Int) -> Int? { id % 3 == 0 ? nil : id * 7 % 400 }

    static func isEnterprise(_ id: Int) -> Bool { id % 7 != 0 }

    static func applications(_ id: Int) -> Int { id % 4 }

    /// Who was on duty, for how many hours: nobody, somebody without hours, one who stands there twice.
    static func staff(_ id: Int) -> [(name: String, hours: Double?)] {
        [[], [("张", 2)], [("张", 1.5), ("李", nil)], [("李", 2), ("王", 0.5)], [("王", 3), ("王", 1)]][id % 5]
    }

    /// Values of `staff_names` and `staff_hours`: constants.
    static func staffColumns(_ id: Int) -> SQL {
        let staff = staff(id)
        let names = staff.map { "'\($0.name)'" }.joined(separator: ", ")
        let hours = staff.map { $0.hours.map { "\($0)" } ?? "NULL" }.joined(separator: ", ")
        return "ARRAY[\(raw: names)]::text[], ARRAY[\(raw: hours)]::float8[]"
    }

    /// Of an applicant.
    static func categories(_ id: Int) -> [String] {
        [[], ["courier"], ["migrant_worker", "courier"]][id % 3]
    }

    /// - Parameter place: what stands as the place of a meeting; its own unless told.
    static func facts(
        _ events: [Event], place: (Event) -> String? = { $0.place ?? $0.to }
    ) -> [FunnelFact] {
        events.compactMap { event in
            let what: FunnelFact.Event? =
                switch event.kind {
                case "contact": place(event).map { .contact(place: $0) }
                case "attended": place(event).map { .attended(place: $0) }
                case "joined": .joined
                case "verified": .verified
                case "admitted": .admitted
                case "intent": .intent
                case "application": .application
                case "founded": .established
                case "withdrawn": .withdrawn
                case "closed": .closed
                case "organised": .organised(until: event.until.map(day))
                case "registered": place(event).map { .registered(place: $0) }
                case "alias": event.to.map { .alias(to: $0) }
                default: nil
                }
            return what.map {
                FunnelFact(
                    id: FactID(event.id), unit: event.unit, day: event.day.map(day),
                    recorded: event.rec, superseded: event.sup, event: $0)
            }
        }
    }

    /// Writes the events into the ledger and queues every firm that they touch. Places are names of `areas`.
    func load(
        federation: Int, areas: [String: Int], on connection: PostgresConnection
    ) async throws -> [String: FirmID] {
        var firms: [String: FirmID] = [:]
        let units = Set(events.flatMap { [$0.unit] + ($0.kind == "alias" ? [$0.to].compactMap(\.self) : []) })
        for (index, unit) in units.sorted().enumerated() {
            let firm = FirmID(Self.uuid(1_000_000 + index))
            firms[unit] = firm
            try await connection.execute(
                """
                INSERT INTO goutong.firm (federation_id, firm_id, recorded_at)
                VALUES (\(federation), \(firm), \(Self.moment(-1)))
                """)
        }
        for event in events {
            guard let firm = firms[event.unit] else { continue }
            for statement in statements(event, firm: firm, firms, federation, areas) {
                try await connection.execute(statement)
            }
        }
        try await queue(firms, federation: federation, on: connection)
        return firms
    }

    /// Each firm with the stamps of all that happened to it, as writers announce them.
    private func queue(
        _ firms: [String: FirmID], federation: Int, on connection: PostgresConnection
    ) async throws {
        for event in events where event.sup.map({ $0 > event.rec }) ?? true {
            for unit in [event.unit] + (event.kind == "alias" ? [event.to].compactMap(\.self) : []) {
                for stamp in [event.rec, event.sup].compactMap(\.self) {
                    try await connection.execute(
                        """
                        INSERT INTO goutong.journey_queue
                        VALUES (\(federation), \(firms[unit]), \(Self.moment(stamp)))
                        """)
                }
            }
        }
    }

    private func statements(
        _ event: Event, firm: FirmID, _ firms: [String: FirmID], _ federation: Int,
        _ areas: [String: Int]
    ) -> [SQL] {
        let id = Self.uuid(event.id)
        let recorded = Self.moment(event.rec)
        let superseded = event.sup.map(Self.moment)
        let day = event.day.map(Self.day)
        // Made-up corrections may close a fact on the day it was recorded: it was never visible.
        if let sup = event.sup, sup <= event.rec { return [] }
        switch event.kind {
        case "contact":
            let area = event.place.flatMap { areas[$0] }
            return [
                """
                INSERT INTO goutong.meeting_revision VALUES (\(federation), \(id), 1,
                    sha256('x'::bytea), NULL, NULL, \(recorded), \(area))
                """,
                """
                INSERT INTO goutong.meeting (federation_id, meeting_id, revision, kind, held_on,
                    area_id, venue_kind, format, organisers, staff_names, staff_hours, applications,
                    recorded_at, superseded_at)
                VALUES (\(federation), \(id), 1, \(Self.isEnterprise(event.id) ? "enterprise" : "worker"),
                    \(day), \(area), \(Self.venue(event.id)), \(Self.format(event.id)), '{}',
                    \(Self.staffColumns(event.id)), \(Self.applications(event.id)), \(recorded),
                    \(superseded))
                """,
                """
                INSERT INTO goutong.attendance (federation_id, meeting_id, revision, position,
                    firm_id, held_on, area_id, union_status, headcount, headcount_band, industry, questions,
                    recorded_at, superseded_at)
                VALUES (\(federation), \(id), 1, 0, \(firm), \(day), \(area), 'unorganised',
                    \(Self.headcount(event.id)), \(Self.band(event.id)), \(Self.industry(event.id)), '{}',
                    \(recorded), \(superseded))
                """,
            ]
        case "organised":
            return [
                """
                INSERT INTO goutong.union_coverage VALUES (\(federation), \(id), \(firm), \(day),
                    \(event.until.map(Self.day)), \(recorded), \(superseded))
                """
            ]
        case "registered":
            return [
                """
                INSERT INTO goutong.firm_registration VALUES (\(federation), \(id), \(firm),
                    \(event.to.flatMap { areas[$0] }), \(day), \(recorded), \(superseded))
                """
            ]
        case "alias":
            return [
                """
                INSERT INTO goutong.firm_merge VALUES (\(federation), \(id), \(firm),
                    \(event.to.flatMap { firms[$0] }), \(recorded), \(superseded))
                """
            ]
        default:
            let kind = [
                "founded": "established", "withdrawn": "lapsed", "intent": "intent",
                "application": "application", "closed": "closed",
            ][event.kind]
            return [
                """
                INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind,
                    happened_on, of_document, facts_hash, recorded_at, superseded_at)
                VALUES (\(federation), \(id), 1, \(firm), \(kind), \(day), false, '', \(recorded),
                    \(superseded))
                """
            ]
        }
    }
}
