internal import Outreach
internal import OutreachStore

/// What a backup says of itself: who made it of what, and what must be there when it is restored.
struct BackupManifest: Sendable {
    static let format = "goutong.backup/1"

    /// Of the program that made it.
    let goutong: String
    /// RFC 3339: the moment of the snapshot.
    let madeAt: String
    /// The server's version, such as `15.14`, and its major one.
    let postgresql: String
    let server: Int
    /// The major version of the `pg_dump` that wrote it: an older `pg_restore` does not read it.
    let tool: Int
    let database: String
    let owner: String
    let digest: DatabaseDigest
    let dumpBytes: Int
    /// SHA-256 of the dump.
    let dumpHash: String

    func json() -> JSONValue {
        .object([
            .init("format", .string(Self.format)), .init("goutong", .string(goutong)),
            .init("made_at", .string(madeAt)),
            .init(
                "postgresql",
                .object([
                    .init("version", .string(postgresql)), .init("major", .integer(server)),
                    .init("pg_dump", .integer(tool)),
                ])),
            .init("database", .string(database)), .init("owner", .string(owner)),
            .init(
                "dump",
                .object([
                    .init("file", .string(BackupFile.dumpName)), .init("bytes", .integer(dumpBytes)),
                    .init("sha256", .string(dumpHash)),
                ])),
            .init("federations", .array(digest.ledgers.map(Self.json))),
            .init("rights_sha256", .string(digest.rights)),
            .init("structure_sha256", .string(digest.structure)),
            .init("roles", .array(digest.roles.map(JSONValue.string))),
            .init(
                "migrations",
                .array(
                    digest.steps.map {
                        .object([
                            .init("number", .integer($0.number)), .init("name", .string($0.name)),
                            .init("checksum", .string($0.checksum)),
                        ])
                    })),
            .init(
                "rows",
                .object(digest.rows.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) })),
        ])
    }

    private static func json(_ ledger: DatabaseDigest.Ledger) -> JSONValue {
        .object([
            .init("code", .string(ledger.federation)), .init("ledger_scheme", .string(ledger.scheme)),
            .init("ledger_hash", .string(ledger.hash)), .init("ledger_rows", .integer(ledger.rows)),
            .init("audit_head", ledger.auditHead.map(JSONValue.string) ?? .null),
        ])
    }
}

extension BackupManifest {
    /// - Throws: where it does not read, or is of a format that this program does not know.
    init(_ bytes: [UInt8]) throws(CommandFailure) {
        guard let value = try? JSONValue.reading(bytes), let format = value["format"]?.text else {
            throw .backupDamaged
        }
        guard format == Self.format else { throw .backupFormat }
        guard let goutong = value["goutong"]?.text, let madeAt = value["made_at"]?.text,
            let server = value["postgresql"], let version = server["version"]?.text,
            let major = server["major"]?.count, let tool = server["pg_dump"]?.count,
            let database = value["database"]?.text, let owner = value["owner"]?.text,
            let dump = value["dump"], let bytes = dump["bytes"]?.count, let hash = dump["sha256"]?.text,
            let digest = DatabaseDigest(value)
        else { throw .backupDamaged }
        self.init(
            goutong: goutong, madeAt: madeAt, postgresql: version, server: major, tool: tool,
            database: database, owner: owner, digest: digest, dumpBytes: bytes, dumpHash: hash)
    }
}

extension DatabaseDigest {
    fileprivate init?(_ value: JSONValue) {
        guard let ledgers = value["federations"]?.items?.map(Ledger.init),
            let rights = value["rights_sha256"]?.text,
            let structure = value["structure_sha256"]?.text, let roles = value["roles"]?.items?.map(\.text),
            let steps = value["migrations"]?.items?.map(Step.init), let members = value["rows"]?.members
        else { return nil }
        var rows: [String: Int] = [:]
        for member in members {
            guard let count = member.value.count else { return nil }
            rows[member.key] = count
        }
        let (known, named, taken) = (
            ledgers.compactMap { $0 }, roles.compactMap { $0 }, steps.compactMap { $0 }
        )
        guard known.count == ledgers.count, named.count == roles.count, taken.count == steps.count else {
            return nil
        }
        self.init(
            steps: taken, rows: rows, ledgers: known, rights: rights, structure: structure, roles: named)
    }
}

extension DatabaseDigest.Ledger {
    fileprivate init?(_ value: JSONValue) {
        guard let code = value["code"]?.text, let scheme = value["ledger_scheme"]?.text,
            let hash = value["ledger_hash"]?.text, let rows = value["ledger_rows"]?.count
        else { return nil }
        self.init(
            federation: code, scheme: scheme, hash: hash, rows: rows, auditHead: value["audit_head"]?.text)
    }
}

extension DatabaseDigest.Step {
    fileprivate init?(_ value: JSONValue) {
        guard let number = value["number"]?.count, let name = value["name"]?.text,
            let checksum = value["checksum"]?.text
        else { return nil }
        self.init(number: number, name: name, checksum: checksum)
    }
}

extension JSONValue {
    fileprivate subscript(key: String) -> JSONValue? { members?.first { $0.key == key }?.value }
    fileprivate var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    fileprivate var items: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
    fileprivate var count: Int? {
        if case .integer(let count) = self, count >= 0 { count } else { nil }
    }
}
