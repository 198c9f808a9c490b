import Foundation
import Testing

extension EndToEnd {
    /// `goutong funnel` under every definition that it offers.
    @Suite struct FunnelTests {
        @Test func countsAloneAreTheSameCounts() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            func rows(_ more: String...) async throws -> [[String: Any]] {
                let told = try await office.goutong(
                    ["funnel", "--federation", ledger.federation, "--by", "district", "--json"]
                        + more)
                try #require(told.status == 0, "\(told)")
                return try #require(try told.object()["groups"] as? [[String: Any]])
            }
            let (whole, alone) = (try await rows(), try await rows("--counts-only"))
            // With coverage, places where nobody was met yet have rows too.
            #expect(!alone.isEmpty)
            for other in alone {
                let one = try #require(whole.first { $0["unit"] as? String == other["unit"] as? String })
                for key in ["unit", "met", "at_risk", "intent", "established", "open"] {
                    #expect("\(one[key] ?? "")" == "\(other[key] ?? "")", "\(key)")
                }
            }
        }

        private let office: Office

        init() throws { office = try Office.current() }

        /// A firm met in September that gave its intent at once, met again in another district in October and
        /// founded in November; an organised firm at each of the two meetings; two applicants at each.
        private func ledger() async throws -> Ledger {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            try await ledger.record(Documents.workerMeeting)
            try await ledger.record(
                try Documents.meeting(with: "\"held_on\": \"2018-10-10\"", for: "\"held_on\": \"2018-09-12\"")
                    .replacing("00000000e001", with: "00000000e003")
                    .replacing("0000000a0001", with: "0000000a0003")
                    .replacing("0000000a0002", with: "0000000a0004")
                    .replacing("15412345679", with: "15412345670")
                    .replacing(
                        "\"area\": \"110105021\", \"area_name\": \"南磨房地区\"", with: "\"area\": \"110106008\""
                    )
                    .replacing("\"kind\": \"park\"", with: "\"kind\": \"mall\"")
                    .replacing(
                        "\"intent\": { \"form\": \"verbal\", \"on\": \"2018-09-12\" }",
                        with: "\"attitude\": \"supportive\""))
            for (kind, day) in [("application", "2018-11-01"), ("established", "2018-11-20")] {
                let added = try await ledger.goutong(
                    "milestone", "add", "--firm", "91110105100000016T", "--kind", kind, "--on", day)
                try #require(added.status == 0, "\(added)")
            }
            return ledger
        }

        private func funnel(_ ledger: Ledger, _ options: String...) async throws -> [String: Any] {
            let run = try await office.goutong(
                ["funnel", "--json", "--from", "2018-04-01", "--to", "2019-06-30"] + options
                    + ["--federation", ledger.federation])
            try #require(run.status == 0, "\(run)")
            return try run.object()
        }

        private func total(_ funnel: [String: Any]) throws -> [String: Any] {
            try #require(funnel["total"] as? [String: Any])
        }

        @Test func theClockStartsAtTheIntent() async throws {
            let ledger = try await ledger()
            let funnel = try await funnel(ledger, "--start", "intent")
            #expect((funnel["definition"] as? String)?.hasSuffix(";start=intent") == true)
            let counts = try total(funnel)
            #expect(
                Set(counts.keys) == [
                    "entered", "at_risk", "application", "established", "converted", "covered", "exited",
                    "open", "expired", "application_rate", "ci95", "established_rate", "established_ci95",
                    "median_days_to_application", "employees", "meetings", "rates", "coverage",
                ])
            #expect(counts["entered"] as? Int == 1)
            #expect(counts["at_risk"] as? Int == 1)
            #expect(counts["application"] as? Int == 1)
            #expect(counts["established"] as? Int == 1)
            #expect(counts["median_days_to_application"] as? Int == 50)
            // By the area of the first meeting, or of the last one before the intent; the week of the intent.
            for (options, unit) in [
                (["--by", "area"], "110105021"), (["--by", "area", "--anchor", "last"], "110105021"),
                (["--by", "week"], "2018-W37"), (["--by", "venue"], "park"),
                (["--by", "headcount"], "100-499"),
            ] {
                let run = try await office.goutong(
                    ["funnel", "--start", "intent", "--format", "csv", "--to", "2019-06-30"] + options
                        + ["--federation", ledger.federation])
                let rows = run.text.split(separator: "\r\n")
                #expect(rows.count == 2)
                #expect(rows.last?.hasPrefix("\(unit),") == true, "\(run)")
            }
            let short = try total(try await self.funnel(ledger, "--start", "intent", "--window", "49"))
            #expect(short["application"] as? Int == 0)
            #expect(short["expired"] as? Int == 1)
        }

        @Test func aLaterMeetingBreaksTheStrictOrder() async throws {
            let ledger = try await ledger()
            let ordered = try total(try await funnel(ledger))
            #expect(ordered["met"] as? Int == 3)
            #expect(ordered["intent"] as? Int == 1)
            #expect(ordered["application"] as? Int == 1)
            let strict = try total(try await funnel(ledger, "--order", "strict"))
            #expect(strict["intent"] as? Int == 1)
            #expect(strict["application"] as? Int == 0)
            let both = try total(try await funnel(ledger, "--order", "strict", "--start", "intent"))
            #expect(both["at_risk"] as? Int == 1)
            #expect(both["application"] as? Int == 0)
        }

        /// By other meetings; every definition has a hash of its own.
        @Test func everyDefinitionIsNamed() async throws {
            let ledger = try await ledger()
            let last = try await ledger.goutong(
                "funnel", "--anchor", "last", "--by", "area", "--to", "2019-06-30", "--json")
            let groups = try #require(try last.object()["groups"] as? [[String: Any]])
            // The firm with an intent stays with the meeting before it; another was met at the later one.
            #expect(groups.compactMap { $0["unit"] as? String } == ["110105021", "110106008"])
            var hashes: Set<String> = []
            for options in [
                [], ["--order", "strict"], ["--order", "any"], ["--order", "implied"], ["--window", "none"],
                ["--anchor", "last"], ["--anchor", "any"], ["--place", "current"], ["--track", "worker"],
                ["--place", "registered_at_entry"], ["--start", "intent"],
            ] {
                let run = try await office.goutong(
                    ["funnel", "--to", "2019-06-30", "--lang", "en", "--federation", ledger.federation]
                        + options)
                #expect(run.status == 0, "\(run)")
                let hash = try #require(run.lines.last?.split(separator: " ").last).description
                #expect(hash.utf8.count == 12)
                #expect(hashes.insert(hash).inserted, "\(options)")
            }
        }

        /// In every definition and grouping the groups add up to the total.
        @Test(arguments: [
            "area", "district", "week", "venue", "headcount", "format", "industry", "ownership",
        ])
        func theGroupsAddUp(_ grouping: String) async throws {
            let ledger = try await ledger()
            for options in [[], ["--start", "intent"], ["--order", "strict"], ["--track", "worker"]] {
                if options.last == "worker", ["headcount", "industry", "ownership"].contains(grouping) {
                    continue
                }
                let run = try await office.goutong(
                    ["funnel", "--json", "--by", grouping, "--to", "2019-06-30"] + options
                        + ["--federation", ledger.federation])
                let object = try run.object()
                let groups = try #require(object["groups"] as? [[String: Any]])
                for (key, value) in try total(object) where value is Int && !key.hasPrefix("median") {
                    guard !key.hasSuffix("_rate") else { continue }
                    #expect(
                        groups.reduce(0) { $0 + ($1[key] as? Int ?? 0) } == value as? Int,
                        "\(key) by \(grouping) \(options)")
                }
            }
        }

        /// Groups within groups: each before its parts, which add up to it, in every format and whole.
        @Test func groupsWithinGroups() async throws {
            let ledger = try await ledger()
            let funnel = try await funnel(ledger, "--by", "district,venue", "--by", "headcount")
            #expect(funnel["by"] as? String == "district,venue,headcount")
            let groups = try #require(funnel["groups"] as? [[String: Any]])
            let paths = groups.compactMap { $0["groups"] as? [String] }
            #expect(paths.first == ["110105"] && paths.contains(["110105", "park", "100-499"]))
            #expect(groups.compactMap { $0["level"] as? Int } == paths.map(\.count))
            #expect(groups.compactMap { $0["unit"] as? String } == paths.compactMap(\.last))
            for (level, whole) in zip(paths, groups) where level.count < 3 {
                let parts = zip(paths, groups).filter {
                    $0.0.count == level.count + 1 && $0.0.starts(with: level)
                }
                let sum = parts.reduce(0) { $0 + ($1.1["met"] as? Int ?? 0) }
                #expect(sum == whole["met"] as? Int && whole["overlap"] as? Int == 0, "\(level)")
            }
            let total = try total(funnel)
            let meetings = try #require(total["meetings"] as? [String: Any])
            #expect(meetings["enterprise"] as? Int == 2 && meetings["worker"] as? Int == 1)
            let rates = try #require(total["rates"] as? [String: [String: Any]])
            let perMeeting = try #require(rates["intents_per_enterprise_meeting"])
            #expect(perMeeting["x"] as? Int == 1 && perMeeting["n"] as? Int == 2)
            #expect(perMeeting["rate"] as? Double == 0.5 && perMeeting["ci95"] is [Any])
            let sizes = try #require(total["employees"] as? [String: [String: Int]])
            #expect(Set(sizes.keys) == ["at_risk", "intent", "application", "established"])
            let conservation = try #require(funnel["conservation"] as? [[String: Any]])
            #expect(conservation.first?["figure"] as? String == "met")
            for (format, mark) in [
                ("text", "小计"), ("csv", ",by_district,by_venue,by_headcount,overlap,"), ("html", "小计"),
            ] {
                let run = try await ledger.goutong(
                    "funnel", "--by", "district,venue,headcount", "--to", "2019-06-30", "--format", format)
                #expect(run.status == 0 && run.text.contains(mark), "\(run)")
                #expect(!run.text.contains("⟦"), "\(format)")
                if format == "csv" {
                    #expect(run.text.split(separator: "\r\n").count == groups.count + 1, "never cut off")
                }
            }
        }

        /// Two cadres at one meeting: the firms are both's, and what is counted twice is told.
        @Test func whatSeveralCadresShareIsTold() async throws {
            let ledger = try await ledger()
            let funnel = try await funnel(ledger, "--by", "cadre")
            let line = try #require((funnel["conservation"] as? [[String: Any]])?.first)
            func number(_ key: String) -> Int { line[key] as? Int ?? 0 }
            #expect(number("parts") + number("unassigned") - number("overlap") == number("total"))
            let groups = try #require(funnel["groups"] as? [[String: Any]])
            #expect(
                groups.reduce(0) { $0 + ($1["met"] as? Int ?? 0) } == number("total") + number("overlap"))
            let text = try await ledger.goutong("funnel", "--by", "cadre", "--to", "2019-06-30")
            #expect(text.text.contains("重复计入："))
        }

        /// One person applied at both enterprise meetings, by the document; the mobiles tell the other two apart.
        @Test func workersAreCountedOnce() async throws {
            let ledger = try await ledger()
            let counts = try total(try await funnel(ledger, "--track", "worker"))
            #expect(counts["applied"] as? Int == 3)
            #expect(counts["verified"] as? Int == 0)
            #expect(counts["expired"] as? Int == 3)
            #expect(counts["covered"] == nil)
        }

        /// What was not known yet is not counted.
        @Test func asKnownBefore() async throws {
            let ledger = try await ledger()
            let counts = try total(
                try await funnel(ledger, "--start", "intent", "--as-known-at", "2019-01-01T00:00:00+08:00"))
            #expect(counts["entered"] as? Int == 0)
            #expect(counts["application_rate"] is NSNull)
        }

        struct Wrong: CustomTestStringConvertible {
            let code, pointer: String
            let options: [String]

            init(_ code: String, _ pointer: String, _ options: String...) {
                self.code = code
                self.pointer = pointer
                self.options = options
            }

            var testDescription: String { options.joined(separator: " ") }
        }

        static let wrongs = [
            Wrong("window.form", "--window", "--window", "soon"),
            Wrong("window.form", "--window", "--window", "-5"),
            Wrong("window.form", "--window", "--window=-5"),
            Wrong("window.form", "--window", "--window", "3651"),
            Wrong("window.form", "--window", "--window", ""),
            Wrong("window.form", "--window", "--window", "99999999999999999999"),
            Wrong("date.order", "--from", "--from", "2018-12-31", "--to", "2018-12-30"),
            Wrong("date.order", "--to", "--to", "1999-12-30"),
            Wrong("date.form", "--from", "--from", "2018-02-30"),
            Wrong("date.future", "--to", "--to", "2999-01-01"),
            Wrong("instant.form", "--as-known-at", "--as-known-at", "soon"),
            Wrong("choice.unknown", "--start", "--start", "visit"),
            Wrong("choice.unknown", "--order", "--order", "random"),
            Wrong("choice.unknown", "--anchor", "--anchor", "second"),
            Wrong("choice.unknown", "--place", "--place", "here"),
            Wrong("choice.unknown", "--track", "--track", "union"),
            Wrong("choice.unknown", "--by", "--by", "mood"),
            Wrong("choice.unknown", "--format", "--format", "docx"),
            Wrong("anchor.start", "--anchor", "--start", "intent", "--anchor", "any"),
            Wrong("anchor.start", "--anchor", "--track", "worker", "--anchor", "any"),
            Wrong("start.track", "--start", "--track", "worker", "--start", "intent"),
            Wrong("place.track", "--place", "--track", "worker", "--place", "current"),
            Wrong("by.track", "--by", "--track", "worker", "--by", "headcount"),
            Wrong("by.track", "--by", "--track", "worker", "--by", "district,industry"),
            Wrong("by.track", "--by", "--by", "category"),
            Wrong("by.track", "--by", "--track", "worker", "--by", "district,ownership"),
            Wrong("by.twice", "--by", "--by", "week", "--by", "week"),
            Wrong("by.none", "--by", "--by", "none,week"),
            Wrong("by.order", "--by", "--by", "area,district"),
            Wrong("choice.unknown", "--by", "--by", "week,"),
        ]

        @Test(arguments: wrongs) func aWrongCallIsToldInBothLanguages(_ wrong: Wrong) async throws {
            let (ledger, _) = try await office.standing.ledger(of: office)
            var rules: Set<String> = []
            for language in ["zh", "en"] {
                let call = ["funnel", "--lang", language, "--federation", ledger.federation] + wrong.options
                let run = try await office.goutong(call + ["--json"])
                #expect(run.status == 64, "\(run)")
                #expect(run.output.isEmpty)
                let issue = try #require(try run.issues().first)
                #expect(issue.code == wrong.code)
                #expect(issue.pointer == wrong.pointer)
                #expect(!issue.mend.isEmpty)
                rules.insert(issue.rule)
                let told = try await office.goutong(call)
                #expect(told.status == 64)
                #expect(told.said.contains(issue.rule) && told.said.contains(issue.mend))
                #expect(told.said.contains(wrong.pointer))
            }
            #expect(rules.count == 2, "one language says what the other says")
        }
    }
}
