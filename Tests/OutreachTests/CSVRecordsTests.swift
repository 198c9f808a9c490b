import Outreach
import Testing

/// Rows of a file that comes in pieces are the rows of the file.
@Suite struct CSVRecordsTests {
    private struct Row: Equatable {
        let line: Int
        let fields: [String]
        let hasProblem: Bool
    }

    private func rows(_ text: String, pieces: (Int) -> Int) -> [Row] {
        var records = CSVRecords()
        var rows: [Row] = []
        var bytes = Array(text.utf8)[...]
        func take() {
            while records.next() {
                rows.append(
                    Row(
                        line: records.line, fields: (0..<records.fields.count).map(records.text),
                        hasProblem: records.problem != nil))
            }
        }
        while !bytes.isEmpty {
            let size = min(bytes.count, pieces(bytes.count))
            records.append(Array(bytes.prefix(size)))
            bytes = bytes.dropFirst(size)
            take()
        }
        records.finish()
        take()
        return rows
    }

    private let text = "a,b\r\n\"x,1\",\"say \"\"hi\"\"\"\n\n\"two\nlines\",\n企业,\"\"\nlast,row"
    private let expected = [
        Row(line: 1, fields: ["a", "b"], hasProblem: false),
        Row(line: 2, fields: ["x,1", "say \"hi\""], hasProblem: false),
        Row(line: 4, fields: ["two\nlines", ""], hasProblem: false),
        Row(line: 6, fields: ["企业", ""], hasProblem: false),
        Row(line: 7, fields: ["last", "row"], hasProblem: false),
    ]

    @Test("quotes, doubled quotes, lines within, blank lines, however the file is cut")
    func cut() {
        for size in 1...40 { #expect(rows(text) { _ in size } == expected, "pieces of \(size)") }
    }

    @Test("a row with a wrong quote is told, and the rows behind it are read") func wrongQuotes() {
        let found = rows("a,b\nx\"y,1\n\"z\"w,2\ngood,3\n") { _ in 5 }
        #expect(found.map(\.hasProblem) == [false, true, true, false])
        #expect(found.map(\.line) == [1, 2, 3, 4])
        #expect(found.last?.fields == ["good", "3"])
    }

    @Test("a quote that is never closed spoils its row, not the file") func notClosed() {
        let found = rows("a\n\"never\nb\nc") { _ in 3 }
        #expect(found.map(\.line) == [1, 2, 3, 4])
        #expect(found.map(\.hasProblem) == [false, true, false, false])
    }
}
