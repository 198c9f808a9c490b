internal import CFileSystem
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
        var facts = FileFacts()
        guard facts.read(path, followingLinks: followingLinks) else { return nil }
        owner = facts.owner
        mode = facts.mode
        isFolder = facts.isFolder
        identity = [facts.device, facts.inode]
    }

    /// Bytes an ordinary user may still write on the disk that holds `path`; nil where the system does not
    /// say.
    static func freeSpace(at path: String) -> UInt64? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
    }
}
