internal import Foundation

/// What the kernel says of this process, by the names that Prometheus clients agree on. Source: proc(5).
struct ProcessMetrics {
    var gauges: [String: Double] = [:]
    var cpuSeconds: Double?

    static func read() -> ProcessMetrics {
        var metrics = ProcessMetrics()
        // After the name in brackets, which may hold anything, field 3 comes first.
        let stat = (try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8)) ?? ""
        let fields =
            stat.lastIndex(of: ")").map { stat[stat.index(after: $0)...].split(separator: " ") } ?? []
        func field(_ number: Int) -> Double? {
            fields.indices.contains(number - 3) ? Double(fields[number - 3]) : nil
        }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        metrics.gauges["process_virtual_memory_bytes"] = field(23)
        metrics.gauges["process_resident_memory_bytes"] = field(24).map { $0 * Double(getpagesize()) }
        if let user = field(14), let system = field(15) { metrics.cpuSeconds = (user + system) / ticks }
        if let started = field(22), let booted = bootTime {
            metrics.gauges["process_start_time_seconds"] = booted + started / ticks
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            metrics.gauges["process_open_fds"] = Double(open.count)
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            metrics.gauges["process_max_fds"] = Double(limit.rlim_cur)
        }
        return metrics
    }

    /// Seconds since 1970.
    private static let bootTime: Double? =
        (try? String(contentsOfFile: "/proc/stat", encoding: .utf8))?
        .split(separator: "\n").first { $0.hasPrefix("btime ") }
        .flatMap { Double($0.dropFirst("btime ".count)) }
}
