internal import Outreach
internal import PostgresClient

/// What makes a firm in the ledger, and what changes how it is identified.
enum FirmRows {
    static func create(
        _ id: FirmID, row: MeetingRows.Firm, on day: Day, _ key: RevisionKey
    ) -> [SQL] {
        let registration = FirmID.derived(from: "registration", "\(id)", "1")
        return [
            """
            INSERT INTO goutong.firm (federation_id, firm_id, recorded_at)
            VALUES (\(key.federation), \(id), \(key.stamp))
            """,
            """
            INSERT INTO goutong.firm_identity (federation_id, firm_id, recorded_at, uscc, name,
                folded_name, district_code, area_id)
            VALUES (\(key.federation), \(id), \(key.stamp), \(row.met.uscc?.text), \(row.met.name),
                \(row.wanted.foldedName), \(row.wanted.district), \(row.areaID))
            """,
            """
            INSERT INTO goutong.firm_registration (federation_id, registration_id, firm_id, area_id,
                registered_on, recorded_at)
            VALUES (\(key.federation), \(registration), \(id), \(row.areaID), \(day), \(key.stamp))
            """,
        ]
    }

    /// A firm known by name alone gets its code: the identity is closed and opened again with it.
    static func gain(_ uscc: CreditCode, firm: FirmID, _ key: RevisionKey) -> [SQL] {
        [
            """
            UPDATE goutong.firm_identity SET superseded_at = \(key.stamp)
            WHERE federation_id = \(key.federation) AND firm_id = \(firm) AND superseded_at IS NULL
            """,
            """
            INSERT INTO goutong.firm_identity (federation_id, firm_id, recorded_at, uscc, name,
                folded_name, district_code, area_id)
            SELECT federation_id, firm_id, \(key.stamp), \(uscc.text), name, folded_name,
                district_code, area_id
            FROM goutong.firm_identity
            WHERE federation_id = \(key.federation) AND firm_id = \(firm)
              AND superseded_at = \(key.stamp)
            """,
        ]
    }
}
