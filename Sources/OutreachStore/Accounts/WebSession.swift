internal import Foundation
internal import Outreach
internal import Vault

/// A browser's session as its cookie has it. The database keeps a hash of the secret only.
///
/// `gs1.SESSION.SECRET`: the session's id and 32 random bytes in base64url.
public struct WebSession: Sendable {
    let id: UUID
    private let secret: [UInt8]

    /// How long sessions live, in seconds.
    enum Life {
        /// Since its secret was last replaced, which its use does.
        static let idle = 3600
        /// Since the sign-in, however much it is used.
        static let absolute = 12 * 3600
        /// A secret older than this is replaced at its next use.
        static let rotation = 600
        /// The one before is honoured so long, for requests that are on their way.
        static let grace = 60
    }

    static func minted(id: UUID = AuditEvent.newID()) -> WebSession {
        var random = SystemRandomNumberGenerator()
        return WebSession(
            id: id, secret: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "gs1", let id = Identifier<WebSession>(parts[1]),
            let secret = Base64URL.bytes(String(parts[2])), secret.count == 32
        else { return nil }
        self.init(id: id.uuid, secret: secret)
    }

    private init(id: UUID, secret: [UInt8]) {
        self.id = id
        self.secret = secret
    }

    /// The cookie's value. It appears in no log and no error.
    public var text: String { "gs1.\(id.uuidString.lowercased()).\(Base64URL.text(secret))" }

    /// SHA-256: 256 random bits need no slow hash.
    var hash: [UInt8] { sha256(secret) }
}

extension WebSession: CustomStringConvertible, CustomReflectable {
    public var description: String { "WebSession" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
