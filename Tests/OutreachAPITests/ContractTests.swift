import Foundation
import Hummingbird
import NIOCore
import Outreach
import OutreachAPI
import OutreachStore
import Testing

private enum Schemathesis {
    static let program = ProcessInfo.processInfo.environment["GOUTONG_SCHEMATHESIS"]
}

/// The description held to the service on a real socket. `Scripts/contract-test` installs the program and
/// says where it is; `Scripts/test` always does.
@Suite("the description and the running service", .serialized, .enabled(if: Schemathesis.program != nil))
struct ContractTests {
    /// What ends accounts and tokens. An administrator may end its own: whoever tries these tries little else
    /// afterwards, so they have a run of their own, with the lists that lead to them.
    private static let ending = ["changeAccount", "revokeToken"]
    private static let leading = ["listAccounts", "addAccount", "showAccount", "listTokens", "issueToken"]

    @Test("nothing fails for a district's lead, the city's analyst, the auditor, administrators, and nobody")
    func conforms() async throws {
        try await APIFixture.serving { api in
            let (_, lead) = try await api.account("zhang", .districtLead, unit: "BJ-110105")
            let (_, analyst) = try await api.account("chen", .analyst)
            let (_, auditor) = try await api.account("sun", .auditor)
            let (_, administrator) = try await api.account("wu", .administrator)
            let (_, ender) = try await api.account("zheng", .administrator)
            for (area, number) in [("110105021", 1), ("110105022", 2)] {
                let answer = try await api.send(
                    .post, "/v1/meetings", token: lead,
                    body: MeetingAPITests.enterpriseMeeting(
                        area: area, id: "01890000-0000-7000-8000-00000000000\(number)"))
                #expect(answer.status == .created, "\(answer.text)")
            }
            for number in 3...6 {
                let answer = try await api.send(
                    .post, "/v1/meetings", token: lead,
                    body: MeetingAPITests.workerMeeting.replacing(
                        "000000000001", with: "00000000000\(number)"
                    )
                    .replacing("0000000000a1", with: "0000000000a\(number)")
                    .replacing("13800138000", with: "1380013800\(number)"))
                #expect(answer.status == .created, "\(answer.text)")
            }
            let sparing = Self.ending.flatMap { ["--exclude-operation-id", $0] }
            let endings = (Self.ending + Self.leading).flatMap { ["--include-operation-id", $0] }
            try await listening(api) { port in
                for (who, token, choice) in [
                    ("lead", lead, []), ("analyst", analyst, []), ("auditor", auditor, []),
                    ("administrator", administrator, sparing), ("nobody", nil, []),
                    ("ending", ender, endings),
                ] as [(String, APIToken?, [String])] {
                    let (status, report) = try await check(port, token: token?.text, choice)
                    #expect(status == 0, "\(who): \(report)")
                    guard let token, who != "ending" else { continue }
                    // Signed out on the way, the run would have tried nothing.
                    let after = try await api.send(.get, "/v1/account", token: token)
                    #expect(after.status == .ok, "\(who)")
                }
            }
        }
    }

    /// Serves on a free port of this machine for the length of `body`.
    private func listening(_ api: APIFixture, _ body: @Sendable (Int) async throws -> Void) async throws {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: api.service.router(),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { found.yield(port) }
            })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            if let port = await ports.first(where: { _ in true }) { try await body(port) }
            group.cancelAll()
        }
    }

    /// The program's exit status, and what it printed.
    private func check(_ port: Int, token: String?, _ choice: [String]) async throws -> (Int32, String) {
        let address = "http://127.0.0.1:\(port)"
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("contract-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let report = folder.appendingPathComponent("report")
        try Data().write(to: report)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Schemathesis.program))
        // Its own folder: the program keeps examples beside itself.
        process.currentDirectoryURL = folder
        let settings = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("schemathesis.toml").path
        process.arguments =
            [
                "--config-file", settings, "run", "\(address)/openapi.json", "--url", address,
                "--max-examples",
                "25", "--no-color", "--phases", "examples,coverage,fuzzing,stateful",
            ] + choice + (token.map { ["--header", "Authorization: Bearer \($0)"] } ?? [])
        var environment = ProcessInfo.processInfo.environment
        environment["PYTHONPATH"] = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        environment["SCHEMATHESIS_HOOKS"] = "schemathesis_hooks"
        process.environment = environment
        let output = try FileHandle(forWritingTo: report)
        process.standardOutput = output
        process.standardError = output
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return (status, String(decoding: try Data(contentsOf: report), as: UTF8.self))
    }
}
