internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Vault

/// A restore under way. Until the one transaction that renames, nothing that it does touches the live database.
struct Restore: Sendable {
    /// How the key of this home goes with what was restored.
    enum KeyState: String, Sendable {
        case fits
        case other
        case missing
        /// The federation never sealed anything.
        case unused
    }

    struct Outcome: Sendable {
        let live: String
        let isSwapped: Bool
        /// The name of the database before.
        let kept: String?
        let rows: Int
        let keys: [(federation: String, state: KeyState)]
    }

    private let backup: StandingBackup
    private let fileName: String
    private let target: RestoreTarget
    private let steps: RestoreSteps
    private let server: DatabaseServer
    private let version: Int
    private let role: String
    private let live: String
    private let scratch: String
    private let old: String

    private var manifest: BackupManifest { backup.manifest }

    init(
        _ backup: StandingBackup, named fileName: String, into target: RestoreTarget, steps: RestoreSteps
    ) async throws {
        self.backup = backup
        self.fileName = fileName
        self.target = target
        self.steps = steps
        server = try await DatabaseServer(try await target.outside())
        version = try await server.version()
        role = try await server.role()
        live = await target.liveName(role: role)
        let moment = Date().formatted(
            .iso8601.dateSeparator(.omitted).timeSeparator(.omitted)
        ).lowercased()
        scratch = Self.scratchPrefix(live) + moment
        old = String(live.prefix(38)) + "_before_" + moment
    }

    private static func scratchPrefix(_ live: String) -> String { String(live.prefix(38)) + "_scratch_" }

    func run(isDrill: Bool, force: Bool, dropOld: Bool) async throws -> Outcome {
        guard try await server.reserve(live) else { throw CommandFailure.restoreUnderWay }
        try await removeLeftovers()
        let entry = AuditEvent.Object(kind: isDrill ? "backup_drill" : "backup", id: fileName)
        var isBegun = false
        do {
            let isEmpty = try await check(isDrill: isDrill, force: force)
            isBegun = true
            let keys = try await fill(entry: isDrill ? nil : entry)
            let rows = manifest.digest.rows.values.reduce(0, +)
            guard !isDrill else {
                try await server.drop(scratch)
                await noteLive(AuditEvent(.databaseRestore, object: entry))
                return Outcome(live: live, isSwapped: false, kept: nil, rows: rows, keys: keys)
            }
            let kept = try await swap(force: force, isEmpty: isEmpty, dropOld: dropOld)
            return Outcome(live: live, isSwapped: true, kept: kept, rows: rows, keys: keys)
        } catch {
            try? await server.drop(scratch)
            await noteLive(
                AuditEvent(.databaseRestore, object: entry, result: isBegun ? .failed : .refused))
            throw error
        }
    }

    // MARK: Before

    /// What restores that were killed left behind. The reservation says that none of them lives.
    private func removeLeftovers() async throws {
        for name in try await server.own(prefix: Self.scratchPrefix(live)) {
            try await server.drop(name)
            steps.say(
                Bilingual(
                    zh: "已清除中断的恢复留下的 \(name)", en: "removed \(name), left by a restore that was cut short"))
        }
    }

    /// Everything that can be known before the work is done.
    /// - Returns: whether the live database holds nothing of ours.
    private func check(isDrill: Bool, force: Bool) async throws -> Bool {
        guard version >= manifest.server else {
            throw CommandFailure.serverOlder(version, than: manifest.server)
        }
        // Looked for before anything is made.
        _ = try restorer()
        guard try await server.mayCreate() else { throw CommandFailure.mayNotCreate(role) }
        try await makeRoles()
        guard let standing = try await server.standing(of: live) else { return true }
        guard standing.isOwn || isDrill else { throw CommandFailure.notOwnDatabase(live, role) }
        if !isDrill, !force { try await refuseSessions() }
        return await isLiveEmpty()
    }

    /// Whoever has just left may still be seen for a moment: two seconds' grace.
    private func refuseSessions() async throws {
        let deadline = ContinuousClock.now + .seconds(2)
        while let sessions = try await server.standing(of: live)?.sessions, sessions > 0 {
            guard ContinuousClock.now < deadline else {
                throw CommandFailure.inUse(live, sessions: sessions)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Where it cannot be looked at, there may be something in it: it is kept.
    private func isLiveEmpty() async -> Bool {
        guard let connection = try? await PostgresConnection.connect(to: target.conninfo) else {
            return false
        }
        let row = try? await connection.query("SELECT to_regnamespace('goutong') IS NULL").first
        let isEmpty = try? row?.decode(Bool.self)
        await connection.close()
        return isEmpty ?? false
    }

    /// Roles belong to the server: another one may lack those that grants and policies name.
    private func makeRoles() async throws {
        for name in try await server.missing(of: manifest.digest.roles) {
            // Ours are the migration's to make; what others are for, an administrator knows.
            guard name.hasPrefix("goutong_"), (try? await server.makeRole(name)) != nil else {
                throw CommandFailure.roleMissing(name)
            }
        }
    }

    // MARK: Scratch

    private func restorer() throws -> PostgresProgram {
        try PostgresProgram(
            "pg_restore", atLeast: max(version, manifest.tool), on: try target.conninfo(of: scratch),
            isPrivate: target.isPrivate)
    }

    /// Fills the scratch database and compares it with the manifest.
    /// - Parameter entry: what its audit says of it; nil for a drill.
    private func fill(entry: AuditEvent.Object?) async throws -> [(federation: String, state: KeyState)] {
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

    // MARK: Swap

    /// - Returns: the name that the database before has now; nil where it is gone.
    private func swap(force: Bool, isEmpty: Bool, dropOld: Bool) async throws -> String? {
        try await steps.time("swap", Bilingual(zh: "替换", en: "swapped in")) {
            try await exchange(force: force)
        }
        guard try await server.standing(of: old) != nil else { return nil }
        guard dropOld || isEmpty else { return old }
        do throws(PostgresError) {
            try await server.drop(old)
            return nil
        } catch {
            return old
        }
    }

    private func exchange(force: Bool) async throws {
        // The renaming waits some seconds for the last ones to leave, and holds off who comes; so who is there is
        // told to leave while it waits.
        let ending = force ? try await DatabaseServer(try await target.outside()) : nil
        async let ended: Void = Self.endSessions(of: live, on: ending)
        do throws(PostgresError) {
            try await server.replace(live, with: scratch, keeping: old)
        } catch {
            await ending?.connection.close()
            await ended
            guard error.sqlState == .objectInUse else { throw error }
            let sessions = try await server.standing(of: live)?.sessions ?? 0
            throw force
                ? CommandFailure.mayNotEnd(live, sessions: sessions)
                : CommandFailure.inUse(live, sessions: sessions)
        }
        await ending?.connection.close()
        await ended
    }

    /// Until its connection is closed.
    private static func endSessions(of name: String, on server: DatabaseServer?) async {
        guard let server else { return }
        while (try? await server.endSessions(of: name)) != nil {
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Tells the live database's audit; one that cannot be told is no reason to fail.
    private func noteLive(_ event: AuditEvent) async {
        guard let connection = try? await PostgresConnection.connect(to: target.conninfo) else { return }
        try? await MachineTrail(connection: connection).note(event)
        await connection.close()
    }
}

extension Restore.KeyState {
    /// nil where all is well.
    var said: Bilingual? {
        switch self {
        case .fits, .unused: nil
        case .other:
            Bilingual(
                zh: "本机的密钥不是封存这些个人信息的那一把；用 goutong key import 导入备份的密钥文件",
                en:
                    "this home's key is another one than these persons were sealed with; bring the right one with goutong key import"
            )
        case .missing:
            Bilingual(
                zh: "本机没有密钥，个人信息打不开；用 goutong key import 导入备份的密钥文件",
                en: "there is no key here, so no person opens; bring it with goutong key import")
        }
    }
}
