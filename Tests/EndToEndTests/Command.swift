import Foundation
import Synchronization

/// What a command finds on its standard input.
enum Input {
    /// The end, at once.
    case nothing
    case bytes([UInt8])
    /// A pipe that stays open and says nothing.
    case silence

    static func text(_ text: String) -> Input { .bytes(Array(text.utf8)) }
}

/// One program, run to its end with its outputs kept in files: a full pipe can stop nobody.
struct Command {
    let executable: URL
    let arguments: [String]
    let environment: [String: String]

    struct TookTooLong: Error {
        let arguments: [String]
        let said: String
    }

    /// Generous: a debug build beside a thousand other tests; some scripts run twenty commands.
    static let patience: Duration = .seconds(900)

    func run(input: Input, in folder: URL, within limit: Duration = patience) async throws -> Outcome {
        let name = UUID().uuidString
        let output = folder.appendingPathComponent(name + ".out")
        let errors = folder.appendingPathComponent(name + ".err")
        let source = folder.appendingPathComponent(name + ".in")
        defer { for file in [output, errors, source] { try? FileManager.default.removeItem(at: file) } }

        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = folder
        process.standardOutput = try Self.writer(output)
        process.standardError = try Self.writer(errors)
        let pipe = Pipe()
        switch input {
        case .nothing: process.standardInput = FileHandle.nullDevice
        case .silence: process.standardInput = pipe
        case .bytes(let bytes):
            try Data(bytes).write(to: source)
            process.standardInput = try FileHandle(forReadingFrom: source)
        }
        guard try await process.finish(within: limit) else {
            throw TookTooLong(
                arguments: arguments, said: (try? String(contentsOf: errors, encoding: .utf8)) ?? "")
        }
        try pipe.fileHandleForWriting.close()
        return Outcome(
            status: process.terminationStatus, output: try Data(contentsOf: output),
            errors: try Data(contentsOf: errors))
    }

    private static func writer(_ file: URL) throws -> FileHandle {
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }
}

extension Process {
    /// Starts the program and waits for its end without holding a thread; false where it had to be killed.
    func finish(within limit: Duration) async throws -> Bool {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        terminationHandler = { _ in end.finish() }
        try run()
        let pid = processIdentifier
        let late = Atomic(false)
        let watch = Task {
            try await Task.sleep(for: limit)
            late.store(true, ordering: .sequentiallyConsistent)
            kill(pid, SIGKILL)
        }
        for await _ in ended {}
        watch.cancel()
        return !late.load(ordering: .sequentiallyConsistent)
    }
}
