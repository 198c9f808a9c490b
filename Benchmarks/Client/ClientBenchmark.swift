import PostgresClient

/// What `libpq_peer.c` and `psql` do, by `PostgresClient`:
///
///     goutong-client-bench CONNINFO one|threads|threads-in-place|pipeline|pipeline-in-place SECONDS
///     goutong-client-bench CONNINFO rows RUNS
///     goutong-client-bench CONNINFO copy-in|copy-out FILE
///
/// Prints how many statements, or rows, a second.
@main
struct ClientBenchmark {
    private static let connections = 16
    private static let depth = 64

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 3 else { throw Failure("usage: goutong-client-bench CONNINFO WORK COUNT|FILE") }
        let (conninfo, work) = (words[0], words[1])
        let rate =
            switch work {
            case "one": try await one(conninfo, for: seconds(words[2]))
            case "threads": try await many(conninfo) { try await statements(on: $0, for: seconds(words[2])) }
            case "threads-in-place":
                try await many(conninfo) { connection in
                    try await connection.inPlace { try await statements(on: $0, for: seconds(words[2])) }
                }
            case "pipeline":
                try await flights(
                    on: try await PostgresConnection.connect(to: conninfo), for: seconds(words[2]))
            case "pipeline-in-place":
                try await PostgresConnection.connect(to: conninfo).inPlace {
                    try await flights(on: $0, for: seconds(words[2]))
                }
            case "rows": try await rows(conninfo, runs: Int(number(words[2])))
            case "copy-in": try await CopyBenchmark.copyIn(conninfo, from: words[2])
            case "copy-out": try await CopyBenchmark.copyOut(conninfo, to: words[2])
            default: throw Failure("no such work")
            }
        print(rate)
    }

    private static func number(_ word: String) throws -> Double {
        guard let number = Double(word) else { throw Failure("not a number") }
        return number
    }

    private static func seconds(_ word: String) throws -> Duration { .seconds(try number(word)) }

    private static func one(_ conninfo: String, for length: Duration) async throws -> Double {
        try await statements(on: try await PostgresConnection.connect(to: conninfo), for: length)
    }

    /// A task for each connection.
    private static func many(
        _ conninfo: String, _ work: @escaping @Sendable (PostgresConnection) async throws -> Double
    ) async throws -> Double {
        try await withThrowingTaskGroup(of: Double.self) { group in
            for _ in 0..<connections {
                group.addTask { try await work(try await PostgresConnection.connect(to: conninfo)) }
            }
            return try await group.reduce(0, +)
        }
    }

    private static func statements(
        on connection: PostgresConnection, for length: Duration
    ) async throws -> Double {
        try await rate(for: length) {
            try check(try await connection.query("SELECT 1"))
            return 1
        }
    }

    private static func flights(
        on connection: PostgresConnection, for length: Duration
    ) async throws -> Double {
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

struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
