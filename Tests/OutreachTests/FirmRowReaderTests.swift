@testable import Outreach
import Testing

/// What a list of firms may hold, and what is said of what it may not.
@Suite struct FirmRowReaderTests {
    private static let today = Day(ordinal: 17_900)
    private static let header = "统一社会信用代码,企业名称,街道（乡镇）代码,街道（乡镇）,注册日期,职工人数,行业代码,工会覆盖起,工会覆盖止,登记注册类型"

    private static let areas = ImportAreas([
        .init(
            id: 7, district: "110105", validFrom: Day(ordinal: 17_470), validTo: nil,
            entry: AreaEntry(
                code: "110105021", name: "酒仙桥街道", aliases: ["酒仙桥"], districtName: "朝阳区"))
    ])

    private static let types = RegistrationTypes([
        .init(code: "173", name: "私营有限责任公司"), .init(code: "210", name: "合资经营企业（港或澳、台资）"),
    ])

    private func read(_ line: String) throws -> (row: FirmRow?, issues: [RowIssue]) {
        var records = CSVRecords()
        records.append(Array((Self.header + "\n" + line + "\n").utf8))
        records.finish()
        _ = records.next()
        let header = try ImportHeader<FirmColumn>((0..<records.fields.count).map(records.text))
        var reader = FirmRowReader(
            header: header, areas: Self.areas, types: Self.types, today: Self.today)
        var report = RowReport()
        _ = records.next()
        let isWhole = reader.read(records, &report)
        report.sort()
        return (isWhole ? reader.row : nil, Array(report.issues))
    }

    @Test("what is unambiguous is mended: dates, thousands, widths, a village's twelve digits")
    func mended() throws {
        for date in ["2016/3/1", "2016-03-01", "2016.3.1", "20160301", "2016年3月1日", "2016/3/1 0:00:00"] {
            let row = try read(",北京示例有限公司,110105021000,朝阳区酒仙桥街道,\(date),\"1,200\",i65,,").row
            #expect(row?.registeredOn == Day(year: 2016, month: 3, day: 1), "\(date)")
            #expect(row?.headcount == 1200)
            #expect(row?.areaID == 7)
            #expect(row.map { String(decoding: $0.industry, as: UTF8.self) } == "I65")
            #expect(row.map { String(decoding: $0.foldedName, as: UTF8.self) } == "北京示例")
        }
        let wide = try read(",Ｎame,110105021,,,180.0,,2017-01-01,2018-01-01").row
        #expect(wide?.headcount == 180)
    }

    @Test(
        "each wrong value is told by its column, rule and mend in both languages",
        arguments: [
            ("9.11101E+17,甲,110105021,,,,,,", 0, "excel.scientific"),
            ("911101050000000000,甲,110105021,,,,,,", 0, "excel.digits_lost"),
            ("9111,甲,110105021,,,,,,", 0, "uscc.length"),
            (",,110105021,,,,,,", 1, "firm.unnamed"),
            (",=1+1,110105021,,,,,,", 1, "text.formula"),
            (",甲,,,,,,,", 2, "key.required"),
            (",甲,1.10105E+08,,,,,,", 2, "excel.scientific"),
            (",甲,10105021,,,,,,", 2, "excel.zeros_lost"),
            (",甲,110105999,,,,,,", 2, "area.not_valid_on_day"),
            (",甲,110105021,望京街道,,,,,", 3, "area.name_mismatch"),
            (",甲,110105021,,43000,,,,", 4, "excel.date_serial"),
            (",甲,110105021,,9/12/2018,,,,", 4, "excel.date_order"),
            (",甲,110105021,,2018-02-30,,,,", 4, "date.invalid"),
            (",甲,110105021,,2030-01-01,,,,", 4, "date.future"),
            (",甲,110105021,,,many,,,", 5, "type.integer"),
            (",甲,110105021,,,,X99,,", 6, "industry.unknown"),
            (",甲,110105021,,,,,,,自然人独资", 9, "registration_type.unknown"),
            (",甲,110105021,,,,,,,17", 9, "registration_type.unknown"),
            (",甲,110105021,,,,,2018-01-01,2017-01-01", 8, "date.order"),
            (",甲,110105021,,,,,,2017-01-01", 7, "coverage.without_beginning"),
        ])
    func refused(line: String, column: Int, code: String) throws {
        let (row, issues) = try read(line)
        #expect(row == nil)
        #expect(issues.map(\.issue.code) == [code])
        #expect(issues.map(\.column) == [column])
        #expect(issues.map(\.line) == [2])
        let issue = try #require(issues.first?.issue)
        #expect(
            !issue.rule.zh.isEmpty && !issue.rule.en.isEmpty && !issue.mend.zh.isEmpty
                && !issue.mend.en.isEmpty)
    }

    @Test(
        "a type of registration by its code or its name, in any width",
        arguments: [
            ("173", "173"), ("１７３", "173"), ("173.0", "173"), ("私营有限责任公司", "173"), (" 私营 有限责任公司 ", "173"),
            ("合资经营企业(港或澳、台资)", "210"), ("合资经营企业（港或澳台资）", "210"), ("", ""),
        ])
    func registrationType(written: String, code: String) throws {
        let row = try #require(try read(",甲,110105021,,,,,,,\(written)").row)
        #expect(String(decoding: row.registrationType, as: UTF8.self) == code)
    }

    @Test("a name read by its bytes folds as every name does") func folding() {
        var random = SeededRandom(seed: 4)
        let parts = [
            "北京市", "北京", "朝阳", "有限公司", "股份有限公司", "有限责任公司", "有限", "公司", "（集团）", "abc", "9", "&", "股份", "科技",
            "分公司",
        ]
        for _ in 0..<5000 {
            let count = Int(random.next() % 6) + 1
            let name = (0..<count).map { _ in parts[Int(random.next() % UInt64(parts.count))] }.joined()
            let bytes = Array(name.utf8)
            #expect(ImportText.isPlain(bytes, 0..<bytes.count))
            var folded: [UInt8] = []
            ImportText.fold(bytes, 0..<bytes.count, into: &folded)
            #expect(String(decoding: folded, as: UTF8.self) == FoldedName(name).text, "\(name)")
        }
    }

    @Test("a code that is valid by its bytes is what every code is") func codes() throws {
        var random = SeededRandom(seed: 9)
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
        var valid = 0
        for _ in 0..<5000 {
            var bytes = (0..<18).map { _ in alphabet[Int(random.next() % 31)] }
            for place in 2..<8 { bytes[place] = alphabet[Int(random.next() % 10)] }
            let text = String(decoding: bytes, as: UTF8.self)
            let isValid = (try? CreditCode(validating: text)) != nil
            #expect(CreditCode.isValid(bytes, 0..<18) == isValid)
            if isValid { valid += 1 }
        }
        #expect(valid > 50)
    }

    @Test("headers in both languages; an unknown one is named by its column; - passes one over")
    func headers() throws {
        let own = try ImportHeader<FirmColumn>(
            ["USCC", "企业名称*", "area code", "问题"], map: ["area code": "area"])
        #expect([own[.uscc], own[.name], own[.area]] == [0, 1, 2])
        #expect(throws: DocumentRefused.self) { try ImportHeader<FirmColumn>(["area", "colour"]) }
        _ = try ImportHeader<FirmColumn>(["area", "colour"], map: ["colour": "-"])
        #expect(throws: DocumentRefused.self) { try ImportHeader<FirmColumn>(["name", "uscc"]) }
        #expect(RowIssue.letter(0) == "A" && RowIssue.letter(26) == "AA" && RowIssue.letter(701) == "ZZ")
    }
}
