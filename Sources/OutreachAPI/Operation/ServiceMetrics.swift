internal import Hummingbird
internal import Metrics
internal import OutreachStore
internal import PostgresClient
internal import Synchronization

/// What the service counts, by name.
final class ServiceMetrics: Sendable {
    let registry = MetricsRegistry()
    private let underWay = Atomic(0)

    func began() { underWay.add(1, ordering: .relaxed) }
    func ended() { underWay.subtract(1, ordering: .relaxed) }

    func answered(
        method: HTTPRequest.Method, route: RouteLabel, status: HTTPResponse.Status, took: Duration,
        sqlClass: String?
    ) {
        let labels = [("method", "\(MethodLabel(method))"), ("route", "\(route)")]
        Counter(
            label: "goutong_http_requests_total", dimensions: labels + [("status", "\(status.code)")],
            factory: registry
        ).increment()
        Metrics.Timer(
            label: "goutong_http_request_duration_seconds", dimensions: labels, factory: registry
        ).recordNanoseconds(Int64(took.seconds * 1e9))
        if let sqlClass {
            Counter(
                label: "goutong_sql_errors_total", dimensions: [("class", sqlClass)], factory: registry
            ).increment()
        }
    }

    /// A background task's round came to nothing.
    func failed(task: String) {
        Counter(
            label: "goutong_task_failures_total", dimensions: [("task", task)], factory: registry
        ).increment()
    }

    func drained(_ firms: Int) {
        Counter(label: "goutong_journeys_drained_total", factory: registry).increment(by: firms)
    }

    func stands(_ standing: LedgerStanding, in federation: String) {
        let labels = [("federation", federation)]
        gauge("goutong_audit_unsealed_entries", labels, Double(standing.unsealed))
        gauge("goutong_journeys_queued", labels, Double(standing.queued))
        // A federation that never reported has no age.
        if let age = standing.reportAge { gauge("goutong_report_age_seconds", labels, age) }
    }

    /// Everything, with what is only known when asked.
    func text(pool: PostgresPool.Standing, isReady: Bool) -> String {
        gauge("goutong_ready", [], isReady ? 1 : 0)
        gauge("goutong_http_requests_in_flight", [], Double(underWay.load(ordering: .relaxed)))
        gauge("goutong_pool_size_connections", [], Double(pool.size))
        gauge("goutong_pool_connections", [("state", "idle")], Double(pool.idle))
        gauge("goutong_pool_connections", [("state", "lent")], Double(pool.lent))
        gauge("goutong_pool_waiting_tasks", [], Double(pool.waiting))
        for (name, value) in ProcessMetrics.read().gauges { gauge(name, [], value) }
        var values = registry.all
        func counter(_ name: String, _ value: Double) {
            values[MetricsRegistry.Series(name, [])] = .counter(value)
        }
        counter("goutong_pool_acquired_total", Double(pool.acquired))
        counter("goutong_pool_refused_total", Double(pool.refused))
        counter("goutong_pool_acquire_seconds_total", pool.waited.seconds)
        if let cpu = ProcessMetrics.read().cpuSeconds { counter("process_cpu_seconds_total", cpu) }
        return MetricsText.rendered(values, help: Self.help)
    }

    private func gauge(_ name: String, _ labels: [(String, String)], _ value: Double) {
        Gauge(label: name, dimensions: labels, factory: registry).record(value)
    }

    private static let help = [
        "goutong_http_requests_total": "Requests answered, by method, declared route and status.",
        "goutong_http_request_duration_seconds": "From the head of a request to the head of its answer.",
        "goutong_http_requests_in_flight": "Requests under way.",
        "goutong_ready": "1 where /ready says so.",
        "goutong_sql_errors_total": "Requests that failed in the database, by class of the SQLSTATE.",
        "goutong_task_failures_total": "Rounds of a background task that came to nothing.",
        "goutong_journeys_drained_total": "Firms whose journeys were derived anew.",
        "goutong_journeys_queued": "Firms whose journeys wait to be derived anew.",
        "goutong_audit_unsealed_entries": "Entries of the audit that are not chained yet.",
        "goutong_report_age_seconds": "Since a report last fixed its moment.",
        "goutong_pool_size_connections": "The greatest number of database connections.",
        "goutong_pool_connections": "Database connections, idle or lent.",
        "goutong_pool_waiting_tasks": "Tasks that wait for a database connection.",
        "goutong_pool_acquired_total": "Database connections lent.",
        "goutong_pool_refused_total": "Times that no database connection could be had.",
        "goutong_pool_acquire_seconds_total": "Time spent waiting for database connections.",
        "process_resident_memory_bytes": "Resident memory size in bytes.",
        "process_virtual_memory_bytes": "Virtual memory size in bytes.",
        "process_open_fds": "Number of open file descriptors.",
        "process_max_fds": "Maximum number of open file descriptors.",
        "process_start_time_seconds": "Start time of the process since unix epoch in seconds.",
        "process_cpu_seconds_total": "Total user and system CPU time spent in seconds.",
    ]
}
