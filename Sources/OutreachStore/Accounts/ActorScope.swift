public import Outreach
public import PostgresClient

/// What the account of a transaction may do and where, as the database's policies see it.
public struct ActorScope: Hashable, Sendable {
    public let rights: Set<Right>
    /// Versions of areas below the account's unit; nil: everywhere.
    public let areas: Set<Int>?

    /// Asks inside a transaction that `Authority` began for an account.
    public static func current(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> ActorScope {
        let (rights, everywhere, areas) = try await connection.query(
            """
            SELECT string_to_array(current_setting('goutong.rights', true), ','),
                goutong.actor_everywhere(), coalesce(goutong.actor_areas(), '{}')
            """
        ).only().decode(([String]?, Bool, [Int]).self)
        return ActorScope(
            rights: Set((rights ?? []).compactMap(Right.init)), areas: everywhere ? nil : Set(areas))
    }

    /// Whether a version of an area is the account's business.
    public func holds(_ area: AreaTable.Area) -> Bool { areas?.contains(area.id) ?? true }
}
