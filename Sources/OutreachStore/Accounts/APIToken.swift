internal import Vault

/// An API token as its holder has it: shown once, kept by the database as a hash only.
///
/// `gt1.FEDERATION.SECRET`, the secret being 32 random bytes in base64url.
public struct APIToken: Hashable, Sendable {
    public let federation: String
    private let secret: [UInt8]

    /// A new one.
    public static func minted(for federation: String) -> APIToken {
        var random = SystemRandomNumberGenerator()
        return APIToken(
            federation: federation,
            secret: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "gt1", let secret = Base64URL.bytes(String(parts[2])),
            secret.count == 32
        else { return nil }
        self.init(federation: String(parts[1]), secret: secret)
    }

    private init(federation: String, secret: [UInt8]) {
        self.federation = federation
        self.secret = secret
    }

    /// The text that its holder keeps. It appears in no log and no error.
    public var text: String { "gt1.\(federation).\(Base64URL.text(secret))" }

    /// What the database keeps: SHA-256 of the secret, whose 256 random bits need no slow hash.
    public var hash: [UInt8] { sha256(secret) }
}

extension APIToken: CustomStringConvertible, CustomReflectable {
    public var description: String { "APIToken(\(federation))" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
