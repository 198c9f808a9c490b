internal import Foundation
internal import Outreach

/// A folder that a command fills. It is made where it is missing; other files in it are left alone.
struct OutputFolder: Sendable {
    private let url: URL

    init(_ path: String) throws {
        url = URL(fileURLWithPath: path, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw Self.cannotWrite
        }
    }

    /// Writes a file whole or not at all.
    func write(_ bytes: [UInt8], to name: String) throws {
        try Arguments.write(bytes, to: url.appendingPathComponent(name).path)
    }

    /// A new file to stream into.
    func open(_ name: String) throws -> FileHandle {
        let path = url.appendingPathComponent(name).path
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw Self.cannotWrite }
        return file
    }

    private static var cannotWrite: CommandFailure {
        CommandFailure(
            .cannotWrite, code: "folder.cannot_write", pointer: "--out",
            rule: Bilingual(zh: "无法写入目录", en: "the folder cannot be written"),
            mend: Bilingual(zh: "检查路径、权限和磁盘空间", en: "check the path, its permissions and the disk"))
    }
}
