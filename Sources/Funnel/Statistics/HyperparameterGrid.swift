internal import Foundation

/// The posterior of (μ, ρ) on a grid of (logit μ, logit ρ) that is narrowed to where it lies (SPEC §1.8).
struct HyperparameterGrid {
    struct Node {
        let alpha, beta, weight: Double
    }

    /// Weights add up to 1; those far below the largest are left out.
    let nodes: [Node]
    /// The same in parts whose mixture is next to a beta distribution: what quantiles sum over.
    let parts: [[Node]]
    let mu: Double
    let rho: Double

    private static let searching = 61
    private static let final = 121
    /// In logs: e⁻³⁶ of the maximum is below what doubles add.
    private static let depth = 36.0
    private static let negligible = 1e-9
    /// The same for tails so far out that what is unlikely decides them.
    private static let negligibleFarOut = 1e-15
    private static let farOut = 1e-6
    /// From so many townships on μ is so sure that the nodes of one ρ are next to one beta distribution.
    private static let many = 1000

    /// - Parameter tail: the smallest probability on one side that quantiles are asked of.
    init(_ likelihood: BetaBinomialLikelihood, tail: Double) {
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
        let whole = surface.summary(stride: 1)
        // Where the surface is smooth, the moments of a coarser grid are the same to seven digits.
        let stride = [8, 6, 5, 4, 3, 2].first { surface.summary(stride: $0).agrees(with: whole) } ?? 1
        let negligible = tail < Self.farOut ? Self.negligibleFarOut : Self.negligible
        nodes = surface.nodes(stride: stride, above: negligible)
        let few =
            likelihood.townships.count > Self.many && tail >= Self.farOut
            ? surface.parts(of: likelihood, above: negligible) : nil
        parts = few ?? surface.nodeParts(stride: stride, above: negligible)
        (mu, rho) = (whole.mu, whole.rho)
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
            let v = vs.value(row, of: size)
            let atRho = BetaBinomialLikelihood.Point(u: 0, v: v)
            let common = likelihood.commonTerm(rho: atRho.rho, sigma: atRho.sigma)
            let prior = log(atRho.rho) + log(atRho.sigma)
            for column in 0..<size {
                let at = BetaBinomialLikelihood.Point(u: us.value(column, of: size), v: v)
                heights.append(likelihood.ownTerms(at) - common + log(at.mu) + log(at.nu) + prior)
            }
        }
        let top = heights.max() ?? 0
        for index in heights.indices { heights[index] -= top }
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

    struct Summary {
        let mass, mu, rho, muSquare, rhoSquare: Double

        /// The mass is a cell's area times the sum, so that grids compare.
        func agrees(with other: Summary) -> Bool {
            func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-7 * abs(b) }
            return near(mass, other.mass) && near(mu, other.mu) && near(rho, other.rho)
                && near(muSquare, other.muSquare) && near(rhoSquare, other.rhoSquare)
        }
    }

    func summary(stride step: Int) -> Summary {
        var (mass, mu, rho, muSquare, rhoSquare) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for row in stride(from: 0, to: size, by: step) {
            for column in stride(from: 0, to: size, by: step) {
                let at = point(row, column)
                let weight = exp(heights[row * size + column]) * edge(row) * edge(column)
                mass += weight
                mu += weight * at.mu
                rho += weight * at.rho
                muSquare += weight * at.mu * at.mu
                rhoSquare += weight * at.rho * at.rho
            }
        }
        return Summary(
            mass: mass * Double(step * step), mu: mu / mass, rho: rho / mass, muSquare: muSquare / mass,
            rhoSquare: rhoSquare / mass)
    }

    func nodes(stride step: Int, above share: Double) -> [HyperparameterGrid.Node] {
        Array(rows(stride: step, columns: step, above: share).joined())
    }

    /// Every node by itself, but those of nearly no ρ.
    func nodeParts(stride step: Int, above share: Double) -> [[HyperparameterGrid.Node]] {
        let rows = rows(stride: step, columns: step, above: share)
        let end = Self.negligibleRows(rows)
        return Self.joined(rows[..<end]) + rows[end...].joined().map { [$0] }
    }

    /// Rows, the fewest that tell the distribution of rates as every node by itself does; nil where not even all do.
    func parts(
        of likelihood: BetaBinomialLikelihood, above share: Double
    ) -> [[HyperparameterGrid.Node]]? {
        let shape = Shape(of: BetaMixture(nodeParts(stride: 1, above: share)), likelihood)
        return [8, 4, 2, 1].lazy.map { step in
            let rows = rows(stride: step, columns: 1, above: share)
            let end = Self.negligibleRows(rows)
            return Self.joined(rows[..<end]) + rows[end...]
        }.first { shape.differs(from: BetaMixture($0)) < Self.unseen }
    }

    /// A difference of probabilities that no printed digit shows.
    private static let unseen = 5e-5

    /// As many rows of the smallest ρ as weigh a millionth together: the rates of each hardly vary, so that they are
    /// one beyond any digit, and the distribution of each takes thousands of terms.
    private static func negligibleRows(_ rows: [[HyperparameterGrid.Node]]) -> Int {
        var weight = 0.0
        return rows.firstIndex { row in
            weight += row.reduce(0) { $0 + $1.weight }
            return weight > 1e-6
        } ?? 0
    }

    private static func joined(_ rows: ArraySlice<[HyperparameterGrid.Node]>) -> [[HyperparameterGrid.Node]] {
        rows.isEmpty ? [] : [Array(rows.joined())]
    }

    /// Nodes of one ρ each; all weights together add up to 1.
    private func rows(stride step: Int, columns: Int, above share: Double) -> [[HyperparameterGrid.Node]] {
        let rows = stride(from: 0, to: size, by: step).map { row in
            stride(from: 0, to: size, by: columns).compactMap { column -> HyperparameterGrid.Node? in
                let weight = exp(heights[row * size + column])
                guard weight >= share else { return nil }
                let at = point(row, column)
                return .init(alpha: at.alpha, beta: at.beta, weight: weight * edge(row) * edge(column))
            }
        }.filter { !$0.isEmpty }
        let mass = rows.joined().reduce(0) { $0 + $1.weight }
        return rows.map { row in
            row.map { .init(alpha: $0.alpha, beta: $0.beta, weight: $0.weight / mass) }
        }
    }

    private func point(_ row: Int, _ column: Int) -> BetaBinomialLikelihood.Point {
        .init(u: us.value(column, of: size), v: vs.value(row, of: size))
    }

    /// The trapezoidal rule counts the border half.
    private func edge(_ index: Int) -> Double { index == 0 || index == size - 1 ? 0.5 : 1 }
}

/// The distribution of rates in the middle and at both ends: of nobody, of the average township and of the largest.
private struct Shape {
    private let points: [(township: Proportion, rate: Double, below: Double)]

    init(of mixture: BetaMixture, _ likelihood: BetaBinomialLikelihood) {
        let (pooled, count) = (likelihood.pooled, max(likelihood.townships.count, 1))
        let townships = [
            Proportion(x: 0, n: 0), Proportion(x: pooled.x / count, n: pooled.n / count),
            likelihood.townships.max { $0.n < $1.n } ?? pooled,
        ]
        points = townships.flatMap { township in
            let posterior = mixture.posterior(of: township)
            return [-2, 0, 2].map { posterior.mean + $0 * posterior.variance.squareRoot() }
                .filter { 0 < $0 && $0 < 1 }.map { (township, $0, posterior.share(.below, $0)) }
        }
    }

    /// By how much at most.
    func differs(from mixture: BetaMixture) -> Double {
        points.map { point in
            abs(mixture.posterior(of: point.township).share(.below, point.rate) - point.below)
        }.max() ?? 0
    }
}
