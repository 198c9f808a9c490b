import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient

extension History {
    /// By what an application tells who applied.
    enum Tag: String, CaseIterable, Sendable {
        case document = "document_tag"
        case mobile = "mobile_tag"
    }

    /// Writes a history of workers into the ledger. Each joining becomes an application at the last of
    /// the worker's meetings that is listed before it; who was merged with whom, the tags tell.
    ///
    /// Returns the worker of each applicant. What the ledger cannot hold must not be in the history: an
    /// attendance without an application, a later event of an application that was taken back.
    func loadWorkers(
        federation: Int, areas: [String: Int], tag: Tag, on connection: PostgresConnection
    ) async throws -> [ApplicantID: String] {
        var workers: [ApplicantID: String] = [:]
        for met in events where met.kind == "attended" {
            for statement in meeting(met, federation, areas) { try await connection.execute(statement) }
        }
        for joined in events where joined.kind == "joined" {
            workers[ApplicantID(Self.uuid(joined.id))] = joined.unit
            for statement in application(joined, federation, tag) {
                try await connection.execute(statement)
            }
        }
        // What became of a worker hangs on the application that was known first.
        let byMoment = events.filter { $0.kind == "joined" }.sorted { $0.rec < $1.rec }
        let first = Dictionary(
            byMoment.map { ($0.unit, ApplicantID(Self.uuid($0.id))) }, uniquingKeysWith: { known, _ in known }
        )
        for event in events where ["verified", "admitted", "withdrawn"].contains(event.kind) {
            guard let applicant = first[event.unit], event.sup.map({ $0 > event.rec }) ?? true else {
                continue
            }
            try await connection.execute(
                """
                INSERT INTO goutong.applicant_event VALUES (\(federation), \(Self.uuid(event.id)),
                    \(applicant), \(event.kind), \(event.day.map(Self.day)), \(Self.moment(event.rec)),
                    \(event.sup.map(Self.moment)))
                """)
        }
        return workers
    }

    /// A time in which one revision of a meeting stood: numbered days, the end excluded.
    private struct Span {
        let revision: Int
        let from: Int
        /// `Int.max` where it stands.
        let to: Int

        func within(_ event: Event) -> Span? {
            let (from, to) = (max(from, event.rec), min(to, event.sup ?? Int.max))
            return from < to ? Span(revision: revision, from: from, to: to) : nil
        }

        var known: PostgresTimestamp { History.moment(from) }
        var superseded: PostgresTimestamp? { to == Int.max ? nil : History.moment(to) }
    }

    /// A meeting is corrected whenever it becomes known that two workers are one.
    private func spans(of met: Event) -> [Span] {
        let end = met.sup ?? Int.max
        let changes = Set(events.filter { $0.kind == "alias" }.map(\.rec))
            .filter { met.rec < $0 && $0 < end }.sorted()
        let moments = [met.rec] + changes + [end]
        return zip(moments, moments.dropFirst()).enumerated().map {
            Span(revision: $0 + 1, from: $1.0, to: $1.1)
        }
    }

    private func meeting(_ met: Event, _ federation: Int, _ areas: [String: Int]) -> [SQL] {
        spans(of: met).flatMap { span -> [SQL] in
            [
                """
                INSERT INTO goutong.meeting_revision VALUES (\(federation), \(Self.uuid(met.id)),
                    \(span.revision), sha256('x'::bytea), NULL, NULL, \(span.known),
                    \(met.place.flatMap { areas[$0] }))
                """,
                """
                INSERT INTO goutong.meeting (federation_id, meeting_id, revision, kind, held_on,
                    area_id, venue_kind, organisers, staff_names, staff_hours, applications,
                    recorded_at, superseded_at)
                VALUES (\(federation), \(Self.uuid(met.id)), \(span.revision), 'worker',
                    \(met.day.map(Self.day)), \(met.place.flatMap { areas[$0] }), \(Self.venue(met.id)),
                    '{}', \(Self.staffColumns(met.id)), 1, \(span.known), \(span.superseded))
                """,
            ]
        }
    }

    private func application(_ joined: Event, _ federation: Int, _ tag: Tag) -> [SQL] {
        let met = events.last { $0.kind == "attended" && $0.unit == joined.unit && $0.id < joined.id }
        guard let met else { return [] }
        return spans(of: met).compactMap { $0.within(joined) }.flatMap { span -> [SQL] in
            [
                """
                INSERT INTO goutong.applicant (federation_id, applicant_id, meeting_id, revision,
                    person_revision, position, categories, recorded_at, superseded_at)
                VALUES (\(federation), \(Self.uuid(joined.id)), \(Self.uuid(met.id)), \(span.revision),
                    \(span.revision), 0, \(Self.categories(joined.id)), \(span.known), \(span.superseded))
                """,
                """
                INSERT INTO goutong.applicant_person (federation_id, applicant_id, revision, sealed,
                    \(identifier: tag.rawValue), consent_notice, consent_on, consent_method,
                    share_with_employer_union, card_bank)
                VALUES (\(federation), \(Self.uuid(joined.id)), \(span.revision), '',
                    \(Array(root(of: joined.unit, at: span.from).utf8)), '2018-1',
                    \(joined.day.map(Self.day)), 'signed', false, false)
                """,
            ]
        }
    }

    /// Whom a worker is known as at a numbered day.
    func root(of unit: String, at day: Int) -> String {
        var unit = unit
        while let alias = events.first(where: { $0.kind == "alias" && $0.unit == unit && $0.rec <= day }),
            let target = alias.to
        { unit = target }
        return unit
    }
}
