internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient

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

    let backup: StandingBackup
    let fileName: String
    let target: RestoreTarget
    let steps: RestoreSteps
    let server: DatabaseServer
    let version: Int
    let role: String
    let live: String
    let scratch: String
    let old: String

    var manifest: BackupManifest { backup.manifest }

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
        old = Self.name(live, "_before_") + moment
    }

    static func scratchPrefix(_ live: String) -> String { name(live, "_scratch_") }

    /// A name beside the live one, with room for a moment in the 63 bytes that PostgreSQL keeps: cut off by it, the
    /// name could be the live one's own.
    private static func name(_ live: String, _ middle: String) -> String {
        var prefix = live
        while prefix.utf8.count > 38 { prefix.removeLast() }
        return prefix + middle
    }

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
            if isBegun { try? await server.drop(scratch) }
            await noteLive(
                AuditEvent(.databaseRestore, object: entry, result: isBegun ? .failed : .refused))
            throw error
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
