import PostgresClient

/// `goutong-client-bench CONNINFO one|threads|pipeline|rows COUNT`: what `libpq_peer.c` does, by
/// `PostgresClient`. Prints how many statements, or rows, a second.
@main
struct ClientBenchmark {
    private static let connections = 16
    private static let depth = 64

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 3, let count = Double(words[2]) else {
            throw Failure("usage: goutong-client-bench CONNINFO one|threads|pipeline|rows COUNT")
        }
        let conninfo = words[0]
        let rate =
            switch words[1] {
            case "one": try await one(conninfo, for: .seconds(count))
            case "threads": try await many(conninfo, for: .seconds(count))
            case "pipeline": try await flights(conninfo, for: .seconds(count))
            case "rows": try await rows(conninfo, runs: Int(count))
            default: throw Failure("no such work")
            }
        print(rate)
    }

    private static func one(_ conninfo: String, for length: Duration) async throws -> Double {
        let connection = try await PostgresConnection.connect(to: conninfo)
        return try await rate(for: length) {
            try check(try await connection.query("SELECT 1"))
            return 1
        }
    }

    private static func many(_ conninfo: String, for length: Duration) async throws -> Double {
        try await withThrowingTaskGroup(of: Double.self) { group in
            for _ in 0..<connections { group.addTask { try await one(conninfo, for: length) } }
            return try await group.reduce(0, +)
        }
    }

    private static func flights(_ conninfo: String, for length: Duration) async throws -> Double {
        let connection = try await PostgresConnection.connect(to: conninfo)
        let flight = [SQL](repeating: "SELECT 1", count: depth)
        return try await rate(for: length) {
            let answers = try await connection.pipeline(flight)
            for answer in answers { try check(answer) }
            return answers.count
        }
    }

    private static func rows(_ conninfo: String, runs: Int) async throws -> Double {
        let connection = try await PostgresConnection.connect(to: conninfo)
        let clock = ContinuousClock()
        let start = clock.now
        var read = 0
        for _ in 0..<runs {
            read += try await connection.query(
                "SELECT id, number, share, name, day, moment FROM bench_rows"
            ).decode((Int, Int32, Double, String, PostgresDate, PostgresTimestamp).self).count
        }
        return Double(read) / ((clock.now - start) / .seconds(1))
    }

    private static func check(_ answer: PostgresRows) throws {
        let one: Int32 = try answer.only().decode(Int32.self)
        guard one == 1 else { throw Failure("not 1") }
    }

    private static func rate(for length: Duration, _ step: () async throws -> Int) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        var done = 0
        while clock.now - start < length { done += try await step() }
        return Double(done) / ((clock.now - start) / .seconds(1))
    }
}

private struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
