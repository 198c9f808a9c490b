internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// A database that is being backed up.
struct BackupSource {
    let name: String
    private let owner: String
    private let version: String
    private let server: Int
    private let database: Database
    private let program: PostgresProgram

    private var connection: PostgresConnection { database.connection }

    /// Checks what a backup needs: the owner's eyes, and a `pg_dump` that is new enough.
    init(_ database: Database) async throws {
        self.database = database
        (name, owner, version, server) = try await database.connection.query(
            """
            SELECT current_database()::text,
                   coalesce((SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'goutong'),
                       current_user)::text,
                   split_part(current_setting('server_version'), ' ', 1),
                   current_setting('server_version_num')::integer / 10000
            """
        ).only().decode((String, String, String, Int).self)
        program = try PostgresProgram(
            "pg_dump", atLeast: server, on: database.conninfo, isPrivate: database.isPrivate)
        try await checkSight()
    }

    /// Row-level security is forced on the owner too, who sees every row by a policy. Without it, or as somebody
    /// else, a dump would lack rows and say nothing.
    private func checkSight() async throws {
        let mayDump = try await connection.query(
            """
            SELECT pg_has_role(current_user, n.nspowner, 'USAGE') FROM pg_namespace n WHERE n.nspname = 'goutong'
            """
        ).first?.decode(Bool.self)
        guard let mayDump else {
            throw CommandFailure(
                .unavailable, code: "database.schema",
                rule: Bilingual(zh: "数据库里还没有 Goutong 的结构", en: "the database does not have Goutong's schema"),
                mend: Bilingual(zh: "运行 goutong db migrate", en: "run goutong db migrate"))
        }
        guard mayDump else {
            throw CommandFailure(
                .notAllowed, code: "backup.not_owner", pointer: "GOUTONG_DATABASE_URL",
                rule: Bilingual(
                    zh: "该数据库账号不是结构的拥有者，看不到全部行",
                    en: "this login does not own the schema, and does not see every row"),
                mend: Bilingual(zh: "用拥有者的登录", en: "use the owner's login"))
        }
        let blind = try await StructureCheck.findings(on: connection).filter {
            $0.code == "rls.owner_blind"
        }
        guard blind.isEmpty else { throw CommandFailure(.failure, issues: blind) }
    }

    /// Writes the file; the audit knows of it before it is there, and the backup knows so too.
    func write(to path: String) async throws -> BackupManifest {
        let file = try NewBackup(for: path)
        let entry = AuditEvent.Object(kind: "backup", id: URL(fileURLWithPath: path).lastPathComponent)
        let trail = MachineTrail(connection: connection)
        try await trail.note(AuditEvent(.databaseBackup, object: entry))
        do {
            let manifest = try await dump(into: file)
            try file.place(manifest)
            return manifest
        } catch {
            try? await trail.note(AuditEvent(.databaseBackup, object: entry, result: .failed))
            throw error
        }
    }

    private func dump(into file: NewBackup) async throws -> BackupManifest {
        let sink = BackupSink(file)
        return try await connection.transaction(.repeatableRead.readOnly) { connection in
            // It waits for pg_dump, and keeps the snapshot meanwhile.
            try await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            let (snapshot, moment) = try await connection.query(
                "SELECT pg_export_snapshot(), clock_timestamp()"
            ).only().decode((String, PostgresTimestamp).self)
            let ended = try await program.run(
                [
                    "--format=custom", "--schema=goutong", "--extension=btree_gist", "--extension=pg_trgm",
                    "--enable-row-security", "--snapshot=\(snapshot)",
                ]
            ) { try sink.append($0) }
            guard ended.status == 0 else { throw CommandFailure.programFailed(program.name, ended) }
            let digest = try await DatabaseDigest.reading(on: connection)
            return BackupManifest(
                goutong: Goutong.version, madeAt: OfficeTime.text(of: moment), postgresql: version,
                server: server, tool: program.version, database: name, owner: owner, digest: digest,
                dumpBytes: sink.bytes, dumpHash: sink.hash)
        }
    }
}

/// The file as the thread that reads `pg_dump` sees it: one writer at a time.
private final class BackupSink: @unchecked Sendable {
    private let lock = NSLock()
    private let file: NewBackup

    init(_ file: NewBackup) { self.file = file }

    func append(_ bytes: [UInt8]) throws { try lock.withLock { try file.append(bytes) } }

    var bytes: Int { lock.withLock { file.dumpBytes } }
    var hash: String { lock.withLock { file.dumpHash } }
}

/// The audit of what is done to the whole database: an entry with each federation.
struct MachineTrail {
    let connection: PostgresConnection

    func note(_ event: AuditEvent) async throws {
        for federation in try await Federation.all(on: connection) {
            try await AuditTrail.add(event, by: .operator(of: federation), on: connection)
        }
    }
}
