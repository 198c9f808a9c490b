import Outreach
import OutreachStore
import PostgresClient

/// What each account may do to the rows of each table, found by trying.
struct RoleMatrix: Sendable {
    /// Letters of places; a small letter where only some rows of the place are allowed.
    struct Cell: Hashable, Sendable {
        var read = ""
        var insert = ""
        var update = ""
        var delete = ""

        /// `R TD · I T · U T`, or a dash.
        var text: String {
            let parts = [("R", read), ("I", insert), ("U", update), ("D", delete)]
                .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }
            return parts.isEmpty ? "–" : parts.joined(separator: " · ")
        }
        /// Capital letters of every place where anything is allowed.
        var places: Set<Character> { Set((read + insert + update + delete).uppercased()) }
        var writes: String { insert + update + delete }
    }

    private(set) var cells: [Authority.Purpose: [String: [RoleActor: Cell]]] = [:]

    static let purposes: [Authority.Purpose] = [.reading, .recording, .counting, .service]

    func cell(_ purpose: Authority.Purpose, _ table: String, _ actor: RoleActor) -> Cell {
        cells[purpose]?[table]?[actor] ?? Cell()
    }

    static func found(in seed: RoleSeed) async throws -> RoleMatrix {
        var matrix = RoleMatrix()
        var subjects: [(RoleProbe, ProbedTable)] = []
        for probe in RoleProbe.all {
            subjects.append((probe, try await ProbedTable(probe, on: seed.api.owner)))
        }
        for purpose in purposes {
            for actor in RoleActor.allCases {
                guard let authority = seed.actors[actor] else { continue }
                let found = try await seed.api.pool.withConnection { connection in
                    var found: [String: Cell] = [:]
                    do throws(TransactionError) {
                        try await authority.transaction(for: purpose, on: connection) { connection in
                            for (probe, table) in subjects {
                                found[probe.table] = try await table.cell(
                                    probe, as: purpose, on: connection)
                            }
                            throw Undone()
                        }
                    } catch {
                        // A disabled account gets no further than this.
                        guard case .body(let inner, _) = error, inner is Undone || inner is AuthorityError
                        else { throw error }
                    }
                    return found
                }
                for (table, cell) in found {
                    matrix.cells[purpose, default: [:]][table, default: [:]][actor] = cell
                }
            }
        }
        return matrix
    }

    private struct Undone: Error {}
}

/// A table's rows as its owner sees them.
struct ProbedTable: Sendable {
    /// Keys by place.
    let keys: [String: [String]]
    /// One row of each place, as JSON.
    let samples: [String: String]
    /// A column that each role of the database may update.
    let updatable: [String: String]
    let insertable: Set<String>

    init(_ probe: RoleProbe, on owner: PostgresConnection) async throws {
        let rows = try await owner.query(
            SQL(
                raw: "SELECT \(probe.place), \(probe.key), to_jsonb(t)::text FROM goutong.\(probe.table) t "
                    + "ORDER BY 2")
        ).decode((String, String, String).self)
        var keys: [String: [String]] = [:]
        var samples: [String: String] = [:]
        for (place, key, sample) in rows {
            keys[place, default: []].append(key)
            samples[place] = sample
        }
        self.keys = keys
        self.samples = samples
        let name = "goutong.\(probe.table)"
        let columns = try await owner.query(
            """
            SELECT DISTINCT ON (r.rolname) r.rolname::text, a.attname::text
            FROM pg_roles r, pg_attribute a
            WHERE r.rolname LIKE 'goutong\\_%' AND a.attrelid = \(name)::regclass AND a.attnum > 0
              AND has_column_privilege(r.oid, a.attrelid, a.attnum, 'UPDATE')
            ORDER BY r.rolname, a.attnum
            """
        ).decode((String, String).self)
        updatable = Dictionary(uniqueKeysWithValues: columns.map { ($0.0, $0.1) })
        insertable = Set(
            try await owner.query(
                """
                SELECT r.rolname::text FROM pg_roles r
                WHERE r.rolname LIKE 'goutong\\_%' AND has_table_privilege(r.oid, \(name)::regclass, 'INSERT')
                """
            ).map { row in try row.decode(String.self) })
    }

    /// Tries everything in savepoints of the account's transaction.
    func cell(
        _ probe: RoleProbe, as purpose: Authority.Purpose, on connection: PostgresConnection
    ) async throws -> RoleMatrix.Cell {
        let name = "goutong.\(probe.table)"
        var cell = RoleMatrix.Cell()
        let seen = try await attempt(SQL(raw: "SELECT \(probe.key) FROM \(name) t"), on: connection)
        cell.read = letters(of: seen)
        for place in keys.keys.sorted(by: { Self.order($0) < Self.order($1) }) {
            let own = keys[place] ?? []
            if let column = updatable[purpose.rawValue] {
                let change = probe.change ?? "\(column) = \(column)"
                let changed = try await attempt(
                    SQL(raw: "UPDATE \(name) t SET \(change) WHERE \(probe.key) = ANY (")
                        + "\(own)" + SQL(raw: ") RETURNING \(probe.key)"), on: connection)
                cell.update += letters(of: changed)
            }
            if insertable.contains(purpose.rawValue), let sample = samples[place] {
                if try await mayInsert(sample, into: name, on: connection) { cell.insert += place }
            }
        }
        let gone = try await attempt(
            SQL(raw: "DELETE FROM \(name) t RETURNING \(probe.key)"), on: connection)
        cell.delete = letters(of: gone)
        return cell
    }

    private func letters(of found: Set<String>) -> String {
        keys.keys.sorted { Self.order($0) < Self.order($1) }.compactMap { place in
            let own = Set(keys[place] ?? [])
            let allowed = own.intersection(found)
            return allowed.isEmpty ? nil : allowed == own ? place : place.lowercased()
        }.joined()
    }

    private static func order(_ place: String) -> Int {
        ["P", "F", "T", "D", "C", "O"].firstIndex(of: place) ?? 9
    }

    /// Keys that a statement returned; none where it was refused.
    private func attempt(_ statement: SQL, on connection: PostgresConnection) async throws -> Set<String> {
        try await connection.execute("SAVEPOINT probe")
        var keys: Set<String> = []
        do {
            keys = Set(try await connection.query(statement).map { row in try row.decode(String.self) })
        } catch let error as PostgresError {
            guard error.sqlState == .insufficientPrivilege else { throw error }
        }
        try await connection.execute("ROLLBACK TO SAVEPOINT probe")
        return keys
    }

    /// Puts a row that is there in again: where policies allow it, the key refuses it.
    private func mayInsert(
        _ sample: String, into name: String, on connection: PostgresConnection
    ) async throws -> Bool {
        try await connection.execute("SAVEPOINT probe")
        var isAllowed = true
        do throws(PostgresError) {
            try await connection.execute(
                SQL(raw: "INSERT INTO \(name) SELECT * FROM jsonb_populate_record(NULL::\(name), ")
                    + "jsonb_set_lax(\(sample)::jsonb, '{recorded_by}', to_jsonb(goutong.actor_account()), false)"
                    + SQL(raw: ")"))
        } catch {
            switch error.sqlState {
            case SQLState.insufficientPrivilege?: isAllowed = false
            case SQLState.uniqueViolation?, SQLState.exclusionViolation?: break
            default: throw error
            }
        }
        try await connection.execute("ROLLBACK TO SAVEPOINT probe")
        return isAllowed
    }
}
