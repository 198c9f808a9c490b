internal import CFileSystem
internal import Foundation
internal import Outreach

/// One file that a command writes: whole or not at all.
enum OutputFile {
    static func write(_ bytes: [UInt8], to path: String) throws {
        do throws(WriteFailure) {
            var facts = FileFacts()
            let stands = facts.read(path, followingLinks: true)
            if stands, !facts.isFile {
                try writeInto(path, bytes)
            } else {
                // Through a link, the file that it leads to is replaced.
                try replace(stands ? resolved(path) : path, with: bytes, rights: stands ? facts : nil)
            }
        } catch {
            throw error.isFull ? CommandFailure.diskFull : .fileCannotBeWritten
        }
    }

    /// A device or a pipe is written into, never replaced.
    private static func writeInto(_ path: String, _ bytes: [UInt8]) throws(WriteFailure) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw WriteFailure() }
        defer { close(descriptor) }
        try NewFile.write(bytes, to: descriptor)
    }

    private static func replace(
        _ path: String, with bytes: [UInt8], rights: FileFacts?
    ) throws(WriteFailure) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let part = "\(folder)/.goutong-\(UUID().uuidString).part"
        var isPlaced = false
        let file = try NewFile(at: part)
        defer { if !isPlaced { unlink(part) } }
        if let rights { file.takeRights(of: rights) }
        try file.append(bytes)
        try file.close()
        guard rename(part, path) == 0 else { throw WriteFailure() }
        isPlaced = true
        syncFolder(folder)
    }

    /// What the path leads to, by its links.
    static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// A new name is on the disk when its folder is; where that cannot be asked, it comes in time.
    static func syncFolder(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

extension CommandFailure {
    static var diskFull: CommandFailure {
        CommandFailure(
            .cannotWrite, code: "disk.full", pointer: "--out",
            rule: Bilingual(
                zh: "磁盘已满，没有写入；原有的文件未动", en: "the disk is full; nothing was written, and what was there stays"
            ),
            mend: Bilingual(
                zh: "腾出空间，或用 --out 换一个磁盘，再运行同一命令",
                en: "free some space, or name another disk with --out, and run the same command again"))
    }

    static var fileCannotBeWritten: CommandFailure {
        CommandFailure(
            .cannotWrite, code: "file.cannot_write", pointer: "--out",
            rule: Bilingual(zh: "无法写入文件", en: "the file cannot be written"),
            mend: Bilingual(
                zh: "检查目录是否存在、权限和磁盘空间", en: "check that the folder exists, its permissions and the disk"))
    }
}
