import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// The rights of persons: looks, copies, corrections, erasure, consent, requests.
@Suite struct PersonTests {
    @Test("a look needs a reason and is in the audit, masked or in clear")
    func looks() async throws {
        try await StoreFixture.withFederation { fixture in
            let (_, id) = try await fixture.applicant()
            #expect(
                await code { _ = try await fixture.persons.look(at: id, why: " ", on: fixture.connection) }
                    == "reason.required")
            let seen = try await fixture.persons.look(at: id, why: "电话核实", on: fixture.connection)
            #expect(!seen.json(clear: false).text().contains("13800138000"))
            let clear = try await fixture.persons.unmask(id, why: "电话核实", on: fixture.connection)
            #expect(clear.json(clear: true).text().contains("13800138000"))
            #expect(
                await code {
                    _ = try await fixture.persons.look(
                        at: .minted(), why: "电话核实", on: fixture.connection)
                } == "notFound")
            #expect(try await fixture.audited(id) == ["person.look done", "person.unmask done"])
        }
    }

    @Test("erased: nothing of the person is left, the count stays, and no document brings them back")
    func erasure() async throws {
        try await StoreFixture.withFederation { fixture in
            let (document, id) = try await fixture.applicant()
            _ = try await fixture.applicant(mobile: "13900139000")
            try await fixture.step(.rejected, id, reason: "非本区职工")
            let before = try await fixture.figures()
            try await fixture.persons.erase(id, why: "本人要求", on: fixture.connection)
            try await fixture.persons.erase(id, why: "本人要求", on: fixture.connection)

            #expect(try await fixture.count("applicant_person") == 1)
            #expect(try await fixture.count("applicant", "employer_name IS NOT NULL") == 1)
            #expect(try await fixture.count("meeting_revision", "persons_tag IS NOT NULL") == 1)
            #expect(try await fixture.count("applicant_event", "reason IS NOT NULL") == 0)
            #expect(try await fixture.figures() == before)
            #expect(try await fixture.figures(at: before.moment) == before)

            // The same document is a replay; a correction that states them again counts and restores nobody.
            #expect(try await fixture.record(document).outcome == .replayed)
            var correction = document
            correction.replaces = 1
            #expect(try await fixture.record(correction).outcome == .corrected)
            #expect(try await fixture.count("applicant_person") == 1)
            #expect(try await fixture.count("applicant", "employer_name IS NOT NULL") == 1)
            #expect(try await fixture.count("applicant", "superseded_at IS NULL") == 2)
            #expect(
                await code {
                    try await fixture.persons.correct(
                        id, to: .object([]), why: "x", on: fixture.connection)
                } == "erased")
            let left = try await fixture.persons.look(at: id, why: "核对", on: fixture.connection)
            #expect(left.erased && left.person == nil)
        }
    }

    @Test("a correction seals anew; the old document replays and brings nothing back")
    func correction() async throws {
        try await StoreFixture.withFederation { fixture in
            let (document, id) = try await fixture.applicant()
            let (_, other) = try await fixture.applicant(mobile: "13900139000")
            let person = Person(name: "王更正", mobile: try Mobile(validating: "13900139000"))
            try await fixture.persons.correct(id, to: person.json, why: "手机号有误", on: fixture.connection)
            #expect(try await fixture.record(document).outcome == .replayed)
            let seen = try await fixture.persons.unmask(id, why: "核对", on: fixture.connection)
            #expect(seen.person == person && seen.corrected)
            // Tags follow.
            #expect(
                try await fixture.applications.duplicates(of: id, on: fixture.connection).map(\.applicant)
                    == [other])
            #expect(
                await code {
                    try await fixture.persons.correct(
                        id, to: .object([.init("name", .string("王"))]), why: "x", on: fixture.connection)
                } == "applicant.unreachable")
        }
    }

    @Test("the copy holds everything, and everybody who looked")
    func copy() async throws {
        try await StoreFixture.withFederation { fixture in
            let (_, id) = try await fixture.applicant()
            try await fixture.step(.verified, id)
            _ = try await fixture.persons.look(at: id, why: "电话核实", on: fixture.connection)
            let register = PersonRequestStore(federation: fixture.federation)
            _ = try await register.add(
                .copy, of: id, askedOn: StoreFixture.today, on: fixture.connection)
            let copy = try await fixture.persons.copy(of: id, why: "本人要求", on: fixture.connection)
            let json = copy.json(today: StoreFixture.today).text()
            for part in [
                "王示例", "13800138000", "北京示例快递有限公司", "2018-1", "verified", "电话核实", "person.look", "copy",
            ] {
                #expect(json.contains(part), "\(part)")
            }
        }
    }

    @Test("consent taken back: processing stops, a member stays, nothing is handed over")
    func consent() async throws {
        try await StoreFixture.withFederation { fixture in
            let (_, open) = try await fixture.applicant(share: true)
            let (_, member) = try await fixture.applicant(mobile: "13900139000", share: true)
            try await fixture.step(.verified, member)
            try await fixture.step(.admitted, member)
            func handOver(_ id: ApplicantID, _ to: PersonHandOver.Recipient) async -> String? {
                await code {
                    _ = try await fixture.persons.handOver(
                        id, to: to, named: "示例单位工会", why: "转交会员", on: fixture.connection)
                }
            }
            #expect(await handOver(member, .cardBank) == "consent.missing")
            #expect(await handOver(member, .employerUnion) == nil)
            for (id, state) in [(open, ApplicationState.withdrawn), (member, .admitted)] {
                let after = try await fixture.persons.withdrawConsent(
                    of: id, on: Day(ordinal: 17_800), today: StoreFixture.today, on: fixture.connection)
                #expect(after == state)
                #expect(await handOver(id, .employerUnion) == "consent.withdrawn")
            }
            // Undone, it stays stopped.
            _ = try await fixture.applications.undo(open, reason: "x", on: fixture.connection)
            #expect(
                await code { try await fixture.step(.verified, open, despite: true) } == "consent.withdrawn")
            #expect(try await fixture.count("person_hand_over") == 1)
            #expect(try await fixture.count("consent_withdrawal") == 2)
            #expect(try await fixture.audited(member).contains("person.hand_over refused"))
        }
    }

    @Test("a request is due in fifteen days, overdue after, answered once")
    func requests() async throws {
        try await StoreFixture.withFederation { fixture in
            let (_, id) = try await fixture.applicant()
            let register = PersonRequestStore(federation: fixture.federation)
            let asked = StoreFixture.today
            let request = try await register.add(.erase, of: id, askedOn: asked, on: fixture.connection)
            #expect(request.dueOn == asked.adding(days: 15))
            #expect(!request.isOverdue(on: request.dueOn))
            #expect(request.isOverdue(on: request.dueOn.adding(days: 1)))
            let answered = try await register.answer(
                request.id, outcome: "已删除", on: asked, on: fixture.connection)
            #expect(!answered.isOverdue(on: request.dueOn.adding(days: 1)))
            #expect(
                await code {
                    _ = try await register.answer(
                        request.id, outcome: "另一说法", on: asked, on: fixture.connection)
                } == "request.answered")
            let again = try await register.add(
                .erase, of: id, askedOn: asked, id: request.id, on: fixture.connection)
            #expect(again.outcome == "已删除")
            #expect(
                await code {
                    _ = try await register.add(
                        .copy, of: id, askedOn: asked, id: request.id, on: fixture.connection)
                } == "request.conflict")
            #expect(try await register.list(openOnly: true, on: fixture.connection).isEmpty)
            #expect(try await register.list(on: fixture.connection).count == 1)
        }
    }

    @Test("retention purges who never got further, by batches; counts stay")
    func retention() async throws {
        try await StoreFixture.withFederation { fixture in
            let today = StoreFixture.today
            var old: [ApplicantID] = []
            for number in 0..<5 {
                old.append(try await fixture.applicant(mobile: "1380013800\(number)").id)
            }
            try await fixture.step(.verified, old[0])
            _ = try await fixture.applicant(mobile: "13900139000", on: today.adding(days: -20))
            let before = try await fixture.figures()
            let run = RetentionRun(federation: fixture.federation, months: 6, batch: 3)
            let dry = try await run.run(today: today, dryRun: true, on: fixture.connection)
            #expect(dry.erased == 4 && dry.isDryRun)
            #expect(try await fixture.count("applicant_person") == 6)
            #expect(try await run.run(today: today, on: fixture.connection).erased == 4)
            #expect(try await run.run(today: today, on: fixture.connection).erased == 0)
            #expect(try await fixture.count("applicant_person") == 2)
            #expect(try await fixture.count("applicant", "superseded_at IS NULL") == 6)
            #expect(try await fixture.figures() == before)
            // Two batches, two entries.
            #expect(try await fixture.count("audit_entry", "action = 'retention.run'") == 2)
        }
    }
}

/// What a weekly report counts, at a moment.
struct Counted: Equatable {
    let moment: PostgresTimestamp
    let values: [String]

    static func == (left: Self, right: Self) -> Bool { left.values == right.values }
}

extension StoreFixture {
    func figures(at moment: PostgresTimestamp? = nil) async throws -> Counted {
        let fixed: PostgresTimestamp
        if let moment {
            fixed = moment
        } else {
            fixed = try await LedgerClock(federation: federation).fixMoment(on: connection)
        }
        let figures = try await WeeklyFiguresReader(federation: federation, areas: areas).figures(
            week: Week(containing: Day(ordinal: 17_786)), at: fixed, on: connection)
        return Counted(
            moment: fixed,
            values: figures.headline.map { "\($0.key) \($0.value)" }.sorted())
    }
}
