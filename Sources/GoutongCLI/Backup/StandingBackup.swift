internal import CFileSystem
internal import Foundation
internal import Outreach
internal import Reporting
internal import Vault

/// A backup that is there, found whole: its dump has the size and the hash that its manifest says.
struct StandingBackup: Sendable {
    let manifest: BackupManifest
    private let file: FileHandle

    init(at path: String) throws(CommandFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .backupMissing }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var facts = FileFacts()
        guard facts.read(descriptor: descriptor), facts.isFile else {
            throw .backupMissing
        }

        guard let first = Self.read(descriptor, 0, TapeHeader.block), let dump = TapeHeader(first),
            dump.name == BackupFile.dumpName
        else { throw .backupForeign }
        let behind = BackupFile.dumpOffset + dump.padded
        guard let second = Self.read(descriptor, behind, TapeHeader.block), let header = TapeHeader(second),
            header.name == BackupFile.manifestName, header.size <= BackupFile.longestManifest,
            let text = Self.read(descriptor, behind + TapeHeader.block, header.size)
        else { throw .backupDamaged }
        // Longer or shorter, or filled with anything, it is not what was written.
        let end = behind + TapeHeader.block + header.padded + 2 * TapeHeader.block
        let (afterDump, afterText) = (
            BackupFile.dumpOffset + dump.size, behind + TapeHeader.block + header.size
        )
        guard Int(facts.size) == end, Self.isEmpty(descriptor, afterDump..<behind),
            Self.isEmpty(descriptor, afterText..<end)
        else { throw .backupDamaged }
        manifest = try BackupManifest(text)
        guard manifest.dumpBytes == dump.size, Self.hash(descriptor, dump.size) == manifest.dumpHash else {
            throw .backupDamaged
        }
    }

    /// The file, at the beginning of the dump.
    func dump() throws(CommandFailure) -> FileHandle {
        guard lseek(file.fileDescriptor, off_t(BackupFile.dumpOffset), SEEK_SET) >= 0 else {
            throw .backupDamaged
        }
        return file
    }

    private static func hash(_ descriptor: Int32, _ size: Int) -> String? {
        var hash = RunningSHA256()
        var done = 0
        while done < size {
            let count = min(1 << 20, size - done)
            guard let bytes = read(descriptor, BackupFile.dumpOffset + done, count) else { return nil }
            hash.append(bytes)
            done += count
        }
        return hash.digest.hexadecimal
    }

    private static func isEmpty(_ descriptor: Int32, _ range: Range<Int>) -> Bool {
        read(descriptor, range.lowerBound, range.count)?.allSatisfy { $0 == 0 } ?? false
    }

    /// nil where the file ends before.
    private static func read(_ descriptor: Int32, _ offset: Int, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            done += got
        }
        return bytes
    }
}
