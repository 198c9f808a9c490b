extension Milestone {
    /// Reads `{ "id", "firm", "kind", "on", "meeting", "reference", "union_name", "form", "members",
    /// "intent_form" }`; the first four are required, `firm` is a credit code or an id.
    ///
    /// - Parameter today: in the office; nothing may be dated later.
    public static func decode(
        _ bytes: [UInt8], today: Day
    ) throws(DocumentRefused) -> (milestone: Milestone, firm: FirmName) {
        try SmallDocument.read(bytes, known: keys) { reader in
            let id = reader.identifier("id", as: MilestoneID.self)
            let firm = reader.code("firm", required: true, FirmName.init)
            let kind = reader.choice("kind", as: MilestoneKind.self, required: true)
            let on = reader.day("on", latest: today, required: true)
            if let on, on.year < 1949 {
                reader.issues.add(
                    "date.too_early", reader.at("on"),
                    Bilingual(zh: "日期早于1949年", en: "the day lies before 1949"),
                    mend: Bilingual(zh: "填写实际发生的日期", en: "give the day on which it happened"))
            }
            let meeting = reader.code("meeting") { (text) throws(CodeError) -> MeetingID in
                guard let id = MeetingID(text) else {
                    throw CodeError(
                        "id.form", "不是有效编号", "not an id", mendZh: "填写沟通会的编号", mendEn: "give the meeting's id")
                }
                return id
            }
            let reference = reader.name("reference")
            let unionName = reader.name("union_name")
            let form = reader.choice("form", as: UnionForm.self)
            let members = reader.integer("members")
            let intentForm = reader.choice("intent_form", as: IntentForm.self)
            guard let id, let firm, let kind, let on else { return nil }
            var milestone = Milestone(id: id, kind: kind, on: on)
            milestone.meeting = meeting
            milestone.reference = reference
            milestone.unionName = unionName
            milestone.form = form
            milestone.members = members
            milestone.intentForm = intentForm
            return (milestone, firm)
        }
    }

    private static let keys = [
        "id", "firm", "kind", "on", "meeting", "reference", "union_name", "form", "members", "intent_form",
    ]
}
