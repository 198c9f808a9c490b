internal import Outreach
public import PostgresClient
internal import Schema

/// Loads the public lists that the product carries: the dated map, its aliases and successions, industries,
/// types of registration.
///
/// Loading is repeatable. A row that exists stays; a validity that a newer list closes is closed; nothing
/// is removed.
public enum ReferenceLoader {
    public static func load(on connection: PostgresConnection) async throws(TransactionError) {
        try await connection.transaction { connection in
            try await stage(Schema.Reference.areas, as: "staged_area", like: "area", on: connection)
            try await connection.execute(
                """
                INSERT INTO goutong.area AS known SELECT * FROM staged_area
                ON CONFLICT (area_id) DO UPDATE
                SET valid_to = excluded.valid_to, source = excluded.source
                WHERE known.valid_to IS NULL AND excluded.valid_to IS NOT NULL
                """)
            try await stage(
                Schema.Reference.areaAliases, as: "staged_alias", like: "area_alias", on: connection)
            try await connection.execute(
                "INSERT INTO goutong.area_alias SELECT * FROM staged_alias ON CONFLICT DO NOTHING")
            try await stage(
                Schema.Reference.areaSuccessions, as: "staged_succession", like: "area_succession",
                on: connection)
            try await connection.execute(
                """
                INSERT INTO goutong.area_succession SELECT * FROM staged_succession
                ON CONFLICT DO NOTHING
                """)
            try await stage(
                Schema.Reference.industries, as: "staged_industry", like: "industry", on: connection)
            try await connection.execute(
                "INSERT INTO goutong.industry SELECT * FROM staged_industry ON CONFLICT DO NOTHING")
            try await stage(
                Schema.Reference.registrationTypes, as: "staged_type", like: "registration_type",
                on: connection)
            try await connection.execute(
                "INSERT INTO goutong.registration_type SELECT * FROM staged_type ON CONFLICT DO NOTHING")
        }
    }

    /// The union tree and the programme of one federation, from the lists that come with the product.
    public static func loadBeijing(
        into federation: Federation, on connection: PostgresConnection
    ) async throws(TransactionError) {
        try await connection.transaction { connection in
            try await connection.script(
                """
                CREATE TEMPORARY TABLE staged_org_unit (
                    code text, parent_code text, kind text, name text, area_code text, valid_from date
                ) ON COMMIT DROP;
                CREATE TEMPORARY TABLE staged_programme_unit (
                    area_code text, arm text, start_on date) ON COMMIT DROP;
                """)
            try await copy(Schema.Reference.orgUnits, into: "staged_org_unit", on: connection)
            try await connection.execute(
                """
                INSERT INTO goutong.org_unit
                    (federation_id, code, parent_code, kind, name, area_code, valid_from)
                SELECT \(federation.id), code, parent_code, kind, name, area_code, valid_from
                FROM staged_org_unit ON CONFLICT DO NOTHING
                """)
            try await copy(
                Schema.Reference.programmeUnits, into: "staged_programme_unit", on: connection)
            try await connection.execute(
                """
                INSERT INTO goutong.programme (federation_id, code, name_zh, name_en, window_days)
                VALUES (\(federation.id), 'beijing-2018', '北京市“双沟通”试点（2018年）',
                        'Beijing dual-communication pilot, 2018', 30)
                ON CONFLICT DO NOTHING
                """)
            try await connection.execute(
                """
                INSERT INTO goutong.programme_unit
                    (federation_id, programme_code, area_id, arm, start_on)
                SELECT \(federation.id), 'beijing-2018', a.area_id, s.arm, s.start_on
                FROM staged_programme_unit s
                JOIN goutong.area a ON a.code = s.area_code
                    AND a.valid_from <= s.start_on AND (a.valid_to IS NULL OR s.start_on < a.valid_to)
                ON CONFLICT DO NOTHING
                """)
        }
    }

    /// Whether a federation has a union tree. Without one it can have no account.
    public static func hasUnits(
        _ federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> Bool {
        try await connection.query(
            "SELECT EXISTS (SELECT FROM goutong.org_unit WHERE federation_id = \(federation.id))"
        ).only().decode(Bool.self)
    }

    /// Every code of the map, of whatever time.
    public static func areaCodes(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> Set<String> {
        Set(
            try await connection.query("SELECT DISTINCT code FROM goutong.area").map {
                row throws(PostgresError) in try row.decode(String.self)
            })
    }

    /// Another union tree, for a federation that has none.
    /// - Returns: false where it has units that differ from these; nothing is changed then.
    public static func load(
        _ tree: UnionTree, into federation: Federation, on connection: PostgresConnection
    ) async throws(TransactionError) -> Bool {
        try await connection.transaction { connection in
            // Two at once must not mix their trees.
            try await connection.execute("LOCK TABLE goutong.org_unit IN SHARE ROW EXCLUSIVE MODE")
            let standing = try await connection.query(
                """
                SELECT code, parent_code, kind, name, area_code, valid_from FROM goutong.org_unit
                WHERE federation_id = \(federation.id)
                """
            ).map { row in
                let (code, parent, kind, name, area, day) = try row.decode(
                    (String, String?, String, String, String?, Day).self)
                return UnionTree.Unit(
                    code: code, parent: parent, kind: kind, name: name, areaCode: area, validFrom: day)
            }
            guard standing.isEmpty else { return Set(standing) == Set(tree.units) }
            for unit in tree.units {
                try await connection.execute(
                    """
                    INSERT INTO goutong.org_unit
                        (federation_id, code, parent_code, kind, name, area_code, valid_from)
                    VALUES (\(federation.id), \(unit.code), \(unit.parent), \(unit.kind), \(unit.name),
                            \(unit.areaCode), \(unit.validFrom))
                    """)
            }
            return true
        }
    }

    private static func stage(
        _ csv: String, as table: String, like model: String, on connection: PostgresConnection
    ) async throws {
        try await connection.script(
            """
            CREATE TEMPORARY TABLE \(table) (LIKE goutong.\(model)) ON COMMIT DROP;
            """)
        try await copy(csv, into: table, on: connection)
    }

    private static func copy(
        _ csv: String, into table: String, on connection: PostgresConnection
    ) async throws {
        let (chunks, source) = AsyncStream.makeStream(of: [UInt8].self)
        source.yield(Array(csv.utf8))
        source.finish()
        try await connection.copyIn(
            "COPY \(identifier: table) FROM STDIN (FORMAT csv, HEADER true)", from: chunks)
    }
}
