import Foundation
import Testing

extension EndToEnd {
    /// Issue, review and sign; who has reported; what moved since; the rows behind a number.
    @Suite struct IssueTests {
        private let office: Office
        private static let week = "2018-W37"
        private static let persons = ["--preparer", "张一", "--reviewer", "李二", "--signer", "王三"]

        init() throws { office = try Office.current() }

        private func ledger() async throws -> Ledger {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            try await ledger.record(Documents.workerMeeting)
            return ledger
        }

        private func report(_ ledger: Ledger, _ arguments: String...) async throws -> Outcome {
            try await report(ledger, arguments)
        }

        private func report(_ ledger: Ledger, _ arguments: [String]) async throws -> Outcome {
            try await office.goutong(
                ["report", arguments[0], "--federation", ledger.federation] + arguments.dropFirst())
        }

        private func issue(_ ledger: Ledger, _ more: String...) async throws -> Outcome {
            try await report(ledger, ["issue", "--week", Self.week] + Self.persons + more)
        }

        @Test func anIssuedReportPrintsAgainByteForByte() async throws {
            let ledger = try await ledger()
            let folder = office.folder.appendingPathComponent("issued-" + ledger.federation)
            defer { try? FileManager.default.removeItem(at: folder) }
            let issued = try await issue(ledger, "--out", folder.path, "--number", "37")
            #expect(issued.status == 0, "\(issued)")
            #expect(issued.said.contains("第1版") && issued.said.contains("--edition 1"))
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(files.count == 11)
            #expect(
                try String(contentsOf: folder.appendingPathComponent("SHA256SUMS"), encoding: .utf8)
                    == issued.text)
            let checked = try await office.shell("cd '\(folder.path)' && sha256sum --strict -c SHA256SUMS")
            #expect(checked.status == 0 && checked.lines.count == 10, "\(checked)")

            // Everything after it leaves it as it was.
            try await ledger.record(
                Documents.meeting(
                    with: "0168325a-1c00-7000-8000-00000000e009", for: Documents.meetingID
                ).replacing(
                    "01685667-1400-7000-8000-0000000a000", with: "01685667-1400-7000-8000-0000000b000"))
            try await ledger.record(
                Documents.correction(of: 1, with: "\"organised\"", for: "\"unorganised\"")
                    .replacing(", \"intent\": { \"form\": \"verbal\", \"on\": \"2018-09-12\" }", with: ""))
            for format in ["text", "html", "xlsx", "csv", "json"] {
                for language in ["zh", "en"] {
                    let ending = format == "text" ? "txt" : format
                    let written = try Data(
                        contentsOf: folder.appendingPathComponent(
                            "weekly-\(Self.week).1.\(language).\(ending)"))
                    let again = try await report(
                        ledger, "weekly", "--week", Self.week, "--edition", "1", "--format", format, "--lang",
                        language)
                    #expect(again.status == 0 && again.output == written, "\(format) \(language)")
                }
            }
            let text = try await report(ledger, "weekly", "--week", Self.week, "--edition", "1")
            for word in ["第37期", "填报人张一", "审核人李二", "签发人王三", "第1版"] {
                #expect(text.text.contains(word), "\(word)")
            }
            let now = try await report(ledger, "weekly", "--week", Self.week)
            #expect(now.text != text.text && !now.text.contains("张一"))
        }

        @Test func aWeekIsIssuedOnceAndReissuedWithAReason() async throws {
            let ledger = try await ledger()
            let none = try await report(
                ledger, ["reissue", "--week", Self.week, "--why", "补登", "--json"] + Self.persons)
            #expect(none.status == 66, "\(none)")
            #expect(try none.issues().map(\.code) == ["report.not_issued"])
            let first = try await issue(ledger, "--json")
            #expect(first.status == 0, "\(first)")
            let frozen = try first.object()
            #expect(frozen["edition"] as? Int == 1 && frozen["replaces"] is NSNull)
            let renderings = try #require(frozen["renderings"] as? [[String: Any]])
            #expect(renderings.count == 10)
            #expect(renderings.allSatisfy { ($0["sha256"] as? String)?.count == 64 })

            let again = try await issue(ledger, "--json")
            #expect(again.status == 79, "\(again)")
            let issues = try again.issues()
            #expect(issues.map(\.code) == ["report.issued_already"])
            #expect(issues[0].mend.contains("report reissue") && issues[0].mend.contains("--edition 1"))
            let silent = try await report(ledger, ["reissue", "--week", Self.week, "--json"] + Self.persons)
            #expect(silent.status == 64, "\(silent)")

            let old = try await report(ledger, "weekly", "--week", Self.week, "--edition", "1")
            let second = try await report(
                ledger, ["reissue", "--week", Self.week, "--why", "补登一场", "--json"] + Self.persons)
            #expect(second.status == 0, "\(second)")
            #expect(try second.object()["edition"] as? Int == 2)
            #expect(try second.object()["replaces"] as? Int == 1)
            let printed = try await report(
                ledger, "weekly", "--week", Self.week, "--edition", "2", "--format", "json")
            let mark = try #require(try printed.object()["issue"] as? [String: Any])
            #expect(mark["edition"] as? Int == 2 && mark["replaces"] as? Int == 1)
            #expect(mark["reason"] as? String == "补登一场" && mark["signer"] as? String == "王三")
            let text = try await report(ledger, "weekly", "--week", Self.week, "--edition", "2")
            #expect(text.text.contains("第2版，取代第1版：补登一场"))
            #expect(
                try await report(ledger, "weekly", "--week", Self.week, "--edition", "1").output == old.output
            )

            let listed = try await report(ledger, "issued", "--week", Self.week)
            #expect(
                listed.text.split(separator: "\n").map { $0.contains("第1版") ? 1 : $0.contains("第2版") ? 2 : 0 }
                    == [1, 2], "\(listed)")
            let nothing = try await report(ledger, "issued", "--week", "2018-W30", "--lang", "en")
            #expect(nothing.status == 0 && nothing.text.contains("nothing has been issued"), "\(nothing)")

            let entries = try await ledger.goutong("audit", "list", "--json")
            #expect(entries.text.contains("report.issue") && entries.text.contains("report.reissue"))
            let verified = try await ledger.goutong("db", "verify")
            #expect(verified.status == 0, "\(verified)")
        }

        @Test(arguments: [
            (["--preparer", "张一", "--reviewer", "李二", "--signer", "张一"], "report.three_persons", "--signer"),
            (
                ["--preparer", "张一", "--reviewer", " 张一 ", "--signer", "王三"], "report.three_persons",
                "--reviewer"
            ),
            (["--preparer", "张一", "--reviewer", "李二"], "option.required", "--signer"),
        ])
        func threePersonsAnswerForIt(persons: [String], code: String, pointer: String) async throws {
            let standing = try await office.standing.ledger(of: office)
            let refused = try await report(
                standing.ledger, ["issue", "--week", Self.week, "--json"] + persons)
            #expect(refused.status == 64, "\(refused)")
            #expect(try refused.issues().map(\.code) == [code])
            #expect(try refused.issues().map(\.pointer) == [pointer])
        }

        @Test func whatCannotBeIssuedOrPrintedIsSaid() async throws {
            let ledger = try await ledger()
            let running = try await office.shell(
                """
                "$GOUTONG" report issue --federation \(ledger.federation) --json \
                --week "$(TZ=Asia/Shanghai date +%G-W%V)" \(Self.persons.joined(separator: " "))
                """)
            #expect(running.status == 64, "\(running)")
            #expect(try running.issues().map(\.code) == ["week.not_over"])
            #expect(try await report(ledger, "changes", "--week", Self.week).status == 66)
            #expect(try await issue(ledger).status == 0)
            for (arguments, status, code) in [
                (["--edition", "2"], 66, "report.edition_unknown"),
                (["--edition", "1", "--format", "brief"], 64, "report.format_not_issued"),
                (["--edition", "1", "--area", "110105"], 64, "edition.fixed"),
                (["--edition", "1", "--as-known-at", "2018-12-31T18:00:00+08:00"], 64, "edition.fixed"),
            ] as [([String], Int32, String)] {
                // With `--json` the format is JSON: the code is in the words.
                let refused = try await report(ledger, ["weekly", "--week", Self.week] + arguments)
                #expect(refused.status == status && refused.said.contains("[\(code)]"), "\(refused)")
            }
        }

        @Test func aServiceIsNotAsked() async throws {
            for command in [
                ["issue", "--week", Self.week] + Self.persons,
                ["reissue", "--week", Self.week, "--why", "x"] + Self.persons,
                ["weekly", "--week", Self.week, "--edition", "1"],
            ] {
                let refused = try await office.goutong(
                    ["report"] + command, setting: ["GOUTONG_SERVER": "https://example.invalid"])
                #expect(
                    refused.status == 64 && refused.said.contains("server.not_offered"),
                    "\(command) \(refused)")
            }
        }

        @Test func whatMovedSinceIsListedWithItsMeeting() async throws {
            let ledger = try await ledger()
            #expect(try await issue(ledger).status == 0)
            let quiet = try await report(ledger, "changes", "--week", Self.week, "--json").object()
            #expect((quiet["moved"] as? [Any])?.isEmpty == true && quiet["changes_seen"] as? Int == 0)
            // One that moves the week, one that is of a later day.
            try await ledger.record(
                Documents.correction(of: 1, with: "\"total\": 8", for: "\"total\": 5"))
            try await ledger.record(
                Documents.workerMeeting.replacing("00000000e002", with: "00000000e003")
                    .replacing("2018-09-13", with: "2018-10-13"))
            let changed = try await report(ledger, "changes", "--week", Self.week, "--json")
            #expect(changed.status == 0, "\(changed)")
            let object = try changed.object()
            #expect(object["changes_seen"] as? Int == 2)
            #expect((object["unexplained"] as? [Any])?.isEmpty == true)
            let steps = try #require(object["steps"] as? [[String: Any]])
            try #require(steps.count == 1)
            let causes = try #require(steps[0]["causes"] as? [[String: Any]])
            #expect(causes.map { $0["kind"] as? String } == ["correction"])
            #expect(causes.map { $0["meeting"] as? String } == [Documents.meetingID])
            #expect(causes.map { $0["on"] as? String } == ["2018-09-12"])
            let moved = try #require(object["moved"] as? [[String: Any]])
            let week = try #require(
                moved.first { $0["figure"] as? String == "headline.on_site_applications.week" })
            #expect(week["before"] as? Int == 19 && week["after"] as? Int == 22)
            #expect(moved.contains { $0["figure"] as? String == "areas.110105021.on_site_applications.week" })
            #expect(!moved.contains { ($0["figure"] as? String ?? "").contains("firms_met") })
            let text = try await report(ledger, "changes", "--week", Self.week)
            for word in ["更正", Documents.meetingID, "headline.on_site_applications.week  19 → 22"] {
                #expect(text.text.contains(word), "\(text)")
            }
        }

        @Test func whoHasNotReportedIsReadyToPaste() async throws {
            let ledger = try await ledger()
            func missing(_ more: String...) async throws -> [String] {
                let listed = try await report(ledger, ["missing", "--week", Self.week, "--json"] + more)
                try #require(listed.status == 0, "\(listed)")
                let units = try #require(try listed.object()["missing"] as? [[String: Any]])
                return units.compactMap { $0["code"] as? String }
            }
            #expect(try await missing().count == 334)
            #expect(try await missing("--area", "110105021").isEmpty)
            let district = try await missing("--area", "110105")
            #expect(district.contains("110105001") && district.allSatisfy { $0.hasPrefix("110105") })

            let zero = try await report(
                ledger, "submit", "--area", "110105001", "--week", Self.week, "--json")
            #expect(try zero.object()["outcome"] as? String == "recorded")
            let none = try await report(
                ledger, "submit", "--area", "110105002", "--week", Self.week, "--none", "--json")
            #expect(try none.object()["declaration"] as? String == "none")
            let again = try await ledger.goutong(
                "meeting", "none", "--area", "110105002", "--week", Self.week)
            #expect(again.status == 0, "\(again)")
            #expect(try await missing("--area", "110105").count == district.count - 2)
            let rows = try await ledger.weekly(Self.week).list("completeness")
            func row(_ code: String) throws -> [String: Any] {
                try #require(rows.first { $0["code"] as? String == code })
            }
            #expect(try row("110105001")["declared_none"] as? Bool == false)
            #expect(try row("110105001")["submitted"] as? Bool == true)
            #expect(try row("110105001")["unreported"] as? Bool == false)
            #expect(try row("110105002")["declared_none"] as? Bool == true)
            #expect(try row("110105003")["unreported"] as? Bool == true)

            let pasted = try await report(ledger, "missing", "--week", Self.week, "--area", "110105")
            #expect(pasted.lines.count == 2 && pasted.lines[1].hasPrefix("朝阳区（"), "\(pasted)")
            #expect(pasted.lines[0].contains("9月10日") && pasted.lines[0].contains("未报 \(district.count - 2)"))

            // The one that met did not hold none.
            let held = try await report(
                ledger, "submit", "--area", "110105021", "--week", Self.week, "--none", "--json")
            #expect(held.status == 79, "\(held)")
            #expect(try held.issues().map(\.code) == ["week.has_meetings"])
            for (area, week) in [("110105999", Self.week), ("110105", Self.week), ("110105021", "2099-W01")] {
                #expect(try await report(ledger, "submit", "--area", area, "--week", week).status == 64)
            }
        }

        @Test func aCadreReportsThroughAService() async throws {
            let ledger = try await ledger()
            let token = try await ledger.token("li", "cadre", unit: "BJ-110105001")
            let week = ["--week", Self.week]
            try await office.serving { served in
                func report(_ arguments: [String]) async throws -> Outcome {
                    try await served.goutong(["report"] + arguments + week, token: token)
                }
                let silent = try await report(["missing"])
                #expect(silent.status == 0 && silent.lines.last == "朝阳区（1）：建外街道", "\(silent)")
                for outcome in ["recorded", "unchanged"] {
                    let said = try await report(["submit", "--area", "110105001", "--json"])
                    #expect(try said.object()["outcome"] as? String == outcome, "\(said)")
                }
                #expect(try await report(["missing"]).text.contains("全部报送"))
                #expect(try await report(["submit", "--area", "110105021"]).status == 77)
            }
            let rows = try await ledger.weekly(Self.week).list("completeness")
            #expect(rows.first { $0["code"] as? String == "110105001" }?["submitted"] as? Bool == true)
        }

        @Test func aNumberIsExplainedByItsRows() async throws {
            let ledger = try await ledger()
            func explain(_ arguments: String...) async throws -> [String: Any] {
                let told = try await report(ledger, ["explain", "--week", Self.week, "--json"] + arguments)
                try #require(told.status == 0, "\(told)")
                for secret in ["李示例", "王示例", "15412345678", "示例物流"] { #expect(!told.text.contains(secret)) }
                return try told.object()
            }
            let applications = try await explain("headline.on_site_applications.week")
            #expect(applications["value"] as? Int == 19)
            let rows = try #require(applications["rows"] as? [[String: Any]])
            #expect(rows.map { $0["counts"] as? Int } == [5, 14])
            #expect(rows.map { $0["area"] as? String } == ["110105021", "110106008"])
            #expect(rows.first?["id"] as? String == Documents.meetingID)
            let intents = try await explain("/headline/founding_intents/cumulative")
            #expect(intents["value"] as? Int == 1)
            #expect(
                (intents["rows"] as? [[String: Any]])?.first?["meeting"] as? String == Documents.meetingID)
            #expect(try await explain("firms_met.week", "--area", "110105")["value"] as? Int == 2)
            #expect(try await explain("firms_met.week", "--area", "110106008")["value"] as? Int == 0)
            for (arguments, code) in [
                (["headline.bogus.week"], "figure.unknown"),
                (["firm_funnel.open", "--area", "110105021"], "figure.unknown"),
                (["firms_met.week", "--area", "110105999"], "area.not_valid_on_day"),
            ] {
                let refused = try await report(
                    ledger, ["explain", "--week", Self.week, "--json"] + arguments)
                #expect(refused.status == 64, "\(refused)")
                #expect(try refused.issues().map(\.code) == [code])
            }
        }
    }
}
