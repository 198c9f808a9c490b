import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Programmes that a file brings: what may stand in one, and that the comparison takes them.
@Suite struct ProgrammeFileTests {
    private static let header = "programme,name,window_days,unit,arm,start_on"

    private func read(_ rows: [String], in fixture: StoreFixture) throws -> ProgrammeFile {
        try ProgrammeFile(
            MemorySource(([Self.header] + rows).joined(separator: "\n") + "\n"), areas: fixture.areas)
    }

    private static let good = [
        "wider,扩大试点,60,110105021,pilot,2018-10-08", "wider,,,110105001,试点,2018/11/1",
        "wider,,,110101001,comparison,", "wider,,,110101002,comparison,2019-03-04",
    ]

    @Test("each problem is told at its line and column")
    func problems() async throws {
        try await StoreFixture.withFederation { fixture in
            #expect(try read(Self.good, in: fixture).report.isEmpty)
            for (row, place, code) in [
                ("Wider,甲,,110105021,pilot,2018-10-08", "2A", "programme.code"),
                ("wider,甲,0,110105021,pilot,2018-10-08", "2C", "window.form"),
                ("wider,,,110105021,pilot,2018-10-08", "2B", "programme.unnamed"),
                ("wider,甲,,110105,pilot,2018-10-08", "2D", "unit.unknown"),
                ("wider,甲,,110105999,pilot,2018-10-08", "2D", "unit.unknown"),
                // A code of later years.
                ("wider,甲,,110106021,pilot,2018-10-08", "2D", "unit.unknown"),
                ("wider,甲,,110105021,both,2018-10-08", "2E", "choice.unknown"),
                ("wider,甲,,110105021,pilot,", "2F", "key.required"),
                ("wider,甲,,110105021,pilot,2018-02-30", "2F", "date.invalid"),
                ("wider,甲,,110105021,comparison,", "2F", "programme.no_start"),
            ] {
                let issues = Array(try read([row], in: fixture).report.issues)
                #expect(issues.map { "\($0.line)\($0.letter ?? "")" } == [place], "\(row)")
                #expect(issues.map(\.issue.code) == [code], "\(row)")
            }
            let twice = try read(Self.good + ["wider,另名,,110105021,comparison,"], in: fixture)
            #expect(
                twice.report.issues.map { "\($0.line) \($0.issue.code)" } == [
                    "6 programme.differs", "6 row.twice",
                ])
        }
    }

    @Test("a programme is recorded once; the same again is there, another under its code is refused")
    func recording() async throws {
        try await StoreFixture.withFederation { fixture in
            let facts = FactRecorder(federation: fixture.federation)
            let programmes = try read(Self.good, in: fixture).programmes
            #expect(programmes.map(\.windowDays) == [60] && programmes[0].units.count == 4)
            #expect(try await facts.add(programmes, file: "00", on: fixture.connection) == ["wider"])
            #expect(try await facts.add(programmes, file: "00", on: fixture.connection).isEmpty)
            let fewer = try read(Array(Self.good.prefix(3)), in: fixture).programmes
            let second = try read(["second,另一项目,,110105021,pilot,2018-10-08"], in: fixture).programmes
            do {
                try await facts.add(second + fewer, file: "00", on: fixture.connection)
                Issue.record("a programme was changed")
            } catch RecordingError.conflicting(let issue) {
                #expect(issue.code == "programme.conflict")
                #expect(issue.rule.zh.contains("4 个单位") && issue.rule.zh.contains("3 个单位"))
            }
            #expect(
                try await Programme.codes(of: fixture.federation, on: fixture.connection) == [
                    "beijing-2018", "wider",
                ], "all or nothing")
            // The list that comes with the product is one as well.
            let pilot = try #require(
                try await ProgrammeDraft.standing(
                    "beijing-2018", of: fixture.federation, on: fixture.connection))
            #expect(pilot.units.count == 336)
            #expect(try await facts.add([pilot], file: "00", on: fixture.connection).isEmpty)
            // A pilot unit starts; nothing else enters.
            await #expect(throws: PostgresError.self) {
                try await fixture.connection.script(
                    "UPDATE goutong.programme_unit SET start_on = NULL WHERE arm = 'pilot'")
            }
        }
    }

    @Test(
        "an imported programme is compared; a unit that does not start is counted from the programme's first day"
    )
    func comparison() async throws {
        try await StoreFixture.withFederation { fixture in
            try await FactRecorder(federation: fixture.federation).add(
                try read(Self.good, in: fixture).programmes, file: "00", on: fixture.connection)
            let day = Day(ordinal: 17_820)
            for (code, on) in [
                ("110105021", day), ("110101001", day), ("110101002", day),
                ("110101001", Day(ordinal: 17_800)),
            ] {
                var document = try Documents.enterprise(firms: 1, intents: 1, on: on)
                document.area = try AreaCode(validating: code)
                _ = try await fixture.record(document)
            }
            let programme = try #require(
                try await Programme.read("wider", federation: fixture.federation, on: fixture.connection))
            #expect(programme.units.map(\.starts) == [false, true, true, true])
            #expect(programme.units[0].startOn.iso == "2018-10-08")
            let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
                on: fixture.connection)
            let compared = try await programme.comparison(
                windowDays: 60, to: Day(ordinal: 17_990), at: moment, federation: fixture.federation,
                on: fixture.connection)
            #expect(compared.units.map(\.starts) == [false, true, true, true])
            let firms = compared.cells.filter { $0.stage == .unorganised }.reduce(into: [String: Int]()) {
                $0[$1.unitCode, default: 0] += $1.denominator ?? 0
            }
            // Of 110101001 the firm that was met after the first day; of 110101002 none before its own.
            #expect(firms["110105021"] == 1 && firms["110101001"] == 1 && firms["110101002"] == 0)
        }
    }
}
