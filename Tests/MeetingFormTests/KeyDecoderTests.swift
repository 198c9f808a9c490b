import MeetingForm
import Testing

@Suite struct KeyDecoderTests {
    @Test(arguments: [
        ("abc", [Key.text("abc")]),
        ("八里庄\r", [.text("八里庄"), .enter]),
        ("\u{1B}[A\u{1B}[B\u{1B}OC\u{1B}[D", [.up, .down, .right, .left]),
        ("\u{1B}[H\u{1B}[4~\u{1B}[3~\u{1B}[1;5C", [.home, .end, .delete, .right]),
        (
            "\u{7F}\u{08}\u{03}\u{04}\u{15}\u{17}",
            [.backspace, .backspace, .interrupt, .endOfInput, .killToStart, .killWord]
        ),
        ("\u{1B}[200~甲\r\n乙\u{3}\u{1B}[201~\r", [.text("甲  乙"), .enter]),
        ("\u{1B}[99zx", [.text("x")]),
        ("\u{1B}x", [.escape, .text("x")]),
    ])
    func decodes(input: String, keys: [Key]) {
        var decoder = KeyDecoder()
        let decoded = decoder.feed(input.utf8)
        #expect(decoded == keys)
        #expect(!decoder.isWaiting)
    }

    /// However the bytes are cut by reads, the keys are the same.
    @Test func anyCutGivesTheSameKeys() {
        let bytes = Array("沟a通\u{1B}[A👷\u{1B}[200~粘\n贴\u{1B}[201~\u{1B}[3~\r尾".utf8)
        var decoder = KeyDecoder()
        let whole = joined(decoder.feed(bytes))
        for cut in 0...bytes.count {
            for second in cut...bytes.count {
                var pieces = KeyDecoder()
                let keys =
                    pieces.feed(bytes[..<cut]) + pieces.feed(bytes[cut..<second])
                    + pieces.feed(bytes[second...])
                #expect(joined(keys) == whole)
            }
        }
    }

    @Test func anEscapeAloneIsTheEscKeyAfterAWhile() {
        var decoder = KeyDecoder()
        let atOnce = decoder.feed([0x1B])
        #expect(atOnce.isEmpty)
        #expect(decoder.isWaiting)
        let later = decoder.flush()
        #expect(later == [.escape])
        #expect(!decoder.isWaiting)
    }

    @Test(arguments: [[0xFF], [0xE5, 0x85, 0x41], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x80]] as [[UInt8]])
    func brokenBytesNeverBecomeText(bytes: [UInt8]) {
        var decoder = KeyDecoder()
        let keys = decoder.feed(bytes + [0x0D])
        #expect(keys.last == .enter)
        for case .text(let text) in keys { #expect(text == "A") }
    }

    private func joined(_ keys: [Key]) -> [Key] {
        keys.reduce(into: []) { result, key in
            if case .text(let more) = key, case .text(let before)? = result.last {
                result[result.count - 1] = .text(before + more)
            } else {
                result.append(key)
            }
        }
    }
}
