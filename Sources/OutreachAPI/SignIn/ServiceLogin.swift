internal import Outreach
public import PostgresClient

/// What the login of the service may be: row-level security holds only who is under it.
public enum ServiceLogin {
    /// Refuses a login that row-level security would not hold, or that lacks what the service needs.
    public static func check(on connection: PostgresConnection) async throws {
        let (powerful, owns, reaches, missing, inherits) = try await connection.query(
            """
            SELECT
                EXISTS (SELECT FROM pg_roles p
                    WHERE (p.rolsuper OR p.rolbypassrls OR p.rolcreaterole OR p.rolreplication)
                      AND pg_has_role(session_user, p.oid, 'MEMBER')),
                EXISTS (SELECT FROM pg_shdepend d
                    WHERE d.deptype = 'o' AND d.refclassid = 'pg_authid'::regclass
                      AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
                      AND pg_has_role(session_user, d.refobjid, 'MEMBER')),
                EXISTS (SELECT FROM pg_roles p
                    WHERE p.rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_execute_server_program',
                        'pg_read_server_files', 'pg_write_server_files')
                      AND pg_has_role(session_user, p.oid, 'MEMBER')),
                ARRAY(SELECT needed FROM unnest(\(roles)) needed
                    WHERE NOT EXISTS (SELECT FROM pg_roles r
                        WHERE r.rolname = needed AND pg_has_role(session_user, r.oid, 'MEMBER'))),
                EXISTS (SELECT FROM pg_roles r
                    WHERE r.rolname = ANY (\(roles)) AND pg_has_role(session_user, r.oid, 'USAGE'))
            """
        ).only().decode((Bool, Bool, Bool, [String], Bool).self)
        if powerful { throw ServiceRefusal.powerfulLogin }
        if owns { throw ServiceRefusal.owningLogin }
        if reaches { throw ServiceRefusal.reachingLogin }
        guard missing.isEmpty else { throw ServiceRefusal.missingRoles(missing) }
        if inherits { throw ServiceRefusal.inheritingLogin }
    }

    private static let roles = ["goutong_service", "goutong_reader", "goutong_recorder", "goutong_figures"]
}
