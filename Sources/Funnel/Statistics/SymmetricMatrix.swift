/// A small dense symmetric matrix, for regressions with few columns and blocks of one township.
struct SymmetricMatrix {
    let size: Int
    private var elements: [Double]

    init(size: Int) {
        self.size = size
        elements = Array(repeating: 0, count: size * size)
    }

    /// Reads row and column; writes both that place and its mirror.
    subscript(row: Int, column: Int) -> Double {
        get { elements[row * size + column] }
        set {
            elements[row * size + column] = newValue
            elements[column * size + row] = newValue
        }
    }

    /// Adds weight · v vᵀ.
    mutating func add(outer v: [Double], weight: Double = 1) {
        for row in 0..<size {
            for column in 0..<size { elements[row * size + column] += weight * v[row] * v[column] }
        }
    }

    func times(_ v: [Double]) -> [Double] {
        (0..<size).map { row in
            var sum = 0.0
            for column in 0..<size { sum += elements[row * size + column] * v[column] }
            return sum
        }
    }

    /// vᵀ M w.
    func form(_ v: [Double], _ w: [Double]) -> Double {
        zip(v, times(w)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// M S M, for symmetric S of the same size.
    func sandwich(_ middle: SymmetricMatrix) -> SymmetricMatrix {
        var result = SymmetricMatrix(size: size)
        let columns = (0..<size).map { column in times((0..<size).map { middle[$0, column] }) }
        for row in 0..<size {
            let image = times((0..<size).map { columns[$0][row] })
            for column in 0..<size { result.elements[row * size + column] = image[column] }
        }
        return result
    }

    /// From this size on eigenvalues are taken from three diagonals. Not below, so that figures already issued keep
    /// their last digit: nodes of quadrature and panels of half a year are smaller.
    private static let largeSize = 32

    /// Eigenvalues and unit eigenvectors, in no order.
    var eigen: (values: [Double], vectors: [[Double]]) {
        size < Self.largeSize ? rotated : TridiagonalForm(self).diagonalised
    }

    /// By Jacobi's rotations (Golub & Van Loan §8.5).
    private var rotated: (values: [Double], vectors: [[Double]]) {
        var m = self
        var vectors = (0..<size).map { i in (0..<size).map { $0 == i ? 1.0 : 0 } }
        for _ in 0..<60 {
            var off = 0.0
            var scale = 0.0
            for p in 0..<size {
                scale = max(scale, abs(m[p, p]))
                for q in 0..<p { off = max(off, abs(m[p, q])) }
            }
            if off <= 1e-17 * scale || off == 0 { break }
            for p in 0..<size {
                for q in (p + 1)..<max(size, p + 1) where m[p, q] != 0 {
                    m.rotate(p, q, &vectors)
                }
            }
        }
        return ((0..<size).map { m[$0, $0] }, vectors)
    }

    private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout [[Double]]) {
        let theta = (self[q, q] - self[p, p]) / (2 * self[p, q])
        let sign: Double = theta < 0 ? -1 : 1
        let t = sign / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        let pq = self[p, q]
        self[p, p] -= t * pq
        self[q, q] += t * pq
        self[p, q] = 0
        for k in 0..<size where k != p && k != q {
            let (kp, kq) = (self[k, p], self[k, q])
            self[k, p] = c * kp - s * kq
            self[k, q] = s * kp + c * kq
        }
        for k in 0..<size {
            let (vp, vq) = (vectors[p][k], vectors[q][k])
            vectors[p][k] = c * vp - s * vq
            vectors[q][k] = s * vp + c * vq
        }
    }

    /// Σ f(λ) v vᵀ over the eigenvectors.
    func mapped(_ function: (Double) -> Double) -> SymmetricMatrix {
        let eigen = eigen
        var result = SymmetricMatrix(size: size)
        for (value, vector) in zip(eigen.values, eigen.vectors) {
            result.add(outer: vector, weight: function(value))
        }
        return result
    }

    /// M^{−1/2} where M has positive eigenvalues, 0 where they are below 1e-12.
    var inverseSquareRoot: SymmetricMatrix { mapped { $0 < 1e-12 ? 0 : 1 / $0.squareRoot() } }

    /// The inverse, with the number of independent columns: those that the ones before them determine have
    /// zeros in it, so that their coefficients come out as 0.
    var sweptInverse: (inverse: SymmetricMatrix, rank: Int) {
        var m = elements
        var rank = 0
        for k in 0..<size {
            let pivot = m[k * size + k]
            let isIndependent = pivot > 1e-10 * max(elements[k * size + k], 1e-300)
            if isIndependent { rank += 1 }
            for row in 0..<size where row != k {
                let factor = isIndependent ? m[row * size + k] / pivot : 0
                for column in 0..<size where column != k {
                    m[row * size + column] -= factor * m[k * size + column]
                }
                m[row * size + k] = -factor
            }
            for column in 0..<size where column != k {
                m[k * size + column] = isIndependent ? m[k * size + column] / pivot : 0
            }
            m[k * size + k] = isIndependent ? 1 / pivot : 0
        }
        var result = SymmetricMatrix(size: size)
        for row in 0..<size {
            for column in 0...row {
                result[row, column] = m[row * size + column]
            }
        }
        return (result, rank)
    }
}
