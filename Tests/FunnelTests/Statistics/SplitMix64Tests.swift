import Funnel
import Outreach
import Testing

struct SeedInput: Decodable, Sendable { let seed: String }

struct WordsOutput: Decodable, Sendable {
    let u64: [String]
    let boundedStreamAfterReset: [String: [Int]]
}

@Suite struct SplitMix64Tests {
    static let cases = oracle("prng", of: SeedInput.self, WordsOutput.self)

    @Test("every vector is read") func count() { #expect(Self.cases.count == 4) }

    @Test("words and bounded draws are the published ones", arguments: cases)
    func stream(_ vector: Oracle<SeedInput, WordsOutput>.Case) throws {
        let seed = try #require(UInt64(vector.input.seed))
        var words = SplitMix64(seed: seed)
        #expect((0..<5).map { _ in String(words.next()) } == vector.output.u64)

        var draws = SplitMix64(seed: seed)
        for bound in [2, 7, 12, 1000] {
            #expect(
                (0..<8).map { _ in draws.below(bound) }
                    == vector.output.boundedStreamAfterReset[String(bound)])
        }
    }
}
