import Funnel
import Testing

struct PValuesInput: Decodable, Sendable { let p: [Double?] }
struct QValuesOutput: Decodable, Sendable { let q: [Double?] }

@Suite struct FalseDiscoveryRateTests {
    static let cases = oracle("bh", of: PValuesInput.self, QValuesOutput.self)

    @Test("every vector is read") func count() { #expect(Self.cases.count == 7) }

    @Test("agrees with p.adjust", arguments: cases)
    func adjusted(_ vector: Oracle<PValuesInput, QValuesOutput>.Case) {
        let actual = FalseDiscoveryRate.adjusted(vector.input.p)
        #expect(actual.count == vector.output.q.count)
        for (one, other) in zip(actual, vector.output.q) { #expect(agree(one, other, relative: 1e-9)) }
    }

    @Test("the largest p stays as it is, however many there are", arguments: 1..<200)
    func largest(_ count: Int) {
        for level in [0.01, 0.05, 0.1, 0.2] {
            let adjusted = FalseDiscoveryRate.adjusted(Array(repeating: level, count: count))
            #expect(adjusted.allSatisfy { $0 == level })
        }
    }
}
