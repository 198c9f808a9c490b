import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// What offices state is kept with its source, beside the figures and never in them.
@Suite struct StatedTests {
    private static let week = Week(containing: Day(ordinal: 17_800))
    private static let since = Day(ordinal: 17_622)

    private static func statement(
        _ unit: StatedUnit, _ figure: HeadlineMeasure, _ from: Day, _ to: Day,
        _ value: Int, source: String = "朝工报〔2018〕3号"
    ) -> Statement {
        Statement(
            kind: .declared, unit: unit, figure: figure, from: from, to: to, value: value, source: source,
            office: "朝阳区总工会", statedOn: to)
    }

    private static func target(
        _ unit: StatedUnit, _ figure: HeadlineMeasure, _ from: Day, _ to: Day, _ value: Int
    ) -> Statement {
        Statement(
            kind: .target, unit: unit, figure: figure, from: from, to: to, value: value,
            source: "京工发〔2018〕5号",
            office: "市总工会", statedOn: nil)
    }

    private func area(_ code: String, in fixture: StoreFixture) throws -> StatedUnit {
        let area = try #require(fixture.areas.area(code: code, on: Self.week.end))
        return .area(id: area.id, code: code)
    }

    private func figures(
        in fixture: StoreFixture, at moment: PostgresTimestamp? = nil, week: Week = StatedTests.week
    ) async throws -> (figures: WeeklyFigures, at: PostgresTimestamp) {
        let at: PostgresTimestamp =
            if let moment { moment } else {
                try await LedgerClock(federation: fixture.federation).fixMoment(on: fixture.connection)
            }
        let figures = try await WeeklyFiguresReader(federation: fixture.federation, areas: fixture.areas)
            .figures(week: week, at: at, on: fixture.connection)
        return (figures, at)
    }

    @discardableResult
    private func state(
        _ statements: [Statement], replacing: Bool = false, in fixture: StoreFixture
    ) async throws -> StatedPlan {
        try await FactRecorder(federation: fixture.federation).state(
            statements, kind: statements[0].kind, replacing: replacing, file: "00", on: fixture.connection)
    }

    // MARK: Recording

    @Test(
        "the same again is there already; another number is refused, or the next revision; a void is a revision too"
    )
    func revisions() async throws {
        try await StoreFixture.withFederation { fixture in
            let facts = FactRecorder(federation: fixture.federation)
            let unit = try area("110105", in: fixture)
            func total(_ value: Int, _ source: String = "一号文") -> Statement {
                Self.statement(unit, .foundingIntents, Self.since, Self.week.end, value, source: source)
            }
            func standing(at moment: PostgresTimestamp? = nil) async throws -> [Int] {
                try await StatedReader(federation: fixture.federation).statements(
                    .declared, at: moment, on: fixture.connection
                ).map(\.statement.value)
            }
            let clock = LedgerClock(federation: fixture.federation)
            let start = try await clock.fixMoment(on: fixture.connection)
            #expect(try await state([total(240)], in: fixture).added == [0])
            let first = try await clock.fixMoment(on: fixture.connection)
            #expect(try await state([total(240)], in: fixture).present == 1)
            for other in [total(241), total(240, "二号文")] {
                do {
                    try await state([other], in: fixture)
                    Issue.record("another number took the place of the one that stood")
                } catch RecordingError.conflicting(let issue) {
                    #expect(issue.code == "declared.conflict")
                    for word in ["240", "一号文", "\(other.value)", other.source] {
                        #expect(issue.rule.zh.contains(word) && issue.rule.en.contains(word))
                    }
                }
            }
            #expect(try await standing() == [240])
            #expect(
                try await state([total(250)], replacing: true, in: fixture).revised.map(\.standing.revision)
                    == [1])
            let second = try await clock.fixMoment(on: fixture.connection)
            try await facts.void(total(0).id, kind: .declared, why: "误报", on: fixture.connection)
            let third = try await clock.fixMoment(on: fixture.connection)
            #expect(try await standing() == [])
            await #expect(throws: RecordingError.self) {
                try await facts.void(total(0).id, kind: .declared, why: "误报", on: fixture.connection)
            }
            #expect(try await state([total(230)], in: fixture).added == [0])
            #expect(try await standing() == [230])
            // As known at each moment.
            #expect(try await standing(at: start) == [])
            #expect(try await standing(at: third) == [])
            #expect(try await standing(at: first) == [240])
            #expect(try await standing(at: second) == [250])
            for (at, declared) in [(start, []), (first, [240]), (second, [250]), (third, [])] {
                #expect(try await figures(in: fixture, at: at).figures.declared.map(\.declared) == declared)
            }
            let kept = try await StatedReader(federation: fixture.federation).statements(
                .declared, withHistory: true, on: fixture.connection)
            #expect(kept.map(\.revision) == [1, 2, 3, 4])
            #expect(kept.map(\.voidedBecause) == [nil, nil, "误报", nil])
            let audited = try await fixture.connection.query(
                "SELECT action FROM goutong.audit_entry WHERE action LIKE 'declared.%' ORDER BY at"
            ).map { row in try row.decode(String.self) }
            #expect(audited.first == "declared.import" && audited.contains("declared.void"))
        }
    }

    @Test("PostgreSQL refuses to change or delete a statement; the sample alone may go")
    func appendOnly() async throws {
        try await StoreFixture.withFederation { fixture in
            let total = Self.statement(.city, .firmsMet, Self.since, Self.week.end, 5)
            try await state([total], in: fixture)
            try await state(
                [Self.target(.city, .firmsMet, Self.since, Self.week.end, 5)], in: fixture)
            let keeper = "keeper_" + fixture.database.name.suffix(12)
            try await fixture.connection.script(
                """
                CREATE ROLE \(keeper) NOLOGIN;
                GRANT USAGE ON SCHEMA goutong TO \(keeper);
                GRANT ALL ON ALL TABLES IN SCHEMA goutong TO \(keeper);
                GRANT EXECUTE ON FUNCTION goutong.may_remove_stated(integer) TO \(keeper);
                CREATE POLICY keeper ON goutong.declared_total TO \(keeper) USING (true) WITH CHECK (true);
                CREATE POLICY keeper ON goutong.target TO \(keeper) USING (true) WITH CHECK (true);
                UPDATE goutong.federation SET synthetic = false;
                """)
            for table in ["declared_total", "target"] {
                for change in ["UPDATE goutong.\(table) SET value = 6", "DELETE FROM goutong.\(table)"] {
                    try await fixture.connection.script("SET ROLE \(keeper)")
                    await #expect(throws: PostgresError.self, "\(change)") {
                        try await fixture.connection.script(change)
                    }
                    try await fixture.connection.script("RESET ROLE")
                }
            }
            try await fixture.connection.script(
                """
                UPDATE goutong.federation SET synthetic = true; SET ROLE \(keeper);
                DELETE FROM goutong.declared_total; DELETE FROM goutong.target;
                RESET ROLE; DROP OWNED BY \(keeper); DROP ROLE \(keeper)
                """)
        }
    }

    @Test(
        "what no statement may be does not enter",
        arguments: [
            ("figure = 'people'", "declared_total_figure_known"),
            ("period_to = period_from - 1", "declared_total_period_order"),
            ("value = -1", "declared_total_counted"), ("document = ' '", "declared_total_sourced"),
            ("office = ''", "declared_total_sourced"), ("revision = 0", "declared_total_revisions_follow"),
            ("value = NULL", "declared_total_taken_back_with_reason"),
            ("voided_because = 'x'", "declared_total_taken_back_with_reason"),
            ("value = NULL, voided_because = ' '", "declared_total_taken_back_with_reason"),
            (
                "area_id = (SELECT min(area_id) FROM goutong.area), unit_code = 'BJ'",
                "declared_total_one_unit"
            ),
            ("statement_id = gen_random_uuid()", "declared_total_key"),
            ("unit_code = 'nowhere'", "declared_total_unit_fkey"),
        ])
    func constraints(change: String, constraint: String) async throws {
        try await StoreFixture.withFederation { fixture in
            try await state([Self.statement(.city, .firmsMet, Self.since, Self.week.end, 5)], in: fixture)
            // A changed copy: of a row that stands, as an insertion of another would be.
            try await fixture.connection.script(
                """
                CREATE TEMPORARY TABLE sent AS SELECT * FROM goutong.declared_total;
                UPDATE sent SET revision = 2; UPDATE sent SET \(change);
                \(constraint == "declared_total_key" ? "UPDATE sent SET revision = 1;" : "")
                """)
            do {
                try await fixture.connection.script("INSERT INTO goutong.declared_total SELECT * FROM sent")
                Issue.record("it entered")
            } catch let error as PostgresError {
                #expect(error.constraint == constraint)
            }
        }
    }

    @Test(
        "a file is read whole or not at all: units by code, by the union tree, as a word; each problem at its place"
    )
    func file() async throws {
        try await StoreFixture.withFederation { fixture in
            let units = try await StatedUnitDirectory.read(
                of: fixture.federation, areas: fixture.areas, on: fixture.connection)
            func read(_ rows: [String]) throws -> StatedFile {
                try StatedFile(
                    MemorySource(
                        (["unit,figure,from,to,value,source,declared_by,received_on"] + rows).joined(
                            separator: "\r\n")), kind: .declared, units: units,
                    words: ["意向": "founding_intents"], today: Day(ordinal: 18_000))
            }
            func row(_ unit: String, _ rest: String = "2018-04-02,2018-12-30,5") -> String {
                "\(unit),意向,\(rest),一号文,某区总工会,2019-01-04"
            }
            let good = try read(
                ["110105", "BJ-110105021", "BJ-BDA", "BJ", "test"].enumerated().map { index, unit in
                    row(unit, "2018-04-02,2018-12-\(20 + index),5")
                })
            #expect(good.report.isEmpty && good.rows == 5)
            #expect(good.statements.map(\.unit.isCity) == [false, false, false, true, true])
            #expect(
                good.statements.map { units.label(of: $0.unit).code } == [
                    "110105", "110105021", "BJ-BDA", "test", "test",
                ])
            #expect(units.label(of: good.statements[1].unit).name == "朝阳区南磨房地区")
            let bad = try read([
                row("110105"), row("999999"), row("110105"), row("BJ-110105"),
                row("BJ", "2018-04-02,2018-12-30,x"),
                // A code of later years.
                row("110106021", "2018-01-01,2018-06-30,5"),
            ])
            #expect(
                bad.report.issues.map { "\($0.line)\($0.letter ?? "") \($0.issue.code)" } == [
                    "3A unit.unknown", "4 row.twice", "5 row.twice", "6E type.integer", "7A unit.unknown",
                ])
        }
    }

    // MARK: Beside the figures

    @Test("nothing else in the report moves when a total is declared, and no change of a figure is told")
    func nothingElseMoves() async throws {
        try await StoreFixture.withFederation { fixture in
            var history = try RandomChanges(seed: 3)
            for _ in 0..<40 { try await history.record(in: fixture) }
            let before = try await figures(in: fixture)
            try await state(
                HeadlineMeasure.allCases.flatMap { measure in
                    [
                        Self.statement(.city, measure, Self.since, Self.week.end, 9_999),
                        Self.statement(
                            try area("110105", in: fixture), measure, Self.week.start, Self.week.end, 9_999),
                        Self.statement(.orgUnit("BJ-BDA"), measure, Self.since, Self.week.end, 9_999),
                    ]
                }, in: fixture)
            var after = try await figures(in: fixture)
            #expect(after.figures.declared.count == 3 * HeadlineMeasure.allCases.count)
            #expect(after.figures.counts == before.figures.counts)
            let changes = try await ReportChangeReader(
                federation: fixture.federation, areas: fixture.areas, week: Self.week,
                definition: FunnelDefinition()
            ).changes(since: before.at, until: after.at, on: fixture.connection)
            #expect(changes.steps.isEmpty && changes.moves.isEmpty && changes.changesSeen == 0)
            after.figures.declared = []
            after.figures.asKnownAt = before.figures.asKnownAt
            #expect(after.figures == before.figures)
        }
    }

    @Test(
        "what is recorded beside it is the report's own count of the unit and the period",
        arguments: [4, 5] as [UInt64])
    func recorded(seed: UInt64) async throws {
        try await StoreFixture.withFederation { fixture in
            var history = try RandomChanges(seed: seed)
            for _ in 0..<60 { try await history.record(in: fixture) }
            for _ in 0..<40 { _ = try await history.change(week: Self.week, in: fixture) }
            // Organised when it was first met, before the programme; not when it was met in it.
            var first = try Documents.enterprise(firms: 1, on: Self.since.adding(days: -10))
            first.firms[0].unionStatus = .organised
            var second = try Documents.enterprise(firms: 1, on: Self.week.start)
            second.firms[0].name = first.firms[0].name
            for document in [first, second] { _ = try await fixture.record(document) }
            let plain = try await figures(in: fixture).figures
            let places =
                [(StatedUnit.city, plain.headline.mapValues { ($0.week, $0.cumulative) })]
                + (try (plain.districts + plain.areas).filter { unit in
                    unit.measures.values.contains { $0.cumulative > 0 }
                }.map { unit in
                    (try area(unit.code, in: fixture), unit.measures.mapValues { ($0.week, $0.cumulative) })
                })
            #expect(places.count > 4)
            var totals: [Statement] = []
            for (unit, _) in places {
                for measure in HeadlineMeasure.allCases {
                    totals.append(Self.statement(unit, measure, Self.week.start, Self.week.end, 3))
                    totals.append(Self.statement(unit, measure, Self.since, Self.week.end, 3))
                }
            }
            try await state(totals, in: fixture)
            let declared = try await figures(in: fixture).figures.declared
            #expect(declared.count == totals.count)
            for (unit, counts) in places {
                let code = unit.isCity ? fixture.federation.code : unit.code
                for measure in HeadlineMeasure.allCases {
                    let own = declared.filter { $0.code == code && $0.figure == measure }
                    let week = try #require(own.first { $0.from == Self.week.start })
                    let whole = try #require(own.first { $0.from == Self.since })
                    #expect(week.recorded == counts[measure]?.0, "\(code) \(measure)")
                    #expect(whole.recorded == counts[measure]?.1, "\(code) \(measure)")
                    #expect(whole.difference == 3 - whole.recorded)
                }
            }
            // A unit of the tree without an area: what the areas below it have.
            try await state(
                [Self.statement(.orgUnit("BJ-BDA"), .firmTimes, Self.since, Self.week.end, 3)], in: fixture)
            let zone = try await figures(in: fixture).figures.declared.first { $0.code == "BJ-BDA" }
            let below = ["110115013", "110115014", "110115403"]
            #expect(
                zone?.recorded
                    == plain.areas.filter { below.contains($0.code) }
                    .reduce(0) { $0 + ($1.measures[.firmTimes]?.cumulative ?? 0) })
        }
    }

    @Test("a report tells of its week's totals and of longer periods that have ended; not of other weeks'")
    func told() async throws {
        try await StoreFixture.withFederation { fixture in
            let end = Self.week.end
            let periods: [(Day, Day, Bool)] = [
                (Self.week.start, end, true), (Self.since, end, true),
                (Self.since.adding(days: -90), end, true),
                (Self.week.previous.start, Self.week.previous.end, false),
                (end.adding(days: -40), end.adding(days: -10), true),
                (Self.since, end.adding(days: 1), false),
                (Self.since.adding(days: -40), Self.since.adding(days: -1), false),
                (Self.week.start, end.adding(days: -1), false),
            ]
            try await state(
                periods.map { Self.statement(.city, .firmsMet, $0.0, $0.1, 3) }, in: fixture)
            let told = Set(
                try await figures(in: fixture).figures.declared.map { "\($0.from.iso) \($0.to.iso)" })
            #expect(told == Set(periods.filter(\.2).map { "\($0.0.iso) \($0.1.iso)" }))
        }
    }

    // MARK: Targets

    @Test(
        "targets: the year's before the longest; how much is reached over its own period; a week's is a schedule"
    )
    func targets() async throws {
        try await StoreFixture.withFederation { fixture in
            var history = try RandomChanges(seed: 6)
            for _ in 0..<40 { try await history.record(in: fixture) }
            let before = try await figures(in: fixture)
            let year = (
                try #require(Day(year: 2018, month: 1, day: 1)),
                try #require(Day(year: 2018, month: 12, day: 31))
            )
            let far = year.1.adding(days: 400)
            let street = try area("110105021", in: fixture)
            try await state(
                [
                    Self.target(.city, .firmsMet, Self.week.start, Self.week.end, 7),
                    Self.target(.city, .firmsMet, year.0, year.1, 100),
                    Self.target(.city, .firmsMet, Self.since, far, 900),
                    Self.target(.city, .firmTimes, Self.week.start, Self.week.end, 7),
                    Self.target(.city, .firmTimes, Self.since, far, 900),
                    Self.target(.city, .foundingIntents, Self.week.start, Self.week.end, 7),
                    // Of another year.
                    Self.target(.city, .unionsEstablished, year.1.adding(days: 1), far, 7),
                    Self.target(try area("110105", in: fixture), .firmsMet, year.0, year.1, 40),
                    Self.target(street, .enterpriseMeetings, Self.week.start, Self.week.end, 2),
                    Self.target(street, .workerMeetings, Self.week.start, Self.week.end, 1),
                    // No schedule: longer than a week.
                    Self.target(try area("110105001", in: fixture), .enterpriseMeetings, year.0, year.1, 50),
                ], in: fixture)
            let after = try await figures(in: fixture)
            let headline = after.figures.headline
            #expect(headline[.firmsMet]?.target == 100 && headline[.firmTimes]?.target == 900)
            #expect(headline[.foundingIntents]?.target == 7 && headline[.unionsEstablished]?.target == nil)
            #expect(headline[.firmsMet]?.reached == headline[.firmsMet]?.year)
            #expect(headline[.firmTimes]?.reached == headline[.firmTimes]?.cumulative)
            #expect(headline[.foundingIntents]?.reached == headline[.foundingIntents]?.week)
            let district = try #require(after.figures.targets.first { $0.code == "110105" })
            let own = try #require(after.figures.districts.first { $0.code == "110105" })
            // Nothing was met before the programme, so the year's count is the cumulative one.
            #expect(district.target == 40 && district.reached == own.measures[.firmsMet]?.cumulative)
            let expected = Dictionary(
                uniqueKeysWithValues: after.figures.completeness.map { ($0.code, $0.expected) })
            #expect(expected["110105021"] == .some(3) && expected["110105001"] == .some(nil))
            // Nothing but targets and schedules moved, and each move has its cause.
            let changes = try await ReportChangeReader(
                federation: fixture.federation, areas: fixture.areas, week: Self.week,
                definition: FunnelDefinition()
            ).changes(since: before.at, until: after.at, on: fixture.connection)
            #expect(changes.unexplained.isEmpty)
            #expect(
                Set(changes.moves.map(\.path).filter { !$0.hasPrefix("targets.") }) == [
                    "headline.firms_met.target", "headline.firm_times.target",
                    "headline.founding_intents.target",
                    "completeness.110105021.expected",
                ])
            #expect(
                changes.moves.count { $0.path.hasPrefix("targets.") && $0.before == nil }
                    == after.figures.targets.count)
            #expect(changes.steps.count == 1 && changes.steps[0].causes.allSatisfy { $0.kind == .target })
            // Set anew: the earlier value holds at earlier moments.
            try await state(
                [Self.target(.city, .firmsMet, year.0, year.1, 120)], replacing: true, in: fixture
            )
            #expect(try await figures(in: fixture).figures.headline[.firmsMet]?.target == 120)
            #expect(try await figures(in: fixture, at: after.at).figures.headline[.firmsMet]?.target == 100)
            #expect(try await figures(in: fixture, at: before.at).figures == before.figures)
        }
    }

    @Test("the sample goes with what was stated of it")
    func removal() async throws {
        try await StoreFixture.withFederation { fixture in
            try await state([Self.statement(.city, .firmsMet, Self.since, Self.week.end, 5)], in: fixture)
            try await state(
                [Self.target(.city, .firmsMet, Self.since, Self.week.end, 5)], in: fixture)
            let store = try #require(SampleStore(federation: fixture.federation))
            try await store.remove(on: fixture.connection)
            #expect(try await Federation.all(on: fixture.connection).isEmpty)
        }
    }
}

extension StatedUnit {
    var isCity: Bool { self == .city }
    var code: String? { if case .area(_, let code) = self { code } else { nil } }
}
