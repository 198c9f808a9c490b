internal import Foundation
public import Outreach
public import PostgresClient

/// A number of the weekly report with the rows behind it, as programs read it: the same from the terminal and over
/// HTTP.
public struct ExplainedFigure: Sendable {
    /// Its path, as it was asked for.
    let figure: String
    let week: Week
    let moment: PostgresTimestamp
    let isSynthetic: Bool
    let rows: [FigureRow]

    public init(
        figure: String, week: Week, at moment: PostgresTimestamp, of federation: Federation, rows: [FigureRow]
    ) {
        self.figure = figure
        self.week = week
        self.moment = moment
        isSynthetic = federation.synthetic
        self.rows = rows
    }

    public var json: JSONValue {
        .object([
            .init("figure", .string(figure)), .init("week", .string(week.name)),
            .init("as_known_at", .string(OfficeTime.text(of: moment))),
            .init("synthetic", .bool(isSynthetic)),
            .init("value", .integer(rows.reduce(0) { $0 + $1.counts })),
            .init("rows", .array(rows.map(\.json))),
        ])
    }
}

extension FigureRow {
    var json: JSONValue {
        .object([
            .init("kind", .string(kind.rawValue)), .init("id", .string(id.uuidString.lowercased())),
            .init("meeting", Self.text(meeting)), .init("firm", Self.text(firm)),
            .init("milestone", Self.text(milestone)), .init("on", .string(day.iso)),
            .init("area", Self.text(area)), .init("counts", .integer(counts)),
        ])
    }

    private static func text(_ value: (some CustomStringConvertible)?) -> JSONValue {
        guard let value else { return .null }
        return .string(value.description)
    }
}

extension FigureKey {
    /// The district or area that the number is of; nil for the city's.
    public var unit: String? {
        switch self {
        case .measure(_, _, let unit): unit
        case .held(let unit), .matured(_, let unit): unit
        default: nil
        }
    }

    /// What names none of the report's numbers.
    public static func unknown(at pointer: String) -> DocumentIssue {
        DocumentIssue(
            code: "figure.unknown", pointer: pointer,
            rule: Bilingual(
                zh: "周报中没有这个数字，或它不是由登记逐行构成的",
                en: "the weekly report has no such number, or it is not made of rows"),
            mend: Bilingual(
                zh: "例如 headline.founding_intents.week、firm_funnel.open、intent_outcomes.established；"
                    + "比率请查它的 x 和 n，例如 rates.cumulative_intent_rate.x",
                en:
                    "for example headline.founding_intents.week, firm_funnel.open, intent_outcomes.established; "
                    + "of a rate ask for its x and n, such as rates.cumulative_intent_rate.x"))
    }
}
