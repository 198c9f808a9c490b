internal import Crypto

/// SHA-256 of more bytes than memory should hold.
public struct RunningSHA256: Sendable {
    private var hash = SHA256()

    public init() {}

    public mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }

    /// The digest of everything appended so far, 32 bytes.
    public var digest: [UInt8] { Array(hash.finalize()) }
}
