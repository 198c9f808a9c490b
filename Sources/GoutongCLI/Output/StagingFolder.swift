internal import CFileSystem
internal import Foundation

/// A hidden folder in which files are made until they are all there.
///
/// It is locked while its maker lives, so that what a killed command left is known and goes with the next one.
struct StagingFolder {
    let path: String
    /// All that may be in it. Nothing else is ever taken away.
    private let names: Set<String>
    private let lock: Int32

    private static let prefix = ".goutong-"
    private static let suffix = ".part"

    init(in parent: String, for names: Set<String>) throws(WriteFailure) {
        Self.sweep(parent, names)
        let path = "\(parent)/\(Self.prefix)\(UUID().uuidString)\(Self.suffix)"
        guard mkdir(path, 0o777) == 0 else { throw WriteFailure() }
        lock = Self.lock(path)
        guard lock >= 0 else {
            let failure = WriteFailure()
            rmdir(path)
            throw failure
        }
        self.path = path
        self.names = names
    }

    /// Waits until every file, and its name, is on the disk.
    func sync() throws(WriteFailure) {
        for name in Self.entries(of: path) {
            let file = open(path + "/" + name, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { throw WriteFailure() }
            defer { close(file) }
            guard fsync(file) == 0 else { throw WriteFailure() }
        }
        guard fsync(lock) == 0 else { throw WriteFailure() }
    }

    /// Takes away what is left; nothing where the folder has another name by now.
    func remove() {
        Self.remove(path, names)
        close(lock)
    }

    private static func remove(_ path: String, _ names: Set<String>) {
        for name in names { unlink(path + "/" + name) }
        rmdir(path)
    }

    /// What killed commands left: nobody holds its lock any more. A minute's grace between making and locking.
    private static func sweep(_ parent: String, _ names: Set<String>) {
        for name in entries(of: parent) where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            let left = parent + "/" + name
            var facts = FileFacts()
            guard facts.read(left, followingLinks: false), facts.isFolder,
                Int64(time(nil)) - facts.written > 60
            else { continue }
            let lock = lock(left)
            guard lock >= 0 else { continue }
            remove(left, names)
            close(lock)
        }
    }

    /// -1 where somebody holds it.
    private static func lock(_ path: String) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return -1 }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return -1
        }
        return descriptor
    }

    private static func entries(of path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }
}
