import Reporting
import Testing

@Suite struct TerminalWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("街道", 4), ("十八里店乡(地区)", 16), ("（885/2616）", 12), ("é", 1), ("e\u{301}", 1),
        ("，。", 4), ("—–·", 3), ("\u{200B}", 0), ("👍", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("❤️", 2), ("㐀𠀀", 4), ("ｶ", 1),
        ("한", 2), ("\u{2060}", 0), ("＝", 2),
    ])
    func cells(text: String, width: Int) {
        #expect(TerminalText.width(of: text) == width)
    }

    @Test func padsToCells() {
        #expect(TerminalText.padded("街道", to: 6) == "街道  ")
        #expect(TerminalText.padded("街道", to: 6, alignment: .trailing) == "  街道")
        #expect(TerminalText.padded("街道", to: 3) == "街道")
    }

    @Test(arguments: 0...12)
    func neverCutsWiderThanAsked(width: Int) {
        for text in ["街道(乡镇)工会", "abcdefghijklm", "a街b道c"] {
            #expect(TerminalText.width(of: TerminalText.truncated(text, to: width)) <= width)
        }
    }

    @Test func cutsOnlyWhatIsTooWide() {
        #expect(TerminalText.truncated("街道", to: 4) == "街道")
        #expect(TerminalText.truncated("街道办", to: 4) == "街…")
    }

    @Test func foldsWithoutLosingACharacter() {
        let text = "本周按召开/达成/批复日期统计，不按录入日期；晚报列“补报更正”。All of it stays."
        for width in 20...60 {
            let lines = TerminalText.wrapped(text, to: width)
            #expect(lines.allSatisfy { TerminalText.width(of: $0) <= width + 4 })
            #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
            #expect(lines.allSatisfy { line in !"，。；）".contains(line.first ?? " ") })
        }
    }
}
