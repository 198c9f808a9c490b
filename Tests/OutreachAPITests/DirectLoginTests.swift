import Foundation
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Logins that come to the database past the service: what they are is their membership, nothing they say.
@Suite("direct logins")
struct DirectLoginTests {
    /// Everything that a service transaction would set.
    private static let settings = """
        SET goutong.federation = '1'; SET goutong.areas = '*'; SET goutong.rights = 'meetings,record,firms,\
        contacts,people,people_own,review,figures,city_figures,audit,accounts'
        """

    @Test("an analyst has the views of its federation; settings, base tables and functions give it nothing")
    func analyst() async throws {
        try await APIFixture.serving { api in
            let seed = try await RoleSeed.filled(api)
            let connection = try await Self.login(
                "test_analyst_direct", of: ["goutong_analyst", "goutong_analyst_test"], api)
            for settings in ["", Self.settings] {
                try await connection.script(settings)
                for view in Self.views {
                    let federations = try await connection.query(
                        SQL(raw: "SELECT DISTINCT federation_id FROM goutong.\(view)")
                    ).map { row in try row.decode(Int.self) }
                    #expect(federations == [api.federation.id], "\(view)")
                }
                try await Self.nothing(connection)
            }
            // No view names a person, an employer or an applicant.
            let columns = try await api.owner.query(
                """
                SELECT a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'goutong' AND c.relname LIKE 'analyst\\_%' AND a.attnum > 0
                """
            ).map { row in try row.decode(String.self) }
            for word in ["applicant_id", "employer", "sealed", "tag", "notes", "staff", "contact"] {
                #expect(!columns.contains { $0.contains(word) }, "\(word)")
            }
            _ = seed
            await connection.close()
        }
    }

    @Test("a temporary table in the catalogue's name does not make an analyst another federation's")
    func shadowedCatalogue() async throws {
        try await APIFixture.serving { api in
            _ = try await RoleSeed.filled(api)
            let connection = try await Self.login(
                "test_analyst_direct", of: ["goutong_analyst", "goutong_analyst_test"], api)
            try await connection.script(
                """
                CREATE TEMPORARY TABLE pg_roles AS
                    SELECT 'goutong_analyst_other'::name AS rolname, oid FROM pg_catalog.pg_roles
                    WHERE rolname = 'goutong_analyst_test';
                CREATE TEMPORARY TABLE pg_namespace AS
                    SELECT 'goutong'::name AS nspname, oid AS nspowner FROM pg_catalog.pg_roles
                    WHERE rolname = current_user;
                GRANT SELECT ON pg_roles, pg_namespace TO PUBLIC;
                """)
            let federations = try await connection.query(
                "SELECT DISTINCT federation_id FROM goutong.analyst_meeting"
            ).map { row in try row.decode(Int.self) }
            #expect(federations == [api.federation.id])
            await connection.close()
        }
    }

    @Test("an analyst of no federation sees no row; a login of nothing, and the service's own, see no table")
    func strangers() async throws {
        try await APIFixture.serving { api in
            _ = try await RoleSeed.filled(api)
            let unplaced = try await Self.login("test_analyst_unplaced", of: ["goutong_analyst"], api)
            try await unplaced.script(Self.settings)
            for view in Self.views {
                let rows = try await unplaced.query(SQL(raw: "SELECT FROM goutong.\(view)"))
                #expect(rows.isEmpty, "\(view)")
            }
            try await Self.nothing(unplaced)
            await unplaced.close()

            for name in ["test_of_nothing", "goutong_serve"] {
                let connection = try await Self.login(name, of: [], api)
                try await connection.script(Self.settings)
                for view in Self.views {
                    let state = await Self.state("SELECT FROM goutong.\(view)", on: connection)
                    #expect(state == .insufficientPrivilege, "\(name) \(view)")
                }
                try await Self.nothing(connection)
                await connection.close()
            }
        }
    }

    @Test("nobody executes anything by default, and each function that runs as the owner pins its path")
    func functions() async throws {
        try await APIFixture.serving { api in
            let open = try await api.owner.query(
                """
                SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname = 'goutong' AND EXISTS (
                    SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)
                """
            ).map { row in try row.decode(String.self) }
            #expect(open == [])
            let unpinned = try await api.owner.query(
                """
                SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname = 'goutong' AND p.prosecdef
                  AND NOT coalesce(array_to_string(p.proconfig, ',') LIKE '%search_path=pg_catalog%', false)
                """
            ).map { row in try row.decode(String.self) }
            #expect(unpinned == [])
            // A name without its schema would be looked for among the caller's temporary tables first.
            let loose = try await api.owner.query(
                """
                SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname = 'goutong' AND p.prosrc ~* '(from|join|into|update)\\s+pg_(?!catalog\\.)'
                """
            ).map { row in try row.decode(String.self) }
            #expect(loose == [])
        }
    }

    private static let views = [
        "analyst_meeting", "analyst_attendance", "analyst_milestone", "analyst_firm", "analyst_journey",
        "analyst_application",
    ]

    /// No table and no function of the service answers.
    private static func nothing(_ connection: PostgresConnection) async throws {
        for probe in RoleProbe.all {
            for statement in [
                "SELECT FROM goutong.\(probe.table)", "DELETE FROM goutong.\(probe.table)",
                "EXPLAIN SELECT FROM goutong.\(probe.table)",
            ] {
                let state = await state(statement, on: connection)
                #expect(state == .insufficientPrivilege, "\(statement)")
            }
        }
        for call in [
            "find_firms(1, '%', '%', '110105', 10)", "journey_at(1, now())", "enter(1, NULL, NULL)",
            "firm_in_scope(1, NULL)", "applicant_in_scope(1, NULL)", "applicant_duplicates(1, NULL)",
            "audit_head(1)", "unit_areas(1, 'BJ')", "drain_journeys(1, 1)",
            "application_at(1, now())",
            "audit(1, NULL, NULL, 'x', 'x.x', NULL, NULL, NULL, 'done', NULL)",
        ] {
            let state = await state("SELECT goutong.\(call)", on: connection)
            #expect(state == .insufficientPrivilege, "\(call)")
        }
    }

    private static func state(_ statement: String, on connection: PostgresConnection) async -> SQLState? {
        do throws(PostgresError) {
            _ = try await connection.query(SQL(raw: statement))
            return nil
        } catch {
            return error.sqlState
        }
    }

    /// Logs in as a role, made where it is missing. Roles are the whole server's: other tests may make it too.
    private static func login(
        _ name: String, of groups: [String], _ api: APIFixture
    ) async throws -> PostgresConnection {
        for role in groups + [name] {
            try await api.owner.script(
                """
                DO $$ BEGIN
                    CREATE ROLE \(role) \(role == name ? "LOGIN" : "NOLOGIN");
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END $$;
                """)
        }
        for group in groups {
            try await api.owner.script(
                """
                DO $$ BEGIN
                    GRANT \(group) TO \(name);
                EXCEPTION WHEN unique_violation OR internal_error THEN NULL;
                END $$;
                """)
        }
        return try await PostgresConnection.connect(
            to: api.database.conninfo.replacing("user=postgres", with: "user=\(name)"),
            deadline: TestDatabase.patience)
    }
}
