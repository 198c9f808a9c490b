import Funnel
import Outreach

/// A table of a report before it is drawn: typed cells, so that text, pages and workbooks agree.
struct ReportTable: Sendable {
    enum Kind: Hashable, Sendable {
        case text
        /// Text that stays text in a workbook: administrative codes.
        case code
        case count
        /// This week and cumulative.
        case pair
        /// A quotient that is no part of a whole, such as the completion of a target.
        case quotient
        /// A rate, its fraction and its interval.
        case rate
        case decimal
        /// So many of one thing for so many of another, its fraction and its interval.
        case ratio
        /// An estimate that is no quotient of counts, and its interval.
        case estimate
        /// From a rate to a rate.
        case range
        case day

        var isNumeric: Bool { self != .text && self != .code && self != .day }
    }

    enum Cell: Hashable, Sendable {
        case text(String)
        case count(Int?)
        case pair(WeekAndCumulative?)
        case quotient(Int?, of: Int?)
        case rate(RateEstimate?)
        case decimal(Double?)
        case ratio(RatioEstimate?)
        /// A rate whose fraction and interval stand in cells of their own.
        case share(Double?)
        case probability(Double?)
        case estimate(Double?, ConfidenceInterval?)
        case range(ConfidenceInterval?)
        case day(Day?)
    }

    struct Column: Hashable, Sendable {
        var heading: String
        var kind: Kind
        /// Free text that may take several lines.
        var wraps = false
        /// A bound of the estimate before it: a page sets both bounds beside it.
        var isBound = false

        init(_ heading: String, _ kind: Kind, wraps: Bool = false, isBound: Bool = false) {
            self.heading = heading
            self.kind = kind
            self.wraps = wraps
            self.isBound = isBound
        }
    }

    struct Row: Hashable, Sendable {
        var cells: [Cell]
        var isTotal = false
    }

    /// A stable name: the page's anchor.
    var key: String
    var title: String
    var columns: [Column]
    var rows: [Row]
    /// Sentences that must stand under the table.
    var notes: [String] = []
    /// What stands in place of the rows where there are none.
    var empty: String = Catalogue.nothing
    /// The column of text that a page sets above the rows it is common to: the district.
    var grouping: Int?
    /// A list of cases rather than figures: a phone shows each as a card.
    var isList = false
}

extension ReportTable {
    /// A table as a reader sees it: every cell text, a rate spread over two columns.
    struct Displayed: Sendable {
        struct Heading: Hashable, Sendable {
            var text: String
            var isNumeric: Bool
            var wraps: Bool
        }

        var headings: [Heading]
        var rows: [(cells: [String], isTotal: Bool)]
    }

    func displayed(in words: Catalogue) -> Displayed {
        Displayed(
            headings: columns.flatMap { headings(of: $0, in: words) },
            rows: rows.map { row in
                (row.cells.flatMap { $0.displayed(in: words) }, row.isTotal)
            })
    }

    private func headings(of column: Column, in words: Catalogue) -> [Displayed.Heading] {
        func heading(_ text: String, numeric: Bool) -> Displayed.Heading {
            Displayed.Heading(text: text, isNumeric: numeric, wraps: column.wraps)
        }
        switch column.kind {
        case .text, .code, .day: return [heading(column.heading, numeric: false)]
        case .count, .quotient, .decimal, .range: return [heading(column.heading, numeric: true)]
        case .estimate:
            return [
                heading(column.heading, numeric: true), heading(words["column.ci95"], numeric: true),
            ]
        case .pair:
            return [heading(words("format.pair_heading", ["heading": column.heading]), numeric: true)]
        case .rate, .ratio:
            return [
                heading(words("format.rate_heading", ["heading": column.heading]), numeric: true),
                heading(words["column.ci95"], numeric: true),
            ]
        }
    }
}

extension ReportTable.Cell {
    func displayed(in words: Catalogue) -> [String] {
        switch self {
        case .text(let text): [text]
        case .count(let value): [words.count(value)]
        case .pair(let pair):
            [pair.map { "\(words.count($0.week))/\(words.count($0.cumulative))" } ?? Catalogue.nothing]
        case .quotient(let x, let n): [words.percent(Self.quotient(x, n))]
        case .rate(let estimate): [words.rate(estimate), words.interval(estimate)]
        case .decimal(let value): [words.decimal(value)]
        case .ratio(let estimate): [words.ratio(estimate), words.interval(estimate)]
        case .share(let value): [words.percent(value)]
        case .probability(let value): [words.probability(value)]
        case .estimate(let value, let interval): [words.percent(value), words.range(interval)]
        case .range(let interval): [words.range(interval)]
        case .day(let day): [day?.iso ?? Catalogue.nothing]
        }
    }

    static func quotient(_ x: Int?, _ n: Int?) -> Double? {
        guard let x, let n, n != 0 else { return nil }
        return Double(x) / Double(n)
    }
}
