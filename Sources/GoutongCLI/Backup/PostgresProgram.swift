internal import Foundation
internal import PostgresClient
internal import PrivateCluster

/// `pg_dump` or `pg_restore`, ready to work on one database.
struct PostgresProgram: Sendable {
    /// How it ended: its exit status, and what it wrote to standard error.
    struct Ended: Sendable {
        let status: Int32
        let said: String

        /// Its errors, at most eight; what they quote of rows is left away.
        var lines: [String] {
            said.split(whereSeparator: \.isNewline).filter { $0.contains(": error: ") }.suffix(8).map {
                line in
                // A COPY that failed quotes the value that it stumbled on.
                let end = line.range(of: "COPY failed for table")
                return end == nil ? String(line) : String(line.prefix { $0 != "\u{22}" }) + "…"
            }
        }

        var tellsOfFullDisk: Bool {
            said.contains("No space left on device") || said.contains("could not extend file")
        }
    }

    let name: String
    /// Its major version.
    let version: Int
    private let path: String
    /// `--dbname=…`, without a password: everybody on the machine can read a command line.
    private let database: String
    private let environment: [String: String]

    /// - Parameters:
    ///   - version: the oldest major version that would do.
    ///   - conninfo: the libpq string of the database.
    ///   - isPrivate: whether it is the private cluster: nothing of the caller's environment says where it is.
    init(
        _ name: String, atLeast version: Int, on conninfo: String, isPrivate: Bool
    ) throws(CommandFailure) {
        guard let found = ClientPrograms.find(name, atLeast: version) else {
            throw .programMissing(name, atLeast: version, have: ClientPrograms.versions(of: name))
        }
        self.name = name
        path = found.path
        self.version = found.version
        var parts = ConnectionString.parts(conninfo) ?? [:]
        let password = parts.removeValue(forKey: "password")
        database = "--dbname=" + ConnectionString.joined(parts)
        var environment = ["PATH": "/usr/bin:/bin"]
        if !isPrivate {
            environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GOUTONG_") }
            if let password { environment["PGPASSWORD"] = password }
        }
        environment["LC_ALL"] = "C.UTF-8"
        self.environment = environment
    }

    /// Runs it to its end.
    /// - Parameters:
    ///   - settings: of its session, as `-c name=value`.
    ///   - sink: takes what it writes to standard output. Where it throws, the program is let go.
    /// - Throws: what the sink threw.
    func run(
        _ arguments: [String], connecting: Bool = true, settings: String? = nil,
        input: FileHandle = .nullDevice, _ sink: @escaping @Sendable ([UInt8]) throws -> Void = { _ in }
    ) async throws -> Ended {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments + (connecting ? [database, "--no-password"] : [])
        process.environment = environment.merging(
            settings.map {
                ["PGOPTIONS": [environment["PGOPTIONS"], $0].compactMap { $0 }.joined(separator: " ")]
            }
                ?? [:]
        ) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        let said = Collected()
        async let outcome = Self.read(output.fileHandleForReading, sink)
        async let complaint = Self.read(errors.fileHandleForReading) { said.append($0) }
        let (result, _) = await (outcome, complaint)
        for await _ in ended {}
        try result.get()
        return Ended(status: process.terminationStatus, said: said.text)
    }

    /// Reads a pipe to its end on a thread apart, so that none of the pool waits.
    private static func read(
        _ pipe: FileHandle, _ sink: @escaping @Sendable ([UInt8]) throws -> Void
    ) async -> Result<Void, any Error> {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                // Without a reader the program ends by itself.
                defer { try? pipe.close() }
                let result = Result {
                    while let data = try pipe.read(upToCount: 1 << 16), !data.isEmpty {
                        try sink(Array(data))
                    }
                }
                continuation.resume(returning: result)
            }
        }
    }
}
