internal import CFileSystem
internal import Foundation
internal import Outreach
internal import Reporting
internal import Vault

/// A backup that is being written. It takes its name when it is whole and on the disk, or never; never that of
/// another file.
final class NewBackup {
    private let target: String
    private let part: String
    private let descriptor: Int32
    private var hash = RunningSHA256()
    private(set) var dumpBytes = 0

    private static let prefix = ".goutong-backup-"
    private static let suffix = ".part"

    init(for path: String) throws(CommandFailure) {
        target = path
        let folder = Self.folder(of: path)
        var facts = FileFacts()
        guard !facts.read(path, followingLinks: false) else { throw .backupStands(path) }
        Self.sweep(folder)
        part = "\(folder)/\(Self.prefix)\(UUID().uuidString)\(Self.suffix)"
        descriptor = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw CommandFailure(backup: WriteFailure()) }
        // Held while its maker lives: what a killed command left is known by it.
        _ = flock(descriptor, LOCK_EX | LOCK_NB)
        // The header's place; it is written when the size is known.
        try write([UInt8](repeating: 0, count: TapeHeader.block))
    }

    var dumpHash: String { hash.digest.hexadecimal }

    func append(_ bytes: [UInt8]) throws(CommandFailure) {
        try write(bytes)
        hash.append(bytes)
        dumpBytes += bytes.count
    }

    func place(_ manifest: BackupManifest) throws(CommandFailure) {
        let text = Array((manifest.json().text() + "\n").utf8)
        let dump = TapeHeader(name: BackupFile.dumpName, size: dumpBytes)
        let header = TapeHeader(name: BackupFile.manifestName, size: text.count)
        try write([UInt8](repeating: 0, count: dump.padded - dump.size))
        try write(header.bytes + text)
        try write([UInt8](repeating: 0, count: header.padded - header.size + 2 * TapeHeader.block))
        guard pwrite(descriptor, dump.bytes, TapeHeader.block, 0) == TapeHeader.block,
            fsync(descriptor) == 0
        else { throw CommandFailure(backup: WriteFailure()) }
        // link() never replaces; where there are no links, a look just before must do.
        if link(part, target) != 0 {
            guard errno != EEXIST else { throw .backupStands(target) }
            guard access(target, F_OK) != 0, rename(part, target) == 0 else {
                throw CommandFailure(backup: WriteFailure())
            }
        }
        unlink(part)
        OutputFile.syncFolder(Self.folder(of: target))
    }

    private func write(_ bytes: [UInt8]) throws(CommandFailure) {
        do throws(WriteFailure) { try NewFile.write(bytes, to: descriptor) } catch {
            throw CommandFailure(backup: error)
        }
    }

    deinit {
        unlink(part)
        close(descriptor)
    }

    private static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    /// What killed commands left: nobody holds its lock any more. A minute's grace between making and locking.
    private static func sweep(_ folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            let left = folder + "/" + name
            let file = open(left, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
            guard file >= 0 else { continue }
            defer { close(file) }
            var facts = FileFacts()
            guard facts.read(descriptor: file), facts.isFile, Int64(time(nil)) - facts.written > 60,
                flock(file, LOCK_EX | LOCK_NB) == 0
            else { continue }
            unlink(left)
        }
    }
}
