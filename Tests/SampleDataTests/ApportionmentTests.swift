import Outreach
import Testing

@testable import SampleData

@Suite("Shares of a total")
struct ApportionmentTests {
    @Test("by largest remainder, ties to the earlier position")
    func largestRemainder() {
        #expect(Apportionment.shares(of: 10, weights: [1, 1, 1]) == [4, 3, 3])
        #expect(
            Apportionment.shares(of: 100, weights: [47, 16, 15.8, 12, 6.1, 3.1]) == [47, 16, 16, 12, 6, 3])
        #expect(Apportionment.shares(of: 7, weights: [1, 0, 1], minimum: 2) == [4, 0, 3])
        #expect(Apportionment.shares(of: 3, weights: [1, 1], minimum: 2) == nil)
        #expect(Apportionment.shares(of: 0, weights: []) == nil)
    }

    @Test("add up and keep the minimum for any weights", arguments: 0..<50)
    func conserved(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let weights = (0...random.below(200)).map { _ in random.chance(0.3) ? 0 : random.skewed(1) } + [1]
        let total = 600 + random.below(20_000)
        let shares = try #require(Apportionment.shares(of: total, weights: weights, minimum: 2))
        #expect(shares.reduce(0, +) == total)
        #expect(zip(shares, weights).allSatisfy { $1 > 0 ? $0 >= 2 : $0 == 0 })
    }

    @Test("a weighted choice takes distinct positions with weight only", arguments: 0..<20)
    func choice(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let weights = (0..<300).map { $0 % 3 == 0 ? 0 : Double(1 + $0 % 5) }
        let chosen = random.choose(120, weights: weights)
        #expect(chosen.count == 120)
        #expect(Set(chosen).count == 120)
        #expect(chosen.allSatisfy { weights[$0] > 0 })
        #expect(random.choose(300, weights: weights).count == 200)
    }
}
