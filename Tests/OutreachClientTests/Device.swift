import Foundation

/// A cadre's device: a home of its own, and the built command.
struct Device: Sendable {
    let home: URL
    let server: String
    let tokenFile: String

    struct Run: CustomStringConvertible {
        /// The exit code, or the negative number of the signal that ended it.
        let status: Int32
        let text: String
        let said: String
        var lines: [String] { text.split(separator: "\n").map(String.init) }
        var description: String { "exit \(status)\n\(text)\n\(said)" }
    }

    struct NotBuilt: Error {}

    /// Runs goutong with the service of this device; `server` is another one, or one that is not there.
    func goutong(
        _ arguments: String..., input: String = "", server: String? = nil, killedAt fault: String? = nil,
        wrapper: [String] = [], setting: [String: String] = [:]
    ) async throws -> Run {
        try await goutong(
            arguments, input: input, server: server, killedAt: fault, wrapper: wrapper, setting: setting)
    }

    func goutong(
        _ arguments: [String], input: String = "", server: String? = nil, killedAt fault: String? = nil,
        wrapper: [String] = [], setting: [String: String] = [:]
    ) async throws -> Run {
        let name = "\(UUID())"
        let folder = FileManager.default.temporaryDirectory
        let files = ["in", "out", "err"].map { folder.appendingPathComponent("\(name).\($0)") }
        defer { for file in files { try? FileManager.default.removeItem(at: file) } }
        try Data(input.utf8).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        let here = Bundle.main.executableURL?.deletingLastPathComponent() ?? folder
        let executable = here.appendingPathComponent("goutong").path
        guard FileManager.default.isExecutableFile(atPath: executable) else { throw NotBuilt() }

        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GOUTONG_") }
        environment["GOUTONG_HOME"] = home.path
        environment["GOUTONG_SERVER"] = server ?? self.server
        environment["GOUTONG_TOKEN_FILE"] = tokenFile
        environment["GOUTONG_TEST_KILL_AT"] = fault
        environment["GOUTONG"] = executable
        environment.merge(setting) { $1 }
        let command = wrapper.isEmpty ? [executable] + arguments : wrapper + arguments
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = environment
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        for await _ in ended {}
        let code = process.terminationStatus
        return Run(
            status: process.terminationReason == .uncaughtSignal ? -code : code,
            text: try String(contentsOf: files[1], encoding: .utf8),
            said: try String(contentsOf: files[2], encoding: .utf8))
    }

    func log(_ document: String, server: String? = nil, killedAt fault: String? = nil) async throws -> Run {
        try await goutong(
            "meeting", "log", "--from", "-", "--json", input: document, server: server, killedAt: fault)
    }

    /// A port of this machine at which nobody listens.
    static let nowhere = "http://127.0.0.1:1"

    /// A device that reaches its service through a network that can fail.
    static func withNetwork<Value: Sendable>(
        _ body: @Sendable (Device, Network, ServiceFixture, TemporaryHome) async throws -> Value
    ) async throws -> Value {
        try await with { device, service, home in
            let network = try Network(to: try service.port)
            defer { network.close() }
            return try await body(
                Device(home: device.home, server: network.url, tokenFile: device.tokenFile), network,
                service, home)
        }
    }

    /// A device with a token for a service that runs.
    static func with<Value: Sendable>(
        unit: String = "BJ-110105021",
        _ body: @Sendable (Device, ServiceFixture, TemporaryHome) async throws -> Value
    ) async throws -> Value {
        try await ServiceFixture.with { service in
            try await TemporaryHome.with { home in
                let token = try home.tokenFile(try await service.token(unit: unit))
                return try await body(
                    Device(home: home.folder, server: service.url, tokenFile: token), service, home)
            }
        }
    }
}
