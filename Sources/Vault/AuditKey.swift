internal import Crypto
internal import Foundation

/// The key of one federation's audit chain. It never enters the database, so that who can write there, a
/// superuser too, cannot make a chain that verifies.
public struct AuditKey: Sendable {
    private let key: SymmetricKey

    init(_ key: SymmetricKey) { self.key = key }

    /// HMAC-SHA-256 (RFC 2104, FIPS 180-4) of a link's text, 32 bytes.
    public func code(of text: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }
}
