internal import Foundation
internal import Outreach

/// A file that is written piece by piece: it takes its name when it is whole and on the disk, or never.
final class PartFile: Sendable {
    private let target: String
    private let part: String
    private let descriptor: Int32

    init(for path: String) throws {
        target = OutputFile.resolved(path)
        let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
        part = "\(folder)/.goutong-\(UUID().uuidString).part"
        descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure(WriteFailure()) }
    }

    func append(_ bytes: [UInt8]) throws {
        do throws(WriteFailure) { try NewFile.write(bytes, to: descriptor) } catch {
            throw Self.failure(error)
        }
    }

    func place() throws {
        guard fsync(descriptor) == 0, rename(part, target) == 0 else { throw Self.failure(WriteFailure()) }
        OutputFile.syncFolder(URL(fileURLWithPath: target).deletingLastPathComponent().path)
    }

    deinit {
        // Nothing is there any more where it was placed.
        unlink(part)
        close(descriptor)
    }

    private static func failure(_ error: WriteFailure) -> CommandFailure {
        error.isFull ? .diskFull : .fileCannotBeWritten
    }
}
