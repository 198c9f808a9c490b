internal import Outreach

extension StatisticFamily {
    /// Townships drawn in a bootstrap: of 40,000, some 25,000 times.
    private static let drawLimit = 1_000_000_000

    /// Pilot against comparison.
    static let comparison = [
        StatisticFamily(name: "cluster_diff") { input throws(DocumentIssue) in
            let pilot = try input.object("pilot").proportions()
            let comparison = try input.object("comparison").proportions()
            let confidence = try input.confidence()
            let difference = ClusterDifference(
                pilot: pilot, comparison: comparison, confidence: confidence)
            var bootstrap: ClusterBootstrap?
            if let difference, input.has("B") {
                let count = try input.integer("B", in: 1...1_000_000)
                guard count * (pilot.count + comparison.count) <= drawLimit else {
                    throw input.tooLarge(
                        "number.too_large", "B", zh: "抽样次数乘以街道（乡镇）数不能大于 \(drawLimit)",
                        en: "times the townships must not be greater than \(drawLimit)",
                        mend: Bilingual(zh: "减少抽样次数，例如 1999", en: "draw fewer times, 1999 for example"))
                }
                bootstrap = ClusterBootstrap(difference, seed: try seed(input), count: count)
            }
            let counted = pilot + comparison
            return .members([
                "cluster_robust": .members([
                    "p_pilot": .figure(Proportion(sumOf: pilot).rate),
                    "p_comparison": .figure(Proportion(sumOf: comparison).rate),
                    "diff": .figure(difference?.difference),
                    "G": .integer(counted.count { $0.n > 0 }), "N": .integer(Proportion(sumOf: counted).n),
                    "se_cr0": .figure(difference?.standardErrorCR0),
                    "se_cr1": .figure(difference?.standardErrorCR1),
                    "df_cr1": .count(difference?.dfCR1), "ci_cr1": .ends(difference?.intervalCR1),
                    "se_cr2": .figure(difference?.standardErrorCR2),
                    "df_satt": .figure(difference?.dfCR2), "ci_cr2": .ends(difference?.intervalCR2),
                ]),
                "bootstrap": bootstrap.map { answer($0, of: difference) } ?? .null,
            ])
        },
        StatisticFamily(name: "randomisation") { input throws(DocumentIssue) in
            let test = RandomisationTest(
                pilot: try input.numbers("pilot"), comparison: try input.numbers("comparison"),
                seed: input.has("seed") ? try seed(input) : 0)
            return .members([
                "diff": .figure(test?.difference), "assignments": .count(test?.assignments),
                "p_two_sided": .figure(test?.pValue),
            ])
        },
        StatisticFamily(name: "mde_cluster") { input throws(DocumentIssue) in
            input.has("icc_from") ? try correlation(input) : try detectable(input)
        },
    ]

    private static func answer(
        _ bootstrap: ClusterBootstrap, of difference: ClusterDifference?
    ) -> JSONValue {
        .members([
            "seed": Int(exactly: bootstrap.seed).map { .integer($0) } ?? .string(String(bootstrap.seed)),
            "B": .integer(bootstrap.replicates.count), "theta": .figure(difference?.difference),
            "first3": .figures(Array(bootstrap.replicates.prefix(3))), "mean": .figure(bootstrap.mean),
            "sd": .figure(bootstrap.standardDeviation), "percentile": .ends(bootstrap.percentile),
            "z0": .figure(bootstrap.biasCorrection), "accel": .figure(bootstrap.acceleration),
            "bca": .ends(bootstrap.bca),
        ])
    }

    private static func correlation(_ input: VectorInput) throws(DocumentIssue) -> JSONValue {
        let anova = IntraclassCorrelation(try input.object("icc_from").proportions())
        return .members([
            "anova": anova.map {
                .members([
                    "msb": .figure($0.meanSquareBetween), "msw": .figure($0.meanSquareWithin),
                    "n0": .figure($0.typicalSize), "icc": .figure($0.value),
                ])
            } ?? .null
        ])
    }

    private static func detectable(_ input: VectorInput) throws(DocumentIssue) -> JSONValue {
        let (pilot, comparison) = (try input.integers("pilot_n"), try input.integers("comparison_n"))
        let correlation = try input.number("icc", in: -1...1)
        let difference = MinimumDetectableDifference(
            baseline: try input.number("p0", in: 0...1), pilotSizes: pilot, comparisonSizes: comparison,
            correlation: correlation, alpha: try input.share("alpha", or: 0.05),
            power: try input.share("power", or: 0.8))
        let effects = [pilot, comparison].map { DesignEffect(sizes: $0, correlation: correlation) }
        return .members([
            "deff_pilot": .figure(effects[0]?.factor), "deff_comparison": .figure(effects[1]?.factor),
            "ess_pilot": .figure(effects[0]?.effectiveSize),
            "ess_comparison": .figure(effects[1]?.effectiveSize),
            "df": .count(difference?.degreesOfFreedom), "mult": .figure(difference?.multiplier),
            "mde_simple": .figure(difference?.simple), "mde_up": .figure(difference?.up),
            "mde_down": .figure(difference?.down),
        ])
    }
}
