import Outreach

/// A mistake in a document as it was first handed in.
enum DocumentSlip: CaseIterable {
    case applicationsOvercounted, consultationsMisread, lastFirmOmitted, statusUnasked, intentOmitted

    /// The slips that would change something in this document.
    static func possible(in document: MeetingDocument) -> [DocumentSlip] {
        allCases.filter { $0.applied(to: document) != document }
    }

    func applied(to document: MeetingDocument) -> MeetingDocument {
        var mistaken = document
        switch self {
        case .applicationsOvercounted:
            let right = document.onSiteApplications
            if right > 0 { mistaken.applications.total = right + 1 + right / 5 }
        case .consultationsMisread:
            mistaken.counts.consulted = document.counts.consulted.map { $0 + 100 }
        case .lastFirmOmitted:
            if document.firms.count > 1 { mistaken.firms.removeLast() }
        case .statusUnasked:
            let index = document.firms.firstIndex { $0.unionStatus.isUnorganised && $0.intent == nil }
            if let index {
                mistaken.firms[index].unionStatus = .unknown
                mistaken.firms[index].nextStep = nil
            }
        case .intentOmitted:
            if let index = document.firms.firstIndex(where: { $0.intent != nil }) {
                mistaken.firms[index].intent = nil
            }
        }
        return mistaken
    }
}

extension MeetingDocument {
    /// These facts as a correction; the applicants stay as they were recorded.
    func correcting(revision: Int) -> MeetingDocument {
        var correction = self
        correction.replaces = revision
        correction.applicants = applicants.map { .unchanged($0.id) }
        return correction
    }

    /// The same meeting under another id, with a number in place of the list.
    func handedInAgain(as id: MeetingID) -> MeetingDocument {
        var copy = self
        copy.id = id
        copy.applicants = []
        copy.applications.total = onSiteApplications
        return copy
    }
}
