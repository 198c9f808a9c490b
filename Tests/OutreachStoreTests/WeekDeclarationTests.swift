import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// What a unit says of its week: zero, none and silence are three things.
@Suite struct WeekDeclarationTests {
    private static let code = "110105021"

    @Test("zero, none and not yet reported; a declaration is replaced, never lost")
    func threeThings() async throws {
        try await StoreFixture.withFederation { fixture in
            let week = try #require(Week(name: "2018-W37"))
            let area = try #require(fixture.areas.area(code: Self.code, on: week.end)).id
            let facts = FactRecorder(federation: fixture.federation)
            let silent = try await line(week, in: fixture)
            #expect(
                silent.line
                    == CompletenessLine(
                        code: Self.code, expected: nil, held: 0, declaredNone: false, unreported: true))

            #expect(try await facts.declare(.none, area: area, week: week, on: fixture.connection))
            #expect(try await !facts.declare(.none, area: area, week: week, on: fixture.connection))
            let none = try await line(week, in: fixture)
            #expect(none.line.declaredNone && !none.line.submitted && !none.line.unreported)

            #expect(try await facts.declare(.submitted, area: area, week: week, on: fixture.connection))
            let zero = try await line(week, in: fixture)
            #expect(zero.line.submitted && !zero.line.declaredNone && !zero.line.unreported)
            #expect(zero.line.held == 0)

            // Earlier moments keep what was said by then; another week has heard nothing.
            #expect(try await line(week, in: fixture, at: silent.at).line == silent.line)
            #expect(try await line(week, in: fixture, at: none.at).line == none.line)
            #expect(try await line(week.previous, in: fixture).line.unreported)
            let kept = try await fixture.connection.query(
                "SELECT declaration, superseded_at IS NULL FROM goutong.week_declaration ORDER BY recorded_at"
            ).map { row in try row.decode((String, Bool).self) }
            #expect(kept.map(\.0) == ["none", "submitted"] && kept.map(\.1) == [false, true])
        }
    }

    @Test("a week with a meeting was not without one")
    func notWithout() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.enterprise(firms: 1)
            let week = Week(containing: document.heldOn)
            _ = try await fixture.record(document)
            let area = try #require(fixture.areas.area(code: Self.code, on: week.end)).id
            let facts = FactRecorder(federation: fixture.federation)
            do {
                try await facts.declare(.none, area: area, week: week, on: fixture.connection)
                Issue.record("a week with a meeting was declared without one")
            } catch RecordingError.conflicting(let issue) {
                #expect(issue.code == "week.has_meetings")
            }
            // Its neighbour held none, and the week before has none.
            let other = try #require(fixture.areas.area(code: "110105001", on: week.end)).id
            #expect(try await facts.declare(.none, area: other, week: week, on: fixture.connection))
            #expect(try await facts.declare(.none, area: area, week: week.previous, on: fixture.connection))
            #expect(try await facts.declare(.submitted, area: area, week: week, on: fixture.connection))
            let held = try await line(week, in: fixture).line
            #expect(held.held == 1 && held.submitted && !held.unreported)
        }
    }

    private func line(
        _ week: Week, in fixture: StoreFixture, at moment: PostgresTimestamp? = nil
    ) async throws -> (line: CompletenessLine, at: PostgresTimestamp) {
        let at: PostgresTimestamp =
            if let moment { moment } else {
                try await LedgerClock(federation: fixture.federation).fixMoment(on: fixture.connection)
            }
        let figures = try await WeeklyFiguresReader(federation: fixture.federation, areas: fixture.areas)
            .figures(week: week, at: at, on: fixture.connection)
        return (try #require(figures.completeness.first { $0.code == Self.code }), at)
    }
}
