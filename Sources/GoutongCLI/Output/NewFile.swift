internal import CFileSystem
internal import Foundation
internal import Outreach

/// A file could not be written; the system's number says why.
struct WriteFailure: Error {
    let number: Int32

    init() { number = errno }

    /// No room, by bytes or by quota, is told apart: it has another mend than a missing right.
    var isFull: Bool { number == ENOSPC || number == EDQUOT }
}

/// A file that nobody else has, on the disk when it is closed.
struct NewFile: ~Copyable {
    private let descriptor: Int32

    init(at path: String) throws(WriteFailure) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw WriteFailure() }
    }

    /// Takes over the rights and the owner of the file that it will replace, as far as the caller may.
    borrowing func takeRights(of facts: FileFacts) {
        _ = fchown(descriptor, facts.owner, facts.group)
        _ = fchmod(descriptor, facts.mode)
    }

    borrowing func append(_ bytes: [UInt8]) throws(WriteFailure) {
        try Self.write(bytes, to: descriptor)
    }

    /// Waits for the disk. Only then is the file whole.
    consuming func close() throws(WriteFailure) {
        guard fsync(descriptor) == 0 else { throw WriteFailure() }
    }

    deinit { _ = Foundation.close(descriptor) }

    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(WriteFailure) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
            }
            guard count >= 0 || errno == EINTR else { throw WriteFailure() }
            done += max(0, count)
        }
    }
}
