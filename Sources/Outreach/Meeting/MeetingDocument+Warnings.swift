extension MeetingDocument {
    /// Things that may be right but are worth a second look. They never stop a recording.
    public var warnings: [DocumentIssue] {
        var warnings: [DocumentIssue] = []
        func warn(_ code: String, _ pointer: String, _ zh: String, _ en: String) {
            warnings.append(
                DocumentIssue(
                    code: code, pointer: pointer, rule: Bilingual(zh: zh, en: en),
                    mend: Bilingual(zh: "确认无误即可提交", en: "submit it if it is right")))
        }
        if kind == .enterprise, firms.isEmpty, firmsCounted == nil {
            warn("warning.no_firms", "/firms", "企业沟通会没有登记企业", "an enterprise meeting without firms")
        }
        if kind == .worker, (counts.consulted ?? 0) > 100, onSiteApplications == 0 {
            warn(
                "warning.no_applications", "/applications", "咨询过百但没有人申请入会",
                "over 100 consultations and no application")
        }
        if let startsAt, let endsAt, endedOn == nil, endsAt.minutes - startsAt.minutes > 12 * 60 {
            warn("warning.long", "/ends_at", "持续超过12小时", "longer than twelve hours")
        }
        for (index, firm) in firms.enumerated() {
            if firm.uscc?.organisationCodeMismatch == true {
                warn(
                    "warning.uscc_inner", "/firms/\(index)/uscc", "信用代码内含的组织机构代码校验不符",
                    "the organisation code inside the credit code fails its check")
            }
            if firm.headcount == 0 {
                warn("warning.headcount_zero", "/firms/\(index)/headcount", "职工人数为0", "no employees")
            }
            if firm.intent != nil, firm.attitude == .opposed {
                warn(
                    "warning.intent_opposed", "/firms/\(index)/attitude", "态度为不同意，却登记了意向",
                    "opposed, yet with an intent")
            }
        }
        return warnings
    }
}
