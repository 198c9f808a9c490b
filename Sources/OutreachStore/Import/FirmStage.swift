internal import Outreach
internal import PostgresClient

/// Where the rows of a list of firms are checked: a temporary table of the session. No reader sees it, no log is
/// written for it, and COPY may fill it, which row-level security forbids for the ledger's own tables.
enum FirmStage {
    static let create = """
        SET temp_buffers = '64MB';
        DROP TABLE IF EXISTS pg_temp.import_firm;
        CREATE TEMPORARY TABLE import_firm (
            line integer, uscc text, name text, folded_name text, area_id integer, district_code text,
            registered_on date, headcount integer, headcount_band text, industry text,
            registration_type text, organised_from date, organised_until date);
        """

    static let copy: SQL = "COPY pg_temp.import_firm FROM STDIN (FORMAT binary)"
    static let drop = "DROP TABLE IF EXISTS pg_temp.import_firm"

    static func write(_ row: FirmRow, to rows: inout CopyRows) {
        rows.begin(columns: 13)
        rows.integer(row.line)
        rows.text(row.uscc)
        rows.text(row.name)
        rows.text(row.foldedName)
        rows.integer(row.areaID)
        rows.text(row.district)
        rows.day(row.registeredOn)
        rows.integer(row.headcount)
        let band = row.headcountBand ?? row.headcount.map(HeadcountBand.init(headcount:))
        rows.text(band.map(\.rawValue))
        rows.text(row.industry)
        rows.text(row.registrationType)
        rows.day(row.organisedFrom)
        rows.day(row.organisedUntil)
    }

    /// How many rows there are: all that the checks' plans go by.
    static let count = "ANALYZE pg_temp.import_firm (line)"

    /// An index on the lines, so that a batch is found, and what the planner needs to know of it. Only publishing
    /// goes by batches.
    static let index = """
        CREATE INDEX IF NOT EXISTS import_firm_line ON pg_temp.import_firm (line);
        ANALYZE pg_temp.import_firm (line, uscc, district_code, folded_name);
        """

    // MARK: Rules of the whole file

    /// Rows that name a firm that an earlier row named: line, line of the first.
    /// - Parameter suspected: the codes that may stand twice; nil: any.
    static func codesTwice(among suspected: [String]?) -> SQL {
        let among: SQL = suspected.map { "uscc = ANY (\($0))" } ?? "uscc IS NOT NULL"
        return """
            SELECT s.line, d.first
            FROM (SELECT uscc, min(line) AS first FROM pg_temp.import_firm
                  WHERE \(among) GROUP BY uscc HAVING count(*) > 1) d
            JOIN pg_temp.import_firm s USING (uscc)
            WHERE s.line > d.first
            """
    }

    /// The same by name within the district, where one of the two has no code.
    static let namesTwice: SQL = """
        SELECT s.line, min(e.line) AS first
        FROM (SELECT DISTINCT district_code, folded_name FROM pg_temp.import_firm
              WHERE uscc IS NULL) bare
        JOIN pg_temp.import_firm s USING (district_code, folded_name)
        JOIN pg_temp.import_firm e USING (district_code, folded_name)
        WHERE e.line < s.line AND (e.uscc IS NULL OR s.uscc IS NULL)
        GROUP BY s.line
        """

    /// Codes that the ledger has for a firm of another name.
    static func nameConflicts(_ federation: Int) -> SQL {
        """
        SELECT s.line, 0
        FROM pg_temp.import_firm s
        JOIN goutong.firm_identity i ON i.federation_id = \(federation) AND i.uscc = s.uscc
            AND i.superseded_at IS NULL
        WHERE i.folded_name <> s.folded_name
        """
    }

    /// Rows without a code that are one firm of the ledger with another row.
    static func firmsTwice(_ federation: Int) -> SQL {
        """
        WITH bare AS MATERIALIZED (
            SELECT s.line, s.uscc,
                (SELECT min(i.firm_id::text)::uuid FROM goutong.firm_identity i
                 WHERE i.federation_id = \(federation) AND i.district_code = s.district_code
                   AND i.folded_name = s.folded_name AND i.superseded_at IS NULL
                   AND i.uscc IS NOT NULL HAVING count(*) = 1) AS firm_id
            FROM pg_temp.import_firm s WHERE s.uscc IS NULL
        )
        SELECT b.line, s.line
        FROM bare b
        JOIN goutong.firm_identity i ON i.federation_id = \(federation) AND i.firm_id = b.firm_id
            AND i.superseded_at IS NULL
        JOIN pg_temp.import_firm s ON s.uscc = i.uscc
        """
    }

    static func remove(_ lines: [Int]) -> SQL {
        "DELETE FROM pg_temp.import_firm WHERE line = ANY (\(lines.map { Int32(clamping: $0) }))"
    }
}
