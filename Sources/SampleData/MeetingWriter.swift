import Outreach

/// Turns planned meetings into the documents that cadres would have handed in.
struct MeetingWriter {
    let plan: SamplePlan
    var codes: SyntheticCodes
    var random: SeededRandom

    /// The document as it stands at the end of the year, with ids minted when it was recorded.
    mutating func document(
        for position: Int, recordedAt: Int64
    ) throws(CodeError) -> MeetingDocument {
        let meeting = plan.meetings[position]
        let area = plan.areas[meeting.area]
        let milliseconds = UInt64(recordedAt / 1000)
        var document = MeetingDocument(
            id: .minted(atMilliseconds: milliseconds, using: &random), kind: meeting.kind,
            heldOn: meeting.heldOn, area: area.code, venue: venue(of: meeting, in: area))
        document.areaName = area.name
        document.endedOn = meeting.endedOn
        document.startsAt = time(meeting.startMinute)
        document.endsAt = time(meeting.endMinute)
        document.format = meeting.format
        document.organisers = organisers(in: area)
        document.staff = staff(of: meeting)
        let dedication =
            meeting.kind == .worker && random.chance(0.12)
            ? random.pick(MeetingWords.dedications) : nil
        document.dedicatedTo = dedication?.name
        for firm in meeting.firms { document.firms.append(firmMet(firm, at: position)) }
        for _ in 0..<meeting.listed {
            let applicant = try applicant(
                at: meeting, dedicatedTo: dedication?.category, milliseconds: milliseconds)
            document.applicants.append(.stated(applicant))
        }
        document.applications = applicationCounts(of: meeting, listed: document.applicants)
        document.counts = counts(of: meeting)
        document.opinions = opinions(at: meeting)
        document.notes = Sample.label.zh
        return document
    }

    private func time(_ minutes: Int) -> TimeOfDay? {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return TimeOfDay("\(two(minutes / 60)):\(two(minutes % 60))")
    }

    private mutating func venue(of meeting: MeetingPlan, in area: SampleArea) -> Venue {
        let host = meeting.firms.first.map { plan.firms[$0].profile.name }
        if meeting.format == .oneToOne, random.chance(0.85) { return Venue(kind: .firm, name: host) }
        let kinds =
            meeting.kind == .enterprise ? MeetingWords.enterpriseVenues : MeetingWords.workerVenues
        let kind = random.pick(weighted: kinds) ?? .other
        return MeetingWords.venue(kind, near: area.shortName, hostedBy: host, using: &random)
    }

    private mutating func organisers(in area: SampleArea) -> [String] {
        var names = ["\(area.name)总工会"]
        if random.chance(0.35) { names.append(area.shortName + random.word(MeetingWords.organisers)) }
        if random.chance(0.08) { names.append("\(area.districtName)总工会") }
        return names
    }

    /// Two or three of the 800 trained cadres belong to an area; each is a number, not a person.
    private mutating func staff(of meeting: MeetingPlan) -> [StaffMember] {
        let first = meeting.area * 800 / plan.areas.count
        let end = max(first + 1, (meeting.area + 1) * 800 / plan.areas.count)
        let going = random.shuffled(first..<end).prefix(meeting.kind == .worker ? 3 : 1 + random.below(2))
        let hours = Double((meeting.minutes + 45) / 30) / 2
        return going.sorted().map { number in
            let text = String(1001 + number).dropFirst()
            return StaffMember(name: "工会干部\(text)", hours: random.chance(0.8) ? hours : nil)
        }
    }

    private mutating func counts(of meeting: MeetingPlan) -> MeetingCounts {
        var counts = MeetingCounts()
        switch meeting.kind {
        case .enterprise:
            let guests = meeting.firms.count + random.below(meeting.firms.count + 1)
            counts.attended = random.chance(0.9) ? guests : nil
            counts.leaflets = random.chance(0.6) ? guests * random.whole(1...4) : nil
            counts.questionnaires = random.chance(0.15) ? random.below(guests + 1) : nil
        case .worker:
            // Several people ask for each one who applies, and most places have passers-by.
            let asked = random.whole(15...70) + meeting.applications * random.whole(20...70) / 10
            counts.consulted = random.chance(0.88) ? asked : nil
            counts.leaflets = random.chance(0.75) ? asked * random.whole(10...30) / 100 * 10 : nil
            counts.questionnaires = random.chance(0.25) ? asked * random.whole(10...50) / 100 : nil
            let approved = meeting.applications * random.whole(30...90) / 100
            counts.approvedOnSite = random.chance(0.5) ? approved : nil
            counts.cardsIssued = random.chance(0.3) ? approved * random.whole(40...100) / 100 : nil
            counts.appRegistrations = random.chance(0.2) ? random.below(meeting.applications + 1) : nil
        }
        return counts
    }

    private mutating func opinions(at meeting: MeetingPlan) -> [Opinion] {
        guard meeting.kind == .worker, random.chance(0.55) else { return [] }
        return random.shuffled(MeetingWords.opinions).prefix(random.whole(1...3)).map { opinion in
            Opinion(topic: opinion.topic, text: random.word(opinion.texts))
        }
    }
}
