import Outreach
import Testing

@testable import Funnel

@Suite struct SymmetricMatrixTests {
    /// Both ways: rotations below 32 rows, three diagonals from there on.
    @Test(
        "eigenvectors are of length 1, upright to each other and make up the matrix",
        arguments: [1, 5, 31, 32, 33, 70])
    func eigen(_ size: Int) {
        var random = SplitMix64(seed: UInt64(size))
        func number() -> Double { Double(random.below(2001) - 1000) / 1000 }
        var dense = SymmetricMatrix(size: size)
        var deficient = SymmetricMatrix(size: size)
        for _ in 0..<2 { deficient.add(outer: (0..<size).map { _ in number() }) }
        for _ in 0..<(2 * size) { dense.add(outer: (0..<size).map { _ in number() }) }
        var identity = SymmetricMatrix(size: size)
        for row in 0..<size { identity[row, row] = 1 }
        for matrix in [dense, deficient, identity, SymmetricMatrix(size: size)] {
            let (values, vectors) = matrix.eigen
            #expect(values.count == size && vectors.count == size)
            for one in 0..<size {
                let image = matrix.times(vectors[one])
                for other in 0..<size {
                    let product = zip(vectors[one], vectors[other]).reduce(0) { $0 + $1.0 * $1.1 }
                    #expect(agree(product, one == other ? 1 : 0, absolute: 1e-12))
                    #expect(agree(image[other], values[one] * vectors[one][other], absolute: 1e-10))
                }
            }
        }
    }
}
