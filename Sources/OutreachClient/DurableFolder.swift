internal import CFileSystem
internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// A folder of one person, in which a file is whole and on the disk, or not there.
struct DurableFolder: Sendable {
    let path: String

    /// Makes the folder, for its owner alone.
    init(at path: String) throws(OutboxError) {
        self.path = path
        let parent = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(isFull: errno == ENOSPC)
        }
        let made = mkdir(path, 0o700) == 0
        guard made || errno == EEXIST else { throw .system() }
        var facts = FileFacts()
        guard facts.read(path, followingLinks: false), facts.isFolder, facts.owner == geteuid() else {
            throw .notOurs
        }
        if facts.mode & 0o077 != 0, chmod(path, 0o700) != 0 { throw .notOurs }
        if made { try Self.sync(parent) }
    }

    func file(_ name: String) -> String { path + "/" + name }

    func names() throws(OutboxError) -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: path) } catch { throw .notOurs }
    }

    func read(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: file(name)).map(Array.init)
    }

    /// Adds a file; false where the name is taken. On return it survives a power cut.
    func add(_ name: String, _ bytes: [UInt8]) throws(OutboxError) -> Bool {
        let draft = try written(bytes)
        defer { unlink(draft) }
        guard link(draft, file(name)) == 0 else {
            guard errno == EEXIST else { throw .system() }
            return false
        }
        FaultPoint.reach("outbox.named")
        try Self.sync(path)
        FaultPoint.reach("outbox.added")
        return true
    }

    /// Puts other content in a file's place: at every moment either is there, whole.
    func replace(_ name: String, _ bytes: [UInt8]) throws(OutboxError) {
        let draft = try written(bytes)
        FaultPoint.reach("outbox.replacing")
        guard rename(draft, file(name)) == 0 else {
            let failure = OutboxError.system()
            unlink(draft)
            throw failure
        }
        try Self.sync(path)
    }

    func remove(_ name: String) throws(OutboxError) {
        guard unlink(file(name)) == 0 || errno == ENOENT else { throw .system() }
        try Self.sync(path)
    }

    /// Adds a line. One that a power cut left unfinished before it stays apart.
    func append(_ line: String, to name: String) throws(OutboxError) {
        let descriptor = open(file(name), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system() }
        defer { close(descriptor) }
        let end = lseek(descriptor, 0, SEEK_END)
        var last: UInt8 = 0x0A
        if end > 0 { pread(descriptor, &last, 1, end - 1) }
        try Self.write(Array(((last == 0x0A ? "" : "\n") + line + "\n").utf8), to: descriptor)
        guard fsync(descriptor) == 0 else { throw .system() }
        if end == 0 { try Self.sync(path) }
    }

    private static let draftPrefix = ".new-"

    /// Takes away what a crash left half-written. A young one may be another process's, under way.
    func clearDrafts() {
        for name in (try? names()) ?? [] where name.hasPrefix(Self.draftPrefix) {
            var facts = FileFacts()
            guard facts.read(file(name), followingLinks: false), facts.written < Int64(time(nil)) - 3600
            else { continue }
            unlink(file(name))
        }
    }

    /// A new file of any name, with these bytes on the disk.
    private func written(_ bytes: [UInt8]) throws(OutboxError) -> String {
        let draft = file(Self.draftPrefix + UUID().uuidString)
        try Self.create(draft, bytes)
        FaultPoint.reach("outbox.written")
        return draft
    }

    /// Writes a file that must not exist, for its owner alone, to the disk; or leaves none.
    static func create(_ path: String, _ bytes: [UInt8]) throws(OutboxError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system() }
        defer { close(descriptor) }
        do throws(OutboxError) {
            try write(bytes, to: descriptor)
            guard fsync(descriptor) == 0 else { throw .system() }
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutboxError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
            }
            guard count >= 0 || errno == EINTR else { throw .system() }
            done += max(0, count)
        }
    }

    static func sync(_ folder: String) throws(OutboxError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system() }
    }
}
