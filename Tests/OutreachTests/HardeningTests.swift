import Outreach
import Testing

/// Documents written to break what reads them, or the terminal and the spreadsheet of whoever looks.
@Suite struct HardeningTests {
    @Test func aReceiptOfOtherLettersIsNoReceipt() {
        let hash = String(repeating: "é", count: 32)
        let text = "goutong1.0168325a-1c00-7000-8000-00000000e001.1.\(hash).2018-09-12T06:30:00,123456Z"
        #expect(Receipt(text) == nil)
    }

    /// A pointer is printed: no key may bring a control or a direction mark into it, nor flood it.
    @Test(arguments: ["\\u001b[2J", "\\u202eyek", "\\u0000", String(repeating: "k", count: 1000)])
    func keysCannotWriteOnTheTerminal(_ key: String) throws {
        let issues = DocumentText.issues(try DocumentText.changed("\"notes\"", "\"\(key)\": 1, \"notes\""))
        #expect(issues.map(\.code) == ["json.key_form"])
        #expect(issues.allSatisfy { $0.pointer.isEmpty })
    }

    @Test func issuesAreBounded() throws {
        let keys = (0..<20_000).map { "\"k\($0)\": 1" }.joined(separator: ",")
        let issues = DocumentText.issues(try DocumentText.changed("\"notes\"", "\(keys), \"notes\""))
        #expect(issues.count == 200)
    }

    @Test func issuesStandInDocumentOrder() throws {
        let text = try DocumentText.changed("\"kind\": \"enterprise\",", "\"knd\": 1,")
            .replacing("\"consulted\": 34", with: "\"consulted\": -1").replacing("\"I65\"", with: "\"U\"")
            .replacing("\"notes\":", with: "\"kind\": \"party\", \"noted\": 1, \"notes\":")
        #expect(
            DocumentText.issues(text).map(\.pointer)
                == ["/knd", "/counts/consulted", "/firms/0/industry", "/kind", "/noted"])
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", " =1"])
    func namesAreNoFormulas(_ name: String) throws {
        for (old, pointer) in [("李示例", "/applicants/0/name"), ("北京示例物流有限公司", "/firms/0/name")] {
            let issues = DocumentText.issues(try DocumentText.changed(old, name))
            #expect(issues.map { "\($0.code) \($0.pointer)" } == ["text.formula \(pointer)"])
        }
        #expect(
            DocumentText.issues(try DocumentText.changed("第一行", name)).isEmpty, "notes may list with a dash")
    }

    @Test func composedAndDecomposedAreOneText() throws {
        let composed = try DocumentText.decode(try DocumentText.changed("第一行", "caf\u{E9}"))
        let decomposed = try DocumentText.decode(try DocumentText.changed("第一行", "cafe\u{301}"))
        #expect(Array(composed.factsText.utf8) == Array(decomposed.factsText.utf8))
    }

    @Test func aFirmWithAndWithoutItsCodeIsListedTwice() throws {
        let text = try DocumentText.changed("北京示例餐饮有限公司", "北京市示例物流有限责任公司")
        #expect(
            DocumentText.issues(text).map { "\($0.code) \($0.pointer)" } == ["firm.listed_twice /firms/1"])
    }

    @Test func namesakesWithCodesOfTheirOwnAreTwoFirms() throws {
        let text = try DocumentText.changed(
            "\"name\": \"北京示例餐饮有限公司\"",
            "\"name\": \"北京示例物流有限公司\", \"uscc\": \"91110101MA00TE5T21\"")
        #expect(DocumentText.issues(text).isEmpty)
    }

    @Test(arguments: ["-", "无", "123", "护照 E1234567"]) func documentNumbersAreNumbers(_ number: String) throws
    {
        let text = try DocumentText.changed(
            "\"resident_id\", \"number\": \"110100199003070015\"",
            "\"passport\", \"number\": \"\(number)\"")
        #expect(DocumentText.issues(text).map(\.code) == ["document.number"])
    }

    /// An intent that cannot be read is refused; it must not become a verbal one of the meeting's day.
    @Test(arguments: [
        ("\"form\": \"verbal\", ", "", "key.required", "/firms/0/intent/form"),
        (", \"on\": \"2018-09-12\" } },", " } },", "key.required", "/firms/0/intent/on"),
    ])
    func intentsAreStated(_ old: String, _ new: String, _ code: String, _ pointer: String) throws {
        let issues = DocumentText.issues(try DocumentText.changed(old, new))
        #expect(issues.map { "\($0.code) \($0.pointer)" } == ["\(code) \(pointer)"])
    }

    @Test func noMoreAreApprovedThanApplied() throws {
        let issues = DocumentText.issues(
            try DocumentText.changed("\"approved_on_site\": 2", "\"approved_on_site\": 6"))
        #expect(issues.map(\.pointer) == ["/counts/approved_on_site"])
    }

    @Test func aNullVoidIsNone() throws {
        #expect(
            DocumentText.issues(try DocumentText.changed("\"notes\"", "\"void\": null, \"notes\"")).isEmpty)
    }

    @Test func personsDoNotPrintThemselves() throws {
        let id = try ResidentID(validating: "110100199003070015")
        let mobile = try Mobile(validating: "13800138000")
        let person = Person(name: "张示例", mobile: mobile, document: .residentID(id))
        for text in [
            "\(person)", String(reflecting: person), "\(id)", "\(mobile)", String(reflecting: mobile),
        ] {
            #expect(!text.contains("示例") && !text.contains("19900307") && !text.contains("0013"))
        }
        #expect("\(id)" == "110***********0015")
        #expect("\(mobile)" == "138****8000")
    }

    @Test func aBranchOfOneFirmHasOneName() {
        #expect(FoldedName("北京云杉科技有限公司朝阳分公司") == FoldedName("北京云杉科技有限责任公司（朝阳分公司）"))
        #expect(FoldedName("北京云杉科技有限公司朝阳分公司") != FoldedName("北京云杉科技有限公司"))
    }
}

@Suite struct PersonalNumberTests {
    @Test(
        "free text may not hold a mobile or identity number, in any width",
        arguments: [
            "联系张三13800138000", "电话 138-0013-8000", "１３８００１３８０００", "身份证110100199003070015。",
        ])
    func refused(_ text: String) {
        #expect(throws: CodeError.self) { try NormalisedText.line(text) }
    }

    @Test("other numbers stand", arguments: ["2018年9月12日", "编号12345678901", "预算1380013元", "二楼"])
    func accepted(_ text: String) throws {
        #expect(try NormalisedText.line(text) == text)
    }
}
