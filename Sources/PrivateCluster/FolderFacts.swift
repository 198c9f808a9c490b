import Foundation

/// What the file system says of a path, its last link not followed unless asked.
struct FolderFacts: Hashable, Sendable {
    let owner: UInt32
    /// The permission bits alone.
    let mode: UInt32
    let isFolder: Bool
    /// Device and inode: two paths with equal identities are one folder.
    let identity: [UInt64]

    /// nil where nothing is there, or where the caller may not look.
    init?(at path: String, followingLinks: Bool = true) {
        var facts = stat()
        guard (followingLinks ? stat(path, &facts) : lstat(path, &facts)) == 0 else { return nil }
        owner = facts.st_uid
        mode = facts.st_mode & 0o7777
        isFolder = facts.st_mode & S_IFMT == S_IFDIR
        identity = [UInt64(facts.st_dev), UInt64(facts.st_ino)]
    }

    /// Bytes an ordinary user may still write on the disk that holds `path`; nil where the system does not
    /// say.
    static func freeSpace(at path: String) -> UInt64? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
    }
}
