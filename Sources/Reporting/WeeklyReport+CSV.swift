import Funnel
import Outreach

extension WeeklyReport {
    /// Every figure as one tidy table: `section,code,name,measure,period,value,n,rate,ci_low,ci_high,shrunk,
    /// shrunk_low,shrunk_high,signal`.
    ///
    /// A rate stands in one row: `value` is its x, beside its `n`. The columns of numbers hold numbers
    /// alone; what describes the report itself stands in `code`. Keys are the contract's, names are in
    /// the language asked for.
    public func csv(profile: CSVWriter.Profile, language: Language) -> String {
        var sheet = TidyFigures(words: Catalogue(language), writer: CSVWriter(profile: profile))
        sheet.writeReport(self)
        sheet.writeHeadline(figures)
        sheet.writeFunnel(self)
        let (matured, cumulative) = (shrinkage(), cumulativeShrinkage())
        for (index, unit) in figures.districts.enumerated() {
            sheet.write(
                unit, assessment.districts[index].point, matured.districts[index],
                cumulative.districts[index], section: "district")
        }
        for (index, unit) in figures.areas.enumerated() {
            sheet.write(
                unit, assessment.areas[index].point, matured.areas[index], cumulative.areas[index],
                section: "area")
        }
        sheet.writeQuality(figures, nameOf: unitName)
        sheet.writeStated(figures)
        return sheet.writer.text
    }
}

/// The rows of the tidy table, in the order of the report.
private struct TidyFigures {
    let words: Catalogue
    var writer: CSVWriter

    init(words: Catalogue, writer: CSVWriter) {
        self.words = words
        self.writer = writer
        self.writer.write(header: [
            "section", "code", "name", "measure", "period", "value", "n", "rate", "ci_low", "ci_high",
            "shrunk", "shrunk_low", "shrunk_high", "signal",
        ])
    }

    mutating func writeReport(_ report: WeeklyReport) {
        let figures = report.figures
        let facts: [(code: String, name: String, measure: String)] = [
            (
                figures.synthetic ? "true" : "false",
                words[figures.synthetic ? "synthetic.banner" : "readme.no"], "synthetic"
            ),
            (WeeklyReport.schema, words["readme.what"], "schema"),
            (figures.week.name, words["readme.week"], "week"),
            (figures.week.start.iso, words["readme.from"], "from"),
            (figures.week.end.iso, words["readme.to"], "to"),
            (figures.since.iso, words["readme.since"], "since"),
            (figures.asKnownAt, words["readme.as_known_at"], "as_known_at"),
            (figures.definition.hash, words["readme.hash"], "definition"),
        ]
        for code in figures.scope ?? [] {
            write("report", code: code, name: report.unitName(code), measure: "scope")
        }
        for fact in facts {
            write("report", code: fact.code, name: fact.name, measure: fact.measure)
        }
    }

    mutating func writeHeadline(_ figures: WeeklyFigures) {
        for measure in HeadlineMeasure.allCases {
            let counts = figures.headline[measure]
            let periods: [(String, Int?)] = [
                ("week", counts?.week), ("previous", counts?.previous), ("late", counts?.late),
                ("year", counts?.year), ("cumulative", counts?.cumulative), ("target", counts?.target),
            ]
            for (period, value) in periods {
                write(
                    "headline", name: words["measure.\(measure.rawValue)"], measure: measure.rawValue,
                    period: period, value: value)
            }
        }
    }

    mutating func writeFunnel(_ report: WeeklyReport) {
        let figures = report.figures
        write("firm_funnel", name: words["measure.firms_met"], measure: "met", value: figures.firmFunnel.met)
        for step in report.firmSteps {
            write(
                "firm_funnel", name: words["firm_step.\(step.key.rawValue)"], measure: step.key.rawValue,
                value: step.count, estimate: step.ofFirst)
        }
        write("firm_funnel", parts: report.firmOutcomes, prefix: "standing")
        write(
            "rates", name: words["rate.cumulative_intent_rate"], measure: "cumulative_intent_rate",
            value: report.cumulativeIntentRate.x, estimate: report.cumulativeIntentRate)
        write(
            "rates",
            name: words(
                "rate.matured_intent_rate", ["window": words.window(of: figures.definition)]),
            measure: "matured_intent_rate", value: report.maturedIntentRate?.x,
            estimate: report.maturedIntentRate)
        write("intent_reconciliation", parts: report.reconciliationParts, prefix: "reconciliation")
        write("intent_outcomes", parts: report.outcomeParts, prefix: "outcome")
        for step in report.workerSteps {
            write(
                "worker_funnel", name: words["worker_step.\(step.key)"], measure: step.key,
                value: step.count, estimate: step.ofPrevious)
        }
        write("worker_standing", parts: report.workerStandings, prefix: "worker_standing")
    }

    mutating func write(
        _ unit: UnitFigures, _ point: ControlChart.Point, _ shrunk: WeeklyShrinkage.Unit?,
        _ cumulative: WeeklyShrinkage.Unit?, section: String
    ) {
        for measure in HeadlineMeasure.allCases {
            let counts = unit.measures[measure]
            for (period, value) in [("week", counts?.week), ("cumulative", counts?.cumulative)] {
                write(
                    section, code: unit.code, name: unit.name, measure: measure.rawValue,
                    period: period, value: value)
            }
        }
        write(
            section, code: unit.code, name: unit.name, measure: "intent_rate", value: unit.intentRate.x,
            estimate: RateEstimate(unit.intentRate), shrunk: cumulative?.rate)
        let matured = unit.cohorts.matured
        write(
            section, code: unit.code, name: unit.name, measure: "matured_intent_rate", value: matured.x,
            estimate: RateEstimate(matured), shrunk: shrunk?.rate,
            signal: point.band == nil ? nil : point.signal)
    }

    mutating func writeQuality(_ figures: WeeklyFigures, nameOf: (String) -> String) {
        for line in figures.conservation {
            let parts: [(String, Int)] = [
                ("areas", line.areas), ("unassigned", line.unassigned), ("overlap", line.overlap),
                ("city", line.city),
            ]
            for (part, value) in parts {
                write(
                    "conservation", code: part, name: words["measure.\(line.figure.rawValue)"],
                    measure: line.figure.rawValue, period: "cumulative", value: value)
            }
        }
        for line in figures.completeness {
            let name = nameOf(line.code)
            let parts: [(String, Int?)] =
                [
                    ("expected", line.expected), ("held", line.held),
                    ("declared_none", line.declaredNone ? 1 : 0), ("unreported", line.unreported ? 1 : 0),
                ] + (line.submitted ? [("submitted", 1)] : [])
            for (measure, value) in parts {
                write(
                    "completeness", code: line.code, name: name, measure: measure, period: "week",
                    value: value)
            }
        }
    }

    /// What was declared beside what is recorded, and how far targets are reached: each number a row, and where it
    /// stands in the name of another.
    mutating func writeStated(_ figures: WeeklyFigures) {
        for total in figures.declared {
            let period = "\(total.from.iso)/\(total.to.iso)"
            let name =
                total.isWhole
                ? words.language == .zh ? figures.federation.zh : figures.federation.en : total.name
            for (section, value) in [
                ("declared", total.declared), ("declared_recorded", total.recorded),
                ("declared_difference", total.difference),
            ] {
                write(
                    section, code: total.code, name: name, measure: total.figure.rawValue, period: period,
                    value: value)
            }
            write(
                "declared_source", code: total.code,
                name: [total.source, total.declaredBy, total.receivedOn?.iso].compactMap(\.self)
                    .joined(separator: words["format.list_separator"]),
                measure: total.figure.rawValue, period: period, value: nil)
        }
        for target in figures.targets {
            let period = "\(target.from.iso)/\(target.to.iso)"
            let name =
                target.isWhole
                ? words.language == .zh ? figures.federation.zh : figures.federation.en : target.name
            for (section, value) in [("target", target.target), ("target_reached", target.reached)] {
                write(
                    section, code: target.code, name: name, measure: target.figure.rawValue, period: period,
                    value: value)
            }
        }
    }

    private mutating func write(
        _ section: String, parts: [(key: String, count: Int)], prefix: String
    ) {
        for part in parts {
            write(section, name: words["\(prefix).\(part.key)"], measure: part.key, value: part.count)
        }
    }

    private mutating func write(
        _ section: String, code: String? = nil, name: String, measure: String, period: String = "cumulative",
        value: Int?, estimate: RateEstimate? = nil, shrunk: ShrunkenRate? = nil,
        signal: ControlChart.Signal? = nil
    ) {
        writer.write(row: [
            .text(section), .init(code), .text(name), .text(measure), .text(period), .init(value),
            .init(estimate?.n), .init(estimate?.rate), .init(estimate?.interval?.lower),
            .init(estimate?.interval?.upper), .init(shrunk?.mean), .init(shrunk?.interval.lower),
            .init(shrunk?.interval.upper), .init(signal?.rawValue),
        ])
    }

    /// A row about the report itself, without figures.
    private mutating func write(_ section: String, code: String, name: String, measure: String) {
        let empty = [CSVWriter.Field](repeating: .empty, count: 10)
        writer.write(row: [.text(section), .text(code), .text(name), .text(measure)] + empty)
    }
}
