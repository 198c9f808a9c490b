import Outreach

/// Records a planned year entry by entry, with the corrections, duplicates and delays of real offices.
struct SampleRecording {
    let plan: SamplePlan
    var times: RecordingTimes
    var random: SeededRandom
    private var writer: MeetingWriter
    private var entries: [SampleEntry] = []
    /// When each firm first stood in the records; nothing can be filed under its code earlier.
    private var knownAt: [Int64?]

    init(plan: SamplePlan, codes: SyntheticCodes, random source: SeededRandom) {
        var source = source
        self.plan = plan
        writer = MeetingWriter(plan: plan, codes: codes, random: source.fork())
        times = RecordingTimes(random: source.fork())
        random = source.fork()
        knownAt = Array(repeating: nil, count: plan.firms.count)
    }

    /// Every entry in recorded order.
    mutating func record() throws(CodeError) -> [SampleEntry] {
        for position in plan.meetings.indices { try recordMeeting(position) }
        recordMilestones()
        declareIdleWeeks()
        return inOrder()
    }

    mutating func add(_ action: SampleAction, at instant: Int64) {
        entries.append(SampleEntry(recordedAt: instant, action: action))
    }

    private mutating func recordMeeting(_ position: Int) throws(CodeError) {
        let meeting = plan.meetings[position]
        let recorded = times.meeting(meeting)
        let document = try writer.document(for: position, recordedAt: recorded)
        let luck = random.unit()
        if luck < 0.027, let slip = random.pick(DocumentSlip.possible(in: document)) {
            let mistaken = slip.applied(to: document)
            let corrected = times.secondLook(at: recorded, days: 1...20)
            add(.meeting(.record(mistaken)), at: recorded)
            add(.meeting(.record(document.correcting(revision: 1))), at: corrected)
            // A slip leaves out firms at the end of the list only.
            note(meeting.firms.prefix(mistaken.firms.count), knownAt: recorded)
            note(meeting.firms[...], knownAt: corrected)
        } else {
            add(.meeting(.record(document)), at: recorded)
            note(meeting.firms[...], knownAt: recorded)
            if luck > 0.995 { recordAgain(document, after: recorded) }
        }
        recordApplications(of: document, after: recorded)
    }

    private mutating func note(_ firms: ArraySlice<Int>, knownAt instant: Int64) {
        for firm in firms { knownAt[firm] = min(knownAt[firm] ?? instant, instant) }
    }

    /// A colleague hands the same meeting in again, without the list; the copy is voided when noticed.
    private mutating func recordAgain(_ document: MeetingDocument, after recorded: Int64) {
        let again = times.secondLook(at: recorded, days: 1...3)
        let copy = document.handedInAgain(as: .minted(atMilliseconds: UInt64(again / 1000), using: &random))
        let void = MeetingVoid(id: copy.id, replaces: 1, why: "与同场会议重复录入")
        add(.meeting(.record(copy)), at: again)
        add(.meeting(.void(void)), at: times.secondLook(at: again, days: 1...8))
    }

    private mutating func recordMilestones() {
        var replies = 0
        for (position, firm) in plan.firms.enumerated() {
            guard let uscc = firm.profile.uscc, let known = knownAt[position] else { continue }
            for planned in firm.milestones {
                let recorded = times.fact(on: planned.on, after: known, lateness: 0.08)
                let id = MilestoneID.minted(atMilliseconds: UInt64(recorded / 1000), using: &random)
                var milestone = Milestone(id: id, kind: planned.kind, on: planned.on)
                milestone.intentForm = planned.form
                switch planned.kind {
                case .preparationApproved, .established:
                    replies += 1
                    milestone.reference = "示例工批〔2018〕\(replies)号"
                    guard planned.kind == .established else { break }
                    milestone.unionName = "\(firm.profile.name)工会委员会"
                    milestone.form = .single
                    milestone.members = max(2, firm.profile.headcount * random.whole(45...95) / 100)
                case .joinedJointUnion:
                    milestone.unionName = "\(plan.areas[firm.area].name)示例联合工会"
                    milestone.form = .joint
                    milestone.members = max(1, firm.profile.headcount * random.whole(40...90) / 100)
                case .coveredByParent:
                    milestone.unionName = firm.profile.parent.map { "\($0)工会委员会" }
                default: break
                }
                add(.milestone(firm: uscc, milestone), at: recorded)
            }
        }
    }

    /// By time; entries of one moment keep their order and get a microsecond each.
    private func inOrder() -> [SampleEntry] {
        let order = entries.indices.sorted {
            (entries[$0].recordedAt, $0) < (entries[$1].recordedAt, $1)
        }
        var last: Int64 = 0
        return order.map { position in
            let entry = entries[position]
            last = max(entry.recordedAt, last + 1)
            return SampleEntry(recordedAt: last, action: entry.action)
        }
    }
}
