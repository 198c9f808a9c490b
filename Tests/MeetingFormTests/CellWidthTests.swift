import TerminalCells
import CTerminal
import MeetingForm
import Testing

@Suite struct CellWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("沟通会", 6), ("Ａ１", 4), ("ｱ", 1), ("、。《》", 8), ("“引”", 4), ("…", 1), ("한글", 4),
        ("e\u{301}", 1), ("👷🏽‍♀️", 2), ("❤️", 2), ("❤", 1), ("𠮷", 2), ("\u{200B}", 0), ("\t", 0),
    ])
    func width(text: String, cells: Int) {
        #expect(CellWidth.of(text) == cells)
    }

    /// The C library is the peer: every ideograph, kana, hangul syllable and full-width form.
    @Test func agreesWithTheCLibrary() {
        #expect(cterminal_use_utf8() == 0)
        for range in [
            0x20...0x7E, 0x3041...0x3096, 0x4E00...0x9FA5, 0xAC00...0xD7A3, 0xFF01...0xFF60,
            0x20000...0x2A6D6,
        ] {
            for value in range {
                guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
                let theirs = Int(cterminal_scalar_width(scalar.value))
                if CellWidth.of(scalar) != theirs {
                    Issue.record("U+\(String(value, radix: 16)): \(CellWidth.of(scalar)), C says \(theirs)")
                }
            }
        }
    }

    @Test(arguments: [
        ("沟通会议", 8, "沟通会议"), ("沟通会议", 7, "沟通会…"), ("沟通会议", 6, "沟通…"), ("沟通", 1, "…"), ("沟", 0, ""),
    ])
    func fitCutsBetweenCharacters(text: String, cells: Int, fitted: String) {
        #expect(CellWidth.fit(text, in: cells) == fitted)
        #expect(CellWidth.of(CellWidth.fit(text, in: cells)) <= cells)
    }

    @Test func padFillsToCells() {
        #expect(CellWidth.pad("日期", to: 6) == "日期  ")
        #expect(CellWidth.pad("日期", to: 3) == "日期")
    }
}
