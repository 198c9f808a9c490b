internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

/// `FILE.errors.csv`: the rows that were not taken, with the columns they came with and what is wrong with each,
/// ready to be mended and imported again. Of JSON lines, `FILE.errors.jsonl`: those lines as they came, since a
/// document has no place for a remark.
enum ProblemFile {
    /// Reads the file a second time, and keeps nothing of it. Returns where it was written.
    static func write(_ report: RowReport, of source: ImportFile, language: Language) throws -> String {
        try source.restart()
        let isLines = try source.next()?.first { $0 > 0x20 } == UInt8(ascii: "{")
        guard isLines else { return try writeRows(report, of: source, language: language) }
        return try writeLines(report, of: source)
    }

    private static func writeLines(_ report: RowReport, of source: ImportFile) throws -> String {
        let path = source.path + ".errors.jsonl"
        let file = try PartFile(for: path)
        let wanted = Set(report.issues.map(\.line))
        var line = 1
        var chunk: [UInt8] = []
        try source.restart()
        while let piece = try source.next() {
            for part in piece.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .enumerated()
            {
                if part.offset > 0 {
                    if wanted.contains(line) { chunk.append(UInt8(ascii: "\n")) }
                    line += 1
                }
                if wanted.contains(line) { chunk.append(contentsOf: part.element) }
            }
            try file.append(chunk)
            chunk = []
        }
        try file.place()
        return path
    }

    private static func writeRows(
        _ report: RowReport, of source: ImportFile, language: Language
    ) throws -> String {
        let path = source.path + ".errors.csv"
        let file = try PartFile(for: path)
        var chunk: [UInt8] = [0xEF, 0xBB, 0xBF]
        var records = CSVRecords()
        try source.restart()
        var isHeader = true
        var issues = report.issues.makeIterator()
        var issue = issues.next()
        while try records.next(from: source) {
            var problems: [String] = []
            while let found = issue, found.line <= records.line {
                problems.append(line(found, language))
                issue = issues.next()
            }
            if isHeader {
                problems = [language.of(ImportProblems.header)]
                isHeader = false
            }
            guard !problems.isEmpty else { continue }
            append(records, problems.joined(separator: " | "), to: &chunk)
            if chunk.count > 1 << 16 {
                try file.append(chunk)
                chunk = []
            }
        }
        try file.append(chunk)
        try file.place()
        return path
    }

    private static func line(_ found: RowIssue, _ language: Language) -> String {
        let place = found.letter.map { "\($0): " } ?? ""
        return "\(place)\(language.of(found.issue.rule)) → \(language.of(found.issue.mend))"
    }

    private static func append(_ records: CSVRecords, _ problem: String, to chunk: inout [UInt8]) {
        for field in records.fields {
            append(records.bytes[field], to: &chunk)
            chunk.append(UInt8(ascii: ","))
        }
        append(Array(problem.utf8)[...], to: &chunk)
        chunk.append(contentsOf: Array("\r\n".utf8))
    }

    private static func append(_ field: ArraySlice<UInt8>, to chunk: inout [UInt8]) {
        guard field.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
            return chunk.append(contentsOf: field)
        }
        chunk.append(0x22)
        for byte in field {
            if byte == 0x22 { chunk.append(0x22) }
            chunk.append(byte)
        }
        chunk.append(0x22)
    }
}
