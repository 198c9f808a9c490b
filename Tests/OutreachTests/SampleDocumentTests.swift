import Foundation
import Outreach
import Testing

/// The documents that quickstart logs: valid, dated after the year whose totals must stand, and complete.
@Suite struct SampleDocumentTests {
    private func sample(_ name: String) throws -> MeetingDocument {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Samples/\(name).json")
        let today = try #require(Day(iso: "2019-02-01"))
        let submission = try MeetingSubmission.decode(
            Array(try Data(contentsOf: file)), today: today, areas: MapOfTwo())
        guard case .record(let document) = submission else { throw NotARecord() }
        #expect(document.heldOn.year == 2019 && document.heldOn.parts.month == 1)
        #expect(document.warnings.isEmpty)
        return document
    }

    private struct NotARecord: Error {}

    @Test func enterpriseMeeting() throws {
        let document = try sample("enterprise-meeting")
        #expect(document.kind == .enterprise)
        #expect(document.firms.count == 3)
        #expect(document.firms.filter { $0.intent != nil }.count == 1)
    }

    @Test func workerMeeting() throws {
        let document = try sample("worker-meeting")
        #expect(document.kind == .worker)
        #expect(document.applicants.count == 2)
        #expect(document.onSiteApplications >= 2)
    }
}
