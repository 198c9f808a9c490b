internal import Outreach
internal import PostgresClient

/// Finds the firms a document names: by credit code, else by folded name within the district.
///
/// A firm known by name alone takes the code that a later meeting learns. A name without a code that two
/// coded firms share is nobody's: it becomes a firm of its own, to be merged by a person.
struct FirmMatch {
    /// One firm as a document names it.
    struct Wanted: Sendable {
        let uscc: CreditCode?
        let foldedName: String?
        let district: String
    }

    struct Found: Sendable {
        let firm: FirmID?
        /// True where the firm was known by name alone and the document brings its code.
        let gainsCode: Bool
    }

    let federation: Int
    let wanted: [Wanted]

    private var codes: [String?] { wanted.map { $0.uscc?.text } }
    private var names: [String?] { wanted.map(\.foldedName) }
    private var districts: [String] { wanted.map(\.district) }

    /// The rows wanted, with a bound that is part of the text: the planner, who guesses ten for an array it does
    /// not know, would plan anew at each use. Powers of two, so that there are few such texts.
    private var rows: SQL {
        var bound = 1
        while bound < wanted.count { bound *= 2 }
        return """
            (SELECT * FROM unnest(\(codes), \(names), \(districts))
                WITH ORDINALITY AS u (uscc, folded_name, district_code, position)
             LIMIT \(raw: String(bound))) w
            """
    }

    var find: SQL {
        """
        SELECT CASE WHEN w.uscc IS NOT NULL THEN coalesce(coded.firm_id, bare.firm_id)
                    ELSE coalesce(bare.firm_id, namesake.firm_id) END,
               w.uscc IS NOT NULL AND coded.firm_id IS NULL AND bare.firm_id IS NOT NULL
        FROM \(rows)
        LEFT JOIN goutong.firm_identity coded
            ON coded.federation_id = \(federation) AND coded.uscc = w.uscc
            AND coded.superseded_at IS NULL
        LEFT JOIN goutong.firm_identity bare
            ON bare.federation_id = \(federation) AND bare.district_code = w.district_code
            AND bare.folded_name = w.folded_name AND bare.uscc IS NULL
            AND bare.superseded_at IS NULL
        LEFT JOIN LATERAL (
            SELECT min(i.firm_id::text)::uuid AS firm_id
            FROM goutong.firm_identity i
            WHERE i.federation_id = \(federation) AND i.district_code = w.district_code
              AND i.folded_name = w.folded_name AND i.uscc IS NOT NULL AND w.uscc IS NULL
              AND i.superseded_at IS NULL
            HAVING count(*) = 1
        ) namesake ON true
        ORDER BY w.position
        """
    }

    /// Serialises writers who are about to create or rename the same firm, in one order for all.
    var lockKeys: SQL {
        """
        SELECT pg_advisory_xact_lock(key)
        FROM (
            SELECT DISTINCT hashtextextended(k.name, \(federation)) AS key
            FROM \(rows)
            CROSS JOIN LATERAL (VALUES
                ('goutong.uscc/' || w.uscc),
                ('goutong.name/' || w.district_code || '/' || w.folded_name)) AS k (name)
            WHERE k.name IS NOT NULL
            ORDER BY key
        ) keys
        """
    }

    static func decode(_ rows: PostgresRows) throws(PostgresError) -> [Found] {
        try rows.map { row throws(PostgresError) in
            let (firm, gainsCode) = try row.decode((FirmID?, Bool).self)
            return Found(firm: firm, gainsCode: gainsCode)
        }
    }
}
