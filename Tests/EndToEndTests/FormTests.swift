import Foundation
import Testing

extension EndToEnd {
    /// The form on a terminal, from the first question to the next report.
    @Suite struct FormTests {
        private let office: Office

        init() throws { office = try Office.current() }

        /// Two meetings in Chinese, a mistake mended in each on its review page; the next report has both.
        @Test("两场沟通会登记后进入下一期周报", arguments: [true, false])
        func twoMeetingsAreInTheNextReport(isPlain: Bool) async throws {
            let ledger = try await office.ledger()
            let setting = isPlain ? ["GOUTONG_PLAIN": "1"] : [:]
            for script in [FormScript.enterprise, .worker] {
                let (status, screen) = try await office.onTerminal(
                    ["meeting", "log", "--federation", ledger.federation], setting: setting
                ) { terminal in
                    try terminal.type(script.answers + script.review)
                    return (try terminal.end(), terminal.shown)
                }
                #expect(status == 0, "\(screen.suffix(1500))")
                #expect(screen.contains("核对"))
                #expect(screen.contains("已登记"))
                #expect(screen.contains("goutong1."))
            }

            let meetings = try await ledger.meetings()
            #expect(Set(meetings.compactMap { $0["kind"] as? String }) == ["enterprise", "worker"])
            let day = try #require(meetings.first?["held_on"] as? String)
            let report = try await ledger.weekly("--ending", day)
            #expect(try report.member("headline").count == 11)
            for (name, count) in [
                "enterprise_meetings": 1, "worker_meetings": 1, "firm_times": 3, "firms_met": 3,
                "firms_first_met": 3, "unorganised_firms_met": 2, "founding_intents": 1,
                "on_site_applications": 46,
            ] {
                #expect(try report.figures(name)["week"] as? Int == count, "\(name)")
                #expect(try report.figures(name)["cumulative"] as? Int == count, "\(name)")
            }
            // The mended head count, not the mistyped one.
            let firms = try await ledger.goutong("firm", "find", "光华餐饮", "--json").objects()
            #expect(firms.map { $0["headcount"] as? Int } == [120])
        }

        /// Ctrl-C at any question keeps the draft, sealed; the next run offers it and goes on there.
        @Test("中途退出，草稿加密保存，下次接着填", arguments: [true, false])
        func theDraftIsKeptAndOffered(isPlain: Bool) async throws {
            let ledger = try await office.ledger()
            let setting = isPlain ? ["GOUTONG_PLAIN": "1"] : [:]
            let arguments = ["meeting", "log", "--federation", ledger.federation]
            // In the middle of the second applicant.
            let cut = try #require(FormScript.worker.answers.firstIndex { $0.answer == "李四" }) + 3
            let (left, screen) = try await office.onTerminal(arguments, setting: setting) { terminal in
                try terminal.type(FormScript.worker.answers[..<cut])
                try terminal.expect(FormScript.worker.answers[cut].question)
                try terminal.press("\u{3}")
                return (try terminal.end(), terminal.shown)
            }
            #expect(left == 2)
            #expect(screen.contains("草稿已保存"))
            #expect(try await ledger.meetings().isEmpty)

            let draft = try #require(try drafts(of: ledger).first)
            #expect(try drafts(of: ledger).count == 1)
            let bytes = try Data(contentsOf: draft)
            #expect(bytes.count > 100)
            for secret in FormScript.secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil) }
            let attributes = try FileManager.default.attributesOfItem(atPath: draft.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)

            let resumed = try await office.onTerminal(arguments, setting: setting) { terminal in
                try terminal.expect("发现没有填完的草稿")
                try terminal.answer("接着填写？", "")
                try terminal.type(FormScript.worker.answers[cut...] + FormScript.worker.review)
                return try terminal.end()
            }
            #expect(resumed == 0)
            #expect(try await ledger.meetings().map { $0["applications"] as? Int } == [46])
            #expect(try drafts(of: ledger).isEmpty, "a recorded meeting leaves no draft")
        }

        /// The Enter that follows a number belongs to it: it takes no default of the next question.
        @Test func aNumberAndItsEnterAreOneAnswer() async throws {
            let ledger = try await office.ledger()
            let arguments = ["meeting", "log", "--federation", ledger.federation]
            _ = try await office.onTerminal(arguments) { terminal in
                try terminal.type(FormScript.enterprise.answers + FormScript.enterprise.review)
                return try terminal.end()
            }
            // The same place again, so that the venue of the last meeting is offered.
            let screen = try await office.onTerminal(arguments) { terminal in
                try terminal.type(FormScript.enterprise.answers[..<3])
                try terminal.answer("按序号选定", "1")
                try terminal.expect("场所类型  [园区]")
                try terminal.press("\u{3}")
                _ = try terminal.end()
                return terminal.shown
            }
            #expect(!screen.contains(/场所类型 +园区/), "the default was taken unasked")
        }

        /// The terminal goes away, as by a closed window or a broken line.
        @Test func aClosedWindowKeepsTheDraft() async throws {
            let ledger = try await office.ledger()
            let arguments = ["meeting", "log", "--federation", ledger.federation]
            try await office.onTerminal(arguments) { terminal in
                try terminal.type(FormScript.enterprise.answers[..<6])
                try terminal.expect(FormScript.enterprise.answers[6].question)
                terminal.hangUp()
            }
            try await office.onTerminal(arguments) { terminal in
                try terminal.expect("发现没有填完的草稿", "接着填写？")
                try terminal.press("\u{3}")
                _ = try terminal.end()
            }
            #expect(try drafts(of: ledger).count == 1)
        }

        /// Nothing that a form took in lies readable anywhere in the home: data, write-ahead log, server's log.
        @Test func noPersonIsReadableOnTheDisk() async throws {
            let ledger = try await office.ledger()
            _ = try await office.onTerminal(["meeting", "log", "--federation", ledger.federation]) {
                terminal in
                try terminal.type(FormScript.worker.answers + FormScript.worker.review)
                return try terminal.end()
            }
            // What is no secret is found, so the search does reach the data.
            let venue = try await office.shell("LC_ALL=C grep -rlaF '望京站 A 口' '\(office.home.path)'")
            #expect(venue.status == 0, "\(venue)")
            let patterns = try office.file(FormScript.secrets.joined(separator: "\n").utf8)
            let found = try await office.shell("LC_ALL=C grep -rlaF -f '\(patterns)' '\(office.home.path)'")
            #expect(found.status == 1, "\(found)")
        }

        @Test("主菜单：中文在先，可打印周报") func theMenu() async throws {
            let ledger = try await office.ledger()
            let (status, screen) = try await office.onTerminal(["menu", "--federation", ledger.federation]) {
                terminal in
                try terminal.expect("记录沟通会", "打印周报", "导出试点比较", "更正已登记的沟通会")
                try terminal.answer("请选择", "2")
                return (try terminal.end(), terminal.shown)
            }
            #expect(status == 0, "\(screen)")
            #expect(screen.contains("企业沟通会"))
            let alone = try await office.onTerminal([]) { terminal in
                try terminal.answer("请选择", "q")
                return try terminal.end()
            }
            #expect(alone == 0)
        }

        /// Another federation's draft is another key's: it stays, byte by byte, beside the new one.
        @Test("别的密钥的草稿另存，不丢失也不妨碍登记")
        func aDraftOfAnotherKeyIsPutAside() async throws {
            let other = try await office.ledger()
            let ledger = try await office.ledger()
            try await leaveADraft(in: other)
            let foreign = try #require(try drafts(of: other).first)
            let bytes = try Data(contentsOf: foreign)
            let own = foreign.deletingLastPathComponent().appendingPathComponent(
                foreign.lastPathComponent.replacing(other.federation, with: ledger.federation))
            let keys = try keyFiles()
            for count in 1...2 {
                // The second one may not take the place of the first.
                try? FileManager.default.removeItem(at: own)
                try bytes.write(to: own)
                let (status, screen) = try await office.onTerminal(
                    ["meeting", "log", "--federation", ledger.federation]
                ) { terminal in
                    try terminal.expect("用另一把密钥加密", "另存为", "沟通会类别")
                    try terminal.answer("沟通会类别", "企业")
                    try terminal.expect("召开日期")
                    try terminal.press("\u{3}")
                    return (try terminal.end(), terminal.shown)
                }
                #expect(status == 2, "\(screen)")
                let aside = try drafts(of: ledger).filter { $0.pathExtension.hasPrefix("aside") }
                #expect(aside.count == count)
                for file in aside { #expect(try Data(contentsOf: file) == bytes) }
            }
            #expect(try keyFiles() == keys, "a key was made that nobody asked for")
        }

        /// A key file that is named but missing is an error: no key is made in its place.
        @Test func aNamedKeyIsNeverMade() async throws {
            let ledger = try await office.ledger()
            let named = office.folder.appendingPathComponent("named.key")
            let listed = try await office.goutong(
                "meeting", "list", "--federation", ledger.federation,
                setting: ["GOUTONG_KEY_FILE": named.path])
            #expect(listed.status == 77, "\(listed)")
            #expect(!FileManager.default.fileExists(atPath: named.path))
        }

        private func leaveADraft(in ledger: Ledger) async throws {
            _ = try await office.onTerminal(["meeting", "log", "--federation", ledger.federation]) {
                terminal in
                try terminal.type(FormScript.enterprise.answers[..<2])
                try terminal.expect(FormScript.enterprise.answers[2].question)
                try terminal.press("\u{3}")
                return try terminal.end()
            }
        }

        /// Every key in the home, with what it holds.
        private func keyFiles() throws -> [String: Data] {
            var keys: [String: Data] = [:]
            for path in FileManager.default.enumerator(atPath: office.home.path) ?? .init() {
                guard let path = path as? String, path.hasSuffix(".key") else { continue }
                keys[path] = try Data(contentsOf: office.home.appendingPathComponent(path))
            }
            return keys
        }

        private func drafts(of ledger: Ledger) throws -> [URL] { try office.drafts(of: ledger) }
    }
}
