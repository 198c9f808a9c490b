import OutreachStore
import PostgresClient
import TestSupport
import Vault

/// A database with the schema, the public lists and one federation, cloned for a test.
struct StoreFixture: Sendable {
    let database: TestDatabase
    let connection: PostgresConnection
    let federation: Federation
    let areas: AreaTable
    let vault: Vault

    var recorder: MeetingRecorder {
        MeetingRecorder(federation: federation, vault: vault, areas: areas)
    }

    static func withFederation<Value>(
        _ body: (StoreFixture) async throws -> Value
    ) async throws -> Value {
        try await TestLedger.with { ledger in
            try await body(
                StoreFixture(
                    database: ledger.database, connection: ledger.owner, federation: ledger.federation,
                    areas: ledger.areas, vault: ledger.vault))
        }
    }
}
