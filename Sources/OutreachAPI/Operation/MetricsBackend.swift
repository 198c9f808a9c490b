internal import Metrics

extension MetricsRegistry: MetricsFactory {
    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(registry: self, series: Series(label, dimensions))
    }

    func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        Handler(registry: self, series: Series(label, dimensions))
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(registry: self, series: Series(label, dimensions))
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    /// One series, as the front end holds it.
    private final class Handler: CounterHandler, RecorderHandler, TimerHandler {
        private let registry: MetricsRegistry
        private let series: Series

        init(registry: MetricsRegistry, series: Series) {
            self.registry = registry
            self.series = series
        }

        func increment(by amount: Int64) { registry.add(Double(amount), to: series) }
        // A counter that starts again would look like a restart.
        func reset() {}
        func record(_ value: Int64) { registry.set(Double(value), of: series) }
        func record(_ value: Double) { registry.set(value, of: series) }
        func recordNanoseconds(_ duration: Int64) { registry.observe(Double(duration) * 1e-9, in: series) }
    }
}
