/// Points and weights that stand for many (Golub & Welsch 1969, Mathematics of Computation 23:221).
struct GaussQuadrature {
    struct Node {
        let point: Double
        let weight: Double
    }

    /// From the recurrence of the measure's orthogonal polynomials.
    private static func nodes(
        diagonal: [Double], offDiagonal: [Double], mass: Double
    ) -> [Node] {
        var matrix = SymmetricMatrix(size: diagonal.count)
        for k in diagonal.indices {
            matrix[k, k] = diagonal[k]
            if k > 0 { matrix[k, k - 1] = offDiagonal[k - 1] }
        }
        let eigen = matrix.eigen
        return zip(eigen.values, eigen.vectors).map { value, vector in
            Node(point: value, weight: mass * vector[0] * vector[0])
        }
    }

    /// Legendre's rule on [−1, 1].
    static func legendre(count: Int) -> [Node] {
        let off = (1..<max(count, 1)).map { k in
            Double(k) / (4 * Double(k) * Double(k) - 1).squareRoot()
        }
        return nodes(diagonal: Array(repeating: 0, count: count), offDiagonal: off, mass: 2)
    }

    /// `count` nodes that sum every polynomial of degree below 2 · `count` as the given ones do
    /// (Stieltjes' procedure); the given ones where they are no more. Weights are positive.
    static func compressed(_ measure: [Node], to count: Int) -> [Node] {
        guard measure.count > count, let low = measure.map(\.point).min(),
            let high = measure.map(\.point).max()
        else { return measure }
        let (middle, half) = ((low + high) / 2, (high - low) / 2)
        let points = measure.map { ($0.point - middle) / half }
        let mass = measure.reduce(0) { $0 + $1.weight }
        var diagonal: [Double] = []
        var off: [Double] = []
        var before = Array(repeating: 0.0, count: points.count)
        var current = Array(repeating: 1 / mass.squareRoot(), count: points.count)
        for k in 0..<count {
            var mean = 0.0
            for i in points.indices { mean += measure[i].weight * points[i] * current[i] * current[i] }
            diagonal.append(mean)
            guard k + 1 < count else { break }
            let last = off.last ?? 0
            var norm = 0.0
            for i in points.indices {
                let next = (points[i] - mean) * current[i] - last * before[i]
                before[i] = current[i]
                current[i] = next
                norm += measure[i].weight * next * next
            }
            let length = norm.squareRoot()
            off.append(length)
            for i in points.indices { current[i] /= length }
        }
        return nodes(diagonal: diagonal, offDiagonal: off, mass: mass)
            .map { Node(point: middle + half * $0.point, weight: $0.weight) }
    }
}
