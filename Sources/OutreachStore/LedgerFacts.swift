public import Funnel
internal import Outreach
public import PostgresClient

/// The ledger as the pure evaluator reads it: for orders and anchors that no journey row answers, and as
/// the judge of the rows in tests. Units are firm ids, places area codes, moments microseconds.
public enum LedgerFacts {
    /// Every firm fact visible at a moment, whatever its day.
    public static func firmFacts(
        federation: Federation, at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> [FunnelFact] {
        let visible: SQL = """
            x.federation_id = \(federation.id) AND x.recorded_at <= \(moment)
            AND (x.superseded_at IS NULL OR x.superseded_at > \(moment))
            """
        let rows = try await connection.query(
            """
            SELECT x.meeting_id, x.firm_id, x.held_on, 'contact', x.union_status, a.code, NULL::date,
                   NULL::uuid
            FROM goutong.attendance x JOIN goutong.area a USING (area_id) WHERE \(visible)
            UNION ALL
            SELECT x.milestone_id, x.firm_id, x.happened_on, x.kind, NULL, NULL, NULL, NULL
            FROM goutong.milestone x WHERE \(visible)
            UNION ALL
            SELECT x.registration_id, x.firm_id, x.registered_on, 'registered_at', NULL, a.code, NULL,
                   NULL
            FROM goutong.firm_registration x JOIN goutong.area a USING (area_id) WHERE \(visible)
            UNION ALL
            SELECT x.coverage_id, x.firm_id, x.organised_from, 'organised', NULL, NULL,
                   x.organised_until, NULL
            FROM goutong.union_coverage x WHERE \(visible)
            UNION ALL
            SELECT x.merge_id, x.duplicate_id, NULL, 'alias', NULL, NULL, NULL, x.kept_id
            FROM goutong.firm_merge x WHERE \(visible)
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

    private static func event(
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
}
