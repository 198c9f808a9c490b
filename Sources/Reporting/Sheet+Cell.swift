import Funnel
import Outreach

extension ReportTable.Column {
    /// A rate or a ratio takes five columns in a workbook, an estimate three, a pair two: each number its own cell.
    func sheetHeadings(in words: Catalogue) -> [String] {
        switch kind {
        case .pair:
            [
                words("format.pair_week", ["heading": heading]),
                words("format.pair_cumulative", ["heading": heading]),
            ]
        case .rate, .ratio:
            [
                words("column.numerator", ["heading": heading]),
                words("column.denominator", ["heading": heading]), heading,
                words("column.ci_low", ["heading": heading]),
                words("column.ci_high", ["heading": heading]),
            ]
        case .estimate:
            [
                heading, words("column.ci_low", ["heading": heading]),
                words("column.ci_high", ["heading": heading]),
            ]
        case .range:
            [words("column.low", ["heading": heading]), words("column.high", ["heading": heading])]
        case .text, .code, .count, .quotient, .decimal, .day: [heading]
        }
    }
}

extension Sheet {
    /// Writes a cell of a report from `column` on: a rate into five cells, a pair into two.
    func write(
        _ cell: ReportTable.Cell, _ row: Int, _ column: Int, wraps: Bool, isTotal: Bool
    ) throws(WorkbookError) {
        func look(_ format: CellFormat) -> CellFormat { isTotal ? .total(format) : format }
        func put(_ value: Double?, _ column: Int, _ format: CellFormat) throws(WorkbookError) {
            if let value {
                try write(value, row, column, look(format))
            } else {
                try write(Catalogue.nothing, row, column, look(.percent))
            }
        }
        switch cell {
        case .text(let text): try write(text, row, column, look(wraps ? .wrapped : .text))
        case .count(let value): try put(value.map(Double.init), column, .count)
        case .pair(let pair):
            try put(pair.map { Double($0.week) }, column, .count)
            try put(pair.map { Double($0.cumulative) }, column + 1, .count)
        case .quotient(let x, let n): try put(ReportTable.Cell.quotient(x, n), column, .percent)
        case .decimal(let value): try put(value, column, .decimal)
        case .share(let value): try put(value, column, .percent)
        case .probability(let value): try put(value, column, .probability)
        case .estimate(let value, let interval):
            try put(value, column, .percent)
            try put(interval?.lower, column + 1, .percent)
            try put(interval?.upper, column + 2, .percent)
        case .range(let interval):
            try put(interval?.lower, column, .percent)
            try put(interval?.upper, column + 1, .percent)
        case .day(let day?): try write(day, row, column, look(.day))
        case .day(nil): try put(nil, column, .text)
        case .ratio(let estimate):
            try put(estimate.map { Double($0.x) }, column, .count)
            try put(estimate?.n, column + 1, estimate.map(\.isWhole) == false ? .decimal : .count)
            try put(estimate?.value, column + 2, .probability)
            try put(estimate?.interval?.lower, column + 3, .probability)
            try put(estimate?.interval?.upper, column + 4, .probability)
        case .rate(let estimate):
            try put(estimate.map { Double($0.x) }, column, .count)
            try put(estimate.map { Double($0.n) }, column + 1, .count)
            if let rate = estimate?.rate {
                let (x, n) = (CellName.text(row, column), CellName.text(row, column + 1))
                try write(formula: "=\(x)/\(n)", cached: rate, row, column + 2, look(.percent))
            } else {
                try put(nil, column + 2, .percent)
            }
            try put(estimate?.interval?.lower, column + 3, .percent)
            try put(estimate?.interval?.upper, column + 4, .percent)
        }
    }
}
