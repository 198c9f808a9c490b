internal import Foundation

/// The posterior of (μ, ρ) on a grid of (logit μ, logit ρ) that is narrowed to where it lies (SPEC §1.8).
struct HyperparameterGrid {
    struct Node {
        let alpha, beta, weight: Double

        init(alpha: Double, beta: Double, weight: Double) {
            (self.alpha, self.beta, self.weight) = (alpha, beta, weight)
        }

        init(at point: BetaBinomialLikelihood.Point, weight: Double) {
            self.init(alpha: point.alpha, beta: point.beta, weight: weight)
        }
    }

    /// Weights add up to 1.
    let nodes: [Node]
    let mu: Double
    let rho: Double

    private static let searching = 61
    private static let final = 121
    /// In logs: e⁻³⁶ of the maximum is below what doubles add.
    private static let depth = 36.0
    private static let negligible = 1e-9

    init(_ likelihood: BetaBinomialLikelihood) {
        var (us, vs) = (Axis(low: -16, high: 16), Axis(low: -16, high: 16))
        for _ in 0..<8 {
            let surface = Surface(likelihood, us, vs, size: Self.searching)
            let (rows, columns) = surface.extent(within: Self.depth)
            let (nextU, nextV) = (us.narrowed(columns, Self.searching), vs.narrowed(rows, Self.searching))
            let isSettled = nextU.width > 0.8 * us.width && nextV.width > 0.8 * vs.width
            (us, vs) = (nextU, nextV)
            if isSettled { break }
        }
        let surface = Surface(likelihood, us, vs, size: Self.final)
        let whole = surface.nodes(stride: 1, above: Self.negligible)
        let summary = Summary(of: surface.nodes(stride: 1, above: 0), likelihood)
        let shape = Shape(of: whole, likelihood)
        // Where the surface is smooth, a few nodes say the same, and every quantile sums over them.
        let fewer =
            [4, 5, 6, 8, 10].lazy.map { surface.compressed(to: $0, likelihood) }.first(where: agrees)
            ?? [8, 6, 5, 4, 3, 2].lazy.map { surface.nodes(stride: $0, above: Self.negligible) }
            .first(where: agrees)
        func agrees(_ nodes: [Node]) -> Bool {
            Summary(of: nodes, likelihood).agrees(with: summary) && shape.agrees(with: nodes)
        }
        nodes = fewer ?? whole
        (mu, rho) = (summary.mu, summary.rho)
    }
}

extension HyperparameterGrid {
    /// The distribution of rates in the middle and at both ends: of nobody, of the average township and of the largest.
    /// Moments do not tell it: where ρ may be next to 0 each node is a spike, and a few spikes are a staircase.
    private struct Shape {
        private let points: [(township: Proportion, rate: Double, below: Double)]

        init(of nodes: [Node], _ likelihood: BetaBinomialLikelihood) {
            let mixture = BetaMixture(nodes)
            let (pooled, count) = (likelihood.pooled, max(likelihood.townships.count, 1))
            let townships = [
                Proportion(x: 0, n: 0), Proportion(x: pooled.x / count, n: pooled.n / count),
                likelihood.townships.max { $0.n < $1.n } ?? pooled,
            ]
            points = townships.flatMap { township in
                let (mean, variance) = mixture.moments(of: township)
                return [-2, 0, 2].map { mean + $0 * variance.squareRoot() }.filter { 0 < $0 && $0 < 1 }.map {
                    (township, $0, mixture.distribution(of: township, at: $0))
                }
            }
        }

        func agrees(with nodes: [Node]) -> Bool {
            let mixture = BetaMixture(nodes)
            return points.allSatisfy {
                abs(mixture.distribution(of: $0.township, at: $0.rate) - $0.below) < 1e-5
            }
        }
    }

    /// What nodes say of μ and ρ, and of the first two moments of townships' rates: of nobody, of the average
    /// size and of the largest, without and with hits alone. A mixture's distribution is as smooth as these.
    private struct Summary {
        let mu, rho: Double
        private let moments: [Double]

        init(of nodes: [Node], _ likelihood: BetaBinomialLikelihood) {
            let mean = Double(likelihood.pooled.n) / Double(max(likelihood.townships.count, 1))
            let largest = Double(likelihood.townships.map(\.n).max() ?? 0)
            let counts = [(0, 0), (0, mean), (mean, 0), (0, largest), (largest, 0)]
            var (mu, rho) = (0.0, 0.0)
            var moments = Array(repeating: 0.0, count: 2 + 2 * counts.count)
            for node in nodes {
                let (size, share) = (node.alpha + node.beta, node.weight)
                let at = (mu: node.alpha / size, rho: 1 / (size + 1))
                mu += share * at.mu
                rho += share * at.rho
                moments[0] += share * at.mu * at.mu
                moments[1] += share * at.rho * at.rho
                for (index, (x, y)) in counts.enumerated() {
                    let rate = (node.alpha + x) / (size + x + y)
                    moments[2 + 2 * index] += share * rate
                    moments[3 + 2 * index] += share * rate * (node.alpha + x + 1) / (size + x + y + 1)
                }
            }
            (self.mu, self.rho) = (mu, rho)
            self.moments = moments
        }

        func agrees(with other: Summary) -> Bool {
            func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-8 * abs(b) }
            return near(mu, other.mu) && near(rho, other.rho)
                && zip(moments, other.moments).allSatisfy { near($0, $1) }
        }
    }
}

private struct Axis {
    var low, high: Double

    var width: Double { high - low }

    func value(_ index: Int, of size: Int) -> Double {
        low + width * Double(index) / Double(size - 1)
    }

    /// To some cells and one more at each end.
    func narrowed(_ cells: ClosedRange<Int>, _ size: Int) -> Axis {
        Axis(
            low: value(max(0, cells.lowerBound - 1), of: size),
            high: value(min(size - 1, cells.upperBound + 1), of: size))
    }
}

private struct Surface {
    private let size: Int
    private let us, vs: Axis
    /// Log weights relative to the maximum, a row for each ρ.
    private var heights: [Double] = []

    init(_ likelihood: BetaBinomialLikelihood, _ us: Axis, _ vs: Axis, size: Int) {
        (self.size, self.us, self.vs) = (size, us, vs)
        heights.reserveCapacity(size * size)
        for row in 0..<size {
            heights += Self.heights(likelihood, us, v: vs.value(row, of: size), size: size)
        }
        let top = heights.max() ?? 0
        for index in heights.indices { heights[index] -= top }
    }

    /// Log weights along μ at one ρ.
    private static func heights(
        _ likelihood: BetaBinomialLikelihood, _ us: Axis, v: Double, size: Int
    ) -> [Double] {
        let atRho = BetaBinomialLikelihood.Point(u: 0, v: v)
        let common = likelihood.commonTerm(rho: atRho.rho, sigma: atRho.sigma)
        let prior = log(atRho.rho) + log(atRho.sigma)
        return (0..<size).map { column in
            let at = BetaBinomialLikelihood.Point(u: us.value(column, of: size), v: v)
            return likelihood.ownTerms(at) - common + log(at.mu) + log(at.nu) + prior
        }
    }

    /// The rows and columns that reach within `depth` of the maximum.
    func extent(within depth: Double) -> (rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        var (rows, columns) = ((low: size, high: -1), (low: size, high: -1))
        for row in 0..<size {
            for column in 0..<size where heights[row * size + column] > -depth {
                rows = (min(rows.low, row), max(rows.high, row))
                columns = (min(columns.low, column), max(columns.high, column))
            }
        }
        // The maximum itself is always within.
        return (rows.low...max(rows.low, rows.high), columns.low...max(columns.low, columns.high))
    }

    /// Every so many of the grid's, by the trapezoidal rule; those of a share of the largest weight alone.
    func nodes(stride step: Int, above share: Double) -> [HyperparameterGrid.Node] {
        var kept: [HyperparameterGrid.Node] = []
        for row in stride(from: 0, to: size, by: step) {
            for column in stride(from: 0, to: size, by: step) {
                let weight = exp(heights[row * size + column])
                guard weight >= share else { continue }
                kept.append(.init(at: point(row, column), weight: weight * edge(row) * edge(column)))
            }
        }
        return kept.scaled
    }

    /// Gauss's nodes of ρ, and of μ at each of them.
    func compressed(
        to count: Int, _ likelihood: BetaBinomialLikelihood
    ) -> [HyperparameterGrid.Node] {
        let rows = (0..<size).map { row in
            let weights = (0..<size).map { exp(heights[row * size + $0]) * edge($0) }
            return GaussQuadrature.Node(
                point: vs.value(row, of: size), weight: edge(row) * weights.reduce(0, +))
        }
        return GaussQuadrature.compressed(rows.filter { $0.weight > 0 }, to: count).flatMap { row in
            let line = Surface.heights(likelihood, us, v: row.point, size: size)
            let top = line.max() ?? 0
            let columns = line.indices.map { column in
                GaussQuadrature.Node(
                    point: us.value(column, of: size), weight: exp(line[column] - top) * edge(column))
            }
            let few = GaussQuadrature.compressed(columns.filter { $0.weight > 0 }, to: count)
            let mass = few.reduce(0) { $0 + $1.weight }
            return few.map { column in
                HyperparameterGrid.Node(
                    at: .init(u: column.point, v: row.point), weight: row.weight * column.weight / mass)
            }
        }.scaled
    }

    private func point(_ row: Int, _ column: Int) -> BetaBinomialLikelihood.Point {
        .init(u: us.value(column, of: size), v: vs.value(row, of: size))
    }

    /// The trapezoidal rule counts the border half.
    private func edge(_ index: Int) -> Double { index == 0 || index == size - 1 ? 0.5 : 1 }
}

extension [HyperparameterGrid.Node] {
    /// So that the weights add up to 1.
    fileprivate var scaled: Self {
        let mass = reduce(0) { $0 + $1.weight }
        return map { .init(alpha: $0.alpha, beta: $0.beta, weight: $0.weight / mass) }
    }
}
