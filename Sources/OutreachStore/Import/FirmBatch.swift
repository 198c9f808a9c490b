internal import Outreach
internal import PostgresClient

/// The statements that publish a batch of firms, set-wise: they match, lock and make firms as the recorder of
/// meetings does, each for every row of the batch.
struct FirmBatch {
    let federation: Int
    /// Lines after the first and up to the last.
    let after: Int
    let through: Int
    /// What a firm without a day of registration is registered from.
    let since: Day

    private var isMine: SQL {
        "s.line > \(Int32(clamping: after)) AND s.line <= \(Int32(clamping: through))"
    }

    /// Plans by index whatever the planner believes: the tables grow under the import.
    static let settings: [SQL] = [
        "SET LOCAL enable_seqscan = off", "SET LOCAL enable_hashjoin = off",
        "SET LOCAL enable_mergejoin = off",
        // Rows of the batch by their lines, not by a bitmap.
        "SET LOCAL enable_bitmapscan = off", "SET LOCAL jit = off",
    ]

    static let analyze = """
        ANALYZE goutong.firm, goutong.firm_identity, goutong.firm_registration, goutong.firm_profile,
            goutong.union_coverage
        """

    /// As `FirmMatch.lockKeys`: for rows that the ledger has no firm with their code for.
    var lockKeys: SQL {
        """
        SELECT count(pg_advisory_xact_lock(key))
        FROM (
            SELECT DISTINCT hashtextextended(k.name, \(federation)) AS key
            FROM pg_temp.import_firm s
            CROSS JOIN LATERAL (VALUES
                ('goutong.uscc/' || s.uscc),
                ('goutong.name/' || s.district_code || '/' || s.folded_name)) AS k (name)
            WHERE \(isMine) AND k.name IS NOT NULL AND NOT EXISTS (
                SELECT FROM goutong.firm_identity i
                WHERE i.federation_id = \(federation) AND i.uscc = s.uscc AND i.superseded_at IS NULL)
            ORDER BY key
        ) keys
        """
    }

    /// Firms known by name alone that a row brings the code of, the first of several rows, locked in id order.
    var gaining: SQL {
        """
        SELECT f.firm_id FROM goutong.firm f
        WHERE f.federation_id = \(federation) AND f.firm_id = ANY (ARRAY(\(gained("firm_id"))))
        ORDER BY f.firm_id FOR NO KEY UPDATE
        """
    }

    private func gained(_ columns: SQL) -> SQL {
        """
        SELECT \(columns) FROM (
            SELECT DISTINCT ON (bare.firm_id) bare.firm_id, s.uscc
            FROM pg_temp.import_firm s
            JOIN goutong.firm_identity bare ON bare.federation_id = \(federation)
                AND bare.district_code = s.district_code AND bare.folded_name = s.folded_name
                AND bare.uscc IS NULL AND bare.superseded_at IS NULL
            WHERE \(isMine) AND s.uscc IS NOT NULL AND NOT EXISTS (
                SELECT FROM goutong.firm_identity i
                WHERE i.federation_id = \(federation) AND i.uscc = s.uscc AND i.superseded_at IS NULL)
            ORDER BY bare.firm_id, s.line) g
        """
    }

    /// Closes the identities of firms that gain their code and opens them with it, as `FirmRows.gain`.
    func gain(_ stamp: PostgresTimestamp) -> [SQL] {
        [
            """
            CREATE TEMPORARY TABLE import_gain ON COMMIT DROP AS \(gained("firm_id, uscc"))
            """,
            """
            UPDATE goutong.firm_identity i SET superseded_at = \(stamp)
            FROM pg_temp.import_gain g
            WHERE i.federation_id = \(federation) AND i.firm_id = g.firm_id AND i.superseded_at IS NULL
            """,
            """
            INSERT INTO goutong.firm_identity (federation_id, firm_id, recorded_at, uscc, name,
                folded_name, district_code, area_id)
            SELECT i.federation_id, i.firm_id, \(stamp), g.uscc, i.name, i.folded_name, i.district_code,
                i.area_id
            FROM pg_temp.import_gain g
            JOIN goutong.firm_identity i ON i.federation_id = \(federation) AND i.firm_id = g.firm_id
                AND i.superseded_at = \(stamp)
            """,
        ]
    }

    /// Each row of the batch with its firm: by code, else by name as `FirmMatch` finds it, else the one that an
    /// earlier import made of the same row, else a new one. Those that gain their code have it by now.
    private var resolved: SQL {
        """
        batch AS MATERIALIZED (
            SELECT s.* FROM pg_temp.import_firm s WHERE \(isMine)
        ), found AS MATERIALIZED (
            SELECT s.*, coalesce(coded.firm_id, bare.firm_id, namesake.firm_id) AS known,
                \(SQL.derivedID("""
                'firm/' || coalesce('uscc/' || s.uscc, 'name/' || s.district_code || '/' || s.folded_name)
                """)) AS own
            FROM batch s
            LEFT JOIN goutong.firm_identity coded ON coded.federation_id = \(federation)
                AND coded.uscc = s.uscc AND coded.superseded_at IS NULL
            LEFT JOIN goutong.firm_identity bare ON bare.federation_id = \(federation)
                AND bare.district_code = s.district_code AND bare.folded_name = s.folded_name
                AND bare.uscc IS NULL AND bare.superseded_at IS NULL AND s.uscc IS NULL
            LEFT JOIN LATERAL (
                SELECT min(i.firm_id::text)::uuid AS firm_id
                FROM goutong.firm_identity i
                WHERE i.federation_id = \(federation) AND i.district_code = s.district_code
                  AND i.folded_name = s.folded_name AND i.uscc IS NOT NULL AND s.uscc IS NULL
                  AND i.superseded_at IS NULL
                HAVING count(*) = 1
            ) namesake ON s.uscc IS NULL
        ), resolved AS MATERIALIZED (
            SELECT f.*, coalesce(f.known, f.own) AS firm_id, f.known IS NULL AND made.firm_id IS NULL AS is_new
            FROM found f
            LEFT JOIN goutong.firm made ON made.federation_id = \(federation) AND made.firm_id = f.own
        )
        """
    }

    /// Makes the firms that are new, with all that a row says of them. Returns how many are new, and how many
    /// are not.
    func make(_ stamp: PostgresTimestamp) -> SQL {
        """
        WITH \(resolved), firm AS (
            INSERT INTO goutong.firm (federation_id, firm_id, recorded_at)
            SELECT \(federation), firm_id, \(stamp) FROM resolved WHERE is_new
        ), identity AS (
            INSERT INTO goutong.firm_identity (federation_id, firm_id, recorded_at, uscc, name,
                folded_name, district_code, area_id)
            SELECT \(federation), firm_id, \(stamp), uscc, name, folded_name, district_code, area_id
            FROM resolved WHERE is_new
        ), registration AS (
            INSERT INTO goutong.firm_registration (federation_id, registration_id, firm_id, area_id,
                registered_on, recorded_at)
            SELECT \(federation), \(SQL.derivedID("'registration/' || firm_id || '/1'")), firm_id, area_id,
                coalesce(registered_on, \(since)), \(stamp)
            FROM resolved WHERE is_new
        ), profile AS (
            INSERT INTO goutong.firm_profile (federation_id, firm_id, headcount, headcount_band, industry,
                registration_type, classification_version, recorded_at)
            SELECT \(federation), firm_id, headcount, headcount_band, industry, registration_type,
                CASE WHEN registration_type IS NOT NULL THEN \(RegistrationTypes.version)::text END, \(stamp)
            FROM resolved
            WHERE is_new AND num_nonnulls(headcount, headcount_band, industry, registration_type) > 0
        ), coverage AS (
            INSERT INTO goutong.union_coverage (federation_id, coverage_id, firm_id, organised_from,
                organised_until, recorded_at)
            SELECT \(federation), \(Self.coverageID), firm_id, organised_from, organised_until, \(stamp)
            FROM resolved WHERE is_new AND organised_from IS NOT NULL
        )
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM resolved
        """
    }

    private static let coverageID = SQL.derivedID(
        "'coverage/' || firm_id || '/' || organised_from || '/' || coalesce(organised_until::text, '')")

    /// What rows add to firms that the ledger had: a place of registration from another day, another size, industry or
    /// type of registration (of which what a row leaves out stays), another interval of coverage. Queues the journeys
    /// that this can change. The last statement returns how many firms changed.
    func add(_ stamp: PostgresTimestamp) -> [SQL] {
        [
            """
            CREATE TEMPORARY TABLE import_known ON COMMIT DROP AS
            WITH \(resolved) SELECT r.firm_id, r.area_id, r.registered_on, r.organised_from, r.organised_until,
                CASE WHEN says_size THEN r.headcount ELSE p.headcount END AS headcount,
                CASE WHEN says_size THEN r.headcount_band ELSE p.headcount_band END AS headcount_band,
                coalesce(r.industry, p.industry) AS industry,
                coalesce(r.registration_type, p.registration_type) AS registration_type,
                CASE WHEN r.registration_type IS NULL THEN p.classification_version
                     ELSE \(RegistrationTypes.version)::text END AS classification_version
            FROM resolved r
            CROSS JOIN LATERAL (SELECT num_nonnulls(r.headcount, r.headcount_band) > 0) AS s (says_size)
            LEFT JOIN goutong.firm_profile p ON p.federation_id = \(federation) AND p.firm_id = r.firm_id
                AND p.superseded_at IS NULL
            """,
            """
            CREATE TEMPORARY TABLE import_changed ON COMMIT DROP AS
            SELECT k.firm_id FROM pg_temp.import_known k
            JOIN goutong.firm_profile p ON p.federation_id = \(federation) AND p.firm_id = k.firm_id
                AND p.superseded_at IS NULL
            WHERE (p.headcount, p.headcount_band, p.industry, p.registration_type, p.classification_version)
                  IS DISTINCT FROM
                  (k.headcount, k.headcount_band, k.industry, k.registration_type, k.classification_version)
            """,
            """
            UPDATE goutong.firm_profile p SET superseded_at = \(stamp)
            FROM pg_temp.import_changed c
            WHERE p.federation_id = \(federation) AND p.firm_id = c.firm_id AND p.superseded_at IS NULL
            """,
            """
            WITH registration AS (
                INSERT INTO goutong.firm_registration (federation_id, registration_id, firm_id, area_id,
                    registered_on, recorded_at)
                SELECT \(federation),
                    \(SQL.derivedID("'registration/' || firm_id || '/' || area_id || '/' || registered_on")),
                    firm_id, area_id, registered_on, \(stamp)
                FROM pg_temp.import_known k
                WHERE registered_on IS NOT NULL AND NOT EXISTS (
                    SELECT FROM goutong.firm_registration g
                    WHERE g.federation_id = \(federation) AND g.firm_id = k.firm_id
                      AND g.registered_on = k.registered_on AND g.area_id = k.area_id
                      AND g.superseded_at IS NULL)
                ON CONFLICT DO NOTHING RETURNING firm_id
            ), coverage AS (
                INSERT INTO goutong.union_coverage (federation_id, coverage_id, firm_id, organised_from,
                    organised_until, recorded_at)
                SELECT \(federation), \(Self.coverageID), firm_id, organised_from, organised_until, \(stamp)
                FROM pg_temp.import_known WHERE organised_from IS NOT NULL
                ON CONFLICT DO NOTHING RETURNING firm_id
            ), profile AS (
                INSERT INTO goutong.firm_profile (federation_id, firm_id, headcount, headcount_band, industry,
                    registration_type, classification_version, recorded_at)
                SELECT \(federation), k.firm_id, k.headcount, k.headcount_band, k.industry, k.registration_type,
                    k.classification_version, \(stamp)
                FROM pg_temp.import_known k
                WHERE num_nonnulls(k.headcount, k.headcount_band, k.industry, k.registration_type) > 0
                  AND NOT EXISTS (
                    SELECT FROM goutong.firm_profile p
                    WHERE p.federation_id = \(federation) AND p.firm_id = k.firm_id
                      AND p.superseded_at IS NULL)
                RETURNING firm_id
            ), gained AS (
                SELECT i.firm_id FROM pg_temp.import_known k
                JOIN goutong.firm_identity i ON i.federation_id = \(federation) AND i.firm_id = k.firm_id
                    AND i.recorded_at = \(stamp)
                JOIN goutong.firm f ON f.federation_id = \(federation) AND f.firm_id = k.firm_id
                    AND f.recorded_at < \(stamp)
            ), queued AS (
                INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
                SELECT \(federation), firm_id, \(stamp)
                FROM (SELECT firm_id FROM registration UNION SELECT firm_id FROM coverage) q
            )
            SELECT count(*) FROM (
                SELECT firm_id FROM registration UNION SELECT firm_id FROM coverage
                UNION SELECT firm_id FROM profile UNION SELECT firm_id FROM gained) c
            """,
        ]
    }
}

extension SQL {
    /// `Identifier.derived` of a text, in SQL: version 8 over SHA-256.
    ///
    /// - Parameter text: an expression, part of the statement.
    static func derivedID(_ text: String) -> SQL {
        SQL(
            raw: """
                (SELECT encode(set_byte(set_byte(h, 6, get_byte(h, 6) & 15 | 128), 8,
                    get_byte(h, 8) & 63 | 128), 'hex')::uuid
                 FROM (SELECT substring(sha256(convert_to(\(text), 'UTF8')) FROM 1 FOR 16) AS h OFFSET 0) d)
                """)
    }
}
