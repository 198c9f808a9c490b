import Funnel
import Outreach
import Testing

struct RandomisationInput: Decodable, Sendable { let pilot, comparison: [Double] }

struct RandomisationOutput: Decodable, Sendable {
    let diff: Double
    let assignments: Int
    let pTwoSided: Double
}

@Suite struct RandomisationTestTests {
    static let cases = oracle("randomisation", of: RandomisationInput.self, RandomisationOutput.self)

    @Test("every vector is read") func count() { #expect(Self.cases.count == 6) }

    @Test("agrees with full enumeration", arguments: cases)
    func exact(_ vector: Oracle<RandomisationInput, RandomisationOutput>.Case) throws {
        let test = try #require(
            RandomisationTest(pilot: vector.input.pilot, comparison: vector.input.comparison))
        #expect(test.isExact)
        #expect(test.assignments == vector.output.assignments)
        #expect(agree(test.difference, vector.output.diff, absolute: 1e-11))
        #expect(agree(test.pValue, vector.output.pTwoSided, absolute: 1e-12))
    }

    @Test("sums beyond the largest number do not overflow, and powers of two change nothing") func huge()
        throws
    {
        let test = try #require(RandomisationTest(pilot: [1e308, 1e308], comparison: [1, 2]))
        #expect(test.assignments == 6 && test.pValue == 2.0 / 6 && test.difference == 1e308)
        let (pilot, comparison) = ([0.3, 0.1, 0.7], [0.2, 0.2, 0.9, 0.4])
        let small = try #require(RandomisationTest(pilot: pilot, comparison: comparison))
        let factor = 0x1p900
        let large = try #require(
            RandomisationTest(pilot: pilot.map { $0 * factor }, comparison: comparison.map { $0 * factor }))
        #expect(large.pValue == small.pValue && large.difference == small.difference * factor)
    }

    @Test("beyond the limit it draws, repeatably, and finds a difference that is there") func drawn() throws {
        let pilot = (0..<20).map { Double($0 % 5) + 3 }
        let comparison = (0..<20).map { Double($0 % 5) }
        let test = try #require(RandomisationTest(pilot: pilot, comparison: comparison, seed: 7))
        #expect(!test.isExact)
        #expect(test.assignments == 100_000)
        #expect(test.pValue < 0.001)
        #expect(test == RandomisationTest(pilot: pilot, comparison: comparison, seed: 7))

        let same = try #require(RandomisationTest(pilot: comparison, comparison: comparison, seed: 7))
        #expect(same.pValue == 1)
    }

    @Test("an empty arm has no test") func empty() {
        #expect(RandomisationTest(pilot: [], comparison: [1]) == nil)
    }

    @Test("equal distances either way are equal, however large the numbers") func mirrored() throws {
        // Of two and three values the differences are fifths and sixths, which no double holds.
        let test = try #require(
            RandomisationTest(pilot: [1_000_003, 2_000_001], comparison: [1_000_003, 2_000_001, 1_500_002]))
        let scaled = try #require(RandomisationTest(pilot: [1003, 2001], comparison: [1003, 2001, 1502]))
        #expect(test.pValue == scaled.pValue)
        #expect(test.pValue == 1)
    }

    @Test("which arm is the larger changes nothing") func sides() throws {
        let many = (0..<150).map { Double($0 % 7) / 10 }
        let (one, other) = try (
            #require(RandomisationTest(pilot: many, comparison: [0.1, 0.65])),
            #require(RandomisationTest(pilot: [0.1, 0.65], comparison: many))
        )
        #expect(one.assignments == 11_476 && one.isExact)
        #expect(one.pValue == other.pValue)
        #expect(agree(one.difference, -other.difference, absolute: 1e-12))
    }
}
