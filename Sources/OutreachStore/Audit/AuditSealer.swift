internal import Foundation
public import PostgresClient
public import Vault

/// Chains what was committed to the audit: one at a time, in short batches.
///
/// Any number may run, in as many processes: whoever has the chain's lock seals, the others go away. One that
/// dies in a batch leaves nothing of it. An entry of a long transaction comes later in the chain than its
/// moment says; the order of the chain is the order of sealing.
public struct AuditSealer: Sendable {
    private enum Source: Sendable {
        /// The service's login, which takes its role for each transaction.
        case service(PostgresPool)
        /// The owner's connection.
        case owner(PostgresConnection)
    }

    /// Entries of one transaction.
    static let batch = 500

    private let federation: Federation
    private let key: AuditKey
    private let source: Source

    /// For the service.
    public init(federation: Federation, key: AuditKey, pool: PostgresPool) {
        self.federation = federation
        self.key = key
        source = .service(pool)
    }

    /// For the operator.
    public init(federation: Federation, key: AuditKey, connection: PostgresConnection) {
        self.federation = federation
        self.key = key
        source = .owner(connection)
    }

    /// Seals what waits now. Returns how many entries; 0 also where another sealer is at it.
    /// - Parameter batches: at most so many, some milliseconds each: for who cannot wait for what a stopped
    ///   sealer left.
    public func sealOnce(atMost batches: Int = .max) async throws -> Int {
        var sealed = 0
        for _ in 0..<batches {
            let count = try await sealBatch()
            sealed += count
            guard count == Self.batch else { break }
        }
        return sealed
    }

    private func sealBatch() async throws -> Int {
        switch source {
        case .owner(let connection):
            try await connection.transaction { try await seal(["SELECT 1"], on: $0) }
        case .service(let pool):
            try await pool.transaction { try await seal(["SET LOCAL ROLE goutong_service"], on: $0) }
        }
    }

    private nonisolated(nonsending) func seal(
        _ opening: [SQL], on connection: PostgresConnection
    ) async throws -> Int {
        // The lock that this takes is held when the next statement looks for the head.
        let pending: SQL = """
            SELECT \(AuditEntry.columns)
            FROM goutong.audit_pending(\(federation.id)::integer, \(Self.batch)::integer) e
            """
        let rows = try await connection.pipeline(opening + [pending])[opening.count]
        guard !rows.isEmpty else { return 0 }
        let entries = try rows.map { row in try AuditEntry(row) }
        let standing = try await connection.pipeline([
            "SELECT \"position\", code FROM goutong.audit_head(\(federation.id)::integer)",
            "SELECT clock_timestamp()",
        ])
        let head = try standing[0].first?.decode((Int, [UInt8]).self)
        let now = try standing[1].only().decode(PostgresTimestamp.self)

        let first = (head?.0 ?? 0) + 1
        var codes: [[UInt8]] = []
        for (index, entry) in entries.enumerated() {
            let place = AuditPlace(
                previous: codes.last ?? head?.1 ?? AuditPlace.beginning, position: first + index,
                sealedAt: now)
            codes.append(place.code(of: entry, key: key))
        }
        _ = try await connection.query(
            """
            SELECT goutong.audit_seal(\(federation.id)::integer, \(first)::bigint, \(entries.map(\.id)),
                \(codes), \(now))
            """)
        return entries.count
    }
}
