internal import Crypto
public import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// The one secret of an installation: 32 random bytes in a file that only its owner can read.
public struct MasterKey: Sendable {
    let key: SymmetricKey

    init(_ key: SymmetricKey) { self.key = key }

    /// Reads the key file; refuses one that others can read.
    public static func read(from file: URL) throws(VaultError) -> MasterKey {
        var status = stat()
        guard stat(file.path, &status) == 0 else { throw .keyFile(.missing) }
        guard status.st_mode & 0o077 == 0 || isCredential(file, status) else {
            throw .keyFile(.readableByOthers)
        }
        guard let text = try? String(contentsOf: file, encoding: .utf8),
            let bytes = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)),
            bytes.count == 32
        else { throw .keyFile(.malformed) }
        return MasterKey(SymmetricKey(data: bytes))
    }

    /// Whether systemd handed the file to this service (systemd.exec(5), LoadCredential=). It lies in a folder
    /// that nobody else can enter; the group's bits stand for the access list that lets the service in.
    private static func isCredential(_ file: URL, _ status: stat) -> Bool {
        guard let folder = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty,
            file.standardizedFileURL.deletingLastPathComponent().path
                == URL(fileURLWithPath: folder).standardizedFileURL.path
        else { return false }
        return status.st_mode & 0o037 == 0 && status.st_uid == 0
    }

    /// Makes a new key file, never over an existing one: two processes that start at once agree on the
    /// first one's key.
    public static func readOrMake(at file: URL) throws(VaultError) -> MasterKey {
        if FileManager.default.fileExists(atPath: file.path) { return try read(from: file) }
        let key = SymmetricKey(size: .bits256)
        let text = key.withUnsafeBytes { Data($0).base64EncodedString() } + "\n"
        let draft = file.path + ".\(getpid()).new"
        let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw .keyFile(.cannotWrite) }
        let written = text.utf8.withContiguousStorageIfAvailable {
            write(descriptor, $0.baseAddress, $0.count)
        }
        let synced = fsync(descriptor)
        close(descriptor)
        defer { unlink(draft) }
        guard written == text.utf8.count, synced == 0 else { throw .keyFile(.cannotWrite) }
        // link() fails where the name exists: whoever comes first wins, the others read.
        guard link(draft, file.path) == 0 || errno == EEXIST else { throw .keyFile(.cannotWrite) }
        return try read(from: file)
    }
}
