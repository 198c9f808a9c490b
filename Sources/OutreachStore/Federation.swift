public import Outreach
public import PostgresClient
public import Vault

/// One federation of an installation: the owner of every fact.
public struct Federation: Hashable, Sendable {
    /// Leads every key.
    public let id: Int
    public let code: String
    public let name: Bilingual
    /// True for the federation that holds the sample: said in everything that is printed of it.
    public let synthetic: Bool
    /// First day of the programme.
    public let since: Day

    /// Every federation, by id.
    public static func all(on connection: PostgresConnection) async throws(PostgresError) -> [Federation] {
        try await connection.query(
            """
            SELECT federation_id, code, name_zh, name_en, synthetic, since
            FROM goutong.federation ORDER BY federation_id
            """
        ).map { row throws(PostgresError) in
            let (id, code, zh, en, synthetic, since) = try row.decode(
                (Int, String, String, String, Bool, Day).self)
            return Federation(
                id: id, code: code, name: Bilingual(zh: zh, en: en), synthetic: synthetic,
                since: since)
        }
    }

    /// Whether any federation has used a key; false too where the schema is not there yet.
    public static func isAnySealed(on connection: PostgresConnection) async throws(PostgresError) -> Bool {
        guard
            try await connection.query("SELECT to_regclass('goutong.federation') IS NOT NULL").only()
                .decode(Bool.self)
        else { return false }
        return try await connection.query(
            "SELECT EXISTS (SELECT FROM goutong.federation WHERE key_check IS NOT NULL)"
        ).only().decode(Bool.self)
    }

    /// Adds a federation where its code is new; an existing one stays as it is.
    /// - Returns: the federation that now has the code, and whether this call made it.
    @discardableResult
    public static func add(
        code: String, name: Bilingual, synthetic: Bool, since: Day,
        on connection: PostgresConnection
    ) async throws(TransactionError) -> (federation: Federation, isNew: Bool) {
        try await connection.transaction { connection in
            // Two at once must not take one number between them.
            try await connection.execute("LOCK TABLE goutong.federation IN SHARE ROW EXCLUSIVE MODE")
            let added = try await connection.execute(
                """
                INSERT INTO goutong.federation (federation_id, code, name_zh, name_en, synthetic, since)
                SELECT coalesce(max(federation_id), 0) + 1, \(code), \(name.zh), \(name.en),
                       \(synthetic), \(since)
                FROM goutong.federation
                ON CONFLICT DO NOTHING
                """)
            let (id, zh, en, isSynthetic, first) = try await connection.query(
                """
                SELECT federation_id, name_zh, name_en, synthetic, since
                FROM goutong.federation WHERE code = \(code)
                """
            ).only().decode((Int, String, String, Bool, Day).self)
            return (
                Federation(
                    id: id, code: code, name: Bilingual(zh: zh, en: en), synthetic: isSynthetic,
                    since: first), added == 1
            )
        }
    }

    /// Keeps the key's check value at first use; refuses another key from then on.
    public func checkKey(_ vault: Vault, on connection: PostgresConnection) async throws {
        let check = vault.keyCheck
        let known = try await connection.query(
            """
            SELECT key_check FROM goutong.federation WHERE federation_id = \(id)
            """
        ).only().decode([UInt8]?.self)
        switch known {
        case check: return
        case nil:
            try await connection.execute(
                """
                UPDATE goutong.federation SET key_check = \(check)
                WHERE federation_id = \(id) AND key_check IS NULL
                """)
            // Two first uses at once: the one whose key did not stay must not seal with it.
            let kept = try await connection.query(
                "SELECT key_check FROM goutong.federation WHERE federation_id = \(id)"
            ).only().decode([UInt8]?.self)
            guard kept == check else { throw VaultError.otherKey }
        case let before?:
            // Rotated: the database follows. A key file without the new generation is refused from then on.
            guard vault.keyChecks.contains(before) else { throw VaultError.otherKey }
            try await connection.execute(
                """
                UPDATE goutong.federation SET key_check = \(check)
                WHERE federation_id = \(id) AND key_check = \(before)
                """)
        }
    }
}
