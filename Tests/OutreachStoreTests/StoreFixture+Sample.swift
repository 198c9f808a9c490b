import Outreach
import OutreachStore
import PostgresClient
import SampleData
import TestSupport
import Testing

extension StoreFixture {
    /// The sample of 2018, with its own moments, its journeys drained.
    func loadSample() async throws {
        let store = try #require(SampleStore(federation: federation))
        let areas = try await store.units(programme: "beijing-2018", on: connection).map { unit in
            SampleArea(
                code: try AreaCode(validating: unit.code), name: unit.name,
                districtCode: unit.unionCode, districtName: unit.unionName,
                arm: unit.arm == "pilot" ? .pilot : .comparison, startOn: unit.startOn)
        }
        let sample = try SampleGenerator(seed: 2018, areas: areas).makeSample()
        let facts = FactRecorder(federation: federation)
        var events: [(event: ApplicationEvent, at: PostgresTimestamp)] = []
        for entry in sample.entries {
            let at = PostgresTimestamp(microsecondsSince1970: entry.recordedAt)
            switch entry.action {
            case .meeting(let submission):
                // Every document passes the strict gate that people's documents pass.
                let bytes = Array(submission.json.text().utf8)
                let today = try #require(Day(iso: "2019-01-31"))
                let decoded = try MeetingSubmission.decode(bytes, today: today, areas: self.areas)
                #expect(decoded == submission)
                _ = try await recorder.record(decoded, at: at, on: connection)
            case .milestone(let firm, let milestone):
                _ = try await facts.add(milestone, to: .uscc(firm), at: at, on: connection)
            case .application(let applicant, let event, let day):
                let kind = try #require(ApplicationEvent.Kind(rawValue: event.rawValue))
                events.append(
                    (ApplicationEvent(id: .minted(), applicant: applicant, kind: kind, on: day), at))
            case .noMeetings: break
            }
        }
        try await store.add(events, on: connection)
        while try await JourneyQueue.drain(
            federation: federation, limit: 5000, on: connection) > 0
        {}
        try await connection.script("ANALYZE")
    }
}
