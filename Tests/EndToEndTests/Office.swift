import Foundation
import Testing

/// One machine with Goutong on it: a home folder with its private PostgreSQL, shared by every suite here.
struct Office: Sendable {
    /// Where everything lies; a short path, since a socket needs one, that every account can enter.
    let folder: URL
    let executable: URL
    let standing = StandingLedger()

    /// The one that the running suite shares.
    @TaskLocal static var shared: Office?

    static func current() throws -> Office { try #require(shared, "the suite lacks the trait .office") }

    var home: URL { folder.appendingPathComponent("home") }

    var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("GOUTONG_") && !$0.key.hasPrefix("PG") && $0.key != "NO_COLOR"
        }
        environment["GOUTONG_HOME"] = home.path
        environment["TERM"] = "xterm-256color"
        return environment
    }

    /// Runs goutong to its end.
    func goutong(
        _ arguments: String..., input: Input = .nothing, setting: [String: String] = [:]
    ) async throws -> Outcome {
        try await goutong(arguments, input: input, setting: setting)
    }

    func goutong(
        _ arguments: [String], input: Input = .nothing, setting: [String: String] = [:]
    ) async throws -> Outcome {
        try await Command(
            executable: executable, arguments: arguments,
            environment: environment.merging(setting) { $1 }
        ).run(input: input, in: folder)
    }

    /// Runs a line of shell script that finds goutong as `$GOUTONG`.
    func shell(_ script: String) async throws -> Outcome {
        try await Command(
            executable: URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", script],
            environment: environment.merging(["GOUTONG": executable.path]) { $1 }
        ).run(input: .nothing, in: folder)
    }

    /// A file with these bytes.
    func file(_ bytes: some Sequence<UInt8>, named name: String = UUID().uuidString) throws -> String {
        let url = folder.appendingPathComponent(name)
        try Data(bytes).write(to: url)
        return url.path
    }

    /// The drafts of a federation, whatever became of them.
    func drafts(of ledger: Ledger) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: home.appendingPathComponent("drafts"), includingPropertiesForKeys: nil
        ).filter { $0.lastPathComponent.hasPrefix(ledger.federation) }
    }

    /// A federation of its own for one test, so that none sees another's meetings.
    func ledger() async throws -> Ledger {
        let code = "f" + UUID().uuidString.lowercased().replacing("-", with: "").prefix(12)
        let made = try await goutong("db", "migrate", "--set-up", code)
        try #require(made.status == 0, "\(made)")
        return Ledger(office: self, federation: code)
    }
}

/// A ledger with one meeting, made once, for tests that may not change it.
actor StandingLedger {
    private var made: (ledger: Ledger, facts: [String: Data])?

    func ledger(of office: Office) async throws -> (ledger: Ledger, facts: [String: Data]) {
        if let made { return made }
        let ledger = try await office.ledger()
        try await ledger.record(Documents.workerMeeting)
        let standing = (ledger, try await ledger.facts())
        made = standing
        return standing
    }
}

/// Opens an office before the suite and closes it after: the cluster is stopped, the folder removed.
struct OfficeTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let folder = URL(fileURLWithPath: "\(P_tmpdir)/ge-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        defer { try? FileManager.default.removeItem(at: folder) }
        let office = Office(folder: folder, executable: try Goutong.executable())
        // Through a pipe: a server that kept it open would never let `cat` end.
        let started = try await office.shell("\"$GOUTONG\" db start | cat")
        try #require(started.status == 0 && started.text.contains("host="), "\(started)")
        do {
            try await Office.$shared.withValue(office) { try await function() }
        } catch {
            _ = try? await office.goutong("db", "stop")
            throw error
        }
        let stopped = try await office.goutong("db", "stop")
        #expect(stopped.status == 0, "\(stopped)")
    }
}

extension Trait where Self == OfficeTrait {
    static var office: Self { OfficeTrait() }
}

/// Everything that is tried through the built command, on one private cluster.
@Suite(.office, .serialized) enum EndToEnd {}
