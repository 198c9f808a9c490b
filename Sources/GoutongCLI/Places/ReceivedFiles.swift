internal import Outreach
internal import OutreachClient

/// The files of an export as a service sends them: lines `{"file", "text"}`, a file's pieces one after another,
/// then `{"files": how many}`. Memory holds one line at a time.
final class ReceivedFiles {
    private let names: Set<String>
    private let folder: OutputFolder
    private var lines = ReceivedLines()
    private var current: (name: String, file: StreamedFile)?
    private var received: Set<String> = []
    private var isWhole = false

    /// - Parameter names: the files there must be.
    init(_ names: Set<String>, into folder: OutputFolder) {
        self.names = names
        self.folder = folder
    }

    func append(_ bytes: [UInt8]) throws {
        for row in try lines.rows(in: bytes) { try take(row) }
    }

    /// - Throws: an obstacle where the last line, or a file, is missing.
    func finish() throws {
        guard isWhole, lines.isOver, received == names else { throw ReceivedLines.notOurs }
    }

    private func take(_ row: JSONRow) throws {
        guard !isWhole else { throw ReceivedLines.notOurs }
        if let count = row.number("files") {
            try current?.file.close()
            current = nil
            isWhole = count == received.count
            return
        }
        guard let name = row.text("file"), let text = row.text("text") else { throw ReceivedLines.notOurs }
        if current?.name != name {
            // A table that this program does not know is a newer service's.
            guard names.contains(name) else { throw CommandFailure(asking: .noSuchRoute) }
            guard received.insert(name).inserted else { throw ReceivedLines.notOurs }
            try current?.file.close()
            current = (name, try folder.open(name))
        }
        try current?.file.append(Array(text.utf8))
    }
}
