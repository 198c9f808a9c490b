import Foundation
import Testing

extension EndToEnd {
    /// Every bad input: refused with exit code 65 and a message that names the field and the mend, with the
    /// bad value nowhere in it, and with not one row written.
    @Suite struct RefusalTests {
        struct Slip: CustomTestStringConvertible {
            let old: String
            let new: String
            let code: String
            let pointer: String
            /// What must not be repeated: the bad value, or the person's data beside it.
            let secret: String?

            init(_ old: String, _ new: String, _ code: String, _ pointer: String, secret: String? = nil) {
                self.old = old
                self.new = new
                self.code = code
                self.pointer = pointer
                self.secret = secret
            }

            var testDescription: String { "\(code) \(pointer)" }
        }

        private let office: Office

        init() throws { office = try Office.current() }

        static let unknownKeys = [
            Slip("\"held_on\"", "\"held_in\"", "key.unknown", "/held_in"),
            Slip("\"notes\"", "\"remark\"", "key.unknown", "/remark"),
            Slip("\"headcount\"", "\"head_count\"", "key.unknown", "/firms/0/head_count"),
            Slip(
                "\"method\": \"ticked\"", "\"method\": \"ticked\", \"a/b~\": 1", "key.unknown",
                "/applicants/1/consent/a~1b~0"),
            Slip("\"held_on\": \"2018-09-12\", ", "", "key.required", "/held_on"),
            Slip(
                "\"kind\": \"enterprise\"", "\"kind\": \"enterprise\", \"kind\": \"worker\"",
                "json.duplicate_key", "/kind"),
        ]

        static let wrongTypes = [
            Slip("34", "\"34人次\"", "type.integer", "/counts/consulted", secret: "人次"),
            Slip("34", "34.5", "type.integer", "/counts/consulted", secret: "34.5"),
            Slip("34", "true", "type.integer", "/counts/consulted"),
            Slip("34", "1e999", "json.number_range", "/counts/consulted", secret: "1e999"),
            Slip("34", "-7731", "number.range", "/counts/consulted", secret: "7731"),
            Slip("\"示例园区\"", "77", "type.text", "/venue/name", secret: "77"),
            Slip("[\"courier\"]", "\"courier\"", "type.array", "/applicants/0/categories"),
            Slip("{ \"consulted\": 34 }", "[34]", "type.object", "/counts"),
            Slip(
                "\"method\": \"ticked\"", "\"method\": \"ticked\", \"card_bank\": \"jawohl\"",
                "type.boolean", "/applicants/1/consent/card_bank", secret: "jawohl"),
            Slip(
                "\"kind\": \"enterprise\"", "\"kind\": \"banquet\"", "choice.unknown", "/kind",
                secret: "banquet"),
            Slip("goutong.meeting/1", "goutong.meeting/9", "schema.unknown", "/schema"),
            Slip("0168325a-1c00-7000", "0168325a-1c00-4000", "id.uuid7", "/id", secret: "0168325a"),
        ]

        static let dates = [
            Slip(
                "\"held_on\": \"2018-09-12\"", "\"held_on\": \"2018-09-31\"", "date.invalid", "/held_on",
                secret: "2018-09-31"),
            Slip(
                "\"held_on\": \"2018-09-12\"", "\"held_on\": \"2019-02-29\"", "date.invalid", "/held_on",
                secret: "2019-02-29"),
            Slip(
                "\"held_on\": \"2018-09-12\"", "\"held_on\": \"12.9.2018\"", "date.invalid", "/held_on",
                secret: "12.9.2018"),
            Slip(
                "\"held_on\": \"2018-09-12\"", "\"held_on\": \"2999-09-12\"", "date.future", "/held_on",
                secret: "2999"),
            Slip(
                "\"verbal\", \"on\": \"2018-09-12\"", "\"verbal\", \"on\": \"2999-09-12\"", "date.future",
                "/firms/0/intent/on", secret: "2999"),
            Slip(
                "\"starts_at\": \"14:00\"", "\"starts_at\": \"24:61\"", "time.invalid", "/starts_at",
                secret: "24:61"),
            Slip(
                "\"ends_at\": \"15:30\"", "\"ends_at\": \"13:31\"", "time.order", "/ends_at", secret: "13:31"),
        ]

        static let codes = [
            Slip(
                "\"area\": \"110105021\"", "\"area\": \"110105998\"", "area.not_valid_on_day", "/area",
                secret: "110105998"),
            // 成寿寺街道 took this code at the end of 2020.
            Slip(
                "\"area\": \"110105021\", \"area_name\": \"南磨房地区\"",
                "\"area\": \"110106020\", \"area_name\": \"成寿寺街道\"", "area.not_valid_on_day", "/area",
                secret: "110106020"),
            Slip("\"area\": \"110105021\"", "\"area\": \"11010502\"", "area.length", "/area"),
            Slip("南磨房地区", "高碑店地区", "area.name_mismatch", "/area_name", secret: "高碑店"),
            Slip(
                "91110105100000016T", "91110105100000016U", "uscc.check_character", "/firms/0/uscc",
                secret: "91110105100000016U"),
            Slip("\"unorganised\"", "\"organised\"", "intent.organised", "/firms/0/intent"),
            Slip("\"G59\"", "\"A59\"", "industry.section", "/firms/0/industry", secret: "A59"),
        ]

        static let people = [
            // Fifteen on the day.
            Slip(
                "110100199003070015", "110100200212310076", "applicant.under_16", "/applicants/0",
                secret: "110100200212310076"),
            Slip(
                "110100199003070015", "110100199003070013", "resident_id.check_character",
                "/applicants/0/document/number", secret: "110100199003070013"),
            Slip("15412345678", "1541234567", "mobile.length", "/applicants/0/mobile", secret: "1541234567"),
            Slip("\"mobile\": \"15412345679\",", "", "applicant.unreachable", "/applicants/1", secret: "王示例"),
            Slip("0000000a0002", "0000000a0001", "applicant.listed_twice", "/applicants/1/id"),
            Slip(
                "\"paper\": 3, \"qr\": 1, \"total\": 5", "\"total\": 1", "count.below_applicants",
                "/applications/total"),
            Slip("\"total\": 5", "\"total\": 3", "count.below_parts", "/applications/total"),
        ]

        static let texts = [
            Slip("备注", "前\\u0000后", "text.control_character", "/notes"),
            Slip("备注", "前\\u001b[2J后", "text.control_character", "/notes", secret: "\u{1B}"),
            Slip("备注", "前\\ud83d后", "json.lone_surrogate", "/notes"),
            Slip("备注", "前\\ude00后", "json.lone_surrogate", "/notes"),
            Slip("备注", String(repeating: "长", count: 20_001), "text.too_long", "/notes", secret: "长"),
            Slip("北京示例餐饮有限公司", "=HYPERLINK(1)", "text.formula", "/firms/1/name", secret: "HYPERLINK"),
            Slip("王示例", "@SUM(1+1)", "text.formula", "/applicants/1/name", secret: "SUM"),
            Slip("示例园区", "＋示例园区", "text.formula", "/venue/name", secret: "示例园区"),
            Slip("李示例", "\\u202e", "text.blank", "/applicants/0/name", secret: "\u{202E}"),
        ]

        @Test(arguments: unknownKeys + wrongTypes + dates + codes + people + texts)
        func isRefusedAtItsPlace(_ slip: Slip) async throws {
            try await expectRefusal(
                of: Array(try Documents.meeting(with: slip.new, for: slip.old).utf8), code: slip.code,
                pointer: slip.pointer, secret: slip.secret)
        }

        enum Bytes: String, CaseIterable {
            case nul, surrogate, gbk, utf16, empty, torn, tenMegabytes, deep

            var document: [UInt8] {
                let whole = Array(Documents.meeting.utf8)
                return switch self {
                case .nul: Self.notes([0])
                case .surrogate: Self.notes([0xED, 0xA0, 0xBD])
                case .gbk: Self.notes([0xB9, 0xA4, 0xBB, 0xE1])
                case .utf16: Documents.meeting.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
                case .empty: []
                case .torn: Array(whole.dropLast(40))
                case .tenMegabytes: Self.notes(Array(repeating: UInt8(ascii: "x"), count: 10_000_000))
                case .deep: Array(repeating: UInt8(ascii: "["), count: 100_000)
                }
            }

            var issue: (code: String, pointer: String) {
                switch self {
                case .nul: ("json.control_character", "/notes")
                case .surrogate, .gbk, .utf16: ("json.encoding", "")
                case .empty: ("json.syntax", "")
                case .torn: ("json.syntax", "/applications/qr")
                case .tenMegabytes: ("document.too_large", "")
                case .deep: ("json.depth", String(repeating: "/0", count: 32))
                }
            }

            private static func notes(_ bytes: [UInt8]) -> [UInt8] {
                let parts = Documents.meeting.split(separator: "备注", maxSplits: 1)
                return Array(parts[0].utf8) + bytes + parts.dropFirst().flatMap { Array($0.utf8) }
            }
        }

        @Test(arguments: Bytes.allCases) func bytesThatAreNoDocument(_ bytes: Bytes) async throws {
            let issue = bytes.issue
            try await expectRefusal(of: bytes.document, code: issue.code, pointer: issue.pointer, secret: nil)
        }

        @Test func everyIssueIsToldAtOnce() async throws {
            let document = try Documents.meeting(
                with: "\"kind\": \"banquet\"", for: "\"kind\": \"enterprise\""
            )
            .replacing("15412345679", with: "7").replacing("\"G59\"", with: "59")
            let ledger = try await office.ledger()
            let sent = try await ledger.send(document)
            #expect(sent.status == 65)
            #expect(
                Set(try sent.issues().map(\.pointer)) == [
                    "/kind", "/applicants/1/mobile", "/firms/0/industry",
                ])
        }

        /// For people: the field, the rule and the mend in words, Chinese unless asked otherwise.
        @Test(arguments: [("zh", "校验"), ("en", "check character")])
        func peopleAreToldTheFieldAndTheMend(language: String, words: String) async throws {
            let ledger = try await office.ledger()
            let document = try Documents.meeting(with: "91110105100000016U", for: "91110105100000016T")
            let sent = try await ledger.goutong(
                "meeting", "log", "--from", "-", "--lang", language, input: .text(document))
            #expect(sent.status == 65)
            #expect(sent.output.isEmpty)
            #expect(sent.said.contains("/firms/0/uscc"))
            #expect(sent.said.contains(words))
            #expect(sent.said.contains("→ "))
            #expect(!sent.said.contains("91110105100000016U"))
        }

        /// What only turns the reading is taken out instead, before anything is compared or stored.
        @Test(arguments: ["\\u202e", "\\u200f", "\\u2066", "\\ufeff", "\u{202E}"])
        func marksThatTurnTheReadingAreTakenOut(_ mark: String) async throws {
            let ledger = try await office.ledger()
            try await ledger.record(try Documents.meeting(with: "示例\(mark)餐饮", for: "示例餐饮"))
            let found = try await ledger.goutong("firm", "find", "示例餐饮", "--json")
            #expect(try found.objects().map { $0["name"] as? String } == ["北京示例餐饮有限公司"])
            // The same facts as without the mark.
            #expect(try Recorded(try await ledger.send(Documents.meeting)).outcome == "replayed")
        }

        /// Windows editors put one before UTF-8.
        @Test func aByteOrderMarkIsNoMistake() async throws {
            let ledger = try await office.ledger()
            let sent = try await ledger.send([0xEF, 0xBB, 0xBF] + Array(Documents.meeting.utf8))
            #expect(sent.status == 0, "\(sent)")
            #expect(try Recorded(try await ledger.send(Documents.meeting)).outcome == "replayed")
        }

        private func expectRefusal(
            of document: [UInt8], code: String, pointer: String, secret: String?
        ) async throws {
            // One ledger for all: nothing here may change it. A meeting stands already, so that what must not
            // change is not nothing.
            let (ledger, before) = try await office.standing.ledger(of: office)

            let sent = try await ledger.send(document)
            #expect(sent.status == 65, "\(sent)")
            #expect(sent.output.isEmpty)
            let issues = try sent.issues()
            #expect(
                issues.contains { $0.code == code && $0.pointer == pointer },
                "found \(issues.map { "\($0.code) \($0.pointer)" })")
            for issue in issues { #expect(!issue.rule.isEmpty && !issue.mend.isEmpty) }
            for value in [secret, "李示例", "15412345678", "110100199003070015"].compactMap(\.self) {
                #expect(!sent.said.contains(value), "the message repeats a value")
            }

            // Meetings, firms, applicants: the count of each, and every value.
            #expect(try await ledger.facts() == before)
        }
    }
}
