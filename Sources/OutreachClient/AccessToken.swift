internal import CFileSystem
internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// A token as the service gave it out. It appears in no log and no error.
public struct AccessToken: Sendable, CustomStringConvertible, CustomReflectable {
    public enum Problem: Error, Hashable, Sendable {
        case missing, readableByOthers, malformed
    }

    let text: String

    /// Reads a file that nobody else can read, with one line.
    public init(file: String) throws(Problem) {
        // Looked at and read through one descriptor: the file cannot be changed for another between.
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .missing }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var facts = FileFacts()
        guard facts.read(descriptor: descriptor), facts.isFile else { throw .missing }
        guard facts.mode & 0o077 == 0 else { throw .readableByOthers }
        guard let data = try? handle.read(upToCount: 4096),
            let line = String(data: data, encoding: .utf8)?.trimmingCharacters(in: .whitespacesAndNewlines),
            (8...1024).contains(line.utf8.count), line.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .malformed }
        text = line
    }

    /// Code of the federation whose token it is; nil for one of another form.
    public var federation: String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }

    public var description: String { "AccessToken" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
