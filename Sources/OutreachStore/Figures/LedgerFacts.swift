public import Funnel
public import Outreach
public import PostgresClient

/// The ledger as the pure evaluator reads it: for orders, starts, anchors and places that no journey row
/// answers, for workers, and as the judge of the rows in tests.
///
/// Units are firm or applicant ids. What is visible at the moment is read, whatever its day.
public struct LedgerFacts: Sendable {
    /// What stands as the place of a meeting, and of a registration.
    public enum Place: Hashable, Sendable {
        /// The area's code, as it was.
        case code
        /// The code on the map of a day; empty where that map has none.
        case standing(on: Day)
    }

    let federation: Int
    let moment: PostgresTimestamp
    let place: Place

    public init(federation: Federation, at moment: PostgresTimestamp, place: Place = .code) {
        self.federation = federation.id
        self.moment = moment
        self.place = place
    }

    func visible(_ alias: String) -> SQL {
        """
        \(raw: alias).federation_id = \(federation) AND \(SQL.visible(alias, at: moment))
        """
    }

    // MARK: Places

    /// The area `a` of a row, on the map that is asked for.
    private func area(of alias: String) -> SQL {
        switch place {
        case .code: "JOIN goutong.area a ON a.area_id = \(raw: alias).area_id"
        case .standing(let day): .map(of: day, for: alias + ".area_id")
        }
    }

    // MARK: Firms

    public func firmFacts(on connection: PostgresConnection) async throws(PostgresError) -> [FunnelFact] {
        let rows = try await connection.query(
            """
            SELECT x.meeting_id, x.firm_id, x.held_on, 'contact', x.union_status,
                   coalesce(a.code, ''), NULL::date, NULL::uuid
            FROM goutong.attendance x
            \(area(of: "x")) WHERE \(visible("x"))
            UNION ALL
            SELECT x.milestone_id, x.firm_id, x.happened_on, x.kind, NULL, NULL, NULL, NULL
            FROM goutong.milestone x WHERE \(visible("x"))
            UNION ALL
            SELECT x.registration_id, x.firm_id, x.registered_on, 'registered_at', NULL,
                   coalesce(a.code, ''), NULL, NULL
            FROM goutong.firm_registration x \(area(of: "x")) WHERE \(visible("x"))
            UNION ALL
            SELECT x.coverage_id, x.firm_id, x.organised_from, 'organised', NULL, NULL,
                   x.organised_until, NULL
            FROM goutong.union_coverage x WHERE \(visible("x"))
            UNION ALL
            SELECT x.merge_id, x.duplicate_id, NULL, 'alias', NULL, NULL, NULL, x.kept_id
            FROM goutong.firm_merge x WHERE \(visible("x"))
            -- Two records of one firm at one meeting, merged later: the first id enters, as in `journey_of`.
            ORDER BY 2
            """
        )
        let facts = try rows.decode(
            (FirmID, FirmID, Day?, String, UnionStatus?, String?, Day?, FirmID?).self)
        return facts.compactMap { id, firm, day, kind, status, place, until, kept in
            event(kind, status: status, place: place, until: until, kept: kept).map {
                FunnelFact(id: FactID(id), unit: "\(firm)", day: day, recorded: 0, event: $0)
            }
        }
    }

    private func event(
        _ kind: String, status: UnionStatus?, place: String?, until: Day?, kept: FirmID?
    ) -> FunnelFact.Event? {
        switch kind {
        case "contact":
            // Said to be unorganised: the register decides.
            let standing = status.flatMap { $0.isUnorganised ? nil : FunnelFact.Standing($0) }
            return .contact(place: place ?? "", standing: standing)
        case "registered_at": return .registered(place: place ?? "")
        case "organised": return .organised(until: until)
        case "alias": return kept.map { .alias(to: "\($0)") }
        default: break
        }
        return switch MilestoneKind(rawValue: kind) {
        case .intent: .intent
        case .application: .application
        case .established: .established
        case .joinedJointUnion, .coveredByParent: .covered
        case .lapsed, .declined: .withdrawn
        case .closed: .closed
        case .movedOut: .movedOut
        default: nil
        }
    }

    // MARK: Workers

    /// Who applied at a meeting attended it; who attended and did not apply is counted, not known, and so in
    /// no funnel of persons. One who applied twice is one: by the document's tag, else, where an
    /// application has no document, by the mobile's. What was found to be a duplicate is left out;
    /// what was rejected is lost.
    public func workerFacts(on connection: PostgresConnection) async throws(PostgresError) -> [FunnelFact] {
        let rows = try await connection.query(
            """
            WITH application AS MATERIALIZED (
                SELECT x.applicant_id, x.meeting_id, m.held_on, coalesce(a.code, '') AS place,
                       x.joined_on, x.first_id
                FROM goutong.application_at(\(federation)::integer, \(moment)) x
                JOIN goutong.meeting m ON m.federation_id = \(federation)
                    AND m.meeting_id = x.meeting_id AND m.revision = x.revision
                \(area(of: "m"))
            )
            SELECT meeting_id, applicant_id, held_on, 'attended', place, NULL::uuid FROM application
            UNION ALL
            SELECT applicant_id, applicant_id, joined_on, 'joined', NULL, NULL FROM application
            UNION ALL
            SELECT e.event_id, e.applicant_id, e.happened_on, e.kind, NULL, NULL
            FROM goutong.applicant_event e JOIN application USING (applicant_id)
            WHERE \(visible("e"))
            UNION ALL
            SELECT applicant_id, applicant_id, NULL, 'alias', NULL, first_id
            FROM application WHERE first_id <> applicant_id
            -- Of two applications of one person at one meeting the first id enters.
            ORDER BY 2
            """
        )
        let facts = try rows.decode(
            (ApplicantID, ApplicantID, Day?, String, String?, ApplicantID?).self)
        return facts.compactMap { id, applicant, day, kind, place, same in
            workerEvent(kind, place: place, same: same).map {
                FunnelFact(id: FactID(id), unit: "\(applicant)", day: day, recorded: 0, event: $0)
            }
        }
    }

    private func workerEvent(_ kind: String, place: String?, same: ApplicantID?) -> FunnelFact.Event? {
        switch kind {
        case "attended": return .attended(place: place ?? "")
        case "joined": return .joined
        case "alias": return same.map { .alias(to: "\($0)") }
        default: break
        }
        return switch ApplicationEvent.Kind(rawValue: kind) {
        case .verified: .verified
        case .admitted: .admitted
        case .withdrawn: .withdrawn
        case .rejected: .closed
        default: nil
        }
    }
}
