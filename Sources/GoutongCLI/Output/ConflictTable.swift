internal import Outreach
internal import OutreachClient
internal import Reporting
internal import TerminalCells

/// Both sides of a conflict, beside each other.
struct ConflictTable {
    let item: OutboxItem
    let current: Receipt

    func text(_ language: Language) -> String {
        let document = item.document
        let moment =
            "\(current)".split(separator: ".").last.map { String($0).replacing(",", with: ".") } ?? ""
        let rows: [(Bilingual, String, String)] = [
            (
                Bilingual(zh: "", en: ""), language.of(Bilingual(zh: "我方（发件箱）", en: "ours (outbox)")),
                language.of(Bilingual(zh: "对方（已登记）", en: "theirs (on record)"))
            ),
            (Bilingual(zh: "版本", en: "revision"), "\(document.revision)", "\(current.revision)"),
            (
                Bilingual(zh: "内容校验", en: "facts hash"), String(document.factsHash.hexadecimal.prefix(16)),
                String(current.factsHashHex.prefix(16))
            ),
            (Bilingual(zh: "登记时刻", en: "recorded"), "—", moment),
        ]
        let lines = rows.map { label, ours, theirs in
            "  " + CellWidth.pad(language.of(label), to: 12) + CellWidth.pad(ours, to: 28) + theirs
        }
        let next = language.of(
            Bilingual(
                zh: "  → 保留对方：goutong outbox resolve \(document.name) --keep theirs；"
                    + "以我方更正第 \(current.revision) 版：--keep ours",
                en: "  → keep theirs: goutong outbox resolve \(document.name) --keep theirs; "
                    + "send ours as a correction of revision \(current.revision): --keep ours"))
        return (lines + [next]).joined(separator: "\n")
    }
}
