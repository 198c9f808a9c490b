public import Outreach

/// Why the service does not start.
public struct ServiceRefusal: Error, Sendable {
    /// Stable, such as `login.owner`.
    public let code: String
    public let rule: Bilingual
    public let mend: Bilingual

    private init(_ code: String, _ rule: Bilingual, mend: Bilingual) {
        self.code = code
        self.rule = rule
        self.mend = mend
    }

    private static let ownLogin = Bilingual(
        zh: "用只属于四个 goutong_ 角色的登录名（Deploy/roles.sql 建立 goutong_serve）",
        en: "use a login that is a member of the four goutong_ roles and nothing else "
            + "(Deploy/roles.sql makes goutong_serve)")

    static let powerfulLogin = ServiceRefusal(
        "login.powerful",
        Bilingual(
            zh: "服务的数据库登录名是超级用户，或能绕过行级安全、建角色、作复制",
            en: "the service's database login is a superuser, or may bypass row-level security, make roles "
                + "or replicate"), mend: ownLogin)

    static let owningLogin = ServiceRefusal(
        "login.owner",
        Bilingual(
            zh: "服务的数据库登录名拥有数据库对象", en: "the service's database login owns objects of the database"),
        mend: ownLogin)

    static let reachingLogin = ServiceRefusal(
        "login.reaching",
        Bilingual(
            zh: "服务的数据库登录名属于 pg_read_all_data 等能读写一切的角色",
            en: "the service's database login is a member of a role that reaches everything, such as "
                + "pg_read_all_data"), mend: ownLogin)

    static let inheritingLogin = ServiceRefusal(
        "login.inherits",
        Bilingual(
            zh: "服务的数据库登录名继承了角色的权限，应当每次事务才取用",
            en: "the service's database login inherits its roles; it is to take one for each transaction"),
        mend: Bilingual(
            zh: "ALTER ROLE 登录名 NOINHERIT，并重新授予四个角色（见 Deploy/roles.sql）",
            en: "ALTER ROLE login NOINHERIT, and grant it the four roles again (see Deploy/roles.sql)"))

    static func missingRoles(_ names: [String]) -> ServiceRefusal {
        let list = names.joined(separator: ", ")
        return ServiceRefusal(
            "login.roles",
            Bilingual(
                zh: "服务的数据库登录名不属于：\(list)", en: "the service's database login is no member of: \(list)"),
            mend: Bilingual(
                zh: "由超级用户运行：GRANT \(list) TO 登录名（先运行 Deploy/roles.sql 和 goutong db migrate）",
                en: "a superuser runs: GRANT \(list) TO the login (after Deploy/roles.sql and "
                    + "goutong db migrate)"))
    }

    static let notMigrated = ServiceRefusal(
        "schema.missing",
        Bilingual(zh: "数据库没有本程序的结构", en: "the database does not have this program's schema"),
        mend: Bilingual(
            zh: "以拥有者身份运行 goutong db migrate", en: "run goutong db migrate, as the schema's owner"))

    static let newerSchema = ServiceRefusal(
        "schema.other",
        Bilingual(
            zh: "数据库的结构比本程序新，或与它不同",
            en: "the database's schema is newer than this program, or another one"),
        mend: Bilingual(zh: "使用与数据库相配的程序版本", en: "use the version of the program that fits it"))

    static func otherKey(_ federation: String) -> ServiceRefusal {
        ServiceRefusal(
            "key.other",
            Bilingual(
                zh: "密钥与总工会 \(federation) 的数据不配，或尚未登记",
                en: "the key does not fit federation \(federation), or was never kept with it"),
            mend: Bilingual(
                zh: "用 GOUTONG_KEY_FILE 指明原来的密钥；新建的总工会先以拥有者身份带着密钥运行 goutong db migrate",
                en:
                    "name the right one by GOUTONG_KEY_FILE; for a new federation run goutong db migrate with "
                    + "the key first, as the schema's owner"))
    }

    static let noFederation = ServiceRefusal(
        "federation.none",
        Bilingual(zh: "没有可服务的总工会", en: "there is no federation to serve"),
        mend: Bilingual(
            zh: "运行 goutong db migrate --set-up 代码，或检查 --federation",
            en: "run goutong db migrate --set-up CODE, or check --federation"))

    /// - Parameter name: the option that named the address.
    static func cannotListen(_ name: String) -> ServiceRefusal {
        ServiceRefusal(
            "listen.failed",
            Bilingual(zh: "无法监听 \(name) 指定的地址", en: "the address of \(name) cannot be listened on"),
            mend: Bilingual(
                zh: "检查地址，或另选未被占用的端口", en: "check the address, or choose a port that is free"))
    }

    static let badCertificate = ServiceRefusal(
        "tls.unreadable",
        Bilingual(zh: "证书或私钥无法读取", en: "the certificate or its key cannot be read"),
        mend: Bilingual(
            zh: "两者都应为 PEM 格式，且本用户可读", en: "both are PEM files that this user can read"))
}
