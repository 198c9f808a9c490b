import Foundation
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Vault

/// A ledger that faults are tried on, as a client finds it: a connection string and a key file.
struct FaultLedger: Sendable {
    let conninfo: String
    let federation: Federation
    let recorder: MeetingRecorder

    /// The sessions of this ledger's writers.
    static let applicationName = "goutong-fault"

    init(conninfo: String, key: URL) async throws {
        self.conninfo = "\(conninfo) application_name=\(Self.applicationName)"
        let connection = try await PostgresConnection.connect(to: conninfo)
        federation = try await TestLedger.only(on: connection)
        recorder = MeetingRecorder(
            federation: federation,
            vault: Vault(master: try MasterKey.readOrMake(at: key), federation: federation.code),
            areas: try await AreaTable.read(on: connection))
        await connection.close()
    }

    init(_ fixture: StoreFixture) {
        conninfo = "\(fixture.database.conninfo) application_name=\(Self.applicationName)"
        federation = fixture.federation
        recorder = fixture.recorder
    }

    func connect() async throws(PostgresError) -> PostgresConnection {
        try await PostgresConnection.connect(to: conninfo, statementDeadline: .seconds(30))
    }

    /// Waits until the server has ended every session of the writers: what they began is decided then.
    func settle() async throws {
        let connection = try await PostgresConnection.connect(to: conninfo + "-audit")
        while try await connection.query(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = \(Self.applicationName)"
        ).only().decode(Int.self) > 0 {
            try await Task.sleep(for: .milliseconds(20))
        }
        await connection.close()
    }
}

extension StoreFixture {
    /// The key file that `withFederation` made.
    var key: URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("goutong-\(database.name).key")
    }
}
