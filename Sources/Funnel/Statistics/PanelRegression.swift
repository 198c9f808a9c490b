/// Least squares of rates on township effects, week effects and some columns of interest, with townships as
/// clusters of the standard errors (SPEC §1.11).
///
/// Township effects are taken out by demeaning (Frisch & Waugh 1933; Lovell 1963), which changes neither
/// coefficients nor residuals, so that the matrices are as large as there are weeks.
struct PanelRegression {
    private struct Row {
        let y, weight: Double
        /// Week effects, then the columns of interest, demeaned within the township.
        var x: [Double]
        var residual = 0.0
    }

    /// By township.
    private var clusters: [[Row]]
    private let inverse: SymmetricMatrix
    private let coefficients: [Double]
    private let firstOfInterest: Int

    let rows: Int
    /// Every dummy counts (statsmodels).
    let parameters: Int

    var clusterCount: Int { clusters.count }

    /// nil without cells. Cells of nobody are left out. `columns` gives the columns of interest for a cell,
    /// always as many; `isWeighted` weighs a cell by its n.
    init?(_ cells: [PanelCell], isWeighted: Bool = false, columns: (PanelCell) -> [Double]) {
        let counted = cells.filter { $0.counts.n > 0 }
        guard let first = counted.first else { return nil }
        let weeks = Set(counted.map(\.week)).sorted()
        let place = Dictionary(uniqueKeysWithValues: weeks.enumerated().map { ($1, $0) })
        let interest = columns(first).count
        let width = weeks.count - 1 + interest
        let townships = Dictionary(grouping: counted, by: \.township).sorted { $0.key < $1.key }
        var products = SymmetricMatrix(size: width)
        var moments = Array(repeating: 0.0, count: width)
        clusters = townships.map { _, cells in
            let rows = cells.map { cell in
                var x = Array(repeating: 0.0, count: weeks.count - 1) + columns(cell)
                if let week = place[cell.week], week > 0 { x[week - 1] = 1 }
                return Row(
                    y: Double(cell.counts.x) / Double(cell.counts.n),
                    weight: isWeighted ? Double(cell.counts.n) : 1, x: x)
            }
            return Self.demeaned(rows)
        }
        for row in clusters.joined() {
            products.add(outer: row.x, weight: row.weight)
            for column in 0..<width { moments[column] += row.weight * row.x[column] * row.y }
        }
        let (inverse, rank) = products.sweptInverse
        let coefficients = inverse.times(moments)
        for g in clusters.indices {
            for i in clusters[g].indices {
                let row = clusters[g][i]
                clusters[g][i].residual = row.y - zip(row.x, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        self.inverse = inverse
        self.coefficients = coefficients
        firstOfInterest = weeks.count - 1
        rows = counted.count
        parameters = rank + townships.count
    }

    private static func demeaned(_ rows: [Row]) -> [Row] {
        let total = rows.reduce(0) { $0 + $1.weight }
        let y = rows.reduce(0) { $0 + $1.weight * $1.y } / total
        let x = (rows.first?.x ?? []).indices.map { column in
            rows.reduce(0) { $0 + $1.weight * $1.x[column] } / total
        }
        return rows.map { row in
            Row(y: row.y - y, weight: row.weight, x: zip(row.x, x).map { $0 - $1 })
        }
    }

    /// Of a column of interest; nil where the others determine it.
    func coefficient(_ column: Int) -> Double? {
        let at = firstOfInterest + column
        return inverse[at, at] > 0 ? coefficients[at] : nil
    }

    // MARK: - Liang & Zeger

    /// Covariances of the columns of interest, without a correction for few clusters (CR0).
    ///
    /// A sum of products of what each township moves the coefficients by: a variance cannot come out below 0, and is 0
    /// to all digits where a single township determines the coefficient.
    var covarianceCR0: (Int, Int) -> Double {
        let moves = clusters.map { cluster in inverse.times(sum(cluster) { $0.weight * $0.residual }) }
        return { one, other in
            moves.reduce(0) { $0 + $1[firstOfInterest + one] * $1[firstOfInterest + other] }
        }
    }

    /// What CR0 is multiplied by for CR1 with `parameters` counted; nil where nothing is left.
    func correctionCR1(parameters: Int) -> Double? {
        guard clusterCount > 1, rows > parameters else { return nil }
        let g = Double(clusterCount)
        return g / (g - 1) * Double(rows - 1) / Double(rows - parameters)
    }

    // MARK: - Bell & McCaffrey

    /// CR2 variance of a column's coefficient, and its degrees of freedom by Satterthwaite (Pustejovsky &
    /// Tipton 2018); the working model is that of independent errors of equal variance, also with weights.
    /// nil with the coefficient.
    func varianceCR2(_ column: Int) -> (variance: Double, df: Double)? {
        guard coefficient(column) != nil else { return nil }
        let direction = inverse.times(
            coefficients.indices.map { $0 == firstOfInterest + column ? 1 : 0 })
        var squared = SymmetricMatrix(size: coefficients.count)
        for row in clusters.joined() { squared.add(outer: row.x, weight: row.weight * row.weight) }
        let spread = inverse.sandwich(squared)

        var variance = 0.0
        // For each township: what its residuals are made of, as Satterthwaite's P takes them.
        let contributions = clusters.map { cluster in
            let adjustment = residualCovariance(of: cluster, spread: spread).inverseSquareRoot
            let pull = cluster.map { row in
                row.weight * zip(row.x, direction).reduce(0) { $0 + $1.0 * $1.1 }
            }
            let adjusted = adjustment.times(pull)
            let score = zip(adjusted, cluster).reduce(0) { $0 + $1.0 * $1.1.residual }
            variance += score * score
            return contribution(of: cluster, adjusted: adjusted)
        }
        let (trace, square) = traces(contributions, spread: spread)
        // Under the working model the adjusted variance has the coefficient's own as its mean; where it has next to
        // nothing of it, all residuals that it could be told from are 0.
        let at = firstOfInterest + column
        return square > 0 && trace > 1e-10 * spread[at, at] ? (variance, trace * trace / square) : nil
    }

    /// Var of one township's residuals under the working model: the block of (I − H)(I − H)ᵀ.
    private func residualCovariance(of cluster: [Row], spread: SymmetricMatrix) -> SymmetricMatrix {
        let total = cluster.reduce(0) { $0 + $1.weight }
        let squares = cluster.reduce(0) { $0 + $1.weight * $1.weight } / (total * total)
        let pulled = inverse.times(sum(cluster) { $0.weight * $0.weight / total })
        // One image a row: a form of every two rows would take the fourth power of the weeks.
        let spreads = cluster.map { spread.times($0.x) }
        var block = SymmetricMatrix(size: cluster.count)
        for i in cluster.indices {
            let image = inverse.times(cluster[i].x)
            for k in 0...i {
                let hat = zip(image, cluster[k].x).reduce(0) { $0 + $1.0 * $1.1 }
                let both = zip(pulled, zip(cluster[i].x, cluster[k].x))
                    .reduce(0) { $0 + $1.0 * ($1.1.0 + $1.1.1) }
                let weights = cluster[i].weight + cluster[k].weight
                block[i, k] =
                    (i == k ? 1 : 0) - weights / total - hat * weights + squares + both
                    + zip(cluster[i].x, spreads[k]).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        return block
    }

    /// Satterthwaite's P has the products of the townships' vectors, each with a part within its township, of
    /// squared length `own`, and a part everywhere, along `outer`; `inner` is what the two parts share.
    private struct Contribution {
        let own: Double
        let inner: [Double]
        let outer: [Double]
    }

    private func contribution(of cluster: [Row], adjusted: [Double]) -> Contribution {
        let total = cluster.reduce(0) { $0 + $1.weight }
        let mean = adjusted.reduce(0, +) / total
        let local = zip(adjusted, cluster).map { $0 - $1.weight * mean }
        var inner = Array(repeating: 0.0, count: coefficients.count)
        var along = inner
        for (i, row) in cluster.enumerated() {
            for column in row.x.indices {
                inner[column] += local[i] * row.weight * row.x[column]
                along[column] += adjusted[i] * row.x[column]
            }
        }
        return Contribution(own: local.reduce(0) { $0 + $1 * $1 }, inner: inner, outer: along)
    }

    private func traces(
        _ contributions: [Contribution], spread: SymmetricMatrix
    ) -> (first: Double, second: Double) {
        let images = contributions.map { (inverse.times($0.outer), spread.times($0.outer)) }
        var (trace, square) = (0.0, 0.0)
        for g in contributions.indices {
            for h in 0...g {
                var element = g == h ? contributions[g].own : 0
                for column in coefficients.indices {
                    element +=
                        contributions[g].outer[column] * images[h].1[column]
                        - contributions[g].inner[column] * images[h].0[column]
                        - contributions[h].inner[column] * images[g].0[column]
                }
                if g == h { trace += element }
                square += (g == h ? 1 : 2) * element * element
            }
        }
        return (trace, square)
    }

    private func sum(_ cluster: [Row], _ factor: (Row) -> Double) -> [Double] {
        var result = Array(repeating: 0.0, count: coefficients.count)
        for row in cluster {
            let factor = factor(row)
            for column in row.x.indices { result[column] += factor * row.x[column] }
        }
        return result
    }
}
