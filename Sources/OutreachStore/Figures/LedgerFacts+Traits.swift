internal import Foundation
public import Funnel
internal import Outreach
public import PostgresClient

/// What meetings said of themselves and of those who were there, for groups beside areas and weeks.
extension LedgerFacts {
    /// By meeting and the unit as it knew it.
    ///
    /// - Parameter groups: names of cadres and categories of applicants are read only where they ask for them: not
    ///   every login may.
    public func traits(
        of track: FunnelDefinition.Track, by groups: FunnelGroups, on connection: PostgresConnection
    ) async throws(PostgresError) -> [FunnelUnit.Contact: EntryTraits] {
        let cadres: SQL = groups.levels.contains(.cadre) ? "m.staff_names" : "ARRAY[]::text[]"
        let rows = try await connection.query(
            track == .firm ? ofFirms(cadres, by: groups) : ofApplicants(cadres, by: groups))
        var found: [FunnelUnit.Contact: EntryTraits] = [:]
        found.reserveCapacity(rows.count)
        for row in rows {
            let (
                meeting, unit, venue, format, band, industry, ownership, headcount, isEnterprise, hasHours,
                cadres, categories
            ) = try row.decode(
                (
                    MeetingID, UUID, String, String?, String?, String?, String?, Int?, Bool, Bool, [String],
                    [String]
                ).self)
            var traits = EntryTraits()
            traits.venue = venue
            traits.format = format ?? ""
            traits.band = band ?? ""
            traits.industry = industry ?? ""
            traits.ownership = ownership ?? ""
            traits.cadres = cadres
            traits.categories = categories
            traits.headcount = headcount
            traits.isEnterprise = isEnterprise
            traits.hasHours = hasHours
            found[FunnelUnit.Contact(meeting: FactID(meeting), unit: "\(FirmID(unit))")] = traits
        }
        return found
    }

    private func ofFirms(_ cadres: SQL, by groups: FunnelGroups) -> SQL {
        let ofRegister = groups.levels.contains(.ownership)
        let ownership: SQL = ofRegister ? "w.heading" : "NULL::text"
        let register: SQL =
            ofRegister
            ? """
            LEFT JOIN goutong.firm_root_at(\(federation)::integer, \(moment)) r ON r.firm_id = x.firm_id
            LEFT JOIN goutong.ownership_at(\(federation)::integer, \(moment)) w
                ON w.firm_id = coalesce(r.root_id, x.firm_id)
            """ : ""
        return """
            SELECT x.meeting_id, x.firm_id, m.venue_kind, m.format, x.headcount_band,
                \(raw: NestedFunnelQuery.section(of: "x")), \(ownership), x.headcount, m.kind = 'enterprise', \(GroupColumns.hasHours),
                \(cadres), ARRAY[]::text[]
            FROM goutong.attendance x
            JOIN goutong.meeting m USING (federation_id, meeting_id, revision)
            LEFT JOIN goutong.industry s ON s.code = \(raw: NestedFunnelQuery.division(of: "x"))
            \(register)
            WHERE \(visible("x"))
            """
    }

    private func ofApplicants(_ cadres: SQL, by groups: FunnelGroups) -> SQL {
        let ofCategories = groups.levels.contains(.category)
        let categories: SQL = ofCategories ? "p.categories" : "ARRAY[]::text[]"
        let applicant: SQL =
            ofCategories
            ? """
            JOIN goutong.applicant p ON p.federation_id = \(federation)
                AND p.applicant_id = x.applicant_id AND p.meeting_id = x.meeting_id AND p.revision = x.revision
            """ : ""
        return """
            SELECT x.meeting_id, x.applicant_id, m.venue_kind, m.format, NULL::text, NULL::text, NULL::text,
                NULL::integer, m.kind = 'enterprise', \(GroupColumns.hasHours), \(cadres), \(categories)
            FROM goutong.application_at(\(federation)::integer, \(moment)) x
            JOIN goutong.meeting m ON m.federation_id = \(federation)
                AND m.meeting_id = x.meeting_id AND m.revision = x.revision
            \(applicant)
            """
    }
}
