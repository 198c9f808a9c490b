import Outreach
import OutreachStore
import PostgresClient
import Synchronization
import TestSupport
import Testing

/// The whole ledger as files, read by one connection or by two.
@Suite struct LedgerExportTests {
    /// What an export handed out, by table.
    private final class Files: Sendable {
        private let bytes = Mutex<[String: [UInt8]]>([:])

        func append(_ chunk: [UInt8], to table: LedgerTable) {
            bytes.withLock { $0[table.name, default: []] += chunk }
        }

        var all: [String: [UInt8]] { bytes.withLock { $0 } }

        func rows(of table: String) -> Int {
            (all[table] ?? []).count { $0 == UInt8(ascii: "\n") } - 1
        }
    }

    @Test("two connections hand out what one does, byte for byte")
    func sameBytes() async throws {
        try await StoreFixture.withFederation { fixture in
            for number in 0..<20 {
                _ = try await fixture.recorder.record(
                    .record(try FaultLoad.document(number)), on: fixture.connection)
            }
            let export = LedgerExport(federation: fixture.federation)
            let one = Files()
            try await export.run(on: fixture.connection) { table, rows in
                for try await chunk in rows { one.append(chunk, to: table) }
            }
            let second = try await fixture.database.connect()
            let two = Files()
            try await export.run(on: fixture.connection, beside: second) { table, rows in
                for try await chunk in rows { two.append(chunk, to: table) }
            }
            await second.close()
            #expect(two.all == one.all)
            #expect(Set(one.all.keys) == Set(LedgerTable.all.map(\.name)))
            #expect(one.rows(of: "meeting") == 20)
        }
    }

    @Test("what is recorded while two connections export is in none of their tables")
    func oneSnapshot() async throws {
        try await StoreFixture.withFederation { fixture in
            _ = try await fixture.recorder.record(
                .record(try FaultLoad.document(0)), on: fixture.connection)
            let (second, writer) = (
                try await fixture.database.connect(), try await fixture.database.connect()
            )
            let document = try FaultLoad.document(1)
            let files = Files()
            try await LedgerExport(federation: fixture.federation).run(
                on: fixture.connection, beside: second
            ) { table, rows in
                // Before a table that comes ahead of all that a recording writes to.
                if table.name == "federation" {
                    _ = try await fixture.recorder.record(.record(document), on: writer)
                }
                for try await chunk in rows { files.append(chunk, to: table) }
            }
            for connection in [second, writer] { await connection.close() }
            for table in ["meeting_revision", "meeting"] { #expect(files.rows(of: table) == 1, "\(table)") }
        }
    }

    @Test("a reader that fails ends both")
    func failure() async throws {
        struct Full: Error {}
        try await StoreFixture.withFederation { fixture in
            let second = try await fixture.database.connect()
            await #expect(throws: TransactionError.self) {
                try await LedgerExport(federation: fixture.federation).run(
                    on: fixture.connection, beside: second
                ) { table, rows in
                    if table.name == "area" { throw Full() }
                    for try await _ in rows {}
                }
            }
            for connection in [fixture.connection, second] {
                #expect(try await connection.query("SELECT 1").only().decode(Int.self) == 1)
            }
            await second.close()
        }
    }
}
