internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Vault

// Scratch: filled, and compared with the manifest.
extension Restore {
    func restorer() throws -> PostgresProgram {
        try PostgresProgram(
            "pg_restore", atLeast: max(version, manifest.tool), on: try target.conninfo(of: scratch),
            isPrivate: target.isPrivate)
    }

    /// Fills the scratch database and compares it with the manifest.
    /// - Parameter entry: what its audit says of it; nil for a drill.
    func fill(entry: AuditEvent.Object?) async throws -> [(federation: String, state: KeyState)] {
        try await steps.time("scratch", Bilingual(zh: "新建临时库", en: "scratch database made")) {
            try await server.create(scratch, like: live)
        }
        let seen = try await steps.time("data", Bilingual(zh: "恢复数据", en: "data restored")) {
            try await pour()
        }
        let connection = try await PostgresConnection.connect(to: try target.conninfo(of: scratch))
        try await steps.time("compare", Bilingual(zh: "核对行数、台账、权限", en: "rows, ledger and rights compared")) {
            try await OperatorPolicies.make(on: seen, connection: connection)
            try await connection.script("ANALYZE")
            try await compare(on: connection)
        }
        try await steps.time("structure", Bilingual(zh: "核对结构", en: "structure checked")) {
            try await checkStructure(on: connection)
        }
        let keys = try await keyStates(on: connection)
        if let entry {
            try await MachineTrail(connection: connection).note(
                AuditEvent(.databaseRestore, object: entry))
        }
        await connection.close()
        return keys
    }

    /// Runs `pg_restore` without the owner's own policies.
    /// - Returns: the tables that had one.
    private func pour() async throws -> [String] {
        let program = try restorer()
        let listed = Collected()
        let list = try await program.run(["--list"], connecting: false, input: try backup.dump()) {
            listed.append($0)
        }
        guard list.status == 0 else { throw CommandFailure.programFailed(program.name, list) }
        let contents = DumpContents(listed.text)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "goutong-\(UUID().uuidString).list")
        try OutputFile.write(Array(contents.withoutOwnersPolicies.utf8), to: file.path)
        defer { try? FileManager.default.removeItem(at: file) }
        let ended = try await program.run(
            [
                "--exit-on-error", "--no-owner", "--no-tablespaces", "--no-table-access-method",
                "--use-list=\(file.path)",
            ],
            // Nothing of it counts before the renaming, which waits for the disk.
            settings: "-c synchronous_commit=off", input: try backup.dump())
        guard ended.status == 0 else { throw CommandFailure.programFailed(program.name, ended) }
        return contents.ownersTables
    }

    private func compare(on connection: PostgresConnection) async throws {
        let found = try await connection.transaction(.repeatableRead.readOnly) { connection in
            try await DatabaseDigest.reading(on: connection)
        }
        let issues = manifest.digest.differences(of: found, sameServer: version == manifest.server)
        guard issues.isEmpty else { throw CommandFailure(.invalid, issues: issues) }
    }

    private func checkStructure(on connection: PostgresConnection) async throws {
        // A backup of an older program is brought up to date here, before anybody works on it.
        let applied = try await Migrator().migrate(on: connection)
        if !applied.isEmpty {
            let numbers = applied.map(String.init).joined(separator: " ")
            steps.say(Bilingual(zh: "结构已升级：\(numbers)", en: "schema brought up to date: \(numbers)"))
        }
        try await Migrator().verify(on: connection)
        let findings = try await StructureCheck.findings(on: connection)
        guard findings.isEmpty else { throw CommandFailure(.failure, issues: findings) }
    }

    /// Whether this home's key opens what was sealed. No key is made, and none is kept.
    private func keyStates(
        on connection: PostgresConnection
    ) async throws -> [(federation: String, state: KeyState)] {
        let master = try? MasterKey.read(from: target.keyFile)
        return try await connection.query(
            "SELECT code, key_check FROM goutong.federation ORDER BY federation_id"
        ).map { row in
            let (code, check) = try row.decode((String, [UInt8]?).self)
            guard let check else { return (code, .unused) }
            guard let master else { return (code, .missing) }
            return (code, Vault(master: master, federation: code).keyChecks.contains(check) ? .fits : .other)
        }
    }
}
