import Outreach
import Testing

/// Each change to a valid document is refused at its place, by its stable name.
@Suite struct RefusalTests {
    struct Slip: CustomTestStringConvertible {
        let old: String
        let new: String
        let code: String
        let pointer: String

        init(_ old: String, _ new: String, _ code: String, _ pointer: String) {
            self.old = old
            self.new = new
            self.code = code
            self.pointer = pointer
        }

        var testDescription: String { "\(code) \(pointer)" }
    }

    @Test func theDocumentItselfIsValid() throws {
        _ = try DocumentText.decode(DocumentText.valid)
    }

    static let slips = [
        Slip("\"kind\": \"enterprise\"", "\"kind\": \"party\"", "choice.unknown", "/kind"),
        Slip("\"held_on\"", "\"held_in\"", "key.unknown", "/held_in"),
        Slip("\"held_on\"", "\"held_in\"", "key.required", "/held_on"),
        Slip("\"2018-09-12\", \"starts_at\"", "\"2018-09-31\", \"starts_at\"", "date.invalid", "/held_on"),
        Slip("\"2018-09-12\", \"starts_at\"", "\"2019-01-05\", \"starts_at\"", "date.future", "/held_on"),
        Slip("\"14:00\"", "\"24:00\"", "time.invalid", "/starts_at"),
        Slip("\"15:30\"", "\"13:30\"", "time.order", "/ends_at"),
        Slip("\"14:00\"", "\"14:00\", \"ended_on\": \"2018-09-11\"", "date.order", "/ended_on"),
        Slip("0168325a-1c00-7000", "0168325a-1c00-4000", "id.uuid7", "/id"),
        Slip("\"area\": \"110105021\"", "\"area\": \"11010502\"", "area.length", "/area"),
        Slip("\"area\": \"110105021\"", "\"area\": \"990105021\"", "area.form", "/area"),
        Slip("\"area\": \"110105021\"", "\"area\": \"110105999\"", "area.not_valid_on_day", "/area"),
        Slip("南磨房地区", "高碑店地区", "area.name_mismatch", "/area_name"),
        Slip("\"kind\": \"park\"", "\"kind\": \"zoo\"", "choice.unknown", "/venue/kind"),
        Slip("34", "\"34\"", "type.integer", "/counts/consulted"),
        Slip("34", "3.5", "type.integer", "/counts/consulted"),
        Slip("34", "-1", "number.range", "/counts/consulted"),
        Slip("34", "1000001", "number.range", "/counts/consulted"),
        Slip("91110105100000016T", "91110105100000016U", "uscc.check_character", "/firms/0/uscc"),
        Slip("100-499", "500+", "firm.headcount_band", "/firms/0/headcount_band"),
        Slip("I65", "C65", "industry.section", "/firms/0/industry"),
        Slip("\"unorganised\"", "\"organised\"", "intent.organised", "/firms/0/intent"),
        Slip("\"unorganised\"", "\"covered_by_parent\"", "intent.organised", "/firms/0/intent"),
        Slip("\"name\": \"北京示例餐饮有限公司\", ", "", "firm.unnamed", "/firms/1"),
        Slip(
            "\"name\": \"北京示例餐饮有限公司\"", "\"uscc\": \"91110105100000016t\"", "firm.listed_twice", "/firms/1"),
        Slip("\"firms_counted\": 2", "\"firms_counted\": 1", "count.below_firms", "/firms_counted"),
        Slip("0000000a0002", "0000000a0001", "applicant.listed_twice", "/applicants/1/id"),
        Slip(
            "110100199003070015", "110100199003070010", "resident_id.check_character",
            "/applicants/0/document/number"),
        Slip("110100199003070015", "110100200212310076", "applicant.under_16", "/applicants/0"),
        Slip("\"mobile\": \"15412345679\",", "", "applicant.unreachable", "/applicants/1"),
        Slip("15412345679", "010-12345678", "mobile.prefix", "/applicants/1/mobile"),
        Slip("[\"courier\"]", "[\"astronaut\"]", "choice.unknown", "/applicants/0/categories/0"),
        Slip(
            "\"method\": \"ticked\"", "\"method\": \"ticked\", \"card_bank\": 1", "type.boolean",
            "/applicants/1/consent/card_bank"),
        Slip("\"total\": 5", "\"total\": 3", "count.below_parts", "/applications/total"),
        Slip(
            "\"paper\": 3, \"qr\": 1, \"total\": 5", "\"total\": 1", "count.below_applicants",
            "/applications/total"),
        Slip("第一行", "第\\u0000行", "text.control_character", "/notes"),
        Slip(
            "\"schema\": \"goutong.meeting/1\"", "\"schema\": \"goutong.meeting/2\"", "schema.unknown",
            "/schema"),
        Slip("\"counts\": {", "\"counts\": 3, \"x\": {", "type.object", "/counts"),
        Slip("[\"courier\"]", "\"courier\"", "type.array", "/applicants/0/categories"),
        // An answer to an opinion.
        answer("\"text\": \"已安排\"", "key.required", "/on"),
        answer("\"on\": \"2018-09-11\"", "answer.before_meeting", "/on"),
        answer("\"on\": \"2019-01-05\"", "date.future", "/on"),
        answer("\"on\": \"2018-09-31\"", "date.invalid", "/on"),
        answer("\"on\": \"2018-09-12\", \"who\": \"王\"", "key.unknown", "/who"),
        answer("\"on\": \"2018-09-12\", \"text\": \"请打 13800138000\"", "text.personal_number", "/text"),
        Slip(
            "\"notes\"", "\"opinions\": [{ \"text\": \"送课\", \"answer\": \"是\" }], \"notes\"", "type.object",
            "/opinions/0/answer"),
        // JSON itself.
        Slip(
            "\"kind\": \"enterprise\"", "\"kind\": \"worker\", \"kind\": \"worker\"", "json.duplicate_key",
            "/kind"),
        Slip("第一行", "\\ud83d", "json.lone_surrogate", "/notes"),
        Slip("\"notes\"", "notes", "json.syntax", ""),
        Slip("34", "034", "json.syntax", "/counts/consulted"),
    ]

    private static func answer(_ members: String, _ code: String, _ key: String) -> Slip {
        Slip(
            "\"notes\"",
            "\"opinions\": [{ \"text\": \"就近\" }, { \"text\": \"送课\", \"answer\": { \(members) } }], \"notes\"",
            code, "/opinions/1/answer\(key)")
    }

    @Test(arguments: slips) func isRefusedAtItsPlace(_ slip: Slip) throws {
        let issues = DocumentText.issues(try DocumentText.changed(slip.old, slip.new))
        #expect(
            issues.contains { $0.code == slip.code && $0.pointer == slip.pointer },
            "found \(issues.map { "\($0.code) \($0.pointer)" })")
        for issue in issues {
            for text in [issue.rule.zh, issue.rule.en, issue.mend.zh, issue.mend.en] {
                #expect(!text.isEmpty)
                #expect(!text.contains("199003") && !text.contains("154123") && !text.contains("示例"))
            }
        }
    }

    @Test func everyIssueIsToldAtOnce() throws {
        let text = try DocumentText.changed("\"kind\": \"enterprise\"", "\"kind\": \"party\"")
            .replacing("15412345679", with: "1").replacing("\"I65\"", with: "65")
        #expect(
            Set(DocumentText.issues(text).map(\.pointer)) == [
                "/kind", "/applicants/1/mobile", "/firms/0/industry",
            ])
    }

    @Test func aMistypedKeyIsNamedWithItsNeighbour() throws {
        let issues = DocumentText.issues(try DocumentText.changed("\"venue\"", "\"venu\""))
        let unknown = issues.first { $0.code == "key.unknown" }
        #expect(unknown?.pointer == "/venu")
        #expect(unknown?.mend.en.contains("venue") == true)
    }

    @Test func anUnknownChoiceListsTheKnown() throws {
        let issues = DocumentText.issues(try DocumentText.changed("\"kind\": \"park\"", "\"kind\": \"zoo\""))
        for kind in VenueKind.allCases { #expect(issues.first?.mend.en.contains(kind.rawValue) == true) }
    }

    /// 110106008 was 卢沟桥街道 until the end of 2020, then 六里桥街道.
    @Test(arguments: [("2020-12-30", "卢沟桥街道"), ("2020-12-31", "六里桥街道")])
    func aCodeMeansAnAreaOnADay(_ day: String, _ name: String) throws {
        let today = try #require(Day(iso: "2021-06-01"))
        for offered in ["卢沟桥街道", "六里桥街道"] {
            let text = DocumentText.valid.replacing("2018-09-12", with: day)
                .replacing("110105021", with: "110106008").replacing("南磨房地区", with: offered)
            let codes = DocumentText.issues(text, today: today).map(\.code)
            #expect(codes == (offered == name ? [] : ["area.name_mismatch"]))
        }
    }

    @Test(arguments: ["南磨房", "南磨房乡", "朝阳区南磨房地区"])
    func otherNamesOfTheUnitAreAccepted(_ name: String) throws {
        #expect(DocumentText.issues(try DocumentText.changed("南磨房地区", name)).isEmpty)
    }

    @Test func tenMegabytesAreRefusedUnread() throws {
        let notes = String(repeating: "长", count: 3_500_000)
        let issues = DocumentText.issues(try DocumentText.changed("第一行", notes))
        #expect(issues.map(\.code) == ["document.too_large"])
    }

    @Test func longNotesAreRefusedAtTheirPlace() throws {
        let notes = String(repeating: "长", count: 20_001)
        let issues = DocumentText.issues(try DocumentText.changed("第一行\\n第二行", notes))
        #expect(issues.map(\.code) == ["text.too_long"])
        #expect(issues.map(\.pointer) == ["/notes"])
        #expect(DocumentText.issues(try DocumentText.changed("第一行\\n第二行", String(notes.dropLast()))).isEmpty)
    }

    @Test(arguments: [
        "", " ", "[]", "null", "{", "\"\"", "{\"a\":}", "\u{FEFF}{}", "[[[", "nul", "-", "1e999", "{}x",
    ])
    func textThatIsNoDocument(_ text: String) {
        #expect(!DocumentText.issues(text).isEmpty)
    }

    @Test func depthIsBounded() {
        let text = String(repeating: "[", count: 100_000)
        #expect(DocumentText.issues(text).map(\.code) == ["json.depth"])
    }

    @Test func otherEncodingsAreRefused() {
        let gbk: [UInt8] = Array("{\"notes\":\"".utf8) + [0xB9, 0xA4, 0xBB, 0xE1] + Array("\"}".utf8)
        let surrogate: [UInt8] = Array("{\"notes\":\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"}".utf8)
        for bytes in [gbk, surrogate] {
            let error = #expect(throws: DocumentRefused.self) {
                try MeetingSubmission.decode(bytes, today: DocumentText.today, areas: MapOfTwo())
            }
            #expect(error?.issues.map(\.code) == ["json.encoding"])
        }
    }

    @Test func aTornDocumentNeverTraps() {
        let bytes = Array(DocumentText.valid.utf8)
        for length in 0..<bytes.count {
            #expect(throws: DocumentRefused.self) {
                try MeetingSubmission.decode(
                    Array(bytes.prefix(length)), today: DocumentText.today, areas: MapOfTwo())
            }
        }
    }
}
