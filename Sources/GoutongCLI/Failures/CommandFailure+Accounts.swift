internal import Outreach
internal import OutreachStore

extension CommandFailure {
    init(account error: AccountError) {
        switch error {
        case .unknown:
            self.init(
                .notFound, code: "account.unknown", pointer: "login",
                rule: Bilingual(zh: "没有这个账号", en: "no such account"),
                mend: Bilingual(zh: "用 goutong account list 查找", en: "find it with goutong account list"))
        case .loginTaken:
            self.init(
                .conflict, code: "account.login_taken", pointer: "--login",
                rule: Bilingual(zh: "登录名已有人用", en: "the login is taken"),
                mend: Bilingual(zh: "换一个登录名", en: "take another"))
        case .unknownUnit:
            self.init(
                .invalid, code: "unit.unknown", pointer: "--unit",
                rule: Bilingual(zh: "没有这个工会组织代码", en: "no such union unit"),
                mend: Bilingual(
                    zh: "例如 BJ、BJ-110105、BJ-110105021", en: "for example BJ, BJ-110105, BJ-110105021"))
        }
    }
}
