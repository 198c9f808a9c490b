/// Benjamini & Hochberg's control of false discoveries over all cells of one published table (SPEC §1.13).
public enum FalseDiscoveryRate {
    /// Adjusted values in the order given: nil stays nil and does not count among the tests.
    public static func adjusted(_ pValues: [Double?]) -> [Double?] {
        let tested = pValues.indices
            .compactMap { index in pValues[index].map { (index: index, p: $0) } }
            .sorted { $0.p > $1.p }
        var adjusted: [Double?] = pValues.map { _ in nil }
        var smallest = 1.0
        for (position, test) in tested.enumerated() {
            let rank = tested.count - position
            // In this order the largest p stays as it is: p = α is still rejected.
            smallest = min(smallest, test.p * (Double(tested.count) / Double(rank)))
            adjusted[test.index] = smallest
        }
        return adjusted
    }
}
