internal import OutreachStore
internal import PostgresClient

/// Whose tokens are, by hash, once found. That one is still valid is asked again in the transaction that it
/// is for.
final class TokenMemory: Sendable {
    /// Beyond it all are forgotten: each is found again at its next use.
    private static let capacity = 10_000
    private let owners = Locked<[[UInt8]: Authority]>([:])

    func owner(of token: APIToken) -> Authority? { owners.withLock { $0[token.hash] } }

    func remember(_ token: APIToken, of owner: Authority) {
        owners.withLock { owners in
            if owners.count >= Self.capacity { owners = [:] }
            owners[token.hash] = owner
        }
    }

    func forget(_ token: APIToken) { owners.withLock { $0[token.hash] = nil } }
}
