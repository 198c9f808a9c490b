import Foundation
import Funnel
public import Outreach

/// Numbers and dates as a reader of the language writes them.
extension Catalogue {
    /// What stands where there is nothing to divide by, or nobody counted.
    static let nothing = "—"

    /// A count: grouped in English, plain in Chinese, as federations print it.
    func count(_ value: Int?) -> String {
        guard let value else { return Self.nothing }
        guard language == .en else { return String(value) }
        let digits = String(value.magnitude)
        var grouped = value < 0 ? "-" : ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped
    }

    /// `33.8%`, one decimal; what is hardly below 0 is 0.
    func percent(_ value: Double?) -> String {
        value.map { Self.fixed(abs($0) < 0.000_4 ? 0 : $0 * 100, places: 1) + "%" } ?? Self.nothing
    }

    /// One decimal.
    func decimal(_ value: Double?) -> String {
        value.map { Self.fixed($0, places: 1) } ?? Self.nothing
    }

    /// Three decimals, never shown as 0.
    func probability(_ value: Double?) -> String {
        value.map { $0 < 0.001 ? "<0.001" : Self.fixed($0, places: 3) } ?? Self.nothing
    }

    /// A rate with its fraction: `33.8%（885/2616）`.
    func rate(_ estimate: RateEstimate?) -> String {
        guard let estimate, estimate.rate != nil else { return Self.nothing }
        return self(
            "format.rate",
            ["rate": percent(estimate.rate), "x": count(estimate.x), "n": count(estimate.n)])
    }

    /// So many for so many: `0.52（885/1714）`.
    func ratio(_ estimate: RatioEstimate?) -> String {
        guard let estimate, let value = estimate.value else { return Self.nothing }
        let n = estimate.isWhole ? count(Int(estimate.n)) : Self.fixed(estimate.n, places: 1)
        return self("format.rate", ["rate": places(value), "x": count(estimate.x), "n": n])
    }

    /// `0.48–0.55`.
    func interval(_ estimate: RatioEstimate?) -> String {
        guard let interval = estimate?.interval else { return Self.nothing }
        return "\(places(interval.lower))–\(places(interval.upper))"
    }

    /// Two decimals, three of what is small.
    private func places(_ value: Double) -> String { Self.fixed(value, places: abs(value) < 0.1 ? 3 : 2) }

    /// `32.0%–35.7%`.
    func interval(_ estimate: RateEstimate?) -> String {
        range(estimate?.interval)
    }

    /// The same of any interval of rates.
    func range(_ interval: ConfidenceInterval?) -> String {
        guard let interval else { return Self.nothing }
        return "\(percent(interval.lower))–\(percent(interval.upper))"
    }

    /// A difference of rates in percentage points, signed: `+1.2`.
    func points(_ value: Double?) -> String {
        guard let value else { return Self.nothing }
        let text = Self.fixed(value * 100, places: 1)
        return value > 0 && !text.hasPrefix("0.0") ? "+" + text : text == "-0.0" ? "0.0" : text
    }

    /// `12月24日` or `24 Dec`.
    public func monthAndDay(_ day: Day) -> String {
        let parts = day.parts
        return self("format.month_day", ["d": String(parts.day), "m": month(parts.month)])
    }

    /// `2018年12月24日` or `24 Dec 2018`.
    func date(_ day: Day) -> String {
        let parts = day.parts
        return self(
            "format.date",
            ["d": String(parts.day), "m": month(parts.month), "y": String(parts.year)])
    }

    /// An RFC 3339 instant to the minute, with its offset; the text itself where it is none.
    func instant(_ text: String) -> String {
        let time = text.dropFirst(11).prefix(5)
        guard let day = Day(iso: text.prefix(10)), time.count == 5 else { return text }
        let offset = text.dropFirst(19).drop { $0 == "." || $0.isNumber }
        return self("format.instant", ["date": date(day), "time": String(time), "offset": String(offset)])
    }

    private func month(_ number: Int) -> String { self["month.\(number)"] }

    private static func fixed(_ value: Double, places: Int) -> String {
        String(format: "%.\(places)f", value)
    }
}
