internal import Foundation
internal import Outreach
internal import PostgresClient

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

    /// Streams a file, whole or not at all: it takes its name when it is complete.
    func stream(
        _ name: String, _ chunks: some AsyncSequence<[UInt8], PostgresError> & Sendable
    ) async throws {
        let part = url.appendingPathComponent(name + ".part")
        defer { try? FileManager.default.removeItem(at: part) }
        guard FileManager.default.createFile(atPath: part.path, contents: nil),
            let file = FileHandle(forWritingAtPath: part.path)
        else { throw Self.cannotWrite }
        for try await chunk in chunks {
            do { try file.write(contentsOf: Data(chunk)) } catch { throw Self.cannotWrite }
        }
        do { try file.close() } catch { throw Self.cannotWrite }
        guard rename(part.path, url.appendingPathComponent(name).path) == 0 else { throw Self.cannotWrite }
    }

    private static var cannotWrite: CommandFailure {
        CommandFailure(
            .cannotWrite, code: "folder.cannot_write", pointer: "--out",
            rule: Bilingual(zh: "无法写入目录", en: "the folder cannot be written"),
            mend: Bilingual(zh: "检查路径、权限和磁盘空间", en: "check the path, its permissions and the disk"))
    }
}
