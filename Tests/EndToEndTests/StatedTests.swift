import Foundation
import Testing

extension EndToEnd {
    /// Declared totals and targets through the command: what is printed, what is recorded, how it ends.
    @Suite struct StatedTests {
        private let office: Office
        private static let header = "单位,指标,起,止,申报数,来源文件,申报机关,收到日期"
        private static let good = "110105,达成建会意向,2018-09-10,2018-09-16,7,朝工报〔2018〕3号,朝阳区总工会,2018-09-20"

        init() throws { office = try Office.current() }

        private func list(_ rows: String..., header: String = Self.header) throws -> String {
            try office.file(
                Array((([header] + rows).joined(separator: "\n") + "\n").utf8),
                named: UUID().uuidString + ".csv")
        }

        @Test func aDeclaredTotalStandsBesideWhatIsRecorded() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let before = try await ledger.goutong(
                "report", "weekly", "--week", "2018-W37", "--format", "json")
            let file = try list(Self.good)
            let previewed = try await ledger.goutong("declared", "import", file, "--dry-run", "--json")
            #expect(try previewed.object()["added"] as? Int == 1, "\(previewed)")
            #expect(try await ledger.goutong("declared", "list").text.isEmpty)
            let imported = try await ledger.goutong("declared", "import", file, "--json")
            #expect(imported.status == 0, "\(imported)")
            let again = try await ledger.goutong("declared", "import", file, "--json")
            #expect(again.status == 0)
            #expect(try again.object()["present"] as? Int == 1 && again.object()["added"] as? Int == 0)

            let after = try await ledger.goutong("report", "weekly", "--week", "2018-W37", "--format", "json")
            var (then, now) = (try before.object(), try after.object())
            let rows = try #require(now["declared"] as? [[String: Any]])
            try #require(rows.count == 1)
            #expect(rows[0]["code"] as? String == "110105" && rows[0]["declared"] as? Int == 7)
            let recorded = try #require(rows[0]["recorded"] as? Int)
            #expect(recorded > 0 && rows[0]["difference"] as? Int == 7 - recorded)
            #expect(
                rows[0]["source"] as? String == "朝工报〔2018〕3号"
                    && rows[0]["received_on"] as? String == "2018-09-20")
            #expect((then["declared"] as? [Any])?.isEmpty == true)
            // Everything else is as it was.
            for key in ["declared", "as_known_at", "audit_head"] {
                then[key] = nil
                now[key] = nil
            }
            #expect(then as NSDictionary == now as NSDictionary)

            let text = try await ledger.goutong("report", "weekly", "--week", "2018-W37")
            #expect(text.text.contains("申报数不计入本表任何合计") && text.text.contains("朝阳区总工会"))
            let html = try await ledger.goutong("report", "weekly", "--week", "2018-W37", "--format", "html")
            #expect(html.text.contains("申报数与登记数对照"))
            let csv = try await ledger.goutong("report", "weekly", "--week", "2018-W37", "--format", "csv")
            #expect(csv.text.contains("declared_difference,110105"))
        }

        @Test func anotherNumberIsAConflictUntilItReplaces() async throws {
            let ledger = try await office.ledger()
            #expect(try await ledger.goutong("declared", "import", try list(Self.good)).status == 0)
            let other = try list(Self.good.replacing(",7,", with: ",9,"))
            let refused = try await ledger.goutong("declared", "import", other, "--json")
            #expect(refused.status == 79, "\(refused)")
            let issue = try #require(try refused.issues().first)
            #expect(issue.code == "declared.conflict" && issue.pointer == "2")
            #expect(issue.rule.contains("7（") && issue.rule.contains("9（"))
            #expect(try await ledger.goutong("declared", "import", other, "--replace").status == 0)
            let listed = try await ledger.goutong("declared", "list", "--json")
            #expect(try listed.objects().map { $0["declared"] as? Int } == [9])
            #expect(try listed.objects().map { $0["revision"] as? Int } == [2])
            let id = try #require(try listed.objects()[0]["id"] as? String)
            #expect(try await ledger.goutong("declared", "void", id, "--why", "误报").status == 0)
            #expect(try await ledger.goutong("declared", "void", id, "--why", "误报").status == 66)
            #expect(try await ledger.goutong("declared", "list", "--json").text.isEmpty)
            let history = try await ledger.goutong("declared", "list", "--history", "--format", "csv")
            #expect(history.text.split(separator: "\r\n").count == 4, "\(history)")
            #expect(history.text.contains("误报"))
            let audit = try await ledger.goutong("audit", "list", "--json")
            #expect(audit.text.contains("declared.import") && audit.text.contains("declared.void"))
            #expect(try await ledger.goutong("db", "verify").status == 0)
        }

        @Test func oneBadRowStopsAll() async throws {
            let ledger = try await office.ledger()
            let file = try list(Self.good, "999999,达成建会意向,2018-09-10,2018-09-16,约7,甲,乙,2018-09-20")
            let refused = try await ledger.goutong("declared", "import", file)
            #expect(refused.status == 65 && refused.said.contains("第 3 行 E 列（申报数）"), "\(refused)")
            let told = try await ledger.goutong("declared", "import", file, "--json")
            let errors = try #require(try told.object()["errors"] as? [[String: Any]])
            #expect(errors.map { $0["code"] as? String } == ["type.integer"])
            #expect(try await ledger.goutong("declared", "list").text.isEmpty)
            let english = try await ledger.goutong("declared", "import", file, "--lang", "en")
            #expect(english.said.contains("line 3, column E"))
            let header = try await ledger.goutong("declared", "import", try list(Self.good, header: "单位,数"))
            #expect(header.status == 65 && header.said.contains("column.missing"), "\(header)")
        }

        @Test(arguments: ["declared", "target", "programme"], ["zh", "en"])
        func aTemplateImports(command: String, language: String) async throws {
            let ledger = try await office.ledger()
            let template = try await office.goutong([command, "template", "--lang", language])
            #expect(template.status == 0 && template.lines.count == 2, "\(template)")
            let imported = try await ledger.goutong(
                command, "import", try office.file(Array(template.text.utf8), named: UUID().uuidString))
            #expect(imported.status == 0, "\(imported)")
        }

        @Test func aTargetFillsTheHeadlineAndTheSchedule() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let file = try list(
                "全市,企业沟通会,2018,200,京工发〔2018〕5号,市总工会", "110105,企业沟通会,2018,20,京工发〔2018〕5号,市总工会",
                "110105021,企业沟通会,2018-W37,2,京工发〔2018〕6号,市总工会", header: "单位,指标,期间,任务数,来源文件,下达机关")
            #expect(try await ledger.goutong("target", "import", file).status == 0)
            let weekly = try await ledger.weekly("2018-W37")
            #expect(try weekly.figures("enterprise_meetings")["target"] as? Int == 200)
            #expect(try weekly.figures("worker_meetings")["target"] is NSNull)
            let line = try #require(
                try weekly.list("completeness").first { $0["code"] as? String == "110105021" })
            #expect(line["expected"] as? Int == 2 && line["held"] as? Int == 1)
            let district = try #require(
                try weekly.list("targets").first { $0["code"] as? String == "110105" })
            #expect(district["reached"] as? Int == 1 && district["rate"] as? Double == 0.05)
            let text = try await ledger.goutong("report", "weekly", "--week", "2018-W37")
            #expect(text.text.contains("任务完成情况") && text.text.contains("5.0%"))
            let listed = try await ledger.goutong("target", "list", "--area", "110105", "--json")
            #expect(try listed.objects().map { $0["target"] as? Int } == [20, 2])
        }

        /// The same commands, the same words, through a service.
        @Test(arguments: [[], ["--json"], ["--lang", "en"]])
        func aServiceTakesTheSameTables(more: [String]) async throws {
            let (own, ledger) = (try await office.ledger(), try await office.ledger())
            let token = try await ledger.token("he", "lead")
            let good = try list(Self.good, Self.good.replacing("110105,", with: "110105021,"))
            let other = try list(Self.good.replacing(",7,", with: ",9,"))
            let bad = try list(Self.good, "999999,达成建会意向,2018-09-10,2018-09-16,约7,甲,乙,2018-09-20")
            // As a spreadsheet in China writes it.
            let later = try list(Self.good.replacing("09-16", with: "09-23"))
            let chinese = later + ".gb"
            let turned = try await office.shell("iconv -f UTF-8 -t GB18030 '\(later)' > '\(chinese)'")
            try #require(turned.status == 0, "\(turned)")
            let map = try office.file(Array("甲,单位\n乙,-\n".utf8), named: UUID().uuidString)
            let foreign = try list(
                Self.good.replacing("09-10", with: "09-17").replacing("09-16", with: "09-30") + ",x",
                header: Self.header.replacing("单位", with: "甲") + ",乙")
            let targets = try list(
                "全市,企业沟通会,2018,200,京工发〔2018〕5号,市总工会", header: "单位,指标,期间,任务数,来源文件,下达机关")
            let programme = try office.file(
                Array("programme,name,unit,arm,start_on\nhz,海淀试点,110108001,pilot,2018-10-08\n".utf8),
                named: UUID().uuidString)
            try await office.serving { served in
                for (command, status) in [
                    (["declared", "import", good, "--dry-run"], 0), (["declared", "list"], 0),
                    (["declared", "import", good], 0), (["declared", "import", good], 0),
                    (["declared", "import", other], 79), (["declared", "import", bad], 65),
                    (["declared", "import", try list(Self.good, header: "单位,数")], 65),
                    (["declared", "import", other, "--replace"], 0), (["declared", "import", chinese], 0),
                    (["declared", "import", foreign, "--map", map], 0),
                    (["declared", "import", foreign], 65), (["declared", "import", "none.csv"], 66),
                    (["declared", "list", "--area", "110105"], 0),
                    (["declared", "list", "--format", "csv", "--history"], 0),
                    (["declared", "list", "--figure", "firms_met"], 0),
                    (["declared", "void", UUID().uuidString.lowercased(), "--why", "误报"], 66),
                    (["target", "import", targets], 0), (["target", "list"], 0),
                    (["programme", "import", programme, "--dry-run"], 0),
                    (["programme", "import", programme], 0), (["programme", "import", programme], 0),
                    (["programme", "list"], 0), (["programme", "show", "hz"], 0),
                    (["programme", "show", "none"], 66),
                ] as [([String], Int32)] {
                    let here = try await office.goutong(command + more + ["--federation", own.federation])
                    let there = try await served.goutong(command + more, token: token)
                    let what = command.joined(separator: " ")
                    #expect(here.status == status && there.status == status, "\(what)\n\(here)\n\(there)")
                    #expect(Self.told(here, of: own) == Self.told(there, of: ledger), "\(what)")
                }
                let listed = try await served.goutong(["target", "list", "--json"], token: token)
                let id = try #require(try listed.objects().first?["id"] as? String)
                let voided = try await served.goutong(
                    ["target", "void", id, "--why", "误报"] + more, token: token)
                #expect(voided.status == 0, "\(voided)")
                #expect(try await ledger.goutong("target", "list").text.isEmpty)
                #expect(try await ledger.goutong("db", "verify").status == 0)
                let cadre = try await ledger.token("wang", "cadre", unit: "BJ-110105021")
                let refused = try await served.goutong(["declared", "import", good] + more, token: cadre)
                #expect(refused.status == 77, "\(refused)")
            }
        }

        /// What came out, but for when it was recorded and whose it is.
        private static func told(_ outcome: Outcome, of ledger: Ledger) -> String {
            (outcome.text + "|" + outcome.said)
                .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)/, with: "T")
                .replacing(ledger.federation, with: "F")
        }
    }
}
