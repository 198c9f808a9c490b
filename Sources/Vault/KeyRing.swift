internal import Crypto
internal import Foundation
internal import Synchronization

/// The keys of one federation under every generation, the current first; looks at the key file again when
/// a value is of a generation that it does not know, and otherwise every few seconds, so that a service
/// goes on through a rotation.
final class KeyRing: Sendable {
    struct Keys: Sendable {
        let number: Int
        let sealing: SymmetricKey
        let tagging: SymmetricKey

        /// By HKDF-SHA-256 (RFC 5869) from the master.
        init(_ generation: KeyGeneration, federation: String) {
            func derive(_ purpose: String) -> SymmetricKey {
                HKDF<SHA256>.deriveKey(
                    inputKeyMaterial: generation.key, salt: Data("goutong/1".utf8),
                    info: Data("\(purpose)/\(federation)".utf8), outputByteCount: 32)
            }
            number = generation.number
            sealing = derive("seal")
            tagging = derive("tag")
        }
    }

    private struct Known: Sendable {
        var keys: [Keys]
        var lookedAt: ContinuousClock.Instant
        var modified: Date?
    }

    private let federation: String
    private let file: URL?
    private let known: Mutex<Known>
    static let interval: Duration = .seconds(2)

    init(_ master: MasterKey, federation: String) {
        self.federation = federation
        file = master.file
        known = Mutex(
            Known(
                keys: master.generations.map { Keys($0, federation: federation) },
                lookedAt: .now, modified: nil))
    }

    /// Every generation, the current first.
    var all: [Keys] {
        known.withLock { known in
            if known.lookedAt.duration(to: .now) > Self.interval { refresh(&known) }
            return known.keys
        }
    }

    /// The keys of a generation; nil where the file does not have it either.
    func keys(of number: Int) -> Keys? {
        known.withLock { known in
            if let found = known.keys.first(where: { $0.number == number }) { return found }
            refresh(&known)
            return known.keys.first { $0.number == number }
        }
    }

    /// A file that is gone or does not read changes nothing: what is known stays.
    private func refresh(_ known: inout Known) {
        known.lookedAt = .now
        guard let file else { return }
        let modified =
            (try? FileManager.default.attributesOfItem(atPath: file.path))?[.modificationDate] as? Date
        guard let modified, modified != known.modified else { return }
        known.modified = modified
        guard let master = try? MasterKey.read(from: file),
            Set(known.keys.map(\.number)).isSubset(of: master.numbers)
        else { return }
        known.keys = master.generations.map { Keys($0, federation: federation) }
    }
}
