import Foundation
import Testing

extension EndToEnd {
    /// A list of firms through the command: what it prints, what it writes, how it ends.
    @Suite struct ImportTests {
        private let office: Office
        private static let good = "91110105100000016T,北京示例甲有限公司,110105021,2016/3/1"
        private static let bad = ",北京示例乙有限公司,110105999,2016-03-01"
        private static let header = "统一社会信用代码,企业名称,街道（乡镇）代码,注册日期"

        init() throws { office = try Office.current() }

        private func list(_ rows: String...) throws -> String {
            try office.file(
                Array((([Self.header] + rows).joined(separator: "\n") + "\n").utf8),
                named: UUID().uuidString + ".csv")
        }

        @Test func oneBadRowStopsAllOrIsLeftOut() async throws {
            let ledger = try await office.ledger()
            let file = try list(Self.good, Self.bad)
            let before = try await ledger.facts()

            let previewed = try await ledger.goutong("import", "firms", file, "--dry-run", "--json")
            #expect(previewed.status == 65, "\(previewed)")
            #expect(try previewed.object()["added"] as? Int == 1)

            let refused = try await ledger.goutong("import", "firms", file)
            #expect(refused.status == 65 && refused.said.contains("第 3 行 C 列（街道（乡镇）代码）"), "\(refused)")
            #expect(refused.said.contains("area.not_valid_on_day") && refused.said.contains("没有登记任何一行"))
            #expect(try await ledger.facts() == before, "nothing is in the ledger")

            let skipped = try await ledger.goutong("import", "firms", file, "--on-error", "skip", "--json")
            #expect(skipped.status == 65, "\(skipped)")
            let told = try skipped.object()
            #expect(told["added"] as? Int == 1 && told["bad"] as? Int == 1)
            let errors = try #require(told["errors"] as? [[String: Any]])
            #expect(
                errors.map { $0["line"] as? Int } == [3] && errors.map { $0["letter"] as? String } == ["C"])
            #expect(try skipped.issues().map(\.code) == ["import.bad_rows"])

            // The list of problems, mended: its last column is passed over.
            let problems = try #require(told["errors_file"] as? String)
            let mended = try String(contentsOfFile: problems, encoding: .utf8).replacing(
                "110105999", with: "110105021")
            let again = try await ledger.goutong(
                "import", "firms", try office.file(Array(mended.utf8), named: UUID().uuidString), "--json")
            #expect(again.status == 0, "\(again)")
            #expect(try again.object()["added"] as? Int == 1)
        }

        @Test func badDocumentsOfJSONLinesComeBackAsTheyWere() async throws {
            let ledger = try await office.ledger()
            func document(_ number: Int, area: String) -> String {
                """
                {"schema":"goutong.meeting/1","id":"01890000-0000-7000-8000-0000000c000\(number)",\
                "kind":"enterprise","held_on":"2018-09-12","area":"\(area)","venue":{"kind":"park"},\
                "firms":[{"name":"北京示例丙有限公司","union_status":"unorganised"}]}
                """
            }
            let bad = [document(2, area: "110105999"), document(4, area: "110105998")]
            let lines = [document(1, area: "110105021"), bad[0], document(3, area: "110105021"), bad[1]]
            let file = try office.file(
                Array(lines.joined(separator: "\n").utf8), named: UUID().uuidString + ".jsonl")
            let skipped = try await ledger.goutong("import", "meetings", file, "--on-error", "skip", "--json")
            #expect(skipped.status == 65, "\(skipped)")
            #expect(try skipped.object()["added"] as? Int == 2)
            let problems = try #require(try skipped.object()["errors_file"] as? String)
            #expect(problems.hasSuffix(".errors.jsonl"))
            #expect(try String(contentsOfFile: problems, encoding: .utf8) == bad.joined(separator: "\n"))
            let again = try await ledger.goutong("import", "meetings", file, "--on-error", "skip", "--json")
            #expect(try again.object()["present"] as? Int == 2, "\(again)")
        }

        @Test func aFileOfASpreadsheetInChinaIsRead() async throws {
            let ledger = try await office.ledger()
            // 企业名称,区划代码 and 甲公司 in GB18030.
            let bytes: [UInt8] =
                [
                    0xC6, 0xF3, 0xD2, 0xB5, 0xC3, 0xFB, 0xB3, 0xC6, 0x2C, 0xC7, 0xF8, 0xBB, 0xAE, 0xB4, 0xFA,
                    0xC2, 0xEB,
                ]
                + [0x0A, 0xBC, 0xD7, 0xB9, 0xAB, 0xCB, 0xBE] + Array(",110105021\n".utf8)
            let read = try await ledger.goutong(
                "import", "firms", try office.file(bytes, named: UUID().uuidString), "--json")
            #expect(read.status == 0, "\(read)")
            #expect(try read.object()["encoding"] as? String == "gb18030")
            let found = try await ledger.goutong("firm", "find", "甲公司", "--json")
            #expect(found.text.contains("甲公司"), "\(found)")
        }

        @Test func templatesAreFilesThatAreTaken() async throws {
            let ledger = try await office.ledger()
            for kind in ["firms", "meetings", "milestones"] {
                for language in ["zh", "en"] {
                    let template = try await office.goutong("import", "template", kind, "--lang", language)
                    #expect(template.status == 0 && template.lines.count == 2, "\(template)")
                    let file = try office.file(template.output, named: UUID().uuidString)
                    let previewed = try await ledger.goutong("import", kind, file, "--dry-run", "--json")
                    #expect(!previewed.said.contains("column."), "\(previewed)")
                }
            }
        }

        @Test func whatCannotBeReadIsSaid() async throws {
            let ledger = try await office.ledger()
            let missing = try await ledger.goutong("import", "firms", "no-such-file", "--json")
            #expect(missing.status == 66)
            let unknown = try office.file(Array("颜色,区划代码\n红,110105021\n".utf8), named: UUID().uuidString)
            let refused = try await ledger.goutong("import", "firms", unknown, "--json")
            #expect(refused.status == 65)
            #expect(try refused.issues().map(\.pointer) == ["1:A"])
            let map = try office.file(Array("颜色,-\n".utf8), named: UUID().uuidString)
            let mapped = try await ledger.goutong("import", "firms", unknown, "--map", map, "--json")
            #expect(try mapped.object()["bad"] as? Int == 1, "the row has no name")
            let elsewhere = try await office.goutong(
                "import", "firms", unknown, "--json", setting: ["GOUTONG_SERVER": "https://localhost:1"])
            #expect(elsewhere.status == 64)
        }
    }
}
