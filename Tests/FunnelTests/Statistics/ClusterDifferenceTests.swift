import Funnel
import Outreach
import Testing

struct ClusterInput: Decodable, Sendable {
    struct Arm: Decodable, Sendable {
        let x, n: [Int]
        var townships: [Proportion] { zip(x, n).map { Proportion(x: $0, n: $1) } }
    }
    let pilot, comparison: Arm
    let conf: Double
    let seed: UInt64
    let replicates: Int

    enum CodingKeys: String, CodingKey {
        case pilot, comparison, conf, seed
        case replicates = "B"
    }

    var difference: ClusterDifference? {
        ClusterDifference(pilot: pilot.townships, comparison: comparison.townships, confidence: conf)
    }
}

struct ClusterOutput: Decodable, Sendable {
    struct Robust: Decodable, Sendable {
        let diff, seCr0, seCr1: Double
        let clusters, units, dfCr1: Int
        let ciCr1: [Double]
        let seCr2, dfSatt: Double?
        let ciCr2: [Double]?

        enum CodingKeys: String, CodingKey {
            case diff, seCr0, seCr1, dfCr1, ciCr1, seCr2, dfSatt, ciCr2
            case clusters = "G"
            case units = "N"
        }
    }
    struct Bootstrap: Decodable, Sendable {
        let first3: [Double]
        let mean, sd: Double
        let percentile: [Double]
        let z0, accel: Double?
        let bca: [Double]?
    }
    let clusterRobust: Robust
    let bootstrap: Bootstrap
}

@Suite struct ClusterDifferenceTests {
    static let cases = oracle("cluster_diff", of: ClusterInput.self, ClusterOutput.self)

    @Test("every vector is read") func count() { #expect(Self.cases.count == 6) }

    @Test("CR0, CR1 and CR2 agree with statsmodels and clubSandwich", arguments: cases)
    func robust(_ vector: Oracle<ClusterInput, ClusterOutput>.Case) throws {
        let actual = try #require(vector.input.difference)
        let expected = vector.output.clusterRobust
        #expect(actual.clusters == expected.clusters)
        #expect(actual.units == expected.units)
        #expect(actual.dfCR1 == expected.dfCr1)
        #expect(agree(actual.difference, expected.diff, relative: 1e-8))
        #expect(agree(actual.standardErrorCR0, expected.seCr0, relative: 1e-8))
        #expect(agree(actual.standardErrorCR1, expected.seCr1, relative: 1e-8))
        #expect(agree(actual.standardErrorCR2, expected.seCr2, relative: 1e-8))
        #expect(agree(actual.dfCR2, expected.dfSatt, relative: 1e-6))
        expect(actual.intervalCR1, expected.ciCr1, relative: 1e-8)
        expect(actual.intervalCR2, expected.ciCr2, relative: 1e-8)
    }

    @Test("the bootstrap draws the same townships", arguments: cases)
    func bootstrap(_ vector: Oracle<ClusterInput, ClusterOutput>.Case) throws {
        let difference = try #require(vector.input.difference)
        let actual = ClusterBootstrap(difference, seed: vector.input.seed, count: vector.input.replicates)
        let expected = vector.output.bootstrap
        for (one, other) in zip(actual.replicates, expected.first3) {
            #expect(agree(one, other, absolute: 1e-12))
        }
        #expect(agree(actual.mean, expected.mean, absolute: 1e-12))
        #expect(agree(actual.standardDeviation, expected.sd, absolute: 1e-12))
        expect(actual.percentile, expected.percentile, absolute: 1e-12)
        #expect(agree(actual.biasCorrection, expected.z0, absolute: 1e-12))
        #expect(agree(actual.acceleration, expected.accel, absolute: 1e-12))
        expect(actual.bca, expected.bca, absolute: 1e-12)
    }

    /// Drawn side by side, since there are more than a million words.
    @Test("many townships: the replicates are those of one stream") func oneStream() throws {
        var random = SplitMix64(seed: 11)
        let townships = (0..<1100).map { _ in
            let n = 5 + random.below(40)
            return Proportion(x: random.below(n + 1), n: n)
        }
        let (pilot, comparison) = (Array(townships.prefix(400)), Array(townships.dropFirst(400)))
        let difference = try #require(ClusterDifference(pilot: pilot, comparison: comparison))
        var stream = SplitMix64(seed: 2018)
        func rate(_ arm: [Proportion]) -> Double {
            var drawn = Proportion(x: 0, n: 0)
            for _ in arm {
                let township = arm[stream.below(arm.count)]
                drawn = Proportion(x: drawn.x + township.x, n: drawn.n + township.n)
            }
            return Double(drawn.x) / Double(drawn.n)
        }
        let expected = (0..<999).map { _ in
            let one = rate(pilot)
            return one - rate(comparison)
        }
        #expect(ClusterBootstrap(difference, seed: 2018, count: 999).replicates == expected)
    }

    @Test("townships of one size: the rate's interval is Student's over their rates") func rate() throws {
        let townships = [1, 4, 2, 7, 3].map { Proportion(x: $0, n: 12) }
        let rates = townships.compactMap(\.rate)
        let mean = rates.reduce(0, +) / 5
        let variance = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
        let t = try #require(SpecialFunctions.studentQuantile(0.975, df: 4))
        let half = t * (variance / 5).squareRoot()

        let rate = try #require(ClusterRate(townships))
        #expect(agree(rate.rate, mean, absolute: 1e-14))
        expect(rate.interval(), [mean - half, mean + half], absolute: 1e-12)
        #expect(ClusterRate([Proportion(x: 3, n: 9)])?.interval() == nil)
    }

    @Test("arms where nothing varies are named degenerate and get no p") func degenerate() throws {
        let none = [Proportion(x: 0, n: 9), Proportion(x: 0, n: 4)]
        let difference = try #require(ClusterDifference(pilot: none, comparison: none))
        #expect(difference.isDegenerate)
        #expect(difference.pValue == nil)
    }

    @Test("townships without anyone change nothing, and an empty arm has no difference") func empty() {
        let pilot = [Proportion(x: 3, n: 9), Proportion(x: 1, n: 4)]
        let comparison = [Proportion(x: 2, n: 8), Proportion(x: 2, n: 11)]
        let nobody = [Proportion(x: 0, n: 0)]
        #expect(
            ClusterDifference(pilot: pilot + nobody, comparison: comparison)
                == ClusterDifference(pilot: pilot, comparison: comparison))
        #expect(ClusterDifference(pilot: nobody, comparison: comparison) == nil)
    }

    private func expect(
        _ actual: ConfidenceInterval?, _ expected: [Double]?, relative: Double = 0, absolute: Double = 0
    ) {
        #expect(agree(actual?.lower, expected?[0], relative: relative, absolute: absolute))
        #expect(agree(actual?.upper, expected?[1], relative: relative, absolute: absolute))
    }

    @Test("townships of one rate: nothing varies, and no interval of no width is given") func even() throws {
        // 49 · (1 ÷ 49) is not 1 in doubles.
        let townships = [1, 2, 3, 5].map { Proportion(x: $0, n: 49 * $0) }
        let rate = try #require(ClusterRate(townships))
        #expect(rate.interval() == nil)
        let difference = try #require(
            ClusterDifference(
                pilot: townships, comparison: [Proportion(x: 1, n: 9), Proportion(x: 2, n: 18)]))
        #expect(difference.standardErrorCR0 == 0)
        #expect(difference.standardErrorCR2 == 0)
        #expect(ClusterBootstrap(difference, seed: 1, count: 19).acceleration == nil)
    }
}
