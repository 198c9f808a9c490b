import Foundation
import Testing

/// Compares text with the file of this name under `Snapshots`. A missing file is recorded and fails,
/// so that nobody commits a baseline that nobody has read.
func expectSnapshot(
    _ text: String, named name: String, filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let file = URL(fileURLWithPath: filePath).deletingLastPathComponent()
        .appendingPathComponent("Snapshots").appendingPathComponent(name)
    guard let recorded = try? Data(contentsOf: file) else {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        Issue.record("recorded \(name): read it, then run again", sourceLocation: sourceLocation)
        return
    }
    // Bytes, not strings: Swift takes canonically equal texts for the same.
    guard recorded != Data(text.utf8) else { return }
    let expected = String(decoding: recorded, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
    let actual = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(expected, actual).enumerated().first { $1.0 != $1.1 }
    Issue.record(
        """
        \(name) differs from line \((line?.offset ?? min(expected.count, actual.count)) + 1):
        expected \(line?.element.0 ?? "(end)")
        actual   \(line?.element.1 ?? "(end)")
        """, sourceLocation: sourceLocation)
}
