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
}
