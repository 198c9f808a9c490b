import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// What was said at meetings, what was answered, and what a report of a week knows of it.
@Suite struct OpinionTests {
    private static let week = Week(containing: Day(ordinal: 17_786))

    private func documents() throws -> (first: MeetingDocument, second: MeetingDocument) {
        var first = try Documents.worker(applicants: 1)
        first.opinions = [
            Opinion(topic: "食堂", text: "希望改善"), Opinion(text: "送课"), Opinion(topic: "食堂", text: "加一个窗口"),
        ]
        var second = try Documents.worker(applicants: 0, on: Day(ordinal: 17_793))
        second.area = try AreaCode(validating: "110101001")
        second.opinions = [Opinion(topic: "食堂", text: "太贵")]
        return (first, second)
    }

    @Test("a topic is said, answered and unanswered: by the week's end, as known at the report's moment")
    func reported() async throws {
        try await StoreFixture.withFederation { fixture in
            var (first, second) = try documents()
            try await fixture.record(first)
            try await fixture.record(second)
            var firm = try Documents.enterprise(firms: 1)
            firm.firms[0].questions = ["会费"]
            try await fixture.record(firm)
            let before = try await fixture.moment()
            first.replaces = 1
            first.opinions[0].answer = OpinionAnswer(on: Self.week.end, text: "已换承包商")
            first.opinions[1].answer = OpinionAnswer(on: Self.week.end.adding(days: 1))
            try await fixture.record(first)
            let after = try await fixture.moment()

            let canteen = OpinionTopic(
                source: .opinion, topic: "食堂", week: 2, cumulative: 2, answered: 0)
            let unnamed = OpinionTopic(source: .opinion, topic: nil, week: 1, cumulative: 1, answered: 0)
            let question = OpinionTopic(
                source: .question, topic: "会费", week: 1, cumulative: 1, answered: nil)
            var answered = canteen
            answered.answered = 1
            #expect(try await fixture.topics(Self.week, at: before) == [canteen, unnamed, question])
            // Answered the day after the week: not by its end.
            #expect(try await fixture.topics(Self.week, at: after) == [answered, unnamed, question])
            let next = Week(containing: Self.week.end.adding(days: 1))
            let later = try await fixture.topics(next, at: after)
            #expect(later.map(\.cumulative) == [3, 1, 1] && later.map(\.week) == [1, 0, 0])
            #expect(later.map(\.answered) == [1, 1, nil] && later.map(\.unanswered) == [2, 0, nil])

            // It is a change of the figures with the correction as its cause.
            let changes = try await ReportChangeReader(
                federation: fixture.federation, areas: fixture.areas, week: Self.week,
                definition: FunnelDefinition()
            ).changes(since: before, until: after, on: fixture.connection)
            #expect(
                changes.moves == [
                    FigureMove(path: "opinions.opinion.食堂.answered", before: 0, after: 1),
                    FigureMove(path: "opinions.opinion.食堂.unanswered", before: 2, after: 1),
                ])
            #expect(changes.steps.flatMap(\.causes).map(\.kind) == [.correction])
            #expect(changes.unexplained.isEmpty)
        }
    }

    @Test("the latest meetings' first, in order, page by page; of the current revision alone")
    func listed() async throws {
        try await StoreFixture.withFederation { fixture in
            var (first, second) = try documents()
            try await fixture.record(first)
            try await fixture.record(second)
            first.replaces = 1
            first.opinions[1].answer = OpinionAnswer(on: first.heldOn, text: "下周")
            try await fixture.record(first)
            let reader = OpinionReader(federation: fixture.federation)
            func texts(_ filter: OpinionFilter) async throws -> [String] {
                try await reader.page(filter, limit: 10, on: fixture.connection).map(\.opinion.text)
            }
            #expect(try await texts(OpinionFilter()) == ["太贵", "希望改善", "送课", "加一个窗口"])
            #expect(try await texts(OpinionFilter(isUnanswered: true)) == ["太贵", "希望改善", "加一个窗口"])
            #expect(try await texts(OpinionFilter(area: "110101001")) == ["太贵"])
            #expect(try await texts(OpinionFilter(area: "110105")).count == 3)
            #expect(try await texts(OpinionFilter(from: second.heldOn)) == ["太贵"])
            #expect(try await texts(OpinionFilter(to: first.heldOn)).count == 3)

            var seen: [OpinionListing] = []
            var page: [OpinionListing]
            repeat {
                page = try await reader.page(
                    OpinionFilter(), after: seen.last?.position, limit: 1, on: fixture.connection)
                seen += page
            } while !page.isEmpty
            #expect(seen.map(\.number) == [1, 1, 2, 3] && seen.map(\.revision) == [1, 2, 2, 2])
            #expect(seen.map(\.opinion) == second.opinions + first.opinions)
            // A void meeting said nothing.
            _ = try await fixture.recorder.record(
                .void(MeetingVoid(id: first.id, replaces: 2, why: "重复")), on: fixture.connection)
            #expect(try await texts(OpinionFilter()) == ["太贵"])
        }
    }

    @Test("the schema refuses an answer without its day, and one that says nothing")
    func constraints() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.record(try documents().first)
            for change in ["answer = '好'", "answered_on = '2018-09-20', answer = ' '"] {
                await #expect(throws: PostgresError.self) {
                    try await fixture.connection.script("UPDATE goutong.opinion SET \(change)")
                }
            }
        }
    }

    @Test("an answer changes the ledger's hash, and the hash as known before it stays")
    func hashed() async throws {
        try await StoreFixture.withFederation { fixture in
            var (first, _) = try documents()
            try await fixture.record(first)
            let moment = try await fixture.moment()
            let before = try await LedgerHash.compute(
                fixture.federation, asKnownAt: moment, on: fixture.connection)
            first.replaces = 1
            first.opinions[0].answer = OpinionAnswer(on: first.heldOn, text: "已换承包商")
            try await fixture.record(first)
            #expect(
                try await LedgerHash.compute(fixture.federation, asKnownAt: moment, on: fixture.connection)
                    == before)
            let after = try await LedgerHash.compute(fixture.federation, on: fixture.connection)
            // Written past the documents, so that nothing else of the ledger shows it.
            try await fixture.connection.script(
                "UPDATE goutong.opinion SET answer = '没有' WHERE answer IS NOT NULL")
            #expect(try await LedgerHash.compute(fixture.federation, on: fixture.connection) != after)
        }
    }
}

extension StoreFixture {
    fileprivate func moment() async throws -> PostgresTimestamp {
        try await LedgerClock(federation: federation).fixMoment(on: connection)
    }

    fileprivate func topics(_ week: Week, at moment: PostgresTimestamp) async throws -> [OpinionTopic] {
        try #require(
            try await WeeklyFiguresReader(federation: federation, areas: areas).figures(
                week: week, at: moment, definition: FunnelDefinition(), on: connection
            ).opinions)
    }
}
