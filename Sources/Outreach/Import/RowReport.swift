/// One thing wrong with one row of a file: where, which rule, how to mend it. It never carries the value.
public struct RowIssue: Hashable, Sendable {
    /// Of the file, from 1.
    public let line: Int
    /// Of the file, from 0; nil where the row as a whole is meant.
    public let column: Int?
    public let issue: DocumentIssue

    /// The column as a spreadsheet names it: A … Z, AA …
    public var letter: String? { column.map(Self.letter) }

    public static func letter(_ column: Int) -> String {
        var letters = ""
        var rest = column + 1
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}

/// Everything that is wrong with a file's rows, in little room: a million bad rows are a million small numbers,
/// since there are few rules.
public struct RowReport: Sendable {
    private struct Entry {
        let line: Int32
        /// -1: the whole row.
        let column: Int16
        let rule: UInt16
        /// The line that a rule speaks of, where it speaks of one.
        let other: Int32
    }

    /// Stands in a rule's text for the other line.
    public static let otherLine = "{line}"

    private var rules: [DocumentIssue] = []
    private var numbers: [DocumentIssue: UInt16] = [:]
    private var entries: [Entry] = []

    public init() {}

    public var isEmpty: Bool { entries.isEmpty }
    public var count: Int { entries.count }

    public mutating func add(_ issue: DocumentIssue, line: Int, column: Int?, other: Int? = nil) {
        let rule = numbers[issue] ?? number(issue)
        entries.append(
            Entry(
                line: Int32(clamping: line), column: Int16(clamping: column ?? -1), rule: rule,
                other: Int32(clamping: other ?? 0)))
    }

    public mutating func add(_ error: CodeError, line: Int, column: Int?) {
        add(
            DocumentIssue(code: error.code, pointer: "", rule: error.rule, mend: error.mend), line: line,
            column: column)
    }

    /// Adds what another report says.
    public mutating func add(_ other: RowReport) {
        for found in other.issues { add(found.issue, line: found.line, column: found.column) }
    }

    private mutating func number(_ issue: DocumentIssue) -> UInt16 {
        // Rules are few; should a reader make them up, the last number stands for the rest.
        let number = UInt16(clamping: rules.count)
        if rules.count <= Int(UInt16.max) {
            rules.append(issue)
            numbers[issue] = number
        }
        return number
    }

    /// In the order of the file. Call before reading `issues` or `lines`.
    public mutating func sort() {
        entries.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// As sorted.
    public var issues: some Sequence<RowIssue> {
        entries.lazy.map { entry in
            RowIssue(
                line: Int(entry.line), column: entry.column < 0 ? nil : Int(entry.column),
                issue: self.issue(entry))
        }
    }

    /// Lines with at least one issue, each once, as sorted.
    public var lines: [Int] {
        var lines: [Int] = []
        for entry in entries where lines.last != Int(entry.line) { lines.append(Int(entry.line)) }
        return lines
    }

    /// How often each rule was broken, the most frequent first.
    public var tally: [(issue: DocumentIssue, count: Int)] {
        var counts = [Int](repeating: 0, count: rules.count)
        for entry in entries { counts[Int(entry.rule)] += 1 }
        return zip(rules, counts).map { (issue: told($0, otherLine: "N"), count: $1) }
            .sorted { ($1.count, $0.issue.code) < ($0.count, $1.issue.code) }
    }

    private func issue(_ entry: Entry) -> DocumentIssue {
        let rule = rules[Int(entry.rule)]
        return entry.other > 0 ? told(rule, otherLine: "\(entry.other)") : rule
    }

    private func told(_ rule: DocumentIssue, otherLine: String) -> DocumentIssue {
        func told(_ text: Bilingual) -> Bilingual {
            Bilingual(
                zh: text.zh.replacing(Self.otherLine, with: otherLine),
                en: text.en.replacing(Self.otherLine, with: otherLine))
        }
        return DocumentIssue(
            code: rule.code, pointer: rule.pointer, rule: told(rule.rule), mend: told(rule.mend))
    }
}
