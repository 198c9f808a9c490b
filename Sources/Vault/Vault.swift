internal import Crypto
internal import Foundation

/// Seals personal data: AES-256-GCM under a key derived for each federation from one master key, with
/// keyed tags (HMAC-SHA-256) for finding duplicates without reading anyone.
///
/// The master never enters the database; the database keeps a key-check value only.
///
/// Several generations of the key may be there while it is rotated: the first seals and tags, all of them
/// open.
public struct Vault: Sendable {
    private let ring: KeyRing
    /// Codes the audit's chain: of the first generation, which stays in the file, so that a chain outlives
    /// every rotation.
    public let auditKey: AuditKey

    /// Keys for one federation, by HKDF-SHA-256 (RFC 5869) from the master.
    public init(master: MasterKey, federation: String) {
        ring = KeyRing(master, federation: federation)
        auditKey = AuditKey(
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: master.first.key, salt: Data("goutong/1".utf8),
                info: Data("audit/\(federation)".utf8), outputByteCount: 32))
    }

    /// The generation's mark ‖ nonce ‖ ciphertext ‖ tag; the first generation has no mark. `context` is
    /// authenticated, not stored: a sealed value that is moved to another row does not open.
    public func seal(_ clear: [UInt8], context: String) throws(VaultError) -> [UInt8] {
        guard let current = ring.all.first else { throw .cannotSeal }
        do {
            let box = try AES.GCM.seal(clear, using: current.sealing, authenticating: Data(context.utf8))
            guard let combined = box.combined else { throw VaultError.cannotSeal }
            return KeyGeneration.prefix(of: current.number) + combined
        } catch {
            throw .cannotSeal
        }
    }

    public func open(_ sealed: [UInt8], context: String) throws(VaultError) -> [UInt8] {
        let number = KeyGeneration.number(of: sealed)
        if number > 0, let keys = ring.keys(of: number),
            let clear = Self.open(sealed.dropFirst(8), keys.sealing, context)
        {
            return clear
        }
        guard let first = ring.keys(of: 0), let clear = Self.open(sealed[...], first.sealing, context) else {
            throw .cannotOpen
        }
        return clear
    }

    private static func open(
        _ sealed: ArraySlice<UInt8>, _ key: SymmetricKey, _ context: String
    ) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: Data(sealed)),
            let clear = try? AES.GCM.open(box, using: key, authenticating: Data(context.utf8))
        else { return nil }
        return Array(clear)
    }

    /// A keyed hash of a normalised value, 32 bytes; equal values of one purpose have equal tags.
    public func tag(_ value: String, purpose: String) -> [UInt8] {
        tags(value, purpose: purpose).first ?? []
    }

    /// The tag under every generation, the current first: while both exist, either may stand in the
    /// database.
    public func tags(_ value: String, purpose: String) -> [[UInt8]] {
        ring.all.map { keys in
            var mac = HMAC<SHA256>(key: keys.tagging)
            mac.update(data: Data(purpose.utf8))
            mac.update(data: [0])
            mac.update(data: Data(value.utf8))
            return Array(mac.finalize())
        }
    }

    /// What the database keeps to tell a wrong key before anything is sealed with it.
    public var keyCheck: [UInt8] { tag("goutong", purpose: "key-check") }

    /// The same of every generation, the current first.
    public var keyChecks: [[UInt8]] { tags("goutong", purpose: "key-check") }

    /// What every value begins with that is sealed from now on; empty under the first generation.
    public var sealedPrefix: [UInt8] { KeyGeneration.prefix(of: generation) }

    /// The generation that seals; 0 is the first.
    public var generation: Int { ring.all.first?.number ?? 0 }
}

/// Why a vault operation failed. Never says what was inside.
public enum VaultError: Error, Hashable, Sendable {
    case cannotSeal
    /// Wrong key, moved row, or altered bytes.
    case cannotOpen
    /// The key file is missing, is not 32 bytes, or can be read by others.
    case keyFile(KeyFileProblem)
    /// The key is not the one that this database was sealed with.
    case otherKey
}

public enum KeyFileProblem: Hashable, Sendable {
    case missing, malformed, readableByOthers, cannotWrite
}

/// SHA-256 of some bytes, 32 bytes.
public func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
