import Outreach
import Testing

@Suite struct ReceiptTests {
    private func receipt(at microseconds: Int64) throws -> Receipt {
        let id = try #require(MeetingID("0168325a-1c00-7000-8000-00000000e001"))
        return Receipt(
            id: id, revision: 3, factsHash: (0..<32).map { $0 * 8 }, recordedAtMicroseconds: microseconds)
    }

    @Test(arguments: [0, 1, 1_536_733_800_123_456, 1_546_128_000_000_000, -1, -86_400_000_001])
    func readsBackWhatItPrints(_ microseconds: Int64) throws {
        let receipt = try receipt(at: microseconds)
        #expect(Receipt(receipt.description) == receipt)
    }

    @Test func isOneLineThatSaysAllFour() throws {
        let text = try receipt(at: 1_536_733_800_123_456).description
        #expect(text.hasPrefix("goutong1.0168325a-1c00-7000-8000-00000000e001.3.0008101820"))
        #expect(text.hasSuffix(".2018-09-12T06:30:00,123456Z"))
        #expect(text.split(separator: ".").count == 5)
    }

    @Test func refusesEveryOtherText() throws {
        let text = try receipt(at: 1_536_733_800_123_456).description
        for position in text.indices {
            #expect(Receipt(String(text[..<position])) == nil)
        }
        #expect(Receipt(text + " ") == nil)
        #expect(Receipt(text.uppercased()) == nil)
        #expect(Receipt(text.replacing(".3.", with: ".0.")) == nil)
        #expect(Receipt(text.replacing(".3.", with: ".03.")) == nil)
        #expect(Receipt(text.replacing("06:30", with: "24:30")) == nil)
        #expect(Receipt(text.replacing("09-12", with: "02-30")) == nil)
    }
}
