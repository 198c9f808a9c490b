import Foundation
import OutreachStore
import PostgresClient
import Vault

extension StoreFixture {
    var sealer: AuditSealer {
        AuditSealer(federation: federation, key: vault.auditKey, connection: connection)
    }

    /// Adds entries and seals them.
    func seal(_ count: Int) async throws {
        for index in 0..<count { try await note("\(index)") }
        _ = try await sealer.sealOnce()
    }

    func note(_ id: String, reason: String? = nil) async throws {
        try await AuditTrail.add(
            AuditEvent(.personLook, object: .init(kind: "applicant", id: id), reason: reason),
            by: .operator("tester", of: federation), on: connection)
    }

    func audited(
        heads: [AuditHead] = [], key: AuditKey? = nil
    ) async throws -> AuditReport {
        try await AuditVerifier(federation: federation, keys: [key ?? vault.auditKey])
            .verify(heads: heads, on: connection)
    }

    func entry(at position: Int) async throws -> UUID {
        try await connection.query("SELECT entry_id FROM goutong.audit_link WHERE position = \(position)")
            .only().decode(UUID.self)
    }
}
