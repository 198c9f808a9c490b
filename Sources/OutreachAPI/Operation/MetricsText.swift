/// Metrics in Prometheus' text format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
enum MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// - Parameter help: a sentence for each name; a name without one goes without.
    static func rendered(
        _ values: [MetricsRegistry.Series: MetricsRegistry.Value], help: [String: String]
    ) -> String {
        var text = ""
        for (name, family) in Dictionary(grouping: values, by: \.key.name).sorted(by: { $0.key < $1.key }) {
            guard let kind = family.first?.value.kind else { continue }
            if let sentence = help[name] { text += "# HELP \(name) \(sentence)\n" }
            text += "# TYPE \(name) \(kind)\n"
            for (series, value) in family.sorted(by: { labels($0.key) < labels($1.key) }) {
                text += lines(series, value)
            }
        }
        return text
    }

    private static func lines(
        _ series: MetricsRegistry.Series, _ value: MetricsRegistry.Value
    ) -> String {
        switch value {
        case .counter(let number), .gauge(let number):
            return "\(series.name)\(labels(series)) \(text(number))\n"
        case .histogram(let histogram):
            var lines = ""
            var below = 0
            for (count, bound) in zip(histogram.counts, MetricsRegistry.bounds.map(text) + ["+Inf"]) {
                below += count
                lines += "\(series.name)_bucket\(labels(series, and: bound)) \(below)\n"
            }
            return lines + "\(series.name)_sum\(labels(series)) \(text(histogram.sum))\n"
                + "\(series.name)_count\(labels(series)) \(below)\n"
        }
    }

    private static func labels(_ series: MetricsRegistry.Series, and bound: String? = nil) -> String {
        var pairs = series.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
        if let bound { pairs.append("le=\"\(bound)\"") }
        return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
    }
}

extension MetricsRegistry.Value {
    fileprivate var kind: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}
