/// How much more the pilot townships' rates changed than the others', where all pilots started in one week
/// (SPEC §1.11): township and week effects with `pilot × after`, each township a cluster.
///
/// With staggered starts `StaggeredAdoption` is the one to take, never this. That a pre-trend is not
/// significant is no evidence of parallel trends: its slope's interval belongs beside it (Roth 2022).
public struct DifferenceInDifferences: Hashable, Sendable {
    public struct Estimate: Hashable, Sendable {
        public let difference: Double
        public let standardErrorCR0: Double
        /// With every dummy counted (statsmodels); nil where nothing is left to vary.
        public let standardErrorCR1: Double?
        /// With the township effects, which are nested in the clusters, not counted.
        public let standardErrorCR1Nested: Double?
        public let dfCR1: Int
        public let intervalCR1: ConfidenceInterval?
        /// The one to print.
        public let standardErrorCR2: Double?
        public let dfCR2: Double?
        public let intervalCR2: ConfidenceInterval?
        /// Cells with anyone to count.
        public let cells: Int
        /// Independent columns.
        public let parameters: Int
        public let clusters: Int
    }

    /// A coefficient with its CR1 standard error.
    public struct Coefficient: Hashable, Sendable {
        public let estimate: Double
        public let standardError: Double?
        /// Two-sided, by Student's t of townships − 1; nil with the standard error, or where it is 0.
        public let pValue: Double?
    }

    /// Every cell weighs the same; nil where the data do not determine the difference.
    public let unweighted: Estimate?
    /// Cells weigh by their n.
    public let weighted: Estimate?
    public let eventStudy: EventStudy?
    /// Pilot × week before the start; nil for fewer than two weeks.
    public let pretrendSlope: Coefficient?
    public let collapsed: CollapsedChange?
    public let pilotTownships: Int
    public let comparisonTownships: Int

    /// One pilot township leaves no cluster-robust error that means anything, since it would reflect the
    /// comparison alone: then only a randomisation test of the townships' changes is left.
    public var needsRandomisation: Bool { pilotTownships < 2 }

    /// - Parameters:
    ///   - firstWeek: the first week after the start.
    ///   - confidence: strictly between 0 and 1.
    public init(
        _ cells: [PanelCell], firstWeek: Int, confidence: Double = 0.95, isPilot: (Int) -> Bool
    ) {
        let cells = cells.filter { $0.counts.n > 0 }
        let townships = Set(cells.map(\.township))
        let pilots = townships.filter(isPilot)
        pilotTownships = pilots.count
        comparisonTownships = townships.count - pilots.count
        func estimate(isWeighted: Bool) -> Estimate? {
            PanelRegression(cells, isWeighted: isWeighted) {
                [pilots.contains($0.township) && $0.week >= firstWeek ? 1 : 0]
            }.flatMap { Estimate($0, confidence: confidence) }
        }
        unweighted = estimate(isWeighted: false)
        weighted = estimate(isWeighted: true)
        eventStudy = EventStudy(cells, firstWeek: firstWeek, pilots: pilots)
        pretrendSlope = PanelRegression(cells.filter { $0.week < firstWeek }) {
            [pilots.contains($0.township) ? Double($0.week - firstWeek) : 0]
        }.flatMap { Coefficient($0, column: 0) }
        collapsed = CollapsedChange(
            cells, firstWeek: firstWeek, pilots: pilots, confidence: confidence)
    }
}

extension DifferenceInDifferences.Estimate {
    fileprivate init?(_ regression: PanelRegression, confidence: Double) {
        guard let difference = regression.coefficient(0) else { return nil }
        let clusters = regression.clusterCount
        let variance = regression.covarianceCR0(0, 0)
        func corrected(_ parameters: Int) -> Double? {
            regression.correctionCR1(parameters: parameters).map { (variance * $0).squareRoot() }
        }
        func interval(_ error: Double?, _ df: Double?) -> ConfidenceInterval? {
            guard let error, let df,
                let t = SpecialFunctions.studentReach(confidence, df: df)
            else { return nil }
            return ConfidenceInterval(lower: difference - t * error, upper: difference + t * error)
        }
        let robust = regression.varianceCR2(0)
        let errorCR1 = corrected(regression.parameters)
        let errorCR2 = robust?.variance.squareRoot()
        self.init(
            difference: difference, standardErrorCR0: variance.squareRoot(), standardErrorCR1: errorCR1,
            standardErrorCR1Nested: corrected(regression.parameters - clusters + 1),
            dfCR1: clusters - 1, intervalCR1: interval(errorCR1, Double(clusters - 1)),
            standardErrorCR2: errorCR2, dfCR2: robust?.df, intervalCR2: interval(errorCR2, robust?.df),
            cells: regression.rows, parameters: regression.parameters, clusters: clusters)
    }
}

extension DifferenceInDifferences.Coefficient {
    init?(_ regression: PanelRegression, column: Int) {
        guard let estimate = regression.coefficient(column) else { return nil }
        let error = regression.correctionCR1(parameters: regression.parameters).map {
            (regression.covarianceCR0(column, column) * $0).squareRoot()
        }
        let df = Double(regression.clusterCount - 1)
        self.init(
            estimate: estimate, standardError: error,
            pValue: error.flatMap {
                $0 > 0 ? SpecialFunctions.studentTwoSidedTail(estimate / $0, df: df) : nil
            })
    }
}
