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

    @Test("kill -9 of the whole server, three times in 1,000 recordings", .timeLimit(.minutes(5)))
    func server() async throws {
        try await FaultServer.run { server in
            try await TestLedger.prepare(conninfo: server.conninfo)
            let key = URL(fileURLWithPath: "\(server.folder)/key")
            let ledger = try await FaultLedger(conninfo: server.conninfo, key: key)
            let acknowledgements = Acknowledgements()
            for crash in 1...3 {
                let missing = await acknowledgements.missing(of: Self.load)
                // The writer that gets this receipt kills the server under the hands of the others.
                let breaks = try await FaultWriters(ledger: ledger).write(missing) { number, recorded in
                    let count = await acknowledgements.add(number, recorded)
                    if count == crash * 240 { try await server.kill() }
                }
                #expect(breaks > 1, "others were at work")
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

    @Test("kill -9 of the client, twice in 1,000 recordings", .timeLimit(.minutes(5)))
    func client() async throws {
        try await StoreFixture.withFederation { fixture in
            let ledger = FaultLedger(fixture)
            let acknowledgements = Acknowledgements()
            for crash in 1...2 {
                let client = try DoomedClient(
                    conninfo: fixture.database.conninfo, key: fixture.key.path,
                    numbers: await acknowledgements.missing(of: Self.load), lifetime: 300)
                defer { client.remove() }
                await #expect(processExitsWith: .signal(SIGKILL)) { [client = client as DoomedClient] in
                    try await client.run()
                }
                try await ledger.settle()
                await acknowledgements.add(client.receipts())
                let acknowledged = await acknowledgements.receipts
                #expect(acknowledged.count == crash * 300)
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
            let breaks = try await FaultWriters(ledger: ledger, persist: true).write(Array(load)) {
                number, recorded in
                let count = await acknowledgements.add(number, recorded)
                if count % 7 == 0 { try await endOneSession(fixture) }
            }
            #expect(breaks >= 20)
            let acknowledged = await acknowledgements.receipts
            #expect(acknowledged.count == load.count)
            try await audit(ledger) { audit in
                try await audit.expectWhole(load: load, acknowledged: acknowledged)
                try await audit.expectReplay(load: load, acknowledged: acknowledged)
            }
        }
    }

    /// Ends a session of one of the writers, whatever it is doing.
    private func endOneSession(_ fixture: StoreFixture) async throws {
        try await fixture.connection.execute(
            """
            SELECT pg_terminate_backend(pid) FROM (
                SELECT pid FROM pg_stat_activity
                WHERE datname = current_database()
                  AND application_name = \(FaultLedger.applicationName)
                ORDER BY random() LIMIT 1) victim
            """)
    }

    private func audit(
        _ ledger: FaultLedger, _ body: (FaultAudit) async throws -> Void
    ) async throws {
        let connection = try await ledger.connect()
        try await body(FaultAudit(ledger: ledger, connection: connection))
        await connection.close()
    }
}
