internal import CFileSystem
internal import Crypto
public import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// The one secret of an installation: 32 random bytes in a file that only its owner can read, and the keys
/// that were in its place before, one a line, the current first.
public struct MasterKey: Sendable {
    /// The current one first, never empty.
    let generations: [KeyGeneration]
    /// Where it was read from: a service looks there again when the key is rotated under it.
    let file: URL?

    init(_ generations: [KeyGeneration], file: URL?) {
        self.generations = generations
        self.file = file
    }

    /// The oldest generation.
    var first: KeyGeneration { generations.min { $0.number < $1.number } ?? generations[0] }

    /// Numbers of the generations, the current first.
    public var numbers: [Int] { generations.map(\.number) }

    /// Reads the key file; refuses one that others can read.
    public static func read(from file: URL) throws(VaultError) -> MasterKey {
        var facts = FileFacts()
        guard facts.read(file.path, followingLinks: true) else { throw .keyFile(.missing) }
        guard facts.mode & 0o077 == 0 || isCredential(file, facts) else {
            throw .keyFile(.readableByOthers)
        }
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { throw .keyFile(.malformed) }
        let lines = text.split(whereSeparator: \.isWhitespace)
        let generations = lines.compactMap(KeyGeneration.init(line:))
        guard !generations.isEmpty, generations.count == lines.count,
            Set(generations.map(\.number)).count == generations.count
        else { throw .keyFile(.malformed) }
        return MasterKey(generations, file: file)
    }

    /// Whether systemd handed the file to this service (systemd.exec(5), LoadCredential=). It lies in a folder
    /// that nobody else can enter; the group's bits stand for the access list that lets the service in.
    private static func isCredential(_ file: URL, _ facts: FileFacts) -> Bool {
        guard let folder = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty,
            file.standardizedFileURL.deletingLastPathComponent().path
                == URL(fileURLWithPath: folder).standardizedFileURL.path
        else { return false }
        return facts.mode & 0o037 == 0 && facts.owner == 0
    }

    /// Makes a new key file, never over an existing one: two processes that start at once agree on the
    /// first one's key.
    public static func readOrMake(at file: URL) throws(VaultError) -> MasterKey {
        if FileManager.default.fileExists(atPath: file.path) { return try read(from: file) }
        let made = MasterKey([KeyGeneration(number: 0, key: SymmetricKey(size: .bits256))], file: file)
        let draft = try made.written(beside: file)
        defer { unlink(draft) }
        // link() fails where the name exists: whoever comes first wins, the others read.
        guard link(draft, file.path) == 0 || errno == EEXIST else { throw .keyFile(.cannotWrite) }
        return try read(from: file)
    }

    // MARK: Rotation

    /// The same with a new key in front. It is not written yet.
    public func rotated() throws(VaultError) -> MasterKey {
        let next = (generations.map(\.number).max() ?? 0) + 1
        guard next <= KeyGeneration.highest else { throw .keyFile(.cannotWrite) }
        return MasterKey(
            [KeyGeneration(number: next, key: SymmetricKey(size: .bits256))] + generations, file: file)
    }

    /// With another file's keys added, as an import brings them. A number that means another key here is
    /// refused; the newest number is the current one.
    public func merged(with other: MasterKey) throws(VaultError) -> MasterKey {
        var all = generations
        for generation in other.generations {
            if let known = all.first(where: { $0.number == generation.number }) {
                guard known.key == generation.key else { throw .otherKey }
            } else {
                all.append(generation)
            }
        }
        return MasterKey(all.sorted { $0.number > $1.number }, file: file)
    }

    /// Writes it in the place of a file, whole or not at all, for its owner only.
    public func write(to file: URL) throws(VaultError) {
        let draft = try written(beside: file)
        guard rename(draft, file.path) == 0 else {
            unlink(draft)
            throw .keyFile(.cannotWrite)
        }
    }

    /// Writes a file that is not there yet.
    public func export(to file: URL) throws(VaultError) {
        let draft = try written(beside: file)
        defer { unlink(draft) }
        guard link(draft, file.path) == 0 else { throw .keyFile(.cannotWrite) }
    }

    private func written(beside file: URL) throws(VaultError) -> String {
        let text = generations.map(\.line).joined(separator: "\n") + "\n"
        let draft = file.path + ".\(getpid()).new"
        let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw .keyFile(.cannotWrite) }
        let bytes = Array(text.utf8)
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        let synced = fsync(descriptor)
        close(descriptor)
        guard written == bytes.count, synced == 0 else {
            unlink(draft)
            throw .keyFile(.cannotWrite)
        }
        return draft
    }
}
