import Foundation
import Testing

extension EndToEnd {
    /// The same commands, the same output, with the ledger at hand and through a service.
    @Suite struct SameAnswerTests {
        private let office: Office
        private static let applicant = "01685667-1400-7000-8000-0000000a0001"

        init() throws { office = try Office.current() }

        /// Runs a command in both places and compares every byte that came out, and the exit code.
        private func expectSame(
            _ arguments: [String], _ ledger: Ledger, _ served: Served, _ token: String,
            status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let local = try await office.goutong(arguments + ["--federation", ledger.federation])
            let remote = try await served.goutong(arguments, token: token)
            let what = arguments.joined(separator: " ")
            #expect(local.status == status, "\(what): \(local)", sourceLocation: sourceLocation)
            #expect(remote.status == status, "\(what): \(remote)", sourceLocation: sourceLocation)
            // Compared apart: a report that differs is not shown byte by byte.
            let isSame = local.output == remote.output
            #expect(isSame, "\(what)\n\(local)\n\(remote)", sourceLocation: sourceLocation)
            #expect(local.said == remote.said, "\(what)", sourceLocation: sourceLocation)
            if status == 0 {
                #expect(!(local.output + local.errors).isEmpty, "\(what)", sourceLocation: sourceLocation)
            }
        }

        private func prepared() async throws -> Ledger {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            try await ledger.record(Documents.workerMeeting)
            let corrected = try Documents.correction(of: 1, with: "备注二", for: "备注")
            let correction = try await ledger.goutong(
                "meeting", "correct", Documents.meetingID, "--from", "-", input: .text(corrected))
            try #require(correction.status == 0, "\(correction)")
            return ledger
        }

        @Test func meetingsFirmsAndMilestones() async throws {
            let ledger = try await prepared()
            let token = try await ledger.token("lead", "district_lead")
            let uscc = "91110105100000016T"
            try await office.serving { served in
                let added = try await served.goutong(
                    [
                        "milestone", "add", "--firm", uscc, "--kind", "established", "--on", "2018-10-12",
                        "--ref", "京总工发〔2018〕1号", "--members", "30", "--json",
                    ], token: token)
                #expect(added.status == 0, "\(added)")
                let warned = try added.object()["warnings"] as? [[String: Any]]
                #expect(warned?.count == 1, "\(added)")
                for arguments in [
                    ["meeting", "list"], ["meeting", "list", "--from", "2018-09-13"],
                    ["meeting", "list", "--limit", "1"], ["meeting", "show", Documents.meetingID],
                    ["firm", "find", "示例"], ["firm", "find", "无此企业"], ["firm", "show", uscc],
                    ["milestone", "list", "--firm", uscc],
                ] {
                    try await expectSame(arguments, ledger, served, token)
                    try await expectSame(arguments + ["--json"], ledger, served, token)
                    try await expectSame(arguments + ["--lang", "en"], ledger, served, token)
                }
                try await expectSame(["firm", "history", uscc], ledger, served, token)
                // What is not there, in the same words.
                let nobody = "01890000-0000-7000-8000-000000000000"
                for arguments in [
                    ["meeting", "show", nobody], ["firm", "show", nobody], ["milestone", "void", nobody],
                    ["meeting", "void", nobody, "--why", "重复"],
                ] {
                    try await expectSame(arguments, ledger, served, token, status: 66)
                    try await expectSame(arguments + ["--json"], ledger, served, token, status: 66)
                }
            }
        }

        @Test func reportsInEveryFormat() async throws {
            let ledger = try await prepared()
            let token = try await ledger.token("chen", "district_lead")
            try await office.serving { served in
                // A moment that both know: the ledger's, a second after the last recording.
                let moment = try await Self.moment(after: ledger)
                let known = ["--as-known-at", moment]
                for format in ["text", "brief", "html", "csv", "json"] {
                    let weekly = ["report", "weekly", "--week", "2018-W37", "--format", format] + known
                    for more in [[], ["--lang", "en"], ["--area", "110105"]] {
                        try await expectSameReport(weekly + more, ledger, served, token)
                    }
                }
                let data = ["report", "weekly", "--ending", "2018-09-14", "--format", "csv"] + known
                try await expectSame(data + ["--csv-profile", "data"], ledger, served, token)
                for format in ["text", "html", "csv", "json"] {
                    for arguments in [
                        [], ["--by", "area"], ["--by", "week", "--window", "none"],
                        ["--by", "district", "--anchor", "last", "--lang", "en"],
                        ["--by", "district,format", "--by", "headcount"], ["--by", "industry"],
                        ["--by", "ownership,district"],
                    ] {
                        let funnel = ["funnel", "--to", "2018-12-30", "--format", format] + known + arguments
                        try await expectSameReport(funnel, ledger, served, token)
                    }
                }
                // Who was on duty, no account that counts may read.
                let cadres = try await served.goutong(["funnel", "--by", "district,cadre"], token: token)
                #expect(cadres.status == 77 && cadres.said.contains("by.operator"), "\(cadres)")
                let own = try await office.goutong(
                    ["funnel", "--by", "district,cadre", "--json", "--federation", ledger.federation])
                #expect(own.status == 0, "\(own)")
                // Whose applications are one person's is told to nobody who counts; how many persons they are is.
                for more in [[], ["--by", "district,venue", "--window", "none"], ["--counts-only"]] {
                    try await expectSame(
                        ["funnel", "--track", "worker", "--to", "2018-12-30"] + known + more, ledger, served,
                        token)
                }
                try await expectSame(
                    ["funnel", "--to", "2018-12-30", "--counts-only", "--json"] + known, ledger, served, token
                )
                let ranked = ["report", "weekly", "--week", "2018-W37", "--ranks"] + known
                try await expectSameReport(ranked, ledger, served, token)
                let workbook = try await served.goutong(
                    ["report", "weekly", "--week", "2018-W37", "--format", "xlsx"] + known, token: token)
                #expect(workbook.status == 0 && workbook.output.starts(with: Data("PK".utf8)), "\(workbook)")
                // From the intent on there is no coverage, of which an account is told less.
                let sheet =
                    ["funnel", "--start", "intent", "--to", "2018-12-30", "--by", "week", "--format", "xlsx"]
                    + known
                try await expectSame(sheet, ledger, served, token)
                try await expectSame(
                    ["report", "weekly", "--week", "2018-W37", "--area", "999999"], ledger, served, token,
                    status: 64)
            }
        }

        /// A weekly report is the same but for what an account may not read, and so does not get: for which employer
        /// somebody applied, and what was said.
        private func expectSameReport(
            _ arguments: [String], _ ledger: Ledger, _ served: Served, _ token: String
        ) async throws {
            let local = try await office.goutong(arguments + ["--federation", ledger.federation])
            let remote = try await served.goutong(arguments, token: token)
            let what = arguments.joined(separator: " ")
            #expect(local.status == 0 && remote.status == 0, "\(what)\n\(local)\n\(remote)")
            let (own, got) = (
                Self.withoutOperatorsParts(local.text), Self.withoutOperatorsParts(remote.text)
            )
            #expect(!got.isEmpty)
            let (isSame, line) = (own == got, zip(own, got).first { $0 != $1 })
            #expect(isSame, "\(what): \(own.count) and \(got.count) lines, \(String(describing: line))")
        }

        /// The lines of a report, without those between the marks of its operator's parts.
        private static func withoutOperatorsParts(_ report: String) -> [Substring] {
            // Where each begins, and what stands behind it again.
            let parts: [(from: [String], to: [String])] = [
                (
                    [
                        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"caption-two_sided\"",
                        "两面情况：", "Both sides:", "  \"two_sided\":",
                    ],
                    ["</section>", "六、下周安排", "6. Next week", "  \"waiting_intents\":"]
                ),
                (
                    ["<section id=\"opinions\"", "七、意见和问题", "7. Opinions and questions", "  \"opinions\":"],
                    ["</section>", "附表1", "Table 1.", "  \"plausibility\":"]
                ),
                (["<table id=\"table-coverage\"", "覆盖面", "Coverage"], ["</section>", "起点 ", "entries "]),
            ]
            var kept: [Substring] = []
            var end: [String]?
            // The size of firms that were never met: the last columns, and a member of the coverage.
            let report =
                report.hasPrefix("unit,")
                ? report.split(separator: "\r\n").map {
                    $0.split(separator: ",", omittingEmptySubsequences: false).dropLast(3).joined(
                        separator: ",")
                }.joined(separator: "\n")
                : report.replacing(#/("unknown":\d+}),"employees":(null|{[^}]*})/#) { $0.output.1 }
            for line in report.split(separator: "\n") {
                if let behind = end {
                    guard behind.contains(where: { line.hasPrefix($0) }) else { continue }
                    end = nil
                }
                if let part = parts.first(where: { $0.from.contains { line.hasPrefix($0) } }) {
                    end = part.to
                    continue
                }
                kept.append(line)
            }
            return kept
        }

        /// The last recording and a little more, as the ledger's clock has it.
        private static func moment(after ledger: Ledger) async throws -> String {
            let first = try await ledger.goutong("report", "weekly", "--week", "2018-W37", "--format", "json")
            return try #require(try first.object()["as_known_at"] as? String)
        }

        @Test func whatBecomesOfAReport() async throws {
            let ledger = try await prepared()
            let token = try await ledger.token("chen", "district_lead")
            let week = ["--week", "2018-W37"]
            let issued = try await ledger.goutong(
                "report", "issue", "--week", "2018-W37", "--preparer", "张一", "--reviewer", "李二", "--signer",
                "王三")
            try #require(issued.status == 0, "\(issued)")
            try await ledger.record(
                Documents.correction(of: 2, with: "\"total\": 8", for: "\"total\": 5"))
            let moment = try await Self.moment(after: ledger)
            try await office.serving { served in
                for arguments in [
                    ["report", "missing"] + week, ["report", "missing", "--area", "110105"] + week,
                    ["report", "changes"] + week, ["report", "changes", "--edition", "1"] + week,
                ] {
                    // The moment that each of them fixes is its own.
                    try await expectSameButForNow(arguments, ledger, served, token)
                    try await expectSameButForNow(arguments + ["--lang", "en"], ledger, served, token)
                    try await expectSameButForNow(arguments + ["--json"], ledger, served, token)
                }
                for listed in [week, ["--week", "2018-W36"]] {
                    try await expectSame(["report", "issued"] + listed, ledger, served, token)
                    try await expectSame(["report", "issued", "--json"] + listed, ledger, served, token)
                }
                for figure in [
                    "headline.firms_met.week", "/firm_funnel/steps/intent/count", "worker_funnel.consulted",
                    "areas.110105021.firms_met.cumulative",
                ] {
                    let explain = ["report", "explain", figure, "--as-known-at", moment] + week
                    try await expectSame(explain, ledger, served, token)
                    try await expectSame(explain + ["--json"], ledger, served, token)
                }
                for (arguments, status) in [
                    (["changes", "--edition", "2"] + week, 66), (["changes", "--week", "2018-W36"], 66),
                    (["explain", "bogus"] + week, 64),
                    (["explain", "areas.999999.firms_met.week"] + week, 64),
                    (["explain", "firms_met.week", "--area", "999999"] + week, 64),
                    (["missing", "--area", "999999"] + week, 64), (["missing", "--area", "1"] + week, 64),
                ] as [([String], Int32)] {
                    try await expectSame(["report"] + arguments, ledger, served, token, status: status)
                    try await expectSame(
                        ["report"] + arguments + ["--json"], ledger, served, token, status: status)
                }
            }
        }

        /// The same, whatever moment was fixed for it.
        private func expectSameButForNow(
            _ arguments: [String], _ ledger: Ledger, _ served: Served, _ token: String
        ) async throws {
            let instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)/
            let local = try await office.goutong(arguments + ["--federation", ledger.federation])
            let remote = try await served.goutong(arguments, token: token)
            let what = arguments.joined(separator: " ")
            #expect(local.status == 0 && remote.status == 0, "\(what)\n\(local)\n\(remote)")
            let (own, got) = (
                local.text.replacing(instant, with: "T"), remote.text.replacing(instant, with: "T")
            )
            #expect(!got.isEmpty && own == got, "\(what)\n\(local)\n\(remote)")
        }

        @Test func applicationsAndPersons() async throws {
            let ledger = try await prepared()
            let token = try await ledger.token("lead", "district_lead")
            let id = Self.applicant
            try await office.serving { served in
                for step in [
                    ["application", "review", id, "--json"],
                    ["application", "verify", id, "--json"],
                    ["application", "undo", id, "--why", "点错了"],
                    ["person", "request", "add", id, "--kind", "correct"],
                ] {
                    let taken = try await served.goutong(step, token: token)
                    #expect(taken.status == 0, "\(step) \(taken)")
                }
                for arguments in [
                    ["application", "list"], ["application", "list", "--state", "under_review"],
                    ["application", "list", "--limit", "1"], ["application", "history", id],
                    ["person", "show", id, "--why", "核对"],
                    ["person", "show", id, "--why", "核对", "--unmask"], ["person", "request", "list"],
                ] {
                    try await expectSame(arguments, ledger, served, token)
                    try await expectSame(arguments + ["--json"], ledger, served, token)
                }
                let correction = #"{"name":"李示例","mobile":"15412345670"}"#
                let corrected = try await served.goutong(
                    ["person", "correct", id, "--from", "-"], token: token, input: .text(correction))
                #expect(corrected.status == 0, "\(corrected)")
                let shown = try await ledger.goutong("person", "show", id, "--why", "核对", "--unmask")
                #expect(shown.text.contains("15412345670"), "\(shown)")
                let copy = office.folder.appendingPathComponent("copy-\(UUID()).json").path
                let copied = try await served.goutong(["person", "copy", id, "--out", copy], token: token)
                #expect(copied.status == 0, "\(copied)")
                let text = try String(contentsOfFile: copy + ".txt", encoding: .utf8)
                #expect(text.contains("手机号 mobile：15412345670") && text.contains("person.unmask"), "\(text)")
                // What was not consented to is refused in the same words; what is due is answered.
                let handOver = [
                    "person", "hand-over", id, "--to", "card-bank", "--recipient", "示例银行", "--why", "办卡",
                ]
                try await expectSame(handOver, ledger, served, token, status: 79)
                let open = try await served.goutong(["person", "request", "list", "--json"], token: token)
                let request = try #require(try open.objects().first?["id"] as? String)
                let answered = try await served.goutong(
                    ["person", "request", "answer", request, "--outcome", "已更正"], token: token)
                #expect(answered.status == 0, "\(answered)")
                try await expectSame(["person", "request", "list"], ledger, served, token)
                let second = "01685667-1400-7000-8000-0000000a0002"
                let withdrawn = try await served.goutong(
                    ["person", "withdraw-consent", second], token: token)
                #expect(withdrawn.status == 0 && withdrawn.said.contains("withdrawn"), "\(withdrawn)")
                try await expectSame(["application", "history", second, "--json"], ledger, served, token)
                let erased = try await served.goutong(
                    ["person", "erase", id, "--why", "本人要求"], token: token)
                #expect(erased.status == 0, "\(erased)")
                try await expectSame(["person", "show", id, "--why", "核对"], ledger, served, token)
                try await expectSame(
                    ["person", "show", UUID().uuidString.lowercased(), "--why", "核对"], ledger, served, token,
                    status: 66)
                try await expectSame(
                    ["application", "admit", id, "--on", "2018-01-01"], ledger, served, token, status: 79)
            }
        }

        @Test func theAuditForTheAuditorAlone() async throws {
            let ledger = try await prepared()
            let token = try await ledger.token("shen", "auditor")
            let lead = try await ledger.token("lead", "district_lead")
            try await office.serving { served in
                // The ledger's own look seals what both then list; looks themselves are on record.
                for arguments in [
                    ["audit", "list", "--action", "meeting"], ["audit", "list", "--action", "account.add"],
                    ["audit", "list", "--object", Documents.meetingID, "--limit", "1"],
                    ["audit", "list", "--actor", "nobody"], ["audit", "list", "--to", "2018-01-01"],
                ] {
                    try await expectSame(arguments, ledger, served, token)
                    try await expectSame(arguments + ["--json", "--lang", "en"], ledger, served, token)
                }
                let head = try await served.goutong(["audit", "head"], token: token)
                #expect(head.status == 0, "\(head)")
                let known = try await ledger.goutong(
                    "audit", "verify", "--head", head.text.trimmingCharacters(in: .newlines))
                #expect(known.status == 0, "\(known)")
                for format in ["jsonl", "csv"] {
                    let out = office.folder.appendingPathComponent("audit-\(UUID()).\(format)").path
                    let exported = try await served.goutong(
                        ["audit", "export", "--format", format, "--out", out, "--action", "meeting"],
                        token: token)
                    #expect(exported.status == 0 && exported.said.contains("已导出 3 条"), "\(exported)")
                    let checked = try await ledger.goutong("audit", "verify", "--head-from", out)
                    #expect(checked.status == 0, "\(checked)")
                }
                for command in [["audit", "list"], ["audit", "head"], ["audit", "export", "--out", "x"]] {
                    let refused = try await served.goutong(command, token: lead)
                    #expect(refused.status == 77 && refused.output.isEmpty, "\(refused)")
                }
                let verify = try await served.goutong(["audit", "verify"], token: token)
                #expect(verify.status == 64 && verify.said.contains("server.not_offered"), "\(verify)")
            }
        }

        @Test func accountsAndRecordingThroughAService() async throws {
            let ledger = try await prepared()
            let token = try await ledger.token("root", "administrator")
            let lead = try await ledger.token("lead", "district_lead")
            try await office.serving { served in
                let added = try await served.goutong(
                    [
                        "account", "add", "--login", "wang", "--name", "王", "--role", "cadre", "--unit",
                        "BJ-110105021",
                    ], token: token, input: .text("correct horse battery staple\n"))
                #expect(added.status == 0, "\(added)")
                let taken = try await served.goutong(
                    [
                        "account", "add", "--login", "wang", "--name", "王", "--role", "cadre", "--unit",
                        "BJ-110105021", "--no-password",
                    ], token: token)
                #expect(taken.status == 79 && taken.said.contains("account.login_taken"), "\(taken)")
                let issued = try await served.goutong(
                    ["account", "token", "issue", "wang", "--name", "phone", "--rights", "record"],
                    token: token)
                #expect(issued.status == 0 && issued.text.hasPrefix("gt1."), "\(issued)")
                let password = try await served.goutong(
                    ["account", "password", "wang"], token: token, input: .text("another battery staple\n"))
                #expect(password.status == 0, "\(password)")
                for arguments in [["account", "list"], ["account", "token", "list", "wang"]] {
                    try await expectSame(arguments, ledger, served, token)
                    try await expectSame(arguments + ["--json"], ledger, served, token)
                }
                for arguments in [["account", "disable", "wang"], ["account", "enable", "wang"]] {
                    try await expectSame(arguments, ledger, served, token)
                }
                try await expectSame(["account", "disable", "nobody"], ledger, served, token, status: 66)
                // Who leads a district has no accounts to see, and the machine's owner is not asked instead.
                let refused = try await served.goutong(["account", "list"], token: lead)
                #expect(refused.status == 77, "\(refused)")

                let none = ["meeting", "none", "--area", "110105021", "--week", "2018-W40"]
                try await expectSame(none, ledger, served, lead)
                let list =
                    #"[{"id":"01685667-1400-7000-8000-0000000a0009","name":"赵示例","#
                    + #""mobile":"15412345699","consent":{"notice":"2018-1","on":"2018-09-12","#
                    + #""method":"signed"}}]"#
                for outcome in ["corrected", "replayed"] {
                    let more = try await served.goutong(
                        ["applicants", "add", "--meeting", Documents.meetingID, "--from", "-", "--json"],
                        token: lead, input: .text(list))
                    #expect(try more.object()["outcome"] as? String == outcome, "\(more)")
                }
                let void = try await served.goutong(
                    ["meeting", "void", Documents.meetingID, "--why", "重复", "--json"], token: lead)
                #expect(try void.object()["revision"] as? Int == 4, "\(void)")
                try await expectSame(["meeting", "show", Documents.meetingID], ledger, served, lead)
                let other = try await served.goutong(
                    ["meeting", "list", "--federation", "another"], token: lead)
                #expect(other.status == 64 && other.said.contains("federation.other"), "\(other)")
            }
        }
    }
}
