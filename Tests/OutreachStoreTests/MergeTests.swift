import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Merging duplicates: counted as one from then on, reversible, and an earlier moment keeps what it showed.
@Suite struct MergeTests {
    @Test("a merge makes two firms one, an unmerge makes them two, and old moments stay")
    func merging() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.enterprise(firms: 2, intents: 1)
            _ = try await fixture.record(document)
            let clock = LedgerClock(federation: fixture.federation)
            let facts = FactRecorder(federation: fixture.federation)
            func met(at moment: PostgresTimestamp) async throws -> Int {
                try await JourneyReader.journeys(
                    federation: fixture.federation, at: moment, on: fixture.connection
                ).count
            }
            let firms = try await JourneyReader.journeys(
                federation: fixture.federation, at: .infinity, on: fixture.connection
            ).map(\.firm).sorted()
            #expect(firms.count == 2)
            let before = try await clock.fixMoment(on: fixture.connection)
            let id = MergeID.minted()
            #expect(try await facts.merge(firms[0], into: firms[1], as: id, on: fixture.connection))
            #expect(try await facts.merge(firms[0], into: firms[1], as: id, on: fixture.connection) == false)
            let merged = try await clock.fixMoment(on: fixture.connection)
            await #expect(throws: RecordingError.self) {
                try await facts.merge(firms[1], into: firms[0], as: .minted(), on: fixture.connection)
            }
            await #expect(throws: RecordingError.self) {
                try await facts.merge(firms[0], into: firms[1], as: .minted(), on: fixture.connection)
            }
            await #expect(throws: RecordingError.self) {
                try await facts.merge(firms[1], into: firms[0], as: id, on: fixture.connection)
            }
            do {
                // Counted as another firm already, so that only its own id tells the loop.
                try await facts.merge(firms[0], into: firms[0], as: .minted(), on: fixture.connection)
                Issue.record("merged into itself")
            } catch RecordingError.conflicting(let issue) {
                #expect(issue.code == "firm.merged_in_loop")
            }
            let merge = try #require(try await facts.merge(of: firms[0], on: fixture.connection))
            try await facts.undo(merge, on: fixture.connection)
            let undone = try await clock.fixMoment(on: fixture.connection)
            for drained in [false, true] {
                if drained {
                    _ = try await JourneyQueue.drain(
                        federation: fixture.federation, limit: 100, on: fixture.connection)
                }
                let counts = [
                    try await met(at: before), try await met(at: merged), try await met(at: undone),
                ]
                #expect(counts == [2, 1, 2])
            }
            // Undone twice and sent again, it stays undone.
            try await facts.undo(merge, on: fixture.connection)
            #expect(try await facts.merge(firms[0], into: firms[1], as: id, on: fixture.connection) == false)
            #expect(try await facts.merge(of: firms[0], on: fixture.connection) == nil)
            #expect(try await facts.merge(id, on: fixture.connection)?.isUndone == true)
        }
    }

    @Test("a milestone taken back no longer counts; one that a meeting voiced stays with its meeting")
    func voiding() async throws {
        try await StoreFixture.withFederation { fixture in
            _ = try await fixture.record(try Documents.enterprise(firms: 1, intents: 1))
            let facts = FactRecorder(federation: fixture.federation)
            let firm = try #require(
                try await JourneyReader.journeys(
                    federation: fixture.federation, at: .infinity, on: fixture.connection
                ).first?.firm)
            let milestone = Milestone(
                id: .minted(), kind: .application, on: Day(ordinal: 17_800))
            #expect(try await facts.add(milestone, to: .id(firm), on: fixture.connection))
            #expect(try await facts.add(milestone, to: .id(firm), on: fixture.connection) == false)
            try await facts.void(milestone.id, on: fixture.connection)
            let left = try await facts.milestones(of: firm, on: fixture.connection)
            #expect(left.map(\.kind) == [.intent])
            let intent = try #require(left.first)
            await #expect(throws: RecordingError.self) {
                try await facts.void(intent.id, on: fixture.connection)
            }
        }
    }
}
