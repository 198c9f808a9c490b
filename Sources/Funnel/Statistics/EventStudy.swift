/// The pilots' distance from the others by weeks since the start, relative to the week before it
/// (SPEC §1.11), with CR1 standard errors.
public struct EventStudy: Hashable, Sendable {
    /// The joint test that all weeks before the start are 0.
    public struct Pretrend: Hashable, Sendable {
        public let f: Double
        public let df1: Int
        public let df2: Int
        public let pValue: Double
    }

    public struct Week: Hashable, Sendable {
        /// Since the start: −1, the reference, is not among them.
        public let week: Int
        /// nil where the data do not determine it.
        public let coefficient: DifferenceInDifferences.Coefficient?
    }

    /// In order.
    public let weeks: [Week]
    /// nil where weeks are too many for the townships (more than pilots − 1 or than the others), or none.
    public let pretrend: Pretrend?

    /// nil where nobody was counted in the week before the start, or in no other.
    init?(_ cells: [PanelCell], firstWeek: Int, pilots: Set<Int>) {
        let all = Set(cells.map(\.week)).sorted()
        let others = all.filter { $0 != firstWeek - 1 }
        guard all.contains(firstWeek - 1), !others.isEmpty,
            let regression = PanelRegression(
                cells,
                columns: { cell in
                    others.map { pilots.contains(cell.township) && cell.week == $0 ? 1 : 0 }
                })
        else { return nil }
        weeks = others.enumerated().map { column, week in
            Week(
                week: week - firstWeek,
                coefficient: DifferenceInDifferences.Coefficient(regression, column: column))
        }
        let before = others.indices.filter {
            others[$0] < firstWeek && regression.coefficient($0) != nil
        }
        let comparisons = Set(cells.map(\.township)).subtracting(pilots).count
        pretrend =
            !before.isEmpty && before.count <= min(pilots.count - 1, comparisons)
            ? Pretrend(regression, columns: before) : nil
    }
}

extension EventStudy.Pretrend {
    fileprivate init?(_ regression: PanelRegression, columns: [Int]) {
        guard let correction = regression.correctionCR1(parameters: regression.parameters) else {
            return nil
        }
        let covariance = regression.covarianceCR0
        var matrix = SymmetricMatrix(size: columns.count)
        for i in columns.indices {
            for k in 0...i { matrix[i, k] = correction * covariance(columns[i], columns[k]) }
        }
        let (inverse, rank) = matrix.sweptInverse
        guard rank == columns.count else { return nil }
        let coefficients = columns.compactMap { regression.coefficient($0) }
        let f = inverse.form(coefficients, coefficients) / Double(columns.count)
        let df2 = regression.clusterCount - 1
        guard
            let pValue = SpecialFunctions.fUpperTail(
                f, df1: Double(columns.count), df2: Double(df2))
        else { return nil }
        self.init(f: f, df1: columns.count, df2: df2, pValue: pValue)
    }
}
