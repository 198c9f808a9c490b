import Outreach

extension SampleRecording {
    /// What becomes of each applicant on the list, as far as the year goes.
    mutating func recordApplications(of document: MeetingDocument, after recorded: Int64) {
        for entry in document.applicants {
            guard case .stated(let applicant) = entry else { continue }
            var day = document.heldOn
            var instant = recorded
            for step in steps(scanned: applicant.channel == .qr) {
                day = day.adding(days: step.wait)
                guard day <= SampleCalendar.lastDay else { break }
                instant = times.fact(on: day, after: instant, lateness: 0.03)
                add(.application(applicant.id, event: step.event, on: day), at: instant)
            }
        }
    }

    /// Scanned forms are often verified on the spot, paper takes days; admission takes a meeting.
    private mutating func steps(scanned: Bool) -> [(event: SampleApplicationEvent, wait: Int)] {
        let review = random.wait(mean: scanned ? 1 : 4)
        switch random.unit() {
        case ..<0.87: break
        case ..<0.93: return [(.rejected, review)]
        case ..<0.95: return [(.withdrawn, review)]
        default: return []
        }
        let decision = 1 + random.wait(mean: 8)
        switch random.unit() {
        case ..<0.86: return [(.verified, review), (.admitted, decision)]
        case ..<0.9: return [(.verified, review), (.rejected, decision)]
        case ..<0.93: return [(.verified, review), (.withdrawn, decision)]
        default: return [(.verified, review)]
        }
    }
}
