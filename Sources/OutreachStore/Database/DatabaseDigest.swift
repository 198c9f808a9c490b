internal import Outreach
public import PostgresClient
internal import Vault

/// What a database holds, in one snapshot: enough to tell whether a copy of it is the same.
public struct DatabaseDigest: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        public let number: Int
        public let name: String
        public let checksum: String

        public init(number: Int, name: String, checksum: String) {
            self.number = number
            self.name = name
            self.checksum = checksum
        }
    }

    public struct Ledger: Hashable, Sendable {
        public let federation: String
        /// Of `LedgerHash`.
        public let scheme: String
        public let hash: String
        public let rows: Int
        /// The head of the audit's chain; nil before the first link.
        public let auditHead: String?

        public init(federation: String, scheme: String, hash: String, rows: Int, auditHead: String?) {
            self.federation = federation
            self.scheme = scheme
            self.hash = hash
            self.rows = rows
            self.auditHead = auditHead
        }
    }

    public var steps: [Step]
    /// Rows of each table of the schema, by name.
    public var rows: [String: Int]
    public var ledgers: [Ledger]
    /// SHA-256 over who may do what: grants, policies, row-level security. The same on every PostgreSQL.
    public var rights: String
    /// SHA-256 over columns, constraints, indexes, views, functions and policies as the server spells them: to be
    /// compared on one major version only.
    public var structure: String
    /// Roles that grants and policies name, besides the owner.
    public var roles: [String]

    public init(
        steps: [Step], rows: [String: Int], ledgers: [Ledger], rights: String, structure: String,
        roles: [String]
    ) {
        self.steps = steps
        self.rows = rows
        self.ledgers = ledgers
        self.rights = rights
        self.structure = structure
        self.roles = roles
    }

    /// Reads it within a transaction that is open, repeatable read.
    public static func reading(on connection: PostgresConnection) async throws -> DatabaseDigest {
        // Names are spelt in full whatever the session's path.
        try await connection.execute("SET LOCAL search_path = pg_catalog")
        try await connection.execute("SET LOCAL statement_timeout = 0")
        let steps = try await connection.query(
            "SELECT number, name, checksum FROM goutong.migration ORDER BY number"
        ).map { row in
            let (number, name, checksum) = try row.decode((Int, String, String).self)
            return Step(number: number, name: name, checksum: checksum)
        }
        var rows: [String: Int] = [:]
        let tables = try await connection.query(
            """
            SELECT c.relname::text FROM pg_class c
            WHERE c.relnamespace = 'goutong'::regnamespace AND c.relkind = 'r' ORDER BY 1
            """
        ).map { try $0.decode(String.self) }
        for table in tables {
            rows[table] = try await connection.query("SELECT count(*) FROM goutong.\(identifier: table)")
                .only()
                .decode(Int.self)
        }
        var ledgers: [Ledger] = []
        for federation in try await Federation.all(on: connection) {
            let hash = try await LedgerHash.computing(federation, on: connection)
            ledgers.append(
                Ledger(
                    federation: federation.code, scheme: LedgerHash.scheme, hash: hash.text, rows: hash.rows,
                    auditHead: try await head(of: federation, on: connection)))
        }
        return DatabaseDigest(
            steps: steps, rows: rows, ledgers: ledgers,
            rights: try await digest(of: rightsText, on: connection),
            structure: try await digest(of: structureText, on: connection),
            roles: try await connection.query(rolesText).map { try $0.decode(String.self) })
    }

    private static func head(
        of federation: Federation, on connection: PostgresConnection
    ) async throws -> String? {
        let found = try await connection.query(
            "SELECT \"position\", code FROM goutong.audit_head(\(federation.id)::integer)"
        ).first?.decode((Int, [UInt8]).self)
        return found.map { AuditHead(position: $0.0, code: $0.1).text }
    }

    private static func digest(of lines: SQL, on connection: PostgresConnection) async throws -> String {
        var hash = RunningSHA256()
        for row in try await connection.query(lines) {
            hash.append(Array((try row.decode(String.self) + "\n").utf8))
        }
        return hash.digest.hexadecimal
    }
}
