internal import Outreach

/// An access copy to be read by the person, in Chinese with the English beside it.
struct PersonCopyText {
    /// `goutong.person-copy/1`.
    let copy: JSONRow

    var text: String {
        let record = copy.row("record") ?? JSONRow(.null)
        var lines = ["个人信息副本 · Copy of personal data  \(copy.text("made_on") ?? "")", ""]
        lines += about(record)
        if record.flag("erased") { lines.append("本人信息已删除 · erased") }
        lines += ["", "经过 · steps"]
        lines += each("steps") { row in
            [row.text("on"), row.text("kind"), row.text("reason"), row.flag("undone") ? "已撤销 undone" : nil]
        }
        lines += ["", "请求 · requests"]
        lines += each("requests") { row in [row.text("asked_on"), row.text("kind"), row.text("outcome")] }
        lines += ["", "提供给他人 · given to others"]
        lines += each("handed_over") { row in
            [row.text("at"), row.text("name"), row.words("fields"), row.text("reason")]
        }
        lines += ["", "谁查看或处理过 · who looked or acted"]
        lines += each("audit") { row in
            [row.text("at"), row.text("who"), row.text("did"), row.text("reason"), row.text("result")]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func about(_ record: JSONRow) -> [String] {
        let person = record.row("person")
        let document = person?.row("document")
        let employer = record.row("employer")
        let consent = record.row("consent")
        func joined(_ parts: String?...) -> String { parts.compactMap(\.self).joined(separator: "  ") }
        func said(_ key: String) -> String? { consent.map { $0.flag(key) ? "是 yes" : "否 no" } }
        let lines: [(String, String?)] = [
            ("申请编号 application", record.text("applicant")),
            (
                "沟通会 meeting",
                joined(record.text("meeting"), record.text("applied_on"), record.text("area_name"))
            ),
            ("状态 state", record.text("state")), ("姓名 name", person?.text("name")),
            ("手机号 mobile", person?.text("mobile")),
            (
                "证件 document",
                document.map { "\($0.text("kind") ?? "") \($0.text("number") ?? "")" }
            ),
            ("单位 employer", employer?.text("name") ?? employer?.text("uscc")),
            ("类别 categories", record.words("categories")),
            (
                "同意告知书 consent",
                consent.map { joined($0.text("notice"), $0.text("on"), $0.text("method")) }
            ),
            ("提供给单位工会 to employer's union", said("share_with_employer_union")),
            ("提供给发卡银行 to the card bank", said("card_bank")),
            ("撤回同意 consent withdrawn", record.text("consent_withdrawn_on")),
        ]
        return lines.compactMap { label, value in value.map { "\(label)：\($0)" } }
    }

    private func each(_ key: String, _ words: (JSONRow) -> [String?]) -> [String] {
        (copy.rows(key) ?? []).map { words($0).compactMap(\.self).joined(separator: "  ") }
    }
}
