import Outreach

/// A plain recount of a sample from its entries alone: it shares no code with the generator, so that
/// a mistake in the plan shows here.
public struct SampleTally: Hashable, Sendable {
    public let figures: SampleFigures
    /// Firms with an intent that are not among the unorganised at first meeting.
    public let intentsByOtherFirms: Int
    /// Firms with an intent dated before their first meeting.
    public let intentsBeforeFirstContact: Int

    /// Counts what the entries say once all of them are recorded.
    public init(entries: [SampleEntry]) {
        var meetings: [MeetingID: MeetingDocument] = [:]
        var intents: [String: [Day]] = [:]
        for entry in entries {
            switch entry.action {
            case .meeting(.record(let document)): meetings[document.id] = document
            case .meeting(.void(let void)): meetings[void.id] = nil
            case .milestone(let firm, let milestone) where milestone.kind == .intent:
                intents[firm.text, default: []].append(milestone.on)
            case .milestone, .application, .noMeetings: break
            }
        }

        var firstContacts: [String: (day: Day, unorganised: Bool)] = [:]
        for meeting in meetings.values.sorted(by: { ($0.heldOn, $0.id) < ($1.heldOn, $1.id) }) {
            for firm in meeting.firms {
                let key = SampleTally.key(of: firm, district: meeting.area.district)
                if firstContacts[key] == nil {
                    firstContacts[key] = (meeting.heldOn, firm.unionStatus.isUnorganised)
                }
                if let intent = firm.intent { intents[key, default: []].append(intent.on) }
            }
        }

        var within = 0
        var others = 0
        var before = 0
        for (key, days) in intents {
            guard let first = firstContacts[key], first.unorganised else {
                others += 1
                continue
            }
            if days.contains(where: { $0 < first.day }) { before += 1 }
            if days.contains(where: { $0 >= first.day }) { within += 1 }
        }
        figures = SampleFigures(
            enterpriseMeetings: meetings.values.count { $0.kind == .enterprise },
            workerMeetings: meetings.values.count { $0.kind == .worker },
            firmsMet: firstContacts.count,
            unorganisedFirmsMet: firstContacts.values.count { $0.unorganised },
            foundingIntents: within,
            onSiteApplications: meetings.values.reduce(0) { $0 + $1.onSiteApplications })
        intentsByOtherFirms = others
        intentsBeforeFirstContact = before
    }

    /// The credit code, else the folded name within the district: how a recorder tells firms apart.
    static func key(of firm: FirmMet, district: String) -> String {
        firm.uscc?.text ?? "\(district) \(fold(firm.name ?? ""))"
    }

    /// A name without spaces, punctuation and the words for its legal form.
    static func fold(_ name: String) -> String {
        let letters = String(name.filter { $0.isLetter || $0.isNumber })
        for form in ["股份有限公司", "有限责任公司", "有限公司"] where letters.hasSuffix(form) {
            return String(letters.dropLast(form.count))
        }
        return letters
    }
}
