internal import Metrics
internal import PostgresClient

/// Where metrics are kept: a swift-metrics backend whose values are read as Prometheus text.
///
/// Names are Prometheus names already, in base units. A timer is a histogram of seconds, a counter a counter,
/// a recorder that does not aggregate a gauge.
final class MetricsRegistry: Sendable {
    /// One time series: a name with the values of its labels.
    struct Series: Hashable {
        let name: String
        let labels: [Label]

        init(_ name: String, _ labels: [(String, String)]) {
            self.name = name
            self.labels = labels.map { Label(name: $0.0, value: $0.1) }
        }
    }

    struct Label: Hashable {
        let name: String
        let value: String
    }

    struct Histogram {
        /// How many observations fell into each bucket; the last one has no upper bound.
        var counts = [Int](repeating: 0, count: MetricsRegistry.bounds.count + 1)
        var sum = 0.0
    }

    enum Value {
        case counter(Double)
        case gauge(Double)
        case histogram(Histogram)
    }

    /// Upper bounds in seconds: a request is some milliseconds; the longest deadline is a minute.
    static let bounds: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    private let values = Locked<[Series: Value]>([:])

    var all: [Series: Value] { values.withLock { $0 } }

    func add(_ amount: Double, to series: Series) {
        values.withLock { values in
            guard case .counter(let known) = values[series, default: .counter(0)] else { return }
            values[series] = .counter(known + amount)
        }
    }

    func set(_ value: Double, of series: Series) { values.withLock { $0[series] = .gauge(value) } }

    func observe(_ seconds: Double, in series: Series) {
        values.withLock { values in
            guard case .histogram(var histogram) = values[series, default: .histogram(Histogram())] else {
                return
            }
            histogram.counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
            histogram.sum += seconds
            values[series] = .histogram(histogram)
        }
    }
}
