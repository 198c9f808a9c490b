import Foundation

/// What PostgreSQL wrote last, to be shown beside an error.
struct ClusterLog: Sendable {
    static let shownLines = 8

    let layout: ClusterLayout

    /// The last lines of what was written since `start`, oldest first: before its log was open, and then in
    /// it.
    func tail(since start: Date) -> [String] {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: layout.log)) ?? []
        let recent = names.map { layout.log + "/" + $0 }.compactMap {
            path -> (path: String, changed: Date)? in
            let changed = (try? manager.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            // A second's grace, since file systems round.
            return changed.flatMap { $0 > start.addingTimeInterval(-1) ? (path, $0) : nil }
        }
        let texts = recent.sorted { $0.changed < $1.changed }.map { Self.end(of: $0.path) }
        return Self.lastLines(of: texts.joined(separator: "\n"))
    }

    static func lastLines(of text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).suffix(shownLines).map(String.init)
    }

    /// PostgreSQL speaks English here, since its locale is ours to choose.
    static func tellsOfFullDisk(_ lines: [String]) -> Bool {
        lines.contains { $0.contains("No space left on device") || $0.contains("Disk quota exceeded") }
    }

    /// A server that was killed has children that have not noticed yet; they soon will.
    static func tellsOfOrphans(_ lines: [String]) -> Bool {
        lines.contains { $0.contains("pre-existing shared memory block") }
    }

    /// A killed server's number is taken until its parent has looked at it.
    static func tellsOfLock(_ lines: [String]) -> Bool {
        lines.contains { $0.contains("lock file") && $0.contains("already exists") }
    }

    private static func end(of path: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        let size = (try? file.seekToEnd()) ?? 0
        try? file.seek(toOffset: size > 4096 ? size - 4096 : 0)
        return String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    }
}
