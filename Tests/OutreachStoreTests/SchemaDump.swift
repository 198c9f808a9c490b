import Foundation

/// The text that `Schema/schema.sql` holds: what pg_dump says of a database, less what changes with its
/// version or the day.
enum SchemaDump {
    struct Failure: Error { let status: Int32 }

    static func make(of conninfo: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "pg_dump", "--schema-only", "--no-owner", "--dbname", conninfo,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(status: process.terminationStatus)
        }
        return normalised(String(decoding: data, as: UTF8.self))
    }

    /// Without versions, restriction keys, settings of the session, what extensions say of themselves and
    /// frames of comments; one blank line before each object.
    static func normalised(_ dump: String) -> String {
        let noise = [
            "-- Dumped ", "-- PostgreSQL database dump", "\\restrict", "\\unrestrict", "SET ",
            "SELECT pg_catalog.set_config", "-- Name: EXTENSION", "COMMENT ON EXTENSION",
        ]
        var text = "-- Written by Scripts/dump-schema: the schema after every migration, to be read.\n"
        for line in dump.split(separator: "\n") where line != "--" {
            if noise.contains(where: { line.hasPrefix($0) }) { continue }
            if line.hasPrefix("-- Name: ") { text += "\n" }
            text += line + "\n"
        }
        return text
    }

    /// The first line that differs, with its number; nil where the texts are the same to the byte.
    static func firstDifference(_ committed: String, _ dumped: String) -> String? {
        guard !committed.utf8.elementsEqual(dumped.utf8) else { return nil }
        let (left, right) = (lines(committed), lines(dumped))
        let index =
            zip(left, right).enumerated().first { $1.0 != $1.1 }?.offset ?? min(left.count, right.count)
        func line(_ lines: [Substring]) -> Substring { index < lines.count ? lines[index] : "(end)" }
        return "line \(index + 1): committed \(line(left)), dumped \(line(right))"
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }
}
