internal import Outreach
internal import PostgresClient

/// A meeting of a batch that is to be recorded, with its firms found.
struct PlannedMeeting {
    let line: Int
    let rows: MeetingRows
    let fingerprint: Fingerprint
    let firms: [ResolvedFirm]
    /// By the position of the applicant: the firm that it works for, where that is known.
    let employers: [FirmID?]
    /// Firms that it makes, and firms that gain their code by it.
    let made: [(position: Int, identity: FirmBook.Identity)]
    let gained: [FirmBook.Identity]
}

extension FirmBook {
    enum Planning {
        case planned(PlannedMeeting)
        /// Two of its firms are one.
        case firmTwice
    }

    /// Finds the firms of a document and writes down what it makes of them, as the recorder does in one
    /// transaction. Nothing is written down where it must be refused.
    mutating func plan(
        _ rows: MeetingRows, line: Int, fingerprint: Fingerprint
    ) -> Planning {
        let document = rows.document
        // Every firm is looked for before any is made.
        let found = rows.firms.map { find($0.wanted) }
        var firms: [ResolvedFirm] = []
        var seen: Set<FirmID> = []
        var bare: Set<String> = []
        for (index, found) in found.enumerated() {
            let firm = ResolvedFirm(
                id: found.firm ?? FirmID.derived(from: "firm", "\(document.id)", "\(index)"),
                isNew: found.firm == nil, gainsCode: found.gainsCode)
            guard seen.insert(firm.id).inserted else { return .firmTwice }
            let wanted = rows.firms[index].wanted
            if firm.isNew, wanted.uscc == nil, let folded = wanted.foldedName,
                !bare.insert("\(wanted.district)/\(folded)").inserted
            {
                return .firmTwice
            }
            firms.append(firm)
        }
        var made: [(position: Int, identity: Identity)] = []
        var gained: [Identity] = []
        for (index, firm) in firms.enumerated() {
            if firm.isNew {
                made.append((index, make(firm.id, rows.firms[index])))
            } else if firm.gainsCode, let uscc = rows.firms[index].met.uscc,
                let identity = gain(uscc, rows.firms[index].wanted)
            {
                gained.append(identity)
            }
        }
        let employers = rows.applicants.map { listed -> FirmID? in
            listed?.applicant.employer.flatMap { find(rows.wanted($0)).firm }
        }
        return .planned(
            PlannedMeeting(
                line: line, rows: rows, fingerprint: fingerprint, firms: firms, employers: employers,
                made: made, gained: gained))
    }
}

extension MeetingRows {
    func wanted(_ employer: Employer) -> FirmMatch.Wanted {
        FirmMatch.Wanted(
            uscc: employer.uscc, foldedName: employer.name.map { FoldedName($0).text }, district: district)
    }

    /// Every firm that its recording asks for.
    var allWanted: [FirmMatch.Wanted] {
        firms.map(\.wanted)
            + applicants.compactMap { $0?.applicant.employer.map(wanted) }
    }
}
