import Funnel
import Testing

struct BinomialInput: Decodable, Sendable {
    let x, n: Int
    let conf: Double
}

struct BinomialOutput: Decodable, Sendable {
    let estimate: Double?
    let wilson: [Double]
    let clopperPearson: [Double]
}

@Suite struct ProportionTests {
    static let cases = oracle("binom_ci", of: BinomialInput.self, BinomialOutput.self)

    @Test("every vector is read") func count() { #expect(Self.cases.count == 10) }

    @Test("intervals agree with statsmodels and R", arguments: cases)
    func intervals(_ vector: Oracle<BinomialInput, BinomialOutput>.Case) {
        let proportion = Proportion(x: vector.input.x, n: vector.input.n)
        let wilson = proportion.wilson(confidence: vector.input.conf)
        let exact = proportion.clopperPearson(confidence: vector.input.conf)
        #expect(agree(proportion.rate, vector.output.estimate, absolute: 1e-10))
        for (actual, expected) in zip([wilson, exact], [vector.output.wilson, vector.output.clopperPearson]) {
            #expect(agree(actual.lower, expected[0], absolute: 1e-10))
            #expect(agree(actual.upper, expected[1], absolute: 1e-10))
        }
    }

    @Test("an interval holds its rate and ends exactly at 0 and 1", arguments: [1, 2, 7, 300, 2616])
    func ends(_ n: Int) {
        for x in Set([0, 1, n / 3, n - 1, n]) {
            let proportion = Proportion(x: x, n: n)
            for interval in [proportion.wilson(), proportion.clopperPearson()] {
                #expect(interval.lower <= Double(x) / Double(n) && Double(x) / Double(n) <= interval.upper)
                #expect((interval.lower == 0) == (x == 0))
                #expect((interval.upper == 1) == (x == n))
            }
        }
    }

    @Test("the exact p is the sum over every count that is no likelier", arguments: [1, 7, 40])
    func exact(_ n: Int) {
        for target in [0.03, 0.25, 0.5, 0.77] {
            let masses = (0...n).map { k in
                (SpecialFunctions.binomialCDF(k, n: n, p: target) ?? .nan)
                    - (SpecialFunctions.binomialCDF(k - 1, n: n, p: target) ?? .nan)
            }
            // Differences of a distribution function carry its rounding.
            for x in 0...n where masses[x] > 1e-9 {
                let sum = masses.filter { $0 <= masses[x] * (1 + 1e-7) }.reduce(0, +)
                #expect(
                    agree(Proportion(x: x, n: n).exactPValue(against: target), min(1, sum), absolute: 1e-8))
            }
        }
    }

    @Test("the exact p at the ends, and far out") func exactEnds() {
        #expect(Proportion(x: 0, n: 0).exactPValue(against: 0.3) == 1)
        #expect(Proportion(x: 0, n: 9).exactPValue(against: 0) == 1)
        #expect(Proportion(x: 1, n: 9).exactPValue(against: 0) == 0)
        #expect(Proportion(x: 9, n: 9).exactPValue(against: 1) == 1)
        // Above the mode, with nothing below as unlikely: .1^20.
        #expect(agree(Proportion(x: 20, n: 20).exactPValue(against: 0.1), 1e-20, relative: 1e-9))
        // R: binom.test(682, 925, 3/4).
        #expect(agree(Proportion(x: 682, n: 925).exactPValue(against: 0.75), 0.3825, absolute: 5e-5))
    }
}
