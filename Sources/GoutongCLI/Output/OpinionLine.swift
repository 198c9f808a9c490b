internal import Outreach
internal import Reporting

/// One line of `opinion list`.
struct OpinionLine {
    let row: JSONRow

    func text(_ language: Language) -> String {
        let state =
            row.text("answered_on").map { Bilingual(zh: "已答复 \($0)", en: "answered \($0)") }
            ?? Bilingual(zh: "未答复", en: "not answered")
        let said = [
            row.text("topic").map { "[\($0)]" }, row.text("text"), row.text("answer").map { "→ \($0)" },
        ]
        return [
            row.text("held_on") ?? "—", (row.text("district") ?? "") + (row.text("area_name") ?? ""),
            language.of(state), Self.oneLine(said.compactMap(\.self).joined(separator: " ")),
            "\(row.text("meeting") ?? "")@\(row.number("revision") ?? 0) #\(row.number("number") ?? 0)",
        ].joined(separator: "  ")
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
