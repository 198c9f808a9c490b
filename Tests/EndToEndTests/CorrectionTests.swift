import Foundation
import Testing

extension EndToEnd {
    /// A meeting logged through the form, then corrected through it.
    @Suite struct CorrectionTests {
        private let office: Office

        init() throws { office = try Office.current() }

        /// A count and a firm's name are mended; the applicant stays who she is, the report follows.
        @Test("登记后更正一个数字和一个企业名称", arguments: [true, false])
        func aCountAndAName(isPlain: Bool) async throws {
            let ledger = try await office.ledger()
            let setting = isPlain ? ["GOUTONG_PLAIN": "1"] : [:]
            try await log(FormScript.withFirm, in: ledger, setting: setting)
            let meeting = try #require(try await ledger.meetings().first)
            let id = try #require(meeting["id"] as? String)
            let day = try #require(meeting["held_on"] as? String)
            let persons = try await persons(of: id, in: ledger)
            #expect(persons.count == 1)
            #expect(try await reported(by: ledger, ending: day) == 46)

            let (status, screen) = try await office.onTerminal(
                ["meeting", "correct", id, "--federation", ledger.federation], setting: setting
            ) { terminal in
                try terminal.expect("更正沟通会（现为第 1 版）", "核对", "张*", "138****8000")
                // The firm is line 9, its name the first of its own; the total is line 10.
                try terminal.answer("请选择", "9.1")
                try terminal.answer("企业全称", "北京光华餐饮有限责任公司")
                try terminal.expect("原：北京光华餐饮")
                try terminal.answer("请选择", "10")
                try terminal.answer("现场申请入会人数(合计)", "47")
                try terminal.answer("请选择", "y")
                return (try terminal.end(), terminal.shown)
            }
            #expect(status == 0, "\(screen.suffix(2000))")
            #expect(screen.contains("已更正"))
            for secret in FormScript.secrets { #expect(!screen.contains(secret)) }

            let shown = try await ledger.goutong("meeting", "show", id)
            #expect(shown.text.contains(id + ".2."))
            #expect(shown.text.contains("申请47人"))
            #expect(try await self.persons(of: id, in: ledger) == persons, "the sealed person was touched")
            #expect(try await reported(by: ledger, ending: day) == 47)
            let firms = try await ledger.goutong("firm", "find", "光华餐饮有限责任公司", "--json").objects()
            #expect(firms.count == 1)
            #expect(try office.drafts(of: ledger).isEmpty)

            // The person still opens with the key: the next correction shows the same mask.
            let again = try await office.onTerminal(
                ["meeting", "correct", id, "--federation", ledger.federation], setting: setting
            ) { terminal in
                try terminal.expect("现为第 2 版", "张*", "138****8000")
                try terminal.press("\u{3}")
                return (try terminal.end(), terminal.shown)
            }
            #expect(again.0 == 2)
            #expect(again.1.contains("没有改动"))
        }

        /// The service shows nobody: who applied and whom one met at a firm stay as they are.
        @Test("经服务在表单上更正：申请人和联系人不显示、不改动，可添加申请人")
        func throughAService() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(
                try Documents.meeting(
                    with: #""headcount": 180, "contact": { "name": "钱示例", "phone": "15412340000" }"#,
                    for: #""headcount": 180"#))
            let persons = try await persons(of: Documents.meetingID, in: ledger)
            let contact = try await contacts(of: Documents.meetingID, in: ledger)
            #expect(persons.count == 2 && contact.count == 1)
            let token = try await ledger.token("zhang", "cadre", unit: "BJ-110105021")
            try await office.serving { served in
                let device = try served.device(token)
                // Nobody types an id, here neither.
                let (status, screen) = try await office.onTerminal(["meeting", "correct"], setting: device) {
                    terminal in
                    try terminal.answer("请选择", "示例园区")
                    try terminal.expect("更正沟通会（现为第 1 版）", "已登记，保持不变")
                    try terminal.answer("请选择", "8")
                    try terminal.answer("咨询(人次)", "50")
                    try terminal.expect("原：34")
                    try terminal.answer("请选择", "加申请人")
                    for (question, answer) in [
                        ("姓名", "赵示例"), ("手机号", "15412345670"), ("身份证号", ""), ("工作单位", ""), ("人员类别", ""),
                        ("申请方式", "纸质"), ("个人信息告知同意", "1"), ("姓名", ""),
                    ] { try terminal.answer(question, answer) }
                    try terminal.expect("新增")
                    try terminal.answer("请选择", "y")
                    return (try terminal.end(), terminal.shown)
                }
                #expect(status == 0 && screen.contains("已更正"), "\(screen.suffix(2000))")
                for secret in ["李示例", "王示例", "钱示例", "15412345678", "15412340000", "154****5678"] {
                    #expect(!screen.contains(secret), "\(secret)")
                }
                let home = try #require(device["GOUTONG_HOME"])
                let drafts = try FileManager.default.contentsOfDirectory(atPath: home + "/drafts")
                #expect(drafts.isEmpty)
            }
            let shown = try await ledger.goutong("meeting", "show", Documents.meetingID)
            #expect(shown.text.contains(Documents.meetingID + ".2."), "\(shown)")
            let now = try await self.persons(of: Documents.meetingID, in: ledger)
            #expect(now.count == 3 && Set(persons).isSubset(of: now), "a sealed person was touched")
            #expect(try await contacts(of: Documents.meetingID, in: ledger).count == 1)
        }

        @Test("打印的文件改一个数字就能更正；其中没有个人信息，申请人和联系人不动")
        func fromThePrintedDocument() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(
                try Documents.meeting(
                    with: #""headcount": 180, "contact": { "name": "钱示例", "phone": "15412340000" }"#,
                    for: #""headcount": 180"#))
            let persons = try await persons(of: Documents.meetingID, in: ledger)
            let printed = try await ledger.goutong("meeting", "show", Documents.meetingID, "--document")
            for secret in ["李示例", "王示例", "钱示例", "15412345678", "15412340000"] {
                #expect(!printed.text.contains(secret), "\(secret)")
            }
            let mended = printed.text.replacingOccurrences(of: "\"consulted\": 34", with: "\"consulted\": 35")
            #expect(mended != printed.text, "\(printed)")
            let file = try office.file(Array(mended.utf8))
            let corrected = try await ledger.goutong(
                "meeting", "correct", Documents.meetingID, "--from", file)
            #expect(corrected.status == 0, "\(corrected)")
            let again = try await ledger.goutong("meeting", "show", Documents.meetingID, "--document")
            #expect(
                again.text
                    == mended.replacingOccurrences(of: "\"replaces\": 1", with: "\"replaces\": 2"))
            #expect(try await self.persons(of: Documents.meetingID, in: ledger) == persons)
            #expect(try await contacts(of: Documents.meetingID, in: ledger).count == 1)
            _ = try await ledger.goutong("meeting", "void", Documents.meetingID, "--why", "重复登记")
            let void = try await ledger.goutong(
                "meeting", "show", Documents.meetingID, "--document", "--json")
            #expect(void.status == 79)
            #expect(try void.issues().map(\.code) == ["meeting.void"])
        }

        /// Contacts of the current revision.
        private func contacts(of meeting: String, in ledger: Ledger) async throws -> [String] {
            let rows = try await office.shell(
                """
                psql -X -A -t "$("$GOUTONG" db start)" -c "
                    SELECT c.firm_id FROM goutong.firm_contact c JOIN goutong.meeting m
                    USING (federation_id, meeting_id, revision)
                    JOIN goutong.federation f USING (federation_id)
                    WHERE c.meeting_id = '\(meeting)' AND m.superseded_at IS NULL AND f.code = '\(ledger.federation)'"
                """)
            try #require(rows.status == 0, "\(rows)")
            return rows.lines
        }

        @Test("两人同时更正：后提交的看到冲突，草稿保留")
        func twoCorrectAtOnce() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let arguments = ["meeting", "correct", Documents.meetingID, "--federation", ledger.federation]
            let correction = try Documents.correction(
                of: 1, with: "\"consulted\": 40", for: "\"consulted\": 34")
            let file = try office.file(Array(correction.utf8))
            let command = [office.executable.path] + ["meeting", "log", "--from", file] + arguments.suffix(2)
            let environment = office.environment
            let (status, screen) = try await office.onTerminal(arguments) { terminal in
                try terminal.answer("请选择", "8")
                try terminal.answer("咨询(人次)", "50")
                try terminal.expect("原：34")
                // Somebody else is quicker.
                let other = Process()
                other.executableURL = URL(fileURLWithPath: command[0])
                other.arguments = Array(command.dropFirst())
                other.environment = environment
                other.standardOutput = FileHandle.nullDevice
                other.standardError = FileHandle.nullDevice
                try other.run()
                other.waitUntilExit()
                try terminal.press("y\r")
                return (try terminal.end(), terminal.shown)
            }
            #expect(status == 79, "\(screen.suffix(2000))")
            #expect(screen.contains("他人已更正这场沟通会，现为第 2 版"))
            #expect(try office.drafts(of: ledger).count == 1)
            let resumed = try await office.onTerminal(arguments) { terminal in
                try terminal.expect("咨询(人次)  草稿：50  现为：40")
                try terminal.answer("在现有版本上重新更正？", "y")
                try terminal.expect("核对", "请选择")
                try terminal.press("\u{3}")
                return try terminal.end()
            }
            #expect(resumed == 2)
            #expect(try await ledger.meetings().map { $0["revision"] as? Int } == [2])
        }

        /// Each meeting has a draft of its own, and a new meeting another.
        @Test func theDraftOfACorrectionIsItsOwn() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let arguments = ["meeting", "correct", Documents.meetingID, "--federation", ledger.federation]
            try await office.onTerminal(arguments) { terminal in
                try terminal.answer("请选择", "8")
                try terminal.answer("咨询(人次)", "50")
                try terminal.expect("原：34")
                try terminal.press("\u{3}")
                _ = try terminal.end()
            }
            #expect(try office.drafts(of: ledger).count == 1)
            try await office.onTerminal(["meeting", "log", "--federation", ledger.federation]) { terminal in
                try terminal.answer("沟通会类别", "企业")
                try terminal.expect("召开日期")
                try terminal.press("\u{3}")
                _ = try terminal.end()
                #expect(!terminal.shown.contains("发现没有填完的草稿"))
            }
            #expect(try office.drafts(of: ledger).count == 2)
            let status = try await office.onTerminal(arguments) { terminal in
                try terminal.expect("发现没有填完的草稿")
                try terminal.answer("接着填写？", "")
                try terminal.expect("原：34")
                try terminal.answer("请选择", "y")
                return try terminal.end()
            }
            #expect(status == 0)
            #expect(try office.drafts(of: ledger).count == 1, "the new meeting's draft stays")
        }

        @Test func whatCannotBeCorrectedIsSaid() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let piped = try await ledger.goutong("meeting", "correct", Documents.meetingID)
            #expect(piped.status == 64)
            #expect(piped.said.contains("--from"))
            _ = try await ledger.goutong("meeting", "void", Documents.meetingID, "--why", "重复登记")
            for (id, status, said) in [
                (Documents.meetingID, 79, "已经作废"),
                ("0168325a-1c00-7000-8000-00000000dead", 66, "没有这场沟通会"),
            ] {
                let (ended, screen) = try await office.onTerminal(
                    ["meeting", "correct", id, "--federation", ledger.federation]
                ) { terminal in (try terminal.end(), terminal.shown) }
                #expect(ended == Int32(status))
                #expect(screen.contains(said))
            }
        }

        /// Nobody types an id: the meeting is picked from the latest, from the menu too.
        @Test func theMeetingIsPicked() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            try await ledger.record(Documents.workerMeeting)
            let (status, screen) = try await office.onTerminal(["menu", "--federation", ledger.federation]) {
                terminal in
                try terminal.answer("请选择", "4")
                try terminal.expect("更正哪一场沟通会？", "卢沟桥街道", "示例园区")
                try terminal.answer("请选择", "示例园区")
                try terminal.expect("更正沟通会（现为第 1 版）", "示例园区")
                try terminal.press("\u{3}")
                return (try terminal.end(), terminal.shown)
            }
            #expect(status == 2, "\(screen.suffix(1500))")
        }

        private func log(_ script: FormScript, in ledger: Ledger, setting: [String: String]) async throws {
            let (status, screen) = try await office.onTerminal(
                ["meeting", "log", "--federation", ledger.federation], setting: setting
            ) { terminal in
                try terminal.type(script.answers + script.review)
                return (try terminal.end(), terminal.shown)
            }
            try #require(status == 0, "\(screen.suffix(1500))")
        }

        private func reported(by ledger: Ledger, ending day: String) async throws -> Int? {
            try await ledger.weekly("--ending", day).figures("on_site_applications")["week"] as? Int
        }

        /// The sealed rows of a meeting's people, as text: equal where nobody was touched.
        private func persons(of meeting: String, in ledger: Ledger) async throws -> [String] {
            let rows = try await office.shell(
                """
                psql -X -A -t "$("$GOUTONG" db start)" -c "
                    SELECT DISTINCT p.applicant_id, p.revision, encode(p.sealed, 'hex')
                    FROM goutong.applicant_person p JOIN goutong.applicant l USING (federation_id, applicant_id)
                    JOIN goutong.federation f USING (federation_id)
                    WHERE l.meeting_id = '\(meeting)' AND l.superseded_at IS NULL AND f.code = '\(ledger.federation)'"
                """)
            try #require(rows.status == 0, "\(rows)")
            return rows.lines
        }
    }
}
