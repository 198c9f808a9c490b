public import PostgresClient

/// The policies by which the owner sees every row although row-level security is forced. They name the owner, who
/// may have another name where a backup is restored: there they are made anew, as the migration makes them.
public enum OperatorPolicies {
    /// The name of the policy on every table.
    public static let name = "operator"

    /// Makes them for whoever is connected, on the tables that are named.
    public static func make(
        on tables: [String], connection: PostgresConnection
    ) async throws(PostgresError) {
        for table in tables {
            try await connection.execute(
                """
                CREATE POLICY operator ON goutong.\(identifier: table)
                TO CURRENT_USER USING (true) WITH CHECK (true)
                """)
        }
    }
}
