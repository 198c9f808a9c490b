public import PostgresClient

/// A server as a restore sees it, from a database of it that is not the one to be replaced.
public struct DatabaseServer: Sendable {
    /// A database of the server.
    public struct Standing: Hashable, Sendable {
        /// Whether it belongs to the session's role, who then may rename it, and whose the restored one will be.
        public let isOwn: Bool
        /// Sessions of others that are connected to it.
        public let sessions: Int
    }

    public let connection: PostgresConnection

    /// For as long as it takes: nothing that the server sets for its sessions cuts it off.
    public init(_ connection: PostgresConnection) async throws(PostgresError) {
        self.connection = connection
        try await connection.script("SET idle_session_timeout = 0; SET statement_timeout = 0")
    }

    // MARK: Looking

    /// The major version.
    public func version() async throws(PostgresError) -> Int {
        try await connection.query("SELECT current_setting('server_version_num')::integer / 10000").only()
            .decode(Int.self)
    }

    /// Whether the session's role may make databases.
    public func mayCreate() async throws(PostgresError) -> Bool {
        try await connection.query(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        ).only().decode(Bool.self)
    }

    public func role() async throws(PostgresError) -> String {
        try await connection.query("SELECT current_user::text").only().decode(String.self)
    }

    /// nil where there is no database of the name.
    public func standing(of name: String) async throws(PostgresError) -> Standing? {
        // A worker of autovacuum has no user, and leaves by itself.
        try await connection.query(
            """
            SELECT pg_get_userbyid(d.datdba) = current_user,
                   (SELECT count(*) FROM pg_stat_activity a
                    WHERE a.datid = d.oid AND a.usesysid IS NOT NULL AND a.pid <> pg_backend_pid())
            FROM pg_database d WHERE d.datname = \(name)
            """
        ).first.map { row throws(PostgresError) in
            let (isOwn, sessions) = try row.decode((Bool, Int).self)
            return Standing(isOwn: isOwn, sessions: sessions)
        }
    }

    /// Databases of the session's role whose name is a prefix and a moment, oldest first.
    public func own(prefix: String) async throws(PostgresError) -> [String] {
        try await connection.query(
            """
            SELECT d.datname::text FROM pg_database d
            WHERE starts_with(d.datname, \(prefix)) AND pg_has_role(current_user, d.datdba, 'USAGE')
              AND substr(d.datname, length(\(prefix)) + 1) ~ '^[0-9]{8}t[0-9]{6}z$'
            ORDER BY 1
            """
        ).map { row throws(PostgresError) in try row.decode(String.self) }
    }

    public func missing(of roles: [String]) async throws(PostgresError) -> [String] {
        try await connection.query(
            """
            SELECT r FROM unnest(\(roles)::text[]) r
            WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) ORDER BY 1
            """
        ).map { row throws(PostgresError) in try row.decode(String.self) }
    }

    // MARK: Changing

    /// Keeps other restores of a database away for as long as the connection lives.
    /// - Returns: false where another one is under way.
    public func reserve(_ name: String) async throws(PostgresError) -> Bool {
        try await connection.query(
            "SELECT pg_try_advisory_lock(hashtextextended('goutong.restore ' || \(name), 0))"
        ).only().decode(Bool.self)
    }

    public func makeRole(_ name: String) async throws(PostgresError) {
        try await connection.execute("CREATE ROLE \(identifier: name) NOLOGIN NOINHERIT")
    }

    /// Makes an empty database that nobody else may enter, with the locale of another one where that is there.
    public func create(_ name: String, like model: String) async throws(PostgresError) {
        let options = try await connection.query(
            """
            SELECT format('ENCODING %L', pg_encoding_to_char(encoding))
                || CASE datlocprovider
                   WHEN 'c' THEN format(' LC_COLLATE %L LC_CTYPE %L', datcollate, datctype)
                   WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L LC_COLLATE %L LC_CTYPE %L',
                       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'), datcollate,
                       datctype)
                   ELSE format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L LC_COLLATE %L LC_CTYPE %L',
                       to_jsonb(d) ->> 'datlocale', datcollate, datctype)
                   END
            FROM pg_database d WHERE d.datname = \(model)
            """
        ).first?.decode(String.self)
        try await connection.script(
            "CREATE DATABASE \(Self.quoted(name)) TEMPLATE template0 \(options ?? "ENCODING 'UTF8'")")
        try await connection.execute("REVOKE ALL ON DATABASE \(identifier: name) FROM PUBLIC")
    }

    /// Removes a database, with whoever is connected to it.
    public func drop(_ name: String) async throws(PostgresError) {
        try await connection.script("DROP DATABASE IF EXISTS \(Self.quoted(name)) WITH (FORCE)")
    }

    /// Puts one database in the place of another, in one transaction: whatever happens, one of the two has the
    /// name. The other keeps all it has under another name, and lets in nobody but its owner.
    ///
    /// Who may enter, and what is set for the database, goes over to the new one. Sessions that are being opened
    /// wait until it is done.
    public func replace(
        _ live: String, with scratch: String, keeping old: String
    ) async throws(PostgresError) {
        guard try await standing(of: live) != nil else {
            // It was lost, and with it who might enter: those that Deploy/roles.sql and the private cluster let in.
            let entries = try await connection.query(
                """
                SELECT format('GRANT CONNECT ON DATABASE %I TO %I', \(scratch)::text, rolname)
                FROM pg_roles WHERE rolname IN ('goutong_serve', 'goutong_analyst')
                """
            ).map { row throws(PostgresError) in try row.decode(String.self) }
            return try await connection.script(
                (entries + ["ALTER DATABASE \(Self.quoted(scratch)) RENAME TO \(Self.quoted(live))"])
                    .joined(separator: ";\n"))
        }
        let entries = try await connection.query(
            """
            SELECT format('GRANT %s ON DATABASE %I TO %s', a.privilege_type, \(scratch)::text, g.name),
                   format('REVOKE ALL ON DATABASE %I FROM %s', \(old)::text, g.name)
            FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a,
                 LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC'
                                 ELSE quote_ident(pg_get_userbyid(a.grantee)) END) g (name)
            WHERE d.datname = \(live) AND a.grantee <> d.datdba
            """
        ).decode((String, String).self)
        try await carrySettings(from: live, to: scratch)
        // One text is one transaction.
        try await connection.script(
            (entries.map(\.0) + [
                "ALTER DATABASE \(Self.quoted(live)) RENAME TO \(Self.quoted(old))",
                "ALTER DATABASE \(Self.quoted(scratch)) RENAME TO \(Self.quoted(live))",
            ] + entries.map(\.1)).joined(separator: ";\n"))
    }

    /// What somebody set by `ALTER DATABASE … SET`. By way of the session, which spells lists as they must be.
    private func carrySettings(from live: String, to scratch: String) async throws(PostgresError) {
        let settings = try await connection.query(
            """
            SELECT split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)
            FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) c
            WHERE d.datname = \(live) AND s.setrole = 0
            """
        ).decode((String, String).self)
        for (name, value) in settings {
            _ = try await connection.query("SELECT set_config(\(name), \(value), false)")
            try await connection.execute(
                "ALTER DATABASE \(identifier: scratch) SET \(raw: Self.setting(name)) FROM CURRENT")
            try await connection.execute("RESET \(raw: Self.setting(name))")
        }
    }

    /// Ends the sessions of others in a database. Returns how many were told.
    public func endSessions(of name: String) async throws(PostgresError) -> Int {
        try await connection.query(
            """
            SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid)) FROM pg_stat_activity a
            WHERE a.datname = \(name) AND a.usesysid IS NOT NULL AND a.pid <> pg_backend_pid()
            """
        ).only().decode(Int.self)
    }

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    /// A setting's name, each part quoted.
    private static func setting(_ name: String) -> String {
        name.split(separator: ".").map { quoted(String($0)) }.joined(separator: ".")
    }
}
