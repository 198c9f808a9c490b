internal import CFileSystem
internal import Foundation
internal import Outreach
internal import PostgresClient

/// A folder that a command fills: whole or not at all.
///
/// The files are made in a hidden folder and reach the disk before any of them takes its name. A target that is
/// new, or holds nothing but files of these names, is put in place or exchanged in one step. Where there is
/// anything else in it, or it cannot be exchanged (the root of a disk, a folder whose parent may not be
/// written), everything that is there stays, and our files take their names one by one.
struct OutputFolder: Sendable {
    /// Where the files are made.
    let path: String

    /// What every command that writes a folder says of it in its help.
    static let promise = """
        目录整体写成，写不成则原样不动。目录中有其他文件时，其他文件保留，同名文件逐个替换。
        The folder is written whole or left as it was. Other files in it are never touched; where there are \
        any, ours are replaced one by one.
        """

    /// Fills the folder at a path with files of these names.
    /// - Parameter fill: makes the files; it may be called a second time where the first place was no use.
    static func write(
        to path: String, names: Set<String>, _ fill: (OutputFolder) async throws -> Void
    ) async throws {
        var facts = FileFacts()
        guard facts.read(path, followingLinks: true) else {
            return try await make(path, names, fill)
        }
        guard facts.isFolder else { throw CommandFailure.folderCannotBeWritten }
        let target = OutputFile.resolved(path)
        if isExchangeable(target, facts, names), try await exchange(target, facts, names, fill) { return }
        try await update(target, names, fill)
    }

    // MARK: Filling

    /// Writes a file. It reaches the disk with the others.
    func write(_ bytes: [UInt8], to name: String) throws {
        do throws(WriteFailure) {
            let file = try NewFile(at: path + "/" + name)
            try file.append(bytes)
            try file.close()
        } catch {
            throw CommandFailure(folder: error)
        }
    }

    /// Streams a file.
    func stream(
        _ name: String, _ chunks: some AsyncSequence<[UInt8], PostgresError> & Sendable
    ) async throws {
        let file = try open(name)
        for try await chunk in chunks { try file.append(chunk) }
        try file.close()
    }

    /// Begins a file that comes piece by piece.
    func open(_ name: String) throws -> StreamedFile {
        do throws(WriteFailure) {
            return StreamedFile(try NewFile(at: path + "/" + name))
        } catch {
            throw CommandFailure(folder: error)
        }
    }

    /// Why something else could not write here: it does not say, so the disk is asked.
    var failure: CommandFailure {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return .folderCannotBeWritten }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        return free < 1 << 16 || (status.f_files > 0 && status.f_favail == 0)
            ? .diskFull : .folderCannotBeWritten
    }

    // MARK: Ways to its place

    /// A new folder, with the folders that lead to it.
    private static func make(
        _ path: String, _ names: Set<String>, _ fill: (OutputFolder) async throws -> Void
    ) async throws {
        let target = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
        let parent = target.deletingLastPathComponent().path
        var made: [String] = []
        do {
            made = try makeFolders(parent)
            try await staged(in: parent, names, fill) { staging in
                guard rename(staging, target.path) == 0 else { throw WriteFailure() }
            }
        } catch {
            for folder in made.reversed() { rmdir(folder) }
            throw error
        }
    }

    /// In one step for everybody who looks: the new folder has the name, the old one is gone after it.
    /// - Returns: false where the file system cannot do that; nothing is changed then.
    private static func exchange(
        _ target: String, _ facts: FileFacts, _ names: Set<String>,
        _ fill: (OutputFolder) async throws -> Void
    ) async throws -> Bool {
        let parent = URL(fileURLWithPath: target).deletingLastPathComponent().path
        guard access(parent, W_OK | X_OK) == 0 else { return false }
        return try await staged(in: parent, names, fill) { staging in
            _ = chown(staging, facts.owner, facts.group)
            _ = chmod(staging, facts.mode)
            guard goutong_exchange(staging, target) == 0 else {
                return false
            }
            // What somebody put there at the last moment is moved along.
            for name in entries(of: staging) where !names.contains(name) {
                _ = rename(staging + "/" + name, target + "/" + name)
            }
            return true
        }
    }

    /// File by file: each whole, and only when all of them are on the disk.
    private static func update(
        _ target: String, _ names: Set<String>, _ fill: (OutputFolder) async throws -> Void
    ) async throws {
        try await staged(in: target, names, fill) { staging in
            for name in names where isFolder(target + "/" + name) {
                throw CommandFailure.folderCannotBeWritten
            }
            for name in names where rename(staging + "/" + name, target + "/" + name) != 0 {
                throw WriteFailure()
            }
        }
        OutputFile.syncFolder(target)
    }

    /// Makes the files in a hidden folder below `parent`, waits for the disk, and lets `place` put them where
    /// they belong. Whatever is left of the hidden folder goes.
    private static func staged<Value>(
        in parent: String, _ names: Set<String>, _ fill: (OutputFolder) async throws -> Void,
        place: (_ staging: String) throws -> Value
    ) async throws -> Value {
        let staging: StagingFolder
        do throws(WriteFailure) { staging = try StagingFolder(in: parent, for: names) } catch {
            throw CommandFailure(folder: error)
        }
        defer { staging.remove() }
        try await fill(OutputFolder(path: staging.path))
        do {
            try staging.sync()
            let value = try place(staging.path)
            OutputFile.syncFolder(parent)
            return value
        } catch let failure as WriteFailure {
            throw CommandFailure(folder: failure)
        }
    }

    // MARK: What stands there

    /// Whether nobody loses anything by another folder taking this one's place.
    private static func isExchangeable(_ path: String, _ facts: FileFacts, _ names: Set<String>) -> Bool {
        var here = FileFacts()
        let isHere =
            here.read(".", followingLinks: true) && here.inode == facts.inode && here.device == facts.device
        return !isHere
            && entries(of: path).allSatisfy { names.contains($0) && !isFolder(path + "/" + $0) }
    }

    private static func entries(of path: String) -> [String] {
        // What cannot be listed cannot be told from other people's.
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [""]
    }

    private static func isFolder(_ path: String) -> Bool {
        var facts = FileFacts()
        return facts.read(path, followingLinks: false) && facts.isFolder
    }

    /// Makes the folders that are missing on the way, and says which.
    private static func makeFolders(_ path: String) throws -> [String] {
        var missing: [String] = []
        var folder = URL(fileURLWithPath: path, isDirectory: true)
        var facts = FileFacts()
        while !facts.read(folder.path, followingLinks: true), folder.path != "/" {
            missing.append(folder.path)
            folder.deleteLastPathComponent()
        }
        var made: [String] = []
        for path in missing.reversed() {
            guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
                let failure = WriteFailure()
                for folder in made.reversed() { rmdir(folder) }
                throw CommandFailure(folder: failure)
            }
            made.append(path)
        }
        return made
    }
}

/// A file of such a folder, piece by piece.
final class StreamedFile {
    private var file: NewFile?

    fileprivate init(_ file: consuming NewFile) { self.file = consume file }

    func append(_ bytes: [UInt8]) throws {
        do throws(WriteFailure) { try file?.append(bytes) } catch { throw CommandFailure(folder: error) }
    }

    func close() throws {
        do throws(WriteFailure) { try file.take()?.close() } catch { throw CommandFailure(folder: error) }
    }
}

extension CommandFailure {
    fileprivate init(folder failure: WriteFailure) {
        self = failure.isFull ? .diskFull : .folderCannotBeWritten
    }

    fileprivate static var folderCannotBeWritten: CommandFailure {
        CommandFailure(
            .cannotWrite, code: "folder.cannot_write", pointer: "--out",
            rule: Bilingual(
                zh: "无法写入目录；原有的文件未动", en: "the folder cannot be written; what was there stays"),
            mend: Bilingual(zh: "检查路径、权限和磁盘空间", en: "check the path, its permissions and the disk"))
    }
}
