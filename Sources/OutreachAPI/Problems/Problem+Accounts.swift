internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import Vault

// What accounts and passwords throw, as problems.
extension Problem {
    init(account error: AccountError) {
        switch error {
        case .unknown: self = .notFound
        case .loginTaken:
            self.init(
                .conflict, code: "login-taken", title: Bilingual(zh: "登录名已有人用", en: "the login is taken"))
        case .unknownUnit:
            self.init(
                refused: DocumentRefused(
                    first: DocumentIssue(
                        code: "unit.unknown", pointer: "/unit",
                        rule: Bilingual(zh: "没有这个工会组织代码", en: "no such union unit"),
                        mend: Bilingual(zh: "用组织树中的代码", en: "take a code of the union tree"))))
        }
    }

    init(password error: PasswordError) {
        self.init(
            .tooManyRequests, code: "busy",
            title: Bilingual(zh: "登录人数过多，请稍后重试", en: "too many sign-ins; try again shortly"))
        retryAfter = 2
    }
}
