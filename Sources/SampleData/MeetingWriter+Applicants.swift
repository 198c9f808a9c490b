import Outreach

extension MeetingWriter {
    mutating func applicant(
        at meeting: MeetingPlan, dedicatedTo category: WorkerCategory?, milliseconds: UInt64
    ) throws(CodeError) -> Applicant {
        let surname = random.word(PersonWords.surnames)
        let givenName = random.word(PersonWords.stems) + random.word(PersonWords.branches)
        var person = Person(name: "\(surname)某\(givenName)")
        let hasDocument = random.chance(0.4)
        if hasDocument { person.document = .residentID(try codes.residentID()) }
        if !hasDocument || random.chance(0.85) { person.mobile = try codes.mobile() }

        let channel: JoinChannel = random.chance(0.64) ? .paper : .qr
        let consent = Consent(
            notice: "2018-1", on: meeting.heldOn, method: channel == .paper ? .signed : .ticked,
            shareWithEmployerUnion: random.chance(0.3), cardBank: random.chance(0.45))
        var applicant = Applicant(
            id: .minted(atMilliseconds: milliseconds, using: &random), person: person, consent: consent)
        applicant.channel = random.chance(0.97) ? channel : nil
        applicant.employer = employer(at: meeting)
        applicant.categories = categories(dedicatedTo: category)
        return applicant
    }

    /// Half of the applicants name a firm of the area; where there is a magnet, often that one.
    private mutating func employer(at meeting: MeetingPlan) -> Employer? {
        guard random.chance(0.5) else { return nil }
        let magnet = plan.magnetOfArea[meeting.area]
        let anyone = random.pick(plan.firmsOfArea[meeting.area])
        guard let position = (random.chance(0.5) ? magnet : nil) ?? anyone else { return nil }
        let profile = plan.firms[position].profile
        return Employer(uscc: profile.uscc, name: profile.name)
    }

    private mutating func categories(dedicatedTo category: WorkerCategory?) -> [WorkerCategory] {
        if let category { return random.chance(0.5) ? [category, .migrantWorker] : [category] }
        guard random.chance(0.85), let first = random.pick(weighted: MeetingWords.categories) else {
            return []
        }
        let alsoMigrant = first != .migrantWorker && random.chance(0.3)
        return alsoMigrant ? [first, .migrantWorker] : [first]
    }

    /// Counts that agree with the list; parts are left out where nobody kept them apart.
    mutating func applicationCounts(
        of meeting: MeetingPlan, listed entries: [ApplicantEntry]
    ) -> ApplicationCounts {
        var counts = ApplicationCounts()
        let isFullyListed = entries.count == meeting.applications
        if !isFullyListed || random.chance(0.6) { counts.total = meeting.applications }
        guard meeting.applications > 0 else {
            if meeting.kind == .enterprise { counts.total = nil }
            return counts
        }
        if random.chance(0.7) {
            let scanned = entries.count { entry in
                if case .stated(let applicant) = entry { applicant.channel == .qr } else { false }
            }
            let others = meeting.applications - entries.count
            let qr = scanned + others * random.whole(20...50) / 100
            counts.qr = qr
            counts.paper = random.chance(0.9) ? meeting.applications - qr : nil
        }
        return counts
    }
}
