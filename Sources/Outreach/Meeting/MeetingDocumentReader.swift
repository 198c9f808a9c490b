/// Reads the body of a meeting document, part by part. Returns nil where a required part is missing; the
/// issues say which.
struct MeetingDocumentReader {
    let today: Day
    let areas: any AreaDirectory
    let issues: IssueList

    private static let keys = [
        "schema", "id", "replaces", "kind", "held_on", "ended_on", "starts_at", "ends_at", "area",
        "area_name", "org_unit", "venue", "format", "dedicated_to", "organisers", "staff", "counts",
        "firms", "firms_counted", "applicants", "applications", "opinions", "notes", "void",
    ]

    func document(_ value: JSONValue) -> MeetingDocument? {
        guard let reader = ObjectReader(value, at: "", known: Self.keys, issues: issues) else {
            return nil
        }
        reader.checkSchema()
        let id = reader.identifier("id", as: MeetingID.self)
        let replaces = reader.integer("replaces", in: 1...1_000_000)
        let kind = reader.choice("kind", as: MeetingKind.self, required: true)
        let heldOn = reader.day("held_on", latest: today, required: true)
        let endedOn = reader.day("ended_on", latest: today)
        if let heldOn, let endedOn, !(0...31).contains(endedOn.days(since: heldOn)) {
            issues.add(
                "date.order", reader.at("ended_on"),
                Bilingual(
                    zh: "结束日期应在召开日期当天至31天内",
                    en: "the last day lies before the first, or more than 31 days after"),
                mend: Bilingual(zh: "核对两个日期", en: "check both dates"))
        }
        let startsAt = reader.time("starts_at")
        let endsAt = reader.time("ends_at")
        if let startsAt, let endsAt, endsAt < startsAt, endedOn == nil || endedOn == heldOn {
            issues.add(
                "time.order", reader.at("ends_at"),
                Bilingual(zh: "结束时间早于开始时间", en: "ends before it starts"),
                mend: Bilingual(
                    zh: "核对两个时间；跨天的填写结束日期", en: "check both times; over midnight give the last day"))
        }
        let area = reader.code("area", required: true, AreaCode.init(validating:))
        let areaName = reader.text("area_name")
        if let area, let heldOn {
            check(area, areaName, on: heldOn, reader, key: "area", nameKey: "area_name")
        }
        let orgUnit = reader.text("org_unit")
        let venue = venue(reader)
        let format = reader.choice("format", as: MeetingFormat.self)
        let dedicatedTo = reader.text("dedicated_to")
        let organisers = reader.texts("organisers")
        let staff = staff(reader)
        let counts = counts(reader)
        let firms = FirmMetReader(day: heldOn ?? today, isCorrection: replaces != nil, parent: self)
            .firms(reader)
        let firmsCounted = reader.integer("firms_counted")
        if let firmsCounted, firmsCounted < firms.count {
            below(
                reader.at("firms_counted"), "count.below_firms", "参会企业数少于列出的企业", "fewer than the firms listed"
            )
        }
        let applicants = ApplicantReader(day: heldOn ?? today, isCorrection: replaces != nil, parent: self)
            .applicants(reader)
        let applications = applications(reader, listed: applicants.count)
        if let approved = counts.approvedOnSite, let total = applications.total, approved > total {
            issues.add(
                "count.above_applications", reader.at("counts") + "/approved_on_site",
                Bilingual(zh: "现场审核通过多于现场申请", en: "more approved on the spot than applied"),
                mend: Bilingual(zh: "核对两个数字", en: "check both numbers"))
        }
        let opinions = opinions(reader, heldOn: heldOn)
        let notes = reader.prose("notes", limit: 20_000)

        guard let id, let kind, let heldOn, let area, let venue else { return nil }
        var document = MeetingDocument(id: id, kind: kind, heldOn: heldOn, area: area, venue: venue)
        document.replaces = replaces
        document.endedOn = endedOn
        document.startsAt = startsAt
        document.endsAt = endsAt
        document.areaName = areaName
        document.orgUnit = orgUnit
        document.format = format
        document.dedicatedTo = dedicatedTo
        document.organisers = organisers
        document.staff = staff
        document.counts = counts
        document.firms = firms
        document.firmsCounted = firmsCounted
        document.applicants = applicants
        document.applications = applications
        document.opinions = opinions
        document.notes = notes
        return document
    }

    /// Code and name must mean one unit on the day.
    func check(
        _ area: AreaCode, _ name: String?, on day: Day, _ reader: ObjectReader, key: String,
        nameKey: String
    ) {
        guard let entry = areas.entry(area, on: day) else {
            issues.add(
                "area.not_valid_on_day", reader.at(key),
                Bilingual(zh: "召开当日没有这个代码的街道（乡镇）", en: "no street or township has this code on that day"),
                mend: Bilingual(
                    zh: "按当日的区划填写代码，或按名称查找", en: "give the code of that day, or look the area up by name"))
            return
        }
        if let name, !entry.isCalled(name) {
            issues.add(
                "area.name_mismatch", reader.at(nameKey),
                Bilingual(zh: "名称与代码不是同一街道（乡镇）", en: "name and code are not the same unit"),
                mend: Bilingual(
                    zh: "该代码当日是\(entry.districtName)\(entry.name)",
                    en: "that day the code is \(entry.districtName)\(entry.name)"))
        }
    }

    func below(_ pointer: String, _ code: String, _ zh: String, _ en: String) {
        issues.add(
            code, pointer, Bilingual(zh: zh, en: en),
            mend: Bilingual(zh: "核对数字；没有统计就写 null", en: "check the number; write null where nobody counted"))
    }

    private func venue(_ reader: ObjectReader) -> Venue? {
        guard let venue = reader.object("venue", known: ["kind", "name", "project"], required: true),
            let kind = venue.choice("kind", as: VenueKind.self, required: true)
        else { return nil }
        return Venue(kind: kind, name: venue.name("name"), project: venue.name("project"))
    }

    private func staff(_ reader: ObjectReader) -> [StaffMember] {
        reader.elements("staff", limit: 100).compactMap { value, pointer in
            ObjectReader(value, at: pointer, known: ["name", "hours"], issues: issues).flatMap { member in
                let hours = member.number("hours", in: 0...240)
                return member.name("name", required: true).map { StaffMember(name: $0, hours: hours) }
            }
        }
    }

    private func counts(_ reader: ObjectReader) -> MeetingCounts {
        let keys = [
            "attended", "consulted", "leaflets", "questionnaires", "approved_on_site", "cards_issued",
            "app_registrations",
        ]
        var counts = MeetingCounts()
        guard let object = reader.object("counts", known: keys) else { return counts }
        counts.attended = object.integer("attended")
        counts.consulted = object.integer("consulted")
        counts.leaflets = object.integer("leaflets")
        counts.questionnaires = object.integer("questionnaires")
        counts.approvedOnSite = object.integer("approved_on_site")
        counts.cardsIssued = object.integer("cards_issued")
        counts.appRegistrations = object.integer("app_registrations")
        return counts
    }

    private func applications(_ reader: ObjectReader, listed: Int) -> ApplicationCounts {
        var counts = ApplicationCounts()
        guard let object = reader.object("applications", known: ["paper", "qr", "app", "total"]) else {
            return counts
        }
        counts.paper = object.integer("paper")
        counts.qr = object.integer("qr")
        counts.app = object.integer("app")
        counts.total = object.integer("total")
        if let total = counts.total {
            if total < listed {
                below(
                    object.at("total"), "count.below_applicants", "合计少于列出的申请人",
                    "fewer than the applicants listed")
            }
            if total < (counts.paper ?? 0) + (counts.qr ?? 0) + (counts.app ?? 0) {
                below(object.at("total"), "count.below_parts", "合计少于各渠道之和", "less than the sum of its parts")
            }
        }
        return counts
    }

    private func opinions(_ reader: ObjectReader, heldOn: Day?) -> [Opinion] {
        reader.elements("opinions").compactMap { value, pointer in
            ObjectReader(value, at: pointer, known: ["topic", "text", "answer"], issues: issues).flatMap {
                opinion in
                let topic = opinion.text("topic")
                let answer = answer(opinion, heldOn: heldOn)
                return opinion.prose("text", limit: 2000, required: true).map {
                    Opinion(topic: topic, text: $0, answer: answer)
                }
            }
        }
    }

    private func answer(_ opinion: ObjectReader, heldOn: Day?) -> OpinionAnswer? {
        guard let answer = opinion.object("answer", known: ["on", "text"]) else { return nil }
        let on = answer.day("on", latest: today, required: true)
        let text = answer.prose("text", limit: 2000)
        guard let on else { return nil }
        if let heldOn, on < heldOn {
            issues.add(
                "answer.before_meeting", answer.at("on"),
                Bilingual(zh: "答复日期早于沟通会", en: "answered before the meeting was held"),
                mend: Bilingual(zh: "核对两个日期", en: "check both dates"))
        }
        return OpinionAnswer(on: on, text: text)
    }
}
