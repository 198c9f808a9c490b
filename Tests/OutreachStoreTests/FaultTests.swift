import Foundation
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// What is acknowledged stays, what is not is whole or absent: whoever is killed, and whenever.
@Suite(.enabled(if: FaultServer.isAskedFor, "minutes of disk and processes: Scripts/test --long"))
struct FaultTests {
    private static let load = 0..<1000

    @Test("kill -9 of the whole server, three times in 1,000 recordings", .timeLimit(.minutes(2)))
    func server() async throws {
        try await FaultServer.run { server in
            try await FaultLedger.prepare(conninfo: server.conninfo)
            let key = URL(fileURLWithPath: "\(server.folder)/key")
            let ledger = try await FaultLedger(conninfo: server.conninfo, key: key)
            let acknowledgements = Acknowledgements()
            for crash in 1...3 {
                let missing = await acknowledgements.missing(of: Self.load)
                async let breaks = FaultWriters(ledger: ledger).write(missing) { number, recorded in
                    await acknowledgements.add(number, recorded)
                }
                try await acknowledgements.wait(for: crash * 240)
                try await server.kill()
                #expect(try await breaks == 4, "every writer was at work")
                let acknowledged = await acknowledgements.receipts
                #expect((crash * 240..<1000).contains(acknowledged.count), "mid-way")
                try await server.start()
                try await audit(ledger) { audit in
                    try await audit.expectWhole(load: Self.load, acknowledged: acknowledged)
                }
            }
            let acknowledged = await acknowledgements.receipts
            try await audit(ledger) { audit in
                try await audit.expectReplay(load: Self.load, acknowledged: acknowledged)
            }
        }
    }

    @Test("kill -9 of the client, twice in 1,000 recordings", .timeLimit(.minutes(2)))
    func client() async throws {
        try await StoreFixture.withFederation { fixture in
            let ledger = FaultLedger(fixture)
            let acknowledgements = Acknowledgements()
            for crash in 1...2 {
                let missing = await acknowledgements.missing(of: Self.load)
                let client = try DoomedClient(
                    conninfo: fixture.database.conninfo, key: fixture.key.path, numbers: missing)
                defer { client.remove() }
                let killing = Task { try await client.kill(afterReceipts: 300) }
                await #expect(processExitsWith: .signal(SIGKILL)) { [client = client as DoomedClient] in
                    try await client.run()
                }
                killing.cancel()
                try await ledger.settle()
                await acknowledgements.add(client.receipts())
                let acknowledged = await acknowledgements.receipts
                #expect((crash * 300..<1000).contains(acknowledged.count), "mid-way")
                try await audit(ledger) { audit in
                    try await audit.expectWhole(load: Self.load, acknowledged: acknowledged)
                }
            }
            let acknowledged = await acknowledgements.receipts
            try await audit(ledger) { audit in
                try await audit.expectReplay(load: Self.load, acknowledged: acknowledged)
            }
        }
    }

    @Test("sessions ended at random: the same document sent again is recorded once")
    func sessions() async throws {
        try await StoreFixture.withFederation { fixture in
            let ledger = FaultLedger(fixture)
            let load = 0..<400
            let acknowledgements = Acknowledgements()
            let terminator = Task { try await terminate(from: fixture) }
            let breaks = try await FaultWriters(ledger: ledger, persist: true).write(Array(load)) {
                number, recorded in
                await acknowledgements.add(number, recorded)
            }
            terminator.cancel()
            let ended = try await terminator.value
            #expect(ended >= 10)
            #expect(breaks >= 10)
            let acknowledged = await acknowledgements.receipts
            #expect(acknowledged.count == load.count)
            try await audit(ledger) { audit in
                try await audit.expectWhole(load: load, acknowledged: acknowledged)
                try await audit.expectReplay(load: load, acknowledged: acknowledged)
            }
        }
    }

    /// Ends one session of the writers after another until it is cancelled. Returns how many.
    private func terminate(from fixture: StoreFixture) async throws -> Int {
        var random = SeededRandom(seed: 9)
        var ended = 0
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(10 + random.below(60)))
            // Not from a cancelled task, which may not wait for the answer.
            ended += try await Task {
                try await fixture.connection.query(
                    """
                    SELECT count(pg_terminate_backend(pid)) FROM (
                        SELECT pid FROM pg_stat_activity
                        WHERE datname = current_database()
                          AND application_name = \(FaultLedger.applicationName)
                        ORDER BY random() LIMIT 1) victim
                    """
                ).only().decode(Int.self)
            }.value
        }
        return ended
    }

    private func audit(
        _ ledger: FaultLedger, _ body: (FaultAudit) async throws -> Void
    ) async throws {
        let connection = try await ledger.connect()
        try await body(FaultAudit(ledger: ledger, connection: connection))
        await connection.close()
    }
}
