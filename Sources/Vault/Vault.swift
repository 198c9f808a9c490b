internal import Crypto
internal import Foundation

/// Seals personal data: AES-256-GCM under a key derived for each federation from one master key, with
/// keyed tags (HMAC-SHA-256) for finding duplicates without reading anyone.
///
/// The master never enters the database; the database keeps a key-check value only.
public struct Vault: Sendable {
    private let sealingKey: SymmetricKey
    private let taggingKey: SymmetricKey

    /// Keys for one federation, by HKDF-SHA-256 (RFC 5869) from the master.
    public init(master: MasterKey, federation: String) {
        func derive(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: master.key, salt: Data("goutong/1".utf8),
                info: Data("\(purpose)/\(federation)".utf8), outputByteCount: 32)
        }
        sealingKey = derive("seal")
        taggingKey = derive("tag")
    }

    /// Nonce ‖ ciphertext ‖ tag. `context` is authenticated, not stored: a sealed value that is moved
    /// to another row does not open.
    public func seal(_ clear: [UInt8], context: String) throws(VaultError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(clear, using: sealingKey, authenticating: Data(context.utf8))
            guard let combined = box.combined else { throw VaultError.cannotSeal }
            return Array(combined)
        } catch {
            throw .cannotSeal
        }
    }

    public func open(_ sealed: [UInt8], context: String) throws(VaultError) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return Array(try AES.GCM.open(box, using: sealingKey, authenticating: Data(context.utf8)))
        } catch {
            throw .cannotOpen
        }
    }

    /// A keyed hash of a normalised value, 32 bytes; equal values of one purpose have equal tags.
    public func tag(_ value: String, purpose: String) -> [UInt8] {
        var mac = HMAC<SHA256>(key: taggingKey)
        mac.update(data: Data(purpose.utf8))
        mac.update(data: [0])
        mac.update(data: Data(value.utf8))
        return Array(mac.finalize())
    }

    /// What the database keeps to tell a wrong key before anything is sealed with it.
    public var keyCheck: [UInt8] { tag("goutong", purpose: "key-check") }
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
