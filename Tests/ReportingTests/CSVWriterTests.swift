import Reporting
import Testing

@Suite struct CSVWriterTests {
    private func row(_ fields: [CSVWriter.Field], _ profile: CSVWriter.Profile) -> String {
        var writer = CSVWriter(profile: profile)
        writer.write(row: fields)
        return writer.text
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"])
    func spreadsheetsGetNoFormula(text: String) {
        let guarded = row([.text(text)], .excel)
        #expect(guarded.hasPrefix("\u{FEFF}'") || guarded.hasPrefix("\u{FEFF}\"'"))
        #expect(!row([.text(text)], .data).contains("'"))
    }

    @Test func numbersAreNoFormulas() {
        #expect(row([.integer(-3), .number(-0.25), .empty], .excel) == "\u{FEFF}-3,-0.25,\r\n")
    }

    @Test(arguments: [
        ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""), ("a\nb", "\"a\nb\""),
        ("plain", "plain"),
        (" edge", "\" edge\""), ("", ""),
    ])
    func quotesWhatMustBeQuoted(text: String, written: String) {
        #expect(row([.text(text), .text("z")], .data) == written + ",z\r\n")
    }

    @Test func longDigitsKeepTheirDigitsInASpreadsheet() {
        #expect(row([.text("911101081234567890")], .excel) == "\u{FEFF}'911101081234567890\r\n")
        #expect(row([.text("110105021")], .excel) == "\u{FEFF}110105021\r\n")
        #expect(row([.text("911101081234567890")], .data) == "911101081234567890\r\n")
    }

    @Test func theMarkComesOnce() {
        var writer = CSVWriter(profile: .excel)
        writer.write(header: ["a", "b"])
        writer.write(row: [.init(Int?.none), .init("x")])
        #expect(writer.text == "\u{FEFF}a,b\r\n,x\r\n")
        #expect(CSVWriter(profile: .data).text == "")
    }
}
