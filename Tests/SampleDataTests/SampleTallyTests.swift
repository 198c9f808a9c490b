import Foundation
import Outreach
import SampleData
import Testing

@Suite("The tally counts as the published figures are defined")
struct SampleTallyTests {
    private let day = Day(ordinal: 17_700)

    private func firm(
        _ name: String, _ status: UnionStatus, intent: Day? = nil
    ) -> FirmMet {
        var firm = FirmMet(name: name, unionStatus: status)
        firm.intent = intent.map { Intent(form: .verbal, on: $0) }
        return firm
    }

    private func meeting(
        _ kind: MeetingKind, on day: Day, firms: [FirmMet] = [], total: Int? = nil
    ) throws -> MeetingDocument {
        var document = MeetingDocument(
            id: MeetingID(UUID()), kind: kind, heldOn: day, area: try AreaCode(validating: "110105001"),
            venue: Venue(kind: .park))
        document.firms = firms
        document.applications.total = total
        return document
    }

    private func tally(_ submissions: [MeetingSubmission]) -> SampleTally {
        SampleTally(
            entries: submissions.enumerated().map {
                SampleEntry(recordedAt: Int64($0.offset), action: .meeting($0.element))
            })
    }

    @Test("a firm once, at either kind of meeting, with its status at the first one")
    func distinctFirms() throws {
        let tally = tally([
            .record(
                try meeting(
                    .worker, on: day.adding(days: 3), firms: [firm("示例 甲（有限公司）", .organised)])),
            .record(
                try meeting(
                    .enterprise, on: day,
                    firms: [firm("示例甲有限责任公司", .preparing), firm("示例乙有限公司", .unknown)])),
        ])
        #expect(tally.figures.firmsMet == 2)
        #expect(tally.figures.unorganisedFirmsMet == 1)
        #expect(tally.figures.enterpriseMeetings == 1)
        #expect(tally.figures.workerMeetings == 1)
    }

    @Test("an intent before the first contact apart, and one by another firm apart")
    func intents() throws {
        let early = day.adding(days: -1)
        let tally = tally([
            .record(
                try meeting(
                    .enterprise, on: day,
                    firms: [
                        firm("示例甲", .unorganised, intent: early), firm("示例乙", .joint, intent: day),
                        firm("示例丙", .unorganised, intent: day),
                    ]))
        ])
        #expect(tally.figures.foundingIntents == 1)
        #expect(tally.intentsBeforeFirstContact == 1)
        #expect(tally.intentsByOtherFirms == 1)
    }

    @Test("the last revision, and nothing of a voided meeting")
    func revisions() throws {
        let first = try meeting(.worker, on: day, total: 10)
        var second = first
        second.replaces = 1
        second.applications.total = 7
        let copy = try meeting(.worker, on: day, firms: [firm("示例甲", .unorganised)], total: 7)
        let tally = tally([
            .record(first), .record(copy), .record(second),
            .void(MeetingVoid(id: copy.id, replaces: 1, why: "重复")),
        ])
        #expect(tally.figures.workerMeetings == 1)
        #expect(tally.figures.onSiteApplications == 7)
        #expect(tally.figures.firmsMet == 0)
    }
}
