import Foundation
import Testing

extension EndToEnd {
    /// The documented exit codes, each reached as a person or a script would reach it.
    @Suite struct ExitCodeTests {
        private let office: Office

        init() throws { office = try Office.current() }

        @Test func versionAndHelp() async throws {
            let version = try await office.goutong("--version")
            #expect(version.status == 0)
            #expect(version.text.hasPrefix("goutong "))
            let help = try await office.goutong("--help")
            #expect(help.status == 0)
            for command in ["meeting", "report", "export", "funnel", "firm", "milestone", "db", "demo"] {
                #expect(help.text.contains("\n  \(command) "), "no \(command) in the help")
            }
        }

        /// Without a terminal there is no menu to answer.
        @Test func aloneItPrintsTheHelp() async throws {
            let alone = try await office.goutong()
            #expect(alone.status == 0)
            #expect(alone.text.contains("meeting"))
        }

        @Test(arguments: [
            ["meeting", "log", "--bogus"], ["meeting", "log", "--kind", "party"], ["meeting", "show"],
            ["report", "weekly", "--format", "docx"], ["bogus"],
        ])
        func anUnknownOptionIsUsage(_ arguments: [String]) async throws {
            let run = try await office.goutong(arguments)
            #expect(run.status == 64, "\(run)")
            #expect(run.output.isEmpty)
        }

        struct Wrong: CustomTestStringConvertible {
            let arguments: [String]
            let status: Int32
            let code: String
            let pointer: String

            init(_ status: Int32, _ code: String, _ pointer: String, _ arguments: String...) {
                self.arguments = arguments
                self.status = status
                self.code = code
                self.pointer = pointer
            }

            var testDescription: String { "\(status) \(arguments.joined(separator: " "))" }
        }

        static let unknownID = "01685667-1400-7000-8000-0000000000ff"

        static let wrongs = [
            // 2018 has 52 ISO weeks, 2020 has 53.
            Wrong(64, "week.unknown", "--week", "report", "weekly", "--week", "2018-W53"),
            Wrong(64, "week.unknown", "--week", "report", "weekly", "--week", "2018-W00"),
            Wrong(64, "week.unknown", "--week", "report", "weekly", "--week", "last"),
            Wrong(64, "week.future", "--week", "report", "weekly", "--week", "2999-W01"),
            Wrong(64, "week.future", "--ending", "report", "weekly", "--ending", "2999-01-03"),
            Wrong(64, "date.form", "--ending", "report", "weekly", "--ending", "2018-02-30"),
            Wrong(
                64, "week.twice", "--week", "report", "weekly", "--week", "2018-W52", "--ending", "2018-12-30"
            ),
            Wrong(
                64, "area.not_valid_on_day", "--area", "report", "weekly", "--week", "2018-W52", "--area",
                "110105999"),
            Wrong(
                64, "instant.form", "--as-known-at", "report", "weekly", "--week", "2018-W52",
                "--as-known-at",
                "soon"),
            Wrong(
                64, "instant.future", "--as-known-at", "report", "weekly", "--week", "2018-W52",
                "--as-known-at", "2999-01-01T00:00:00+08:00"),
            Wrong(66, "meeting.not_found", "", "meeting", "show", unknownID),
            Wrong(66, "meeting.not_found", "", "meeting", "void", unknownID, "--why", "重复登记"),
            Wrong(66, "meeting.not_found", "", "meeting", "show", unknownID, "--document"),
            Wrong(66, "milestone.not_found", "id", "milestone", "void", unknownID),
            Wrong(64, "id.form", "id", "meeting", "show", "first"),
            Wrong(66, "file.not_found", "--from", "meeting", "log", "--from", "no-such-file.json"),
            Wrong(
                66, "file.not_found", "--from", "meeting", "correct", unknownID, "--from", "no-such-file.json"
            ),
            Wrong(66, "firm.unknown", "firm", "firm", "show", "91110105100000016T"),
            Wrong(64, "uscc.check_character", "firm", "firm", "show", "91110105100000016U"),
            Wrong(
                73, "file.cannot_write", "--out", "report", "weekly", "--week", "2018-W52", "--out",
                "no-such-folder/report.txt"),
        ]

        @Test(arguments: wrongs) func aWrongCallHasItsCode(_ wrong: Wrong) async throws {
            let ledger = try await office.ledger()
            let run = try await office.goutong(
                wrong.arguments + ["--json", "--federation", ledger.federation])
            #expect(run.status == wrong.status, "\(run)")
            #expect(run.output.isEmpty)
            let issue = try #require(try run.issues().first)
            #expect(issue.code == wrong.code)
            #expect(issue.pointer == wrong.pointer)
            #expect(!issue.rule.isEmpty && !issue.mend.isEmpty)
        }

        /// A value that no rule of the database has to stop: the message names the option and the mend.
        @Test(arguments: [
            ("--members", "-5"), ("--members", "3000000000"), ("--on", "2999-09-14"), ("--on", "2018-02-30"),
            ("--ref", "=1+1"), ("--union-name", "\u{1B}[2J"), ("--form", "loose"), ("--kind", "party"),
        ])
        func anOptionIsCheckedBeforeTheDatabase(option: String, value: String) async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let before = try await ledger.facts()
            var options = ["--kind": "established", "--on": "2018-09-14", "--firm": "91110105100000016T"]
            options[option] = value
            let run = try await office.goutong(
                ["milestone", "add", "--lang", "en", "--federation", ledger.federation]
                    + options.map { "\($0)=\($1)" })
            #expect(run.status == 65 || run.status == 64, "\(run)")
            #expect(run.said.contains(option))
            #expect(!run.said.contains("database") && !run.said.contains("\u{1B}"))
            #expect(try await ledger.facts() == before)
        }

        @Test func aListHasALength() async throws {
            let ledger = try await office.ledger()
            let run = try await ledger.goutong("meeting", "list", "--limit=-1", "--json")
            #expect(run.status == 64, "\(run)")
            #expect(try run.issues().map(\.pointer) == ["--limit"])
        }

        @Test(arguments: ["x y;\"", "", "北京"]) func aFederationsCodeIsChecked(_ code: String) async throws {
            let run = try await office.goutong("db", "migrate", "--set-up", code)
            #expect(run.status == 64, "\(run)")
            #expect(run.said.contains("--set-up"))
        }

        /// Said twice it stands as it was; said otherwise it is a conflict, also by two at once.
        @Test func aFederationIsSetUpOnce() async throws {
            let code = "twice-" + UUID().uuidString.lowercased().prefix(8)
            func setUp(_ extra: String...) async throws -> Outcome {
                try await office.goutong(["db", "migrate", "--set-up", code, "--lang", "en"] + extra)
            }
            async let one = setUp("--name", "甲市总工会")
            async let two = setUp("--name", "乙市总工会")
            let both = try await [one, two]
            #expect(both.map(\.status).sorted() == [0, 79], "\(both)")
            let refused = try #require(both.first { $0.status == 79 })
            #expect(refused.said.contains("federation.conflict") && refused.said.contains("--name"))

            #expect(try await setUp().status == 0)
            #expect(try await setUp("--since", "2018-04-01").status == 0)
            let later = try await setUp("--since", "2019-04-01")
            #expect(later.status == 79 && later.said.contains("--since"))
        }

        /// The running week is told as far as it goes.
        @Test func theRunningWeekIsNoFutureOne() async throws {
            let ledger = try await office.ledger()
            let format = DateFormatter()
            format.calendar = Calendar(identifier: .gregorian)
            format.locale = Locale(identifier: "en_US_POSIX")
            format.timeZone = TimeZone(identifier: "Asia/Shanghai")
            format.dateFormat = "yyyy-MM-dd"
            // The seven days that begin today.
            let last = format.string(from: Date(timeIntervalSinceNow: 6 * 86_400))
            let report = try await ledger.goutong("report", "weekly", "--ending", last)
            #expect(report.status == 0, "\(report)")
        }

        @Test func aFederationIsChosenWhereThereAreSeveral() async throws {
            _ = try await office.ledger()
            _ = try await office.ledger()
            let unnamed = try await office.goutong("meeting", "list", "--json")
            #expect(unnamed.status == 64)
            #expect(try unnamed.issues().map(\.code) == ["federation.several"])
            let unknown = try await office.goutong("meeting", "list", "--json", "--federation", "nowhere")
            #expect(unknown.status == 66)
        }

        /// Nobody is there to answer: the form must say so and end, whatever stands on its input.
        @Test(.timeLimit(.minutes(1)), arguments: ["nothing", "silence", "answers"])
        func theFormNeedsATerminal(_ kind: String) async throws {
            let ledger = try await office.ledger()
            let input: Input =
                switch kind {
                case "nothing": .nothing
                case "silence": .silence
                default: .text("企业\n今天\n")
                }
            for extra in [[], ["--no-input"]] {
                let run = try await office.goutong(
                    ["meeting", "log", "--json", "--federation", ledger.federation] + extra, input: input)
                #expect(run.status == 64)
                #expect(run.output.isEmpty)
                #expect(try run.issues().map(\.code) == ["from.required"])
            }
        }

        @Test func aServerThatIsAwayIsUnavailable() async throws {
            let run = try await office.goutong(
                "meeting", "list", "--json",
                setting: ["GOUTONG_DATABASE_URL": "host=127.0.0.1 port=1 dbname=none connect_timeout=2"])
            #expect(run.status == 69, "\(run)")
            #expect(try run.issues().map(\.code) == ["database.unavailable"])
        }

        enum Key: CaseIterable { case missing, open, torn, another }

        /// Personal data is never sealed with a doubtful key.
        @Test(arguments: Key.allCases) func aDoubtfulKeyIsNotUsed(_ kind: Key) async throws {
            let ledger = try await office.ledger()
            #expect(try await ledger.meetings().isEmpty)
            let key = office.folder.appendingPathComponent("key-\(UUID().uuidString)")
            let own = try Data(contentsOf: office.home.appendingPathComponent("master.key"))
            switch kind {
            case .missing: break
            case .open: try own.write(to: key)
            case .torn: try own.dropLast(5).write(to: key)
            case .another:
                try Data(Data(repeating: 7, count: 32).base64EncodedString().utf8).write(to: key)
            }
            if kind != .missing {
                try FileManager.default.setAttributes(
                    [.posixPermissions: kind == .open ? 0o644 : 0o600], ofItemAtPath: key.path)
            }
            let before = try await ledger.facts()
            let run = try await office.goutong(
                "meeting", "log", "--from", "-", "--json", "--federation", ledger.federation,
                input: .text(Documents.meeting), setting: ["GOUTONG_KEY_FILE": key.path])
            #expect(run.status == 77, "\(run)")
            #expect(try run.issues().map(\.code) == ["vault"])
            #expect(try await ledger.facts() == before)
        }
    }
}
