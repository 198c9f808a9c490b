public import Outreach
public import PostgresClient

/// A unit of the union tree, which carries rights and reporting duty.
public struct OrgUnit: Hashable, Sendable {
    public let code: String
    /// nil at the root.
    public let parent: String?
    public let kind: String
    public let name: String
    /// The code of the street, township or district that it answers for.
    public let areaCode: String?

    /// An account's unit and all below it, parents before their children, each level in code order.
    public static func below(
        _ account: AccountID, of federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> [OrgUnit] {
        try await connection.query(
            """
            WITH RECURSIVE below (code, parent_code, kind, name, area_code, path) AS (
                SELECT u.code, u.parent_code, u.kind, u.name, u.area_code, ARRAY[u.code]
                FROM goutong.account a
                JOIN goutong.org_unit u ON u.federation_id = a.federation_id AND u.code = a.unit_code
                WHERE a.federation_id = \(federation.id) AND a.account_id = \(account)
                UNION ALL
                SELECT u.code, u.parent_code, u.kind, u.name, u.area_code, b.path || u.code
                FROM below b
                JOIN goutong.org_unit u ON u.federation_id = \(federation.id) AND u.parent_code = b.code
                WHERE u.code <> ALL (b.path)
            )
            SELECT code, parent_code, kind, name, area_code FROM below ORDER BY cardinality(path), code
            """
        ).map { row throws(PostgresError) in
            let (code, parent, kind, name, area) = try row.decode(
                (String, String?, String, String, String?).self)
            return OrgUnit(code: code, parent: parent, kind: kind, name: name, areaCode: area)
        }
    }
}
