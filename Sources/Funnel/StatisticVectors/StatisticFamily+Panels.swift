internal import Outreach

extension StatisticFamily {
    static let panels = [
        StatisticFamily(name: "did_panel") { input throws(DocumentIssue) in
            let below = try input.integer("pilot_g_below", in: anyIndex)
            let cells = try cells(input)
            try requirePanel(cells, input)
            let analysis = DifferenceInDifferences(
                cells, firstWeek: try input.integer("first_post_t", in: anyIndex),
                confidence: try input.confidence(), isPilot: { $0 < below })
            var out: JSONValue = .members([
                "unweighted": analysis.unweighted.map(estimate) ?? .null,
                "weighted": analysis.weighted.map(estimate) ?? .null,
                "event_study": analysis.eventStudy.map(study) ?? .null,
            ])
            if let slope = analysis.pretrendSlope {
                out = out.replacing(
                    "pretrend_slope",
                    by: .members([
                        "est": .figure(slope.estimate), "se_cr1": .figure(slope.standardError),
                        "p": .figure(slope.pValue),
                    ]))
            }
            return out.replacing("collapsed", by: analysis.collapsed.map(change) ?? .null)
        },
        StatisticFamily(name: "att_gt") { input throws(DocumentIssue) in
            var starts: [Int: Int?] = [:]
            let given = try input.object("start_week")
            for (key, _) in given.value.memberList {
                // No second way of writing a number, which could give one township two starts.
                guard let township = Int(key), String(township) == key else {
                    throw given.issue(
                        "key.township", VectorInput.escaped(key),
                        Bilingual(zh: "应为街道（乡镇）编号", en: "must be a township's number"),
                        mend: Bilingual(
                            zh: "用 rows_g_t_x_n 中的 g", en: "use a g of rows_g_t_x_n"))
                }
                var start: Int?
                if given.has(key) { start = try given.integer(key, in: anyIndex) }
                starts.updateValue(start, forKey: township)
            }
            let (cells, weeks) = (try cells(input), try input.integer("weeks", in: 0...weekLimit))
            // Whoever is left out is not thereby one that never started.
            if let cell = cells.first(where: { starts[$0.township] == nil }) {
                throw given.issue(
                    "key.required", String(cell.township),
                    Bilingual(
                        zh: "rows_g_t_x_n 中的街道（乡镇）都要填", en: "required of each township of rows_g_t_x_n"),
                    mend: Bilingual(zh: "填开始的周，从未开始的填 null", en: "give its week of start, or null for never"))
            }
            try requireAdoption(cells, weeks: weeks, starts: starts.compactMapValues(\.self), input)
            let analysis = StaggeredAdoption(cells, weeks: weeks) { starts[$0] ?? nil }
            return .members([
                "att_gt": .array(
                    analysis.effects.map {
                        .members([
                            "g": .integer($0.cohort), "t": .integer($0.week), "att": .figure($0.effect),
                            "se": .figure($0.standardError),
                        ])
                    }),
                "simple": .figure(analysis.overall),
            ])
        },
    ]

    private static let anyIndex = -1_000_000_000...1_000_000_000
    private static let key = "rows_g_t_x_n"

    /// Ten years.
    private static let weekLimit = 520
    /// Steps of arithmetic, some minutes: 336 streets in five years have 6·10⁹.
    private static let panelLimit = 10_000_000_000
    private static let adoptionLimit = 100_000_000
    private static let smallerPanel = Bilingual(
        zh: "例如按月汇总，或少取街道（乡镇）", en: "add weeks up to months, or take fewer townships")

    /// Matrices are as wide as there are weeks, and townships are held against each other.
    private static func requirePanel(_ cells: [PanelCell], _ input: VectorInput) throws(DocumentIssue) {
        let (weeks, townships) = (Set(cells.map(\.week)).count, Set(cells.map(\.township)).count)
        guard weeks <= weekLimit else {
            throw input.tooLarge(
                "panel.too_large", key, zh: "最多 \(weekLimit) 个不同的周",
                en: "must have at most \(weekLimit) weeks",
                mend: smallerPanel)
        }
        guard (cells.count * weeks + townships * townships) * weeks <= panelLimit else {
            throw input.tooLarge(
                "panel.too_large", key, zh: "街道（乡镇）和周合起来过多",
                en: "has too many townships and weeks together", mend: smallerPanel)
        }
    }

    /// Each cohort is held against those that never started, week by week.
    private static func requireAdoption(
        _ cells: [PanelCell], weeks: Int, starts: [Int: Int], _ input: VectorInput
    ) throws(DocumentIssue) {
        let townships = Set(cells.map(\.township))
        let cohorts = Set(townships.compactMap { starts[$0] }.filter { (1...max(1, weeks)).contains($0) })
        guard weeks * cohorts.count * townships.count <= adoptionLimit else {
            throw input.tooLarge(
                "panel.too_large", key, zh: "街道（乡镇）、周和开始的批次合起来过多",
                en: "has too many townships, weeks and starts together", mend: smallerPanel)
        }
    }

    private static func cells(_ input: VectorInput) throws(DocumentIssue) -> [PanelCell] {
        var seen: Set<[Int]> = []
        var cells: [PanelCell] = []
        for (index, row) in try input.rows(key, width: 4, in: anyIndex).enumerated() {
            guard seen.insert([row[0], row[1]]).inserted else {
                throw input.issue(
                    "row.duplicate", "\(key)/\(index)",
                    Bilingual(zh: "同一街道（乡镇）同一周出现两次", en: "one township in one week stands twice"),
                    mend: Bilingual(zh: "合并为一行", en: "make one row of the two"))
            }
            guard row[2] >= 0 else { throw input.outside("\(key)/\(index)/2", "0", "n") }
            cells.append(
                PanelCell(
                    township: row[0], week: row[1],
                    counts: try input.proportion(row[2], of: row[3], at: "\(key)/\(index)/2")))
        }
        return cells
    }

    private static func estimate(_ estimate: DifferenceInDifferences.Estimate) -> JSONValue {
        .members([
            "did": .figure(estimate.difference), "se_cr0": .figure(estimate.standardErrorCR0),
            "se_cr1": .figure(estimate.standardErrorCR1),
            "se_cr1_nested": .figure(estimate.standardErrorCR1Nested),
            "df_cr1": .integer(estimate.dfCR1), "ci_cr1": .ends(estimate.intervalCR1),
            "se_cr2": .figure(estimate.standardErrorCR2), "df_satt": .figure(estimate.dfCR2),
            "ci_cr2": .ends(estimate.intervalCR2), "N": .integer(estimate.cells),
            "K": .integer(estimate.parameters), "G": .integer(estimate.clusters),
        ])
    }

    private static func study(_ study: EventStudy) -> JSONValue {
        .members([
            "reference": .integer(-1),
            "coef": .object(
                study.weeks.map { week in
                    .init(
                        "e\(week.week)",
                        .members([
                            "est": .figure(week.coefficient?.estimate),
                            "se_cr1": .figure(week.coefficient?.standardError),
                        ]))
                }),
            "pretrend": study.pretrend.map {
                .members([
                    "F": .figure($0.f), "q": .integer($0.df1), "df2": .integer($0.df2),
                    "p": .figure($0.pValue),
                ])
            } ?? .null,
        ])
    }

    private static func change(_ change: CollapsedChange) -> JSONValue {
        .members([
            "did": .figure(change.difference), "se": .figure(change.standardError),
            "df": .figure(change.df), "ci": .ends(change.interval), "p": .figure(change.pValue),
        ])
    }
}
