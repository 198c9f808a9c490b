import Foundation
import Testing

extension EndToEnd {
    /// The weekly report and the other ways out of the ledger, over two recorded meetings.
    @Suite struct ReportTests {
        private let office: Office

        init() throws { office = try Office.current() }

        /// Both meetings of the week 2018-W37, recorded.
        private func ledger() async throws -> Ledger {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            try await ledger.record(Documents.workerMeeting)
            return ledger
        }

        static let headline: Set = [
            "enterprise_meetings", "worker_meetings", "firm_times", "firms_met", "firms_first_met",
            "unorganised_firms_met", "founding_intents", "unions_established", "firms_covered",
            "on_site_applications", "members_admitted",
        ]

        @Test func theJSONHasEveryKeyOfTheContract() async throws {
            let report = try await ledger().weekly("2018-W37")
            #expect(
                Set(report.object.keys) == [
                    "schema", "week", "from", "to", "since", "as_known_at", "synthetic", "definition",
                    // Beyond the contract, since a recording chains the audit.
                    "audit_head",
                    "headline", "firm_funnel", "rates", "intent_reconciliation", "intent_outcomes",
                    "worker_funnel", "areas", "districts", "conservation", "completeness",
                    // Beyond the contract: what stands out, what is provisional, what needs a person.
                    "control", "entry_weeks", "week_over_week", "provisional_intent_share",
                    "worker_standing", "two_sided",
                    "waiting_intents", "follow_ups", "opinions", "plausibility",
                    // What offices stated, beside it.
                    "declared", "targets",
                ])
            #expect(report.object["schema"] as? String == "goutong.weekly/1")
            #expect(report.object["week"] as? String == "2018-W37")
            #expect(report.object["from"] as? String == "2018-09-10")
            #expect(report.object["to"] as? String == "2018-09-16")
            #expect(report.object["synthetic"] as? Bool == false)
            expectKeys(
                of: try report.member("definition"),
                "unit window_days order anchor place attribution boundaries calendar hash")
            #expect(Set(try report.member("headline").keys) == Self.headline)
            for name in Self.headline {
                expectKeys(of: try report.figures(name), "week previous late year cumulative target")
            }
            let funnel = try report.member("firm_funnel")
            expectKeys(
                of: funnel, "met steps converted covered exited open expired median_days_to_intent")
            let steps = try #require(funnel["steps"] as? [[String: Any]])
            #expect(
                steps.map { $0["key"] as? String } == ["at_risk", "intent", "application", "established"])
            for step in steps { expectKeys(of: step, "key count of_first of_previous ci95") }
            for rate in ["cumulative_intent_rate", "matured_intent_rate"] {
                expectKeys(
                    of: try #require(try report.member("rates")[rate] as? [String: Any]),
                    "x n rate ci95 ci95_clustered")
            }
            expectKeys(
                of: try report.member("intent_reconciliation"),
                "within_window after_window before_first_contact other total")
            expectKeys(
                of: try report.member("intent_outcomes"),
                """
                established joined_joint_union covered_by_parent in_progress no_progress lapsed_or_declined \
                closed_or_moved total
                """)
            let worker = try report.member("worker_funnel")
            expectKeys(of: worker, "steps applications_per_meeting")
            #expect(
                (worker["steps"] as? [[String: Any]])?.map { $0["key"] as? String }
                    == ["consulted", "applied", "verified", "admitted"])
            for place in try report.list("areas") + report.list("districts") {
                #expect(
                    Set(place.keys)
                        == Self.headline.union([
                            "code", "name", "district", "intent_rate", "signal", "matured_intent_rate",
                            "open",
                            "provisional_intent_share",
                        ]))
                expectKeys(
                    of: try #require(place["matured_intent_rate"] as? [String: Any]),
                    """
                    x n rate ci95 shrunk shrunk_ci95 probability_above ci95_clustered limits95 limits998 p p_bh
                    """)
                expectKeys(
                    of: try #require(place["intent_rate"] as? [String: Any]), "x n rate ci95 shrunk")
            }
            for row in try report.list("conservation") {
                expectKeys(of: row, "figure areas unassigned city overlap")
            }
            for row in try report.list("completeness") {
                expectKeys(of: row, "code expected held declared_none unreported")
            }
        }

        private func expectKeys(of object: [String: Any], _ keys: String) {
            #expect(Set(object.keys) == Set(keys.split(separator: " ").map(String.init)))
        }

        @Test func theFiguresAreThoseOfTheMeetings() async throws {
            let ledger = try await ledger()
            let report = try await ledger.weekly("2018-W37")
            for (name, count) in [
                "enterprise_meetings": 1, "worker_meetings": 1, "firm_times": 2, "firms_met": 2,
                "unorganised_firms_met": 1, "founding_intents": 1, "on_site_applications": 19,
            ] {
                #expect(try report.figures(name)["week"] as? Int == count, "\(name)")
            }
            let areas = try report.list("areas").filter { ($0["firms_met"] as? [String: Int])?["week"] == 2 }
            #expect(areas.map { $0["code"] as? String } == ["110105021"])
            let codes = try report.list("areas").compactMap { $0["code"] as? String }
            #expect(codes == codes.sorted() && codes.count > 300)

            // The week after, and the day before the second meeting.
            let next = try await ledger.weekly("2018-W38")
            #expect(try next.figures("firms_met")["previous"] as? Int == 2)
            #expect(try next.figures("firms_met")["week"] as? Int == 0)
            let eve = try await ledger.weekly("--ending", "2018-09-12")
            #expect(eve.object["from"] as? String == "2018-09-06")
            #expect(try eve.figures("worker_meetings")["cumulative"] as? Int == 0)
        }

        /// What was not yet recorded at an instant is not in the report of that instant.
        @Test func aReportOfThePastKnowsNoMore() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.workerMeeting)
            let known = try #require(
                try await ledger.weekly("2018-W37").object["as_known_at"] as? String)
            try await ledger.record(Documents.meeting)
            let past = try await ledger.goutong(
                "report", "weekly", "--week", "2018-W37", "--as-known-at", known, "--json")
            let report = WeeklyJSON(object: try past.object())
            #expect(try report.figures("enterprise_meetings")["week"] as? Int == 0)
            #expect(try report.figures("worker_meetings")["week"] as? Int == 1)
            #expect(try await ledger.weekly("2018-W37").figures("enterprise_meetings")["week"] as? Int == 1)
        }

        /// Once the audit was sealed, a report ends with its head; `audit verify` takes it from there.
        @Test func aReportEndsWithTheHeadOfTheAudit() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.workerMeeting)
            let head = try await ledger.goutong("audit", "head")
            let text = try #require(head.lines.first)
            #expect(try await ledger.weekly("2018-W37").object["audit_head"] as? String == text)
            let file = office.folder.appendingPathComponent("head-\(UUID()).txt").path
            let report = try await ledger.goutong(
                "report", "weekly", "--week", "2018-W37", "--lang", "en", "--out", file)
            #expect(report.status == 0, "\(report)")
            #expect(try String(contentsOfFile: file, encoding: .utf8).contains(text))
            let verified = try await ledger.goutong("audit", "verify", "--head-from", file)
            #expect(verified.status == 0, "\(verified)")
        }

        @Test(arguments: ["text", "brief", "html", "csv", "json"], ["zh", "en"])
        func everyFormatReads(format: String, language: String) async throws {
            let ledger = try await ledger()
            let call = ["report", "weekly", "--week", "2018-W37", "--format", format, "--lang", language]
            let report = try await office.goutong(call + ["--federation", ledger.federation])
            #expect(report.status == 0, "\(report)")
            #expect(report.errors.isEmpty)
            #expect(report.output.last == UInt8(ascii: "\n"))
            #expect(!report.text.contains("\u{1B}"), "no colours in a pipe")
            switch format {
            case "json": _ = try report.object()
            case "html":
                #expect(report.text.lowercased().hasPrefix("<!doctype html>"))
                #expect(report.text.contains(language == "zh" ? "lang=\"zh" : "lang=\"en"))
                // One file that needs nothing else.
                #expect(!report.text.contains("src=\"http") && !report.text.contains("<link"))
                fallthrough
            default:
                #expect(report.text.contains(language == "zh" ? "企业沟通会" : "nterprise meetings"))
            }
            if format == "csv" { #expect(report.output.starts(with: [0xEF, 0xBB, 0xBF])) }

            let file = office.folder.appendingPathComponent(UUID().uuidString + "." + format)
            let written = try await office.goutong(
                call + ["--federation", ledger.federation, "--out", file.path])
            #expect(written.status == 0 && written.output.isEmpty)
            // The same but for the instant at which it was asked for.
            let size = try Data(contentsOf: file).count
            #expect(abs(size - report.output.count) < 64)
        }

        @Test func theWorkbookIsOne() async throws {
            let ledger = try await ledger()
            let file = office.folder.appendingPathComponent(UUID().uuidString + ".xlsx")
            let written = try await ledger.goutong(
                "report", "weekly", "--week", "2018-W37", "--format", "xlsx", "--out", file.path)
            #expect(written.status == 0, "\(written)")
            #expect(try Data(contentsOf: file).starts(with: Array("PK".utf8)))
            let sheets = try await office.shell("unzip -p '\(file.path)' xl/workbook.xml")
            #expect(sheets.status == 0)
            #expect(sheets.text.contains("<sheet "))
            // On a pipe as well as in a file.
            let piped = try await ledger.goutong("report", "weekly", "--week", "2018-W37", "--format", "xlsx")
            #expect(piped.output.starts(with: Array("PK".utf8)))
        }

        /// A name that a spreadsheet would run is refused at the door; prose that begins like one is guarded.
        @Test func noFormulaReachesASpreadsheet() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(try Documents.meeting(with: "=1+1", for: "备注"))
            for format in ["csv", "html", "text"] {
                let report = try await ledger.goutong(
                    "report", "weekly", "--week", "2018-W37", "--format", format)
                for start in ["\n=", ",=", ",\"="] { #expect(!report.text.contains(start)) }
            }
        }

        @Test func oneDistrictAlone() async throws {
            let ledger = try await ledger()
            let report = try await ledger.goutong(
                "report", "weekly", "--week", "2018-W37", "--area", "110105", "--json")
            let json = WeeklyJSON(object: try report.object())
            #expect(try json.list("districts").map { $0["code"] as? String } == ["110105"])
            #expect(
                try json.list("areas").allSatisfy { ($0["code"] as? String)?.hasPrefix("110105") == true })
            #expect(try json.figures("worker_meetings")["week"] as? Int == 1, "the city stays the city")
        }

        @Test(arguments: ["json", "csv", "text"]) func theFunnelByArea(_ format: String) async throws {
            let ledger = try await ledger()
            let funnel = try await ledger.goutong(
                "funnel", "--by", "area", "--from", "2018-04-01", "--to", "2018-12-30", "--format", format)
            #expect(funnel.status == 0, "\(funnel)")
            switch format {
            case "json":
                let groups = try #require(try funnel.object()["groups"] as? [[String: Any]])
                let group = try #require(groups.first { $0["unit"] as? String == "110105021" })
                #expect(group["at_risk"] as? Int == 1)
                #expect(group["intent"] as? Int == 1)
                #expect(group["converted"] as? Int == 1)
            case "csv":
                let lines = funnel.text.split(separator: "\r\n")
                let columns = try #require(lines.first).split(separator: ",")
                #expect(columns.starts(with: ["unit", "unit_name", "met", "at_risk", "intent"]))
                #expect(lines.contains { $0.hasPrefix("110105021,朝阳区南磨房地区,2,1,1,") })
            default: #expect(funnel.text.contains("朝阳区南磨房地区"))
            }
        }

        @Test func aFirmIsFoundByNameAndByCode() async throws {
            let ledger = try await ledger()
            for text in ["示例物流", "91110105100000016T", "北京示例物流有限公司"] {
                let found = try await ledger.goutong("firm", "find", text, "--json").objects()
                #expect(found.map { $0["uscc"] as? String } == ["91110105100000016T"], "\(text)")
            }
            let history = try await ledger.goutong("firm", "history", "91110105100000016T")
            #expect(history.status == 0)
            #expect(history.text.contains("2018-09-12"))
            let none = try await ledger.goutong("firm", "find", "没有这家", "--json")
            #expect(none.status == 0 && none.output.isEmpty)
        }

        @Test func meetingsAreListedLatestFirst() async throws {
            let ledger = try await ledger()
            #expect(
                try await ledger.meetings().map { $0["held_on"] as? String } == ["2018-09-13", "2018-09-12"])
            let one = try await ledger.goutong("meeting", "list", "--to", "2018-09-12", "--json").objects()
            #expect(one.map { $0["id"] as? String } == [Documents.meetingID])
            let shown = try await ledger.goutong("meeting", "show", Documents.meetingID)
            #expect(shown.text.contains("goutong1.\(Documents.meetingID).1."))
        }

        /// A milestone recorded after the meeting is in the report and in the firm's history.
        @Test func aFoundingIsCounted() async throws {
            let ledger = try await ledger()
            let id = "0168325a-1c00-7000-8000-0000000000aa"
            for said in ["已登记", "此前已登记"] {
                let added = try await ledger.goutong(
                    "milestone", "add", "--firm", "91110105100000016T", "--kind", "established", "--on",
                    "2018-09-14", "--ref", "示例〔2018〕1号", "--id", id)
                #expect(added.status == 0, "\(added)")
                #expect(added.said.contains(said))
            }
            let report = try await ledger.weekly("2018-W37")
            #expect(try report.figures("unions_established")["week"] as? Int == 1)
            #expect(try report.member("intent_outcomes")["established"] as? Int == 1)
        }

        @Test func aDeclaredWeekIsNotUnreported() async throws {
            let ledger = try await ledger()
            for _ in 1...2 {
                let declared = try await ledger.goutong(
                    "meeting", "none", "--area", "110105001", "--week", "2018-W37")
                #expect(declared.status == 0, "\(declared)")
            }
            let rows = try await ledger.weekly("2018-W37").list("completeness")
            let row = try #require(rows.first { $0["code"] as? String == "110105001" })
            #expect(row["declared_none"] as? Int == 1)
        }

        /// Every fact in one table each, described; nothing personal among them.
        @Test func theLedgerIsExportedWithoutPersons() async throws {
            let tables = try await ledger().facts()
            let package = try Outcome.object(try #require(tables["datapackage.json"]))
            let resources = try #require(package["resources"] as? [[String: Any]])
            let described = Set(resources.compactMap { $0["path"] as? String })
            #expect(described == Set(tables.keys).subtracting(["datapackage.json"]))
            for (name, bytes) in tables {
                let text = String(decoding: bytes, as: UTF8.self)
                for secret in ["李示例", "王示例", "15412345678", "110100199003070015"] {
                    #expect(!text.contains(secret), "\(name)")
                }
            }
            let meetings = try #require(tables["meeting.csv"])
            #expect(String(decoding: meetings, as: UTF8.self).contains(Documents.meetingID))
        }

        @Test func theDatabaseIsInPlace() async throws {
            _ = try await ledger()
            let status = try await office.goutong("db", "status")
            #expect(status.status == 0)
            #expect(status.text.contains("运行中") && status.text.contains("已应用"))
            #expect(!status.text.contains("未应用"))
            let verified = try await office.goutong("db", "verify")
            #expect(verified.status == 0, "\(verified)")
            let migrated = try await office.goutong("db", "migrate")
            #expect(migrated.status == 0)
            #expect(migrated.said.contains("结构已是最新"))
        }
    }
}
