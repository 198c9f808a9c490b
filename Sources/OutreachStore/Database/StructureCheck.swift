public import Outreach
public import PostgresClient

/// What the schema promises beyond its migrations: constraints that were validated, indexes that are whole,
/// row-level security that nothing escapes.
public enum StructureCheck {
    public static func findings(on connection: PostgresConnection) async throws(PostgresError)
        -> [DocumentIssue]
    {
        try await connection.query(
            """
            SELECT 'constraint.not_validated', c.conrelid::regclass::text || '.' || c.conname
            FROM pg_constraint c
            WHERE c.connamespace = 'goutong'::regnamespace AND NOT c.convalidated
            UNION ALL
            SELECT 'index.invalid', i.indexrelid::regclass::text
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE c.relnamespace = 'goutong'::regnamespace AND NOT (i.indisvalid AND i.indisready)
            UNION ALL
            SELECT 'rls.not_forced', c.oid::regclass::text
            FROM pg_class c
            WHERE c.relnamespace = 'goutong'::regnamespace AND c.relkind IN ('r', 'p')
              AND EXISTS (SELECT FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attname = 'federation_id' AND NOT a.attisdropped)
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            UNION ALL
            -- Without it the owner sees a part: counts, recomputation and backups would lack the rest.
            SELECT 'rls.owner_blind', c.oid::regclass::text
            FROM pg_class c
            WHERE c.relnamespace = 'goutong'::regnamespace AND c.relforcerowsecurity
              AND (NOT EXISTS (
                    SELECT FROM pg_policy p
                    WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polpermissive
                      AND c.relowner = ANY (p.polroles)
                      AND pg_get_expr(p.polqual, p.polrelid) = 'true')
                OR EXISTS (
                    -- One for updates or deletes keeps rows as they are, and hides none.
                    SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive
                      AND p.polcmd NOT IN ('w', 'd')
                      AND (c.relowner = ANY (p.polroles) OR 0 = ANY (p.polroles))))
            ORDER BY 1, 2
            """
        ).map { row throws(PostgresError) in
            let (code, name) = try row.decode((String, String).self)
            return issue(code, name)
        }
    }

    private static func issue(_ code: String, _ name: String) -> DocumentIssue {
        let rule =
            switch code {
            case "constraint.not_validated":
                Bilingual(zh: "约束 \(name) 未经校验", en: "constraint \(name) was never validated")
            case "index.invalid": Bilingual(zh: "索引 \(name) 不完整", en: "index \(name) is not whole")
            case "rls.not_forced":
                Bilingual(zh: "表 \(name) 没有强制行级权限", en: "row-level security is not forced on \(name)")
            default:
                Bilingual(
                    zh: "表 \(name) 的所有者不能看到全部行", en: "the owner of \(name) does not see every row")
            }
        return DocumentIssue(
            code: code, pointer: "/schema/\(name)", rule: rule,
            mend: Bilingual(
                zh: "请系统管理员对照 Schema/Migrations 恢复",
                en: "let an administrator restore it as Schema/Migrations says"))
    }
}
