internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import SampleData
internal import Vault

/// Records the sample as its offices would have: each meeting by the one recording function, with the
/// sample's own moments. Running it again goes on where it was stopped: what is recorded replays.
struct SampleLoader {
    private let workplace: Workplace
    private let store: SampleStore
    private let sample: Sample

    init(connection: PostgresConnection) async throws {
        try await Federation.add(
            code: DemoCommand.federation,
            name: Bilingual(zh: "北京市总工会（演示）", en: "Beijing Federation of Trade Unions (demonstration)"),
            synthetic: true, since: Day(year: 2018, month: 4, day: 1) ?? Workplace.today,
            on: connection)
        workplace = try await Workplace.open(federation: DemoCommand.federation)
        guard let store = SampleStore(federation: workplace.federation) else {
            throw CommandFailure(
                .notAllowed, code: "federation.not_synthetic",
                rule: Bilingual(zh: "该总工会不是演示用的", en: "this federation is not marked synthetic"),
                mend: Bilingual(
                    zh: "演示数据只能载入专用的演示总工会", en: "the sample goes into a federation of its own only"))
        }
        self.store = store
        try await ReferenceLoader.loadBeijing(into: workplace.federation, on: workplace.connection)
        let areas = try await store.units(programme: "beijing-2018", on: workplace.connection).map {
            unit in
            SampleArea(
                code: try AreaCode(validating: unit.code), name: unit.name,
                districtCode: unit.unionCode, districtName: unit.unionName,
                arm: unit.arm == "pilot" ? .pilot : .comparison, startOn: unit.startOn)
        }
        sample = try SampleGenerator(seed: DemoCommand.seed, areas: areas).makeSample()
    }

    private var submissions: [(submission: MeetingSubmission, at: PostgresTimestamp)] {
        sample.entries.compactMap { entry in
            guard case .meeting(let submission) = entry.action else { return nil }
            return (submission, PostgresTimestamp(microsecondsSince1970: entry.recordedAt))
        }
    }

    func isComplete() async throws -> Bool {
        let submissions = submissions
        let ids = Set(submissions.map(\.submission.id))
        guard
            try await store.revisions(of: Array(ids), on: workplace.connection) >= submissions.count
        else { return false }
        // Declared weeks are written last, at once: where they are, everything is.
        return try await store.declaredWeeks(on: workplace.connection) > 0
    }

    func load(progress: (_ done: Int, _ all: Int) -> Void) async throws {
        let connection = workplace.connection
        // The sample can be loaded again: it need not wait for the disk at each of its commits.
        try await connection.execute("SET synchronous_commit = off")
        let submissions = submissions
        for (index, item) in submissions.enumerated() {
            _ = try await workplace.recorder.record(item.submission, at: item.at, on: connection)
            if (index + 1) % 500 == 0 { progress(index + 1, submissions.count) }
        }
        progress(submissions.count, submissions.count)
        try await loadRest(on: connection)
        try await workplace.drain()
        try await connection.script("ANALYZE")
    }

    private func loadRest(on connection: PostgresConnection) async throws {
        var events: [(event: ApplicationEvent, at: PostgresTimestamp)] = []
        var weeks: [(area: Int, week: Week, at: PostgresTimestamp)] = []
        var random = SeededRandom(seed: DemoCommand.seed)
        for entry in sample.entries {
            let at = PostgresTimestamp(microsecondsSince1970: entry.recordedAt)
            switch entry.action {
            case .meeting: continue
            case .milestone(let firm, let milestone):
                _ = try await workplace.facts.add(milestone, to: .uscc(firm), at: at, on: connection)
            case .application(let applicant, let event, let day):
                guard let kind = ApplicationEvent.Kind(rawValue: event.rawValue) else { continue }
                let id = Identifier<ApplicationEvent>.minted(
                    atMilliseconds: UInt64(max(0, entry.recordedAt / 1000)), using: &random)
                events.append(
                    (ApplicationEvent(id: id, applicant: applicant, kind: kind, on: day), at))
            case .noMeetings(let code, let week):
                guard let area = workplace.areas.area(code: code.text, on: week.end) else { continue }
                weeks.append((area.id, week, at))
            }
        }
        try await store.add(events, on: connection)
        // This commit waits for the disk, and so for everything before it.
        try await connection.execute("SET synchronous_commit = on")
        try await store.declareNoMeetings(weeks, on: connection)
    }
}
