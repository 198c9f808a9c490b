internal import Outreach
internal import Reporting

/// One line of `meeting list`.
struct MeetingLine {
    let row: JSONRow

    func text(_ language: Language) -> String {
        summary(language) + "  \(row.text("id") ?? "")@\(row.number("revision") ?? 0)"
    }

    /// What a person knows it by.
    func summary(_ language: Language) -> String {
        let kind =
            row.text("kind") == MeetingKind.enterprise.rawValue
            ? Bilingual(zh: "企业沟通会", en: "enterprise") : Bilingual(zh: "职工沟通会", en: "worker")
        let (firms, intents) = (row.number("firms") ?? 0, row.number("intents") ?? 0)
        let applications = row.number("applications") ?? 0
        let counts = Bilingual(
            zh: "企业\(firms)家 意向\(intents) 申请\(applications)人",
            en: "\(firms) firms, \(intents) intents, \(applications) applications")
        return [
            row.text("held_on") ?? "—", language.of(kind),
            (row.text("district") ?? "") + (row.text("area_name") ?? ""), row.text("venue") ?? "—",
            language.of(counts),
        ].joined(separator: "  ")
    }
}
