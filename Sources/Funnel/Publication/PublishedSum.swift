/// Where counts are added up: the units of one arm in one district, or all units of the arm.
struct PublishedScope: Hashable {
    /// nil: the whole arm.
    let district: String?

    static let arm = PublishedScope(district: nil)
}

/// A pair of counts over some months, in one arm, as it is or would be published.
struct PublishedSum: Hashable {
    let scope: PublishedScope
    let stage: PilotStage
    let months: ClosedRange<PilotMonth>
    var numerator: Int
    var denominator: Int

    /// What it is of, whatever it amounts to.
    struct Key: Hashable {
        let scope: PublishedScope
        let stage: PilotStage
        let months: ClosedRange<PilotMonth>
    }

    var key: Key { Key(scope: scope, stage: stage, months: months) }

    var isMonth: Bool { months.lowerBound == months.upperBound }

    func isDisclosive(_ rule: SuppressionRule) -> Bool {
        rule.isDisclosive(
            counted: numerator, of: denominator, isSensitive: stage.isSensitive)
    }
}
