import Foundation
import OutreachStore
import Vault

/// A file in memory, in pieces small enough to be cut within rows.
final class MemorySource: ImportSource {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var hash: [UInt8] {
        var hash = RunningSHA256()
        hash.append(bytes)
        return hash.digest
    }

    func restart() { position = 0 }

    func next() -> [UInt8]? {
        guard position < bytes.count else { return nil }
        let end = min(position + 10_000, bytes.count)
        defer { position = end }
        return Array(bytes[position..<end])
    }
}
