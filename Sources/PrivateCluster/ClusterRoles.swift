/// The roles that the schema's row-level security names, and the login of `goutong serve`.
///
/// Only a superuser may make roles, so the cluster makes them for itself while nobody is connected. The owner may
/// end sessions, the service's too: a restore puts another database in the place of theirs.
enum ClusterRoles {
    /// Which set of roles the data folder has: what stands in its mark.
    static let version = "3\n"

    /// One statement on one line, as single-user mode reads it; harmless where the roles are there.
    static var statement: String {
        """
        DO $$
        DECLARE r text;
        BEGIN
        FOREACH r IN ARRAY ARRAY[\(names.map { "'\($0)'" }.joined(separator: ", "))] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', r);
        END IF;
        END LOOP;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(login)') THEN
        CREATE ROLE \(login) LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
        END IF;
        GRANT \(service.joined(separator: ", ")) TO \(login);
        GRANT pg_signal_backend TO \(ClusterLayout.service);
        GRANT CONNECT ON DATABASE \(ClusterLayout.service) TO \(login), goutong_analyst;
        END
        $$;
        """.replacing("\n", with: " ") + "\n"
    }

    /// The login of the service: it owns nothing and inherits nothing.
    static let login = "goutong_serve"
    private static let service = [
        "goutong_service", "goutong_reader", "goutong_recorder", "goutong_figures",
    ]
    private static let names = service + ["goutong_analyst"]
}
