internal import Outreach

extension StatisticFamily {
    static let panels = [
        StatisticFamily(name: "did_panel") { input throws(DocumentIssue) in
            let below = try input.integer("pilot_g_below", in: anyIndex)
            let analysis = DifferenceInDifferences(
                try cells(input), firstWeek: try input.integer("first_post_t", in: anyIndex),
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
            var starts: [Int: Int] = [:]
            let given = try input.object("start_week")
            for (key, value) in given.value.memberList {
                // No second way of writing a number, which could give one township two starts.
                guard let township = Int(key), String(township) == key else {
                    throw given.issue(
                        "key.township", VectorInput.escaped(key),
                        Bilingual(zh: "应为街道（乡镇）编号", en: "must be a township's number"),
                        mend: Bilingual(
                            zh: "用 rows_g_t_x_n 中的 g", en: "use a g of rows_g_t_x_n"))
                }
                if value != .null { starts[township] = try given.integer(key, in: anyIndex) }
            }
            let analysis = StaggeredAdoption(
                try cells(input), weeks: try input.integer("weeks", in: 0...100_000),
                start: { starts[$0] })
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

    private static func cells(_ input: VectorInput) throws(DocumentIssue) -> [PanelCell] {
        let key = "rows_g_t_x_n"
        var cells: [PanelCell] = []
        for (index, row) in try input.rows(key, width: 4, in: anyIndex).enumerated() {
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
