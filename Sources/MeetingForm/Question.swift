import Outreach

private typealias T = FormText

/// How one field is asked: its words, and how an answer is given.
struct Question: Sendable {
    enum Kind: Sendable {
        case text(limit: Int)
        /// Several, separated by `；` or `;`.
        case lines
        case number(limit: Int)
        case day, time
        case choice([FormChoice])
        case choices([FormChoice])
        case area, firm, employer
        case mobile, document, creditCode, industry
    }

    let label: Bilingual
    let kind: Kind
    var hint: Bilingual?
    /// May be left empty with Enter.
    var isOptional = true
    /// Enter alone is not an answer, though a default is shown: it must be said again.
    var isExplicit = false

    var choices: [FormChoice] {
        switch kind {
        case .choice(let choices), .choices(let choices): choices
        default: []
        }
    }
}

extension Field {
    var question: Question {
        switch self {
        case .kind: Question(label: T.kind, kind: .choice(FormChoice.meetingKinds), isOptional: false)
        case .heldOn: Question(label: T.heldOn, kind: .day, hint: T.dayHint, isOptional: false)
        case .area: Question(label: T.area, kind: .area, hint: T.areaHint, isOptional: false)
        case .venueKind: Question(label: T.venueKind, kind: .choice(FormChoice.venueKinds), isOptional: false)
        case .venueName: Question(label: T.venueName, kind: .text(limit: 200))
        case .venueProject: Question(label: T.venueProject, kind: .text(limit: 200), hint: T.venueProjectHint)
        case .format: Question(label: T.format, kind: .choice(FormChoice.formats))
        case .attended: Question(label: T.attended, kind: .number(limit: 100_000), hint: T.notCounted)
        case .consulted: Question(label: T.consulted, kind: .number(limit: 100_000), hint: T.notCounted)
        case .leaflets: Question(label: T.leaflets, kind: .number(limit: 1_000_000), hint: T.notCounted)
        case .questionnaires:
            Question(label: T.questionnaires, kind: .number(limit: 1_000_000), hint: T.notCounted)
        case .endedOn: Question(label: T.endedOn, kind: .day, hint: T.endedOnHint)
        case .startsAt: Question(label: T.startsAt, kind: .time, hint: T.timeHint)
        case .endsAt: Question(label: T.endsAt, kind: .time, hint: T.timeHint)
        case .orgUnit: Question(label: T.orgUnit, kind: .text(limit: 200))
        case .dedicatedTo: Question(label: T.dedicatedTo, kind: .text(limit: 200), hint: T.dedicatedToHint)
        case .organisers: Question(label: T.organisers, kind: .lines, hint: T.linesHint)
        case .staff: Question(label: T.staff, kind: .lines, hint: T.staffHint)
        case .applicationsTotal:
            Question(label: T.applicationsTotal, kind: .number(limit: 100_000), hint: T.applicationsHint)
        case .applicationsPaper: Question(label: T.applicationsPaper, kind: .number(limit: 100_000))
        case .applicationsQR: Question(label: T.applicationsQR, kind: .number(limit: 100_000))
        case .applicationsApp: Question(label: T.applicationsApp, kind: .number(limit: 100_000))
        case .firmsCounted:
            Question(label: T.firmsCounted, kind: .number(limit: 100_000), hint: T.firmsCountedHint)
        case .approvedOnSite: Question(label: T.approvedOnSite, kind: .number(limit: 100_000))
        case .cardsIssued: Question(label: T.cardsIssued, kind: .number(limit: 100_000))
        case .appRegistrations: Question(label: T.appRegistrations, kind: .number(limit: 100_000))
        case .opinions: Question(label: T.opinions, kind: .lines, hint: T.linesHint)
        case .notes: Question(label: T.notes, kind: .text(limit: 2_000))
        default: rowQuestion
        }
    }

    private var rowQuestion: Question {
        switch self {
        case .firmName: Question(label: T.firmName, kind: .firm, hint: T.firmHint, isOptional: false)
        case .unionStatus:
            Question(label: T.unionStatus, kind: .choice(FormChoice.unionStatuses), isOptional: false)
        case .headcount: Question(label: T.headcount, kind: .number(limit: 1_000_000), hint: T.headcountHint)
        case .headcountBand:
            Question(label: T.headcountBand, kind: .choice(FormChoice.headcountBands), hint: T.bandHint)
        case .attitude: Question(label: T.attitude, kind: .choice(FormChoice.attitudes))
        case .intent: Question(label: T.intent, kind: .choice(FormChoice.intentForms), hint: T.intentHint)
        case .intentOn: Question(label: T.intentOn, kind: .day, hint: T.dayHint)
        case .nextStep: Question(label: T.nextStep, kind: .text(limit: 500))
        case .nextStepDue: Question(label: T.nextStepDue, kind: .day, hint: T.dayHint)
        case .nextStepOwner: Question(label: T.nextStepOwner, kind: .text(limit: 100))
        case .uscc: Question(label: T.uscc, kind: .creditCode, hint: T.usccHint)
        case .parent: Question(label: T.parent, kind: .text(limit: 200))
        case .industry: Question(label: T.industry, kind: .industry, hint: T.industryHint)
        case .contactName: Question(label: T.contactName, kind: .text(limit: 100))
        case .contactPosition: Question(label: T.contactPosition, kind: .text(limit: 100))
        case .contactPhone: Question(label: T.contactPhone, kind: .text(limit: 40))
        case .firmQuestions: Question(label: T.firmQuestions, kind: .lines, hint: T.linesHint)
        case .applicantName:
            Question(
                label: T.applicantName, kind: .text(limit: 100), hint: T.applicantHint, isOptional: false)
        case .mobile: Question(label: T.mobile, kind: .mobile, hint: T.mobileHint)
        case .document: Question(label: T.document, kind: .document, hint: T.documentHint)
        case .employer: Question(label: T.employer, kind: .employer)
        case .categories:
            Question(label: T.categories, kind: .choices(FormChoice.categories), hint: T.choicesHint)
        case .channel: Question(label: T.channel, kind: .choice(FormChoice.channels))
        case .consent:
            Question(
                label: T.consent, kind: .choice(FormChoice.consents), hint: T.consentHint, isOptional: false,
                isExplicit: true)
        case .shareWithUnion: Question(label: T.shareWithUnion, kind: .choice(FormChoice.yesNo))
        case .cardBank: Question(label: T.cardBank, kind: .choice(FormChoice.yesNo))
        default: Question(label: T.notes, kind: .text(limit: 2_000))
        }
    }
}
