/// What is asked of accounts, as JSON: read strictly, refused with every issue at its pointer.
public enum AccountRequest {
    public struct SignIn: Sendable {
        public let login: String
        public let password: String

        public init(decoding bytes: [UInt8]) throws(DocumentRefused) {
            (login, password) = try SmallDocument.read(bytes, known: ["login", "password"]) { reader in
                guard let login = reader.secret("login"), let password = reader.secret("password") else {
                    return nil
                }
                // A login is written in small letters; nobody should fail for a capital.
                return (login.lowercased(), password)
            }
        }
    }

    public struct PasswordChange: Sendable {
        public let old: String
        public let new: String

        public init(decoding bytes: [UInt8]) throws(DocumentRefused) {
            (old, new) = try SmallDocument.read(bytes, known: ["old", "new"]) { reader in
                guard let old = reader.secret("old"), let new = reader.secret("new") else { return nil }
                return (old, new)
            }
        }
    }

    public struct NewAccount: Sendable {
        public let login: String
        public let name: String
        public let role: AccountRole
        public let unit: String
        public let password: String?

        public init(decoding bytes: [UInt8]) throws(DocumentRefused) {
            (login, name, role, unit, password) = try SmallDocument.read(
                bytes, known: ["login", "name", "role", "unit", "password"]
            ) { reader in
                let login = reader.login("login")
                let name = reader.name("name", limit: 100, required: true)
                let role: AccountRole? = reader.choice("role", required: true)
                let unit = reader.text("unit", limit: 60, required: true)
                let password = reader.has("password") ? reader.secret("password") : nil
                guard let login, let name, let role, let unit else { return nil }
                return (login, name, role, unit, password)
            }
        }
    }

    /// What is absent stays as it is.
    public struct Change: Sendable {
        public let name: String?
        public let role: AccountRole?
        public let unit: String?
        public let disabled: Bool?
        /// A new password, which its owner must change at the next sign-in.
        public let password: String?

        public init(decoding bytes: [UInt8]) throws(DocumentRefused) {
            (name, role, unit, disabled, password) = try SmallDocument.read(
                bytes, known: ["name", "role", "unit", "disabled", "password"]
            ) { reader in
                (
                    reader.name("name", limit: 100), reader.choice("role"), reader.text("unit", limit: 60),
                    reader.flag("disabled"), reader.has("password") ? reader.secret("password") : nil
                )
            }
        }

        public init(
            name: String? = nil, role: AccountRole? = nil, unit: String? = nil, disabled: Bool? = nil
        ) {
            self.name = name
            self.role = role
            self.unit = unit
            self.disabled = disabled
            password = nil
        }
    }

    public struct NewToken: Sendable {
        public let name: String
        /// nil: all that the account's role may do.
        public let rights: [Right]?
        /// Days until it expires.
        public let days: Int

        public init(decoding bytes: [UInt8]) throws(DocumentRefused) {
            (name, rights, days) = try SmallDocument.read(bytes, known: ["name", "rights", "days"]) {
                reader in
                let name = reader.text("name", limit: 100, required: true)
                let days = reader.integer("days", in: 1...AccountRequest.longestTokenDays) ?? 90
                let rights = reader.has("rights") ? reader.rights("rights") : nil
                return name.map { ($0, rights, days) }
            }
        }
    }

    /// A year: what is forgotten ends.
    public static let longestTokenDays = 366
}

/// A login as the schema has it.
public enum AccountLogin {
    /// - Throws: `login.form`.
    public static func checked(_ text: String) throws(CodeError) -> String {
        let login = text.lowercased()
        guard login.wholeMatch(of: /[a-z0-9][a-z0-9._-]{1,62}/) != nil else {
            throw CodeError(
                "login.form", "登录名须为2–63个小写字母、数字或 . _ -，以字母或数字开头",
                "a login is 2 to 63 small letters, digits or . _ -, beginning with a letter or digit",
                mendZh: "例如 zhang.san", mendEn: "for example zhang.san")
        }
        return login
    }
}

extension ObjectReader {
    /// Text as it stands: nothing is trimmed from a password.
    fileprivate func secret(_ key: String) -> String? {
        switch value(key, required: true) {
        case .string(let text) where text.utf8.count <= 1000: return text
        case nil: return nil
        default:
            issues.add(
                "type.text", at(key),
                Bilingual(zh: "应为不超过1000字节的文字", en: "must be text of at most 1,000 bytes"),
                mend: Bilingual(zh: "改为文字", en: "write text"))
            return nil
        }
    }

    fileprivate func login(_ key: String) -> String? {
        guard let text = text(key, limit: 63, required: true) else { return nil }
        do throws(CodeError) {
            return try AccountLogin.checked(text)
        } catch {
            issues.add(error, at: at(key))
            return nil
        }
    }

    fileprivate func rights(_ key: String) -> [Right]? {
        var rights: [Right] = []
        for (value, pointer) in elements(key, limit: Right.allCases.count) {
            guard case .string(let text) = value, let right = Right(rawValue: text) else {
                issues.add(
                    "choice.unknown", pointer, Bilingual(zh: "没有这项权限", en: "no such right"),
                    mend: Bilingual(
                        zh: "可选：\(Right.allCases.map(\.rawValue).joined(separator: " "))",
                        en: "one of: \(Right.allCases.map(\.rawValue).joined(separator: " "))"))
                continue
            }
            rights.append(right)
        }
        return rights
    }
}
