import Funnel
import Outreach
import Testing

@Suite struct ProportionDifferenceTests {
    @Test("nobody on a side leaves no difference") func nobody() {
        let some = Proportion(x: 1, n: 3)
        let nobody = Proportion(x: 0, n: 0)
        #expect(ProportionDifference(nobody, minus: some) == nil)
        #expect(ProportionDifference(some, minus: nobody) == nil)
    }

    @Test("all against none ends exactly at 1, none against all at −1", arguments: [1, 7, 2616])
    func ends(_ n: Int) throws {
        let (all, none) = (Proportion(x: n, n: n), Proportion(x: 0, n: 3 * n))
        #expect(try #require(ProportionDifference(all, minus: none)).interval.upper == 1)
        #expect(try #require(ProportionDifference(none, minus: all)).interval.lower == -1)
    }

    @Test("sides changed over, the interval is mirrored", arguments: Sides.some)
    func mirrored(_ sides: Sides) throws {
        let one = try #require(ProportionDifference(sides.first, minus: sides.second))
        let other = try #require(ProportionDifference(sides.second, minus: sides.first))
        #expect(agree(one.interval.lower, -other.interval.upper, absolute: 1e-15))
        #expect(agree(one.interval.upper, -other.interval.lower, absolute: 1e-15))
        #expect(one.interval.lower <= one.difference && one.difference <= one.interval.upper)
    }
}

/// Two proportions to compare, drawn once and for all, edges among them.
struct Sides: Sendable {
    let first, second: Proportion

    static let some: [Sides] = {
        var random = SplitMix64(seed: 41)
        func proportion() -> Proportion {
            let n = [1, 2, 5, 30, 400, 100_000][random.below(6)]
            return Proportion(x: [0, n, random.below(n + 1)][random.below(3)], n: n)
        }
        return (0..<60).map { _ in Sides(first: proportion(), second: proportion()) }
    }()
}
