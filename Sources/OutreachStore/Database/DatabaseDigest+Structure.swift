internal import PostgresClient

// What a copy must have besides rows, as lines of text in one order.
extension DatabaseDigest {
    /// Functions without those of extensions, which differ from version to version.
    private static let ownFunctions: SQL = """
        ours AS (
            SELECT p.* FROM pg_proc p
            WHERE NOT EXISTS (
                SELECT FROM pg_depend d
                WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'))
        """

    /// Everybody's rights but the owner's, who has all; the owner is called `@`.
    static let rightsText: SQL = """
        WITH own AS (SELECT oid, nspowner AS owner, nspacl FROM pg_namespace WHERE nspname = 'goutong'),
        \(ownFunctions),
        granted AS (
            SELECT 'schema' AS what, a.grantee, a.privilege_type, a.is_grantable
            FROM own, aclexplode(own.nspacl) a
            UNION ALL
            SELECT 'relation ' || c.relname, a.grantee, a.privilege_type, a.is_grantable
            FROM own JOIN pg_class c ON c.relnamespace = own.oid, aclexplode(c.relacl) a
            UNION ALL
            SELECT 'column ' || c.relname || '.' || t.attname, a.grantee, a.privilege_type, a.is_grantable
            FROM own JOIN pg_class c ON c.relnamespace = own.oid
            JOIN pg_attribute t ON t.attrelid = c.oid AND NOT t.attisdropped, aclexplode(t.attacl) a
            UNION ALL
            SELECT 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
                   a.grantee, a.privilege_type, a.is_grantable
            FROM own JOIN ours p ON p.pronamespace = own.oid,
                 aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
        ),
        lines AS (
            SELECT concat_ws(' ', 'grant', g.what,
                       CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(g.grantee) END,
                       g.privilege_type, g.is_grantable) AS line
            FROM granted g, own WHERE g.grantee <> own.owner
            UNION ALL
            SELECT concat_ws(' ', 'relation', c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
                       c.relowner = own.owner, c.reloptions::text)
            FROM own JOIN pg_class c ON c.relnamespace = own.oid WHERE c.relkind IN ('r', 'p', 'v', 'm')
            UNION ALL
            SELECT concat_ws(' ', 'function', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
                       p.prosecdef, p.proowner = own.owner, p.proconfig::text)
            FROM own JOIN ours p ON p.pronamespace = own.oid
            UNION ALL
            SELECT concat_ws(' ', 'policy', c.relname, p.polname, p.polcmd, p.polpermissive,
                       (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' WHEN own.owner THEN '@'
                                               ELSE pg_get_userbyid(r)::text END, ',' ORDER BY
                                          (CASE r WHEN own.owner THEN '@' ELSE pg_get_userbyid(r)::text END)
                                          COLLATE "C")
                        FROM unnest(p.polroles) r))
            FROM own JOIN pg_class c ON c.relnamespace = own.oid JOIN pg_policy p ON p.polrelid = c.oid
        )
        SELECT line FROM lines ORDER BY line COLLATE "C"
        """

    static let structureText: SQL = """
        WITH own AS (SELECT oid FROM pg_namespace WHERE nspname = 'goutong'),
        \(ownFunctions),
        lines AS (
            SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                       a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) AS line
            FROM own JOIN pg_class c ON c.relnamespace = own.oid AND c.relkind IN ('r', 'p', 'v')
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            UNION ALL
            SELECT concat_ws(' ', 'constraint', k.conrelid::regclass::text, k.conname, k.convalidated,
                       pg_get_constraintdef(k.oid))
            FROM own JOIN pg_constraint k ON k.connamespace = own.oid
            UNION ALL
            SELECT concat_ws(' ', 'index', i.indisvalid AND i.indisready, pg_get_indexdef(i.indexrelid))
            FROM own JOIN pg_class c ON c.relnamespace = own.oid JOIN pg_index i ON i.indexrelid = c.oid
            UNION ALL
            SELECT concat_ws(' ', 'view', c.relname, pg_get_viewdef(c.oid))
            FROM own JOIN pg_class c ON c.relnamespace = own.oid AND c.relkind = 'v'
            UNION ALL
            SELECT concat_ws(' ', 'function', pg_get_functiondef(p.oid))
            FROM own JOIN ours p ON p.pronamespace = own.oid
            UNION ALL
            SELECT concat_ws(' ', 'policy', c.relname, p.polname, pg_get_expr(p.polqual, p.polrelid),
                       pg_get_expr(p.polwithcheck, p.polrelid))
            FROM own JOIN pg_class c ON c.relnamespace = own.oid JOIN pg_policy p ON p.polrelid = c.oid
        )
        SELECT line FROM lines ORDER BY line COLLATE "C"
        """

    static let rolesText: SQL = """
        WITH own AS (SELECT oid, nspowner AS owner, nspacl FROM pg_namespace WHERE nspname = 'goutong'),
        \(ownFunctions),
        named AS (
            SELECT a.grantee AS role FROM own, aclexplode(own.nspacl) a
            UNION SELECT a.grantee FROM own JOIN pg_class c ON c.relnamespace = own.oid, aclexplode(c.relacl) a
            UNION SELECT a.grantee FROM own JOIN pg_class c ON c.relnamespace = own.oid
                JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
            UNION SELECT a.grantee FROM own JOIN ours p ON p.pronamespace = own.oid, aclexplode(p.proacl) a
            UNION SELECT r FROM own JOIN pg_class c ON c.relnamespace = own.oid
                JOIN pg_policy p ON p.polrelid = c.oid, unnest(p.polroles) r
        )
        SELECT r.rolname::text FROM named JOIN pg_roles r ON r.oid = named.role, own
        WHERE r.oid <> own.owner ORDER BY r.rolname COLLATE "C"
        """
}
