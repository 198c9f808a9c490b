import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Applications on record: steps, their order, duplicates before approval, what is undone.
@Suite struct ApplicationTests {
    @Test("submitted, under review, verified, admitted; a step out of order is refused")
    func order() async throws {
        try await StoreFixture.withFederation { fixture in
            let (_, id) = try await fixture.applicant()
            #expect(await code { try await fixture.step(.admitted, id) } == "application.transition")
            try await fixture.step(.underReview, id)
            try await fixture.step(.verified, id)
            #expect(try await fixture.step(.admitted, id).state == .admitted)
            #expect(await code { try await fixture.step(.withdrawn, id) } == "application.transition")
            #expect(
                try await fixture.audited(id) == Array(repeating: "application.review done", count: 3))
        }
    }

    @Test("everyone who applied stands in one place of the weekly report, as of its last day")
    func standings() async throws {
        try await StoreFixture.withFederation { fixture in
            var ids: [ApplicantID] = []
            for number in 0..<8 { ids.append(try await fixture.applicant(mobile: "1380013800\(number)").id) }
            try await fixture.step(.underReview, ids[0])
            for id in ids[1...3] { try await fixture.step(.verified, id) }
            try await fixture.step(.admitted, ids[2])
            try await fixture.step(.rejected, ids[3], reason: "非本区职工")
            try await fixture.step(.withdrawn, ids[4])
            try await fixture.step(.duplicate, ids[5])
            // Of the week after: nobody has looked at them by its last day.
            try await fixture.step(.verified, ids[6], on: Day(ordinal: 17_792))
            var counted = try Documents.worker(applicants: 0)
            counted.applications.total = 30
            try await fixture.record(counted)
            func workers(_ day: Int) async throws -> WorkerFunnelCounts {
                let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
                    on: fixture.connection)
                return try await WeeklyFiguresReader(federation: fixture.federation, areas: fixture.areas)
                    .figures(week: Week(containing: Day(ordinal: day)), at: moment, on: fixture.connection)
                    .workers
            }
            let week = try await workers(17_786)
            #expect(
                week.standings
                    == WorkerStandings(
                        pending: 3, verified: 1, admitted: 1, rejected: 1, withdrawn: 1, duplicate: 1))
            #expect(week.applied == 38 && week.unlisted == 30)
            // Who was rejected after the verification was verified.
            #expect(week.verified == 3 && week.admitted == 1)
            #expect(try await workers(17_793).standings.verified == 2)
        }
    }

    @Test("a rejection needs its reason, which holds no number of a person")
    func reason() async throws {
        try await StoreFixture.withFederation { fixture in
            let (_, id) = try await fixture.applicant()
            #expect(await code { try await fixture.step(.rejected, id) } == "reason.required")
            #expect(
                await code { try await fixture.step(.rejected, id, reason: "电话13800138000不通") }
                    == "text.personal_number")
            try await fixture.step(.rejected, id, reason: "非本区职工")
            let steps = try await fixture.applications.steps(of: id, on: fixture.connection)
            #expect(steps.map(\.reason) == ["非本区职工"])
        }
    }

    @Test("an unresolved duplicate stops a verification until somebody says that it is another person")
    func duplicates() async throws {
        try await StoreFixture.withFederation { fixture in
            let (_, first) = try await fixture.applicant()
            let (_, second) = try await fixture.applicant()
            let (_, other) = try await fixture.applicant(mobile: "13900139000")
            try await fixture.step(.verified, other)
            let found = try await fixture.applications.duplicates(of: second, on: fixture.connection)
            #expect(found.map(\.applicant) == [first] && found.map(\.matched) == ["mobile"])
            #expect(
                await code { try await fixture.step(.verified, second) }
                    == "application.duplicate_unresolved")
            try await fixture.step(.verified, second, despite: true)
            // Resolved: the first is closed as the duplicate, and nothing stands in the way any more.
            try await fixture.step(.duplicate, first)
            try await fixture.step(.admitted, second)
            #expect(try await fixture.applications.duplicates(of: second, on: fixture.connection).isEmpty)
        }
    }

    @Test("what was wrong is undone by closing its row, and can be done right")
    func undo() async throws {
        try await StoreFixture.withFederation { fixture in
            let (_, id) = try await fixture.applicant()
            try await fixture.step(.rejected, id, reason: "登记错误")
            let undone = try await fixture.applications.undo(
                id, reason: "点错了", on: fixture.connection)
            #expect(undone == .rejected)
            try await fixture.step(.verified, id)
            let steps = try await fixture.applications.steps(of: id, on: fixture.connection)
            #expect(steps.map(\.undone) == [true, false])
            _ = try await fixture.applications.undo(id, reason: "点错了", on: fixture.connection)
            #expect(
                await code {
                    _ = try await fixture.applications.undo(id, reason: "再来", on: fixture.connection)
                } == "application.nothing_to_undo")
        }
    }

    @Test("the list is masked, and filtered by area, state, meeting and days of waiting")
    func list() async throws {
        try await StoreFixture.withFederation { fixture in
            let (document, id) = try await fixture.applicant()
            let (_, late) = try await fixture.applicant(
                mobile: "13900139000", on: StoreFixture.today.adding(days: -3))
            try await fixture.step(.verified, id)
            func found(_ change: (inout ApplicationFilter) -> Void) async throws -> Set<ApplicantID> {
                var filter = ApplicationFilter()
                change(&filter)
                return Set(
                    try await fixture.applications.list(
                        filter, today: StoreFixture.today, on: fixture.connection
                    ).map(\.applicant))
            }
            #expect(try await found { _ in } == [id, late])
            #expect(try await found { $0.state = .verified } == [id])
            #expect(try await found { $0.state = .submitted } == [late])
            #expect(try await found { $0.meeting = document.id } == [id])
            #expect(try await found { $0.waitingDays = 4 } == [id])
            #expect(try await found { $0.area = "110105" } == [id, late])
            #expect(try await found { $0.area = "110106" }.isEmpty)
            let listed = try await fixture.applications.list(
                ApplicationFilter(), today: StoreFixture.today, on: fixture.connection)
            #expect(Set(listed.compactMap(\.person?.name)) == ["王*"])
            #expect(Set(listed.compactMap(\.person?.mobile)) == ["138****8000", "139****9000"])
        }
    }

    @Test("two who decide at once: one decision stands")
    func race() async throws {
        try await StoreFixture.withFederation { fixture in
            let (_, id) = try await fixture.applicant()
            let outcomes = try await fixture.concurrently(6) { connection, writer in
                await code {
                    _ = try await fixture.applications.review(
                        ApplicationEvent(
                            id: .minted(), applicant: id,
                            kind: writer.isMultiple(of: 2) ? .rejected : .duplicate,
                            on: Day(ordinal: 17_790)), reason: "原因", today: StoreFixture.today,
                        on: connection)
                }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(try await fixture.count("applicant_event") == 1)
        }
    }
}
