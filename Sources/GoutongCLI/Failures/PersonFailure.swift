internal import Outreach
internal import OutreachStore

extension CommandFailure {
    init(person error: PersonError) {
        switch error {
        case .notFound:
            self.init(
                .notFound, code: "applicant.not_found", pointer: "id",
                rule: Bilingual(zh: "没有这份申请，或不在您的辖区", en: "no such application, or not in your areas"),
                mend: Bilingual(
                    zh: "用 goutong application list 查找", en: "look it up with goutong application list"))
        case .notAllowed:
            self.init(
                .notAllowed, code: "not_allowed",
                rule: Bilingual(zh: "没有这项权限", en: "the account has not this right"),
                mend: Bilingual(
                    zh: "请有审核权的负责人办理", en: "ask a lead who reviews applications to do it"))
        case .erased:
            self.init(
                .conflict, code: "person.erased", pointer: "id",
                rule: Bilingual(zh: "本人信息已删除", en: "this person's data has been erased"),
                mend: Bilingual(zh: "申请仍计入统计，无需处理", en: "the application stays counted; nothing to do"))
        case .refused(let refused): self.init(.invalid, issues: refused.issues)
        case .conflict(let issue): self.init(.conflict, issues: [issue])
        case .vault(let error): self.init(error)
        case .transaction(let error): self.init(error)
        }
    }
}

extension Arguments {
    static func applicant(_ text: String) throws -> ApplicantID {
        guard let id = ApplicantID(text) else {
            throw CommandFailure(
                .usage, code: "id.form", pointer: "id",
                rule: Bilingual(zh: "不是有效编号", en: "not an id"),
                mend: Bilingual(
                    zh: "用 goutong application list 查找编号", en: "find it with goutong application list"))
        }
        return id
    }

    /// A day that people gave, else today.
    static func dayOrToday(_ text: String?, _ name: String) throws -> Day {
        try text.map { try pastDay($0, name) } ?? Workplace.today
    }
}
