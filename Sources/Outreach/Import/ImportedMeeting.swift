internal import Foundation

/// A meeting of an imported file: its document, or what is wrong with it.
public struct ImportedMeeting: Sendable {
    /// On which it begins.
    public let line: Int
    /// Rows, or lines, that it takes.
    public let rows: Int
    /// nil where something is wrong.
    public let document: MeetingDocument?
    /// What the file calls the meeting, where that is no id: one is to be derived from it.
    public let key: String?
    public let issues: [RowIssue]
}

/// The words of a file that stand for codes: `未建会` for `unorganised`.
public typealias ImportWords = [MeetingColumn: [String: String]]

/// Reads meetings out of a flat file, row by row; a meeting is whole when the next one begins.
public struct FlatMeetingReader: Sendable {
    private struct Row {
        let line: Int
        let cells: [MeetingColumn: String]
    }

    private let header: ImportHeader<MeetingColumn>
    private let words: ImportWords
    private let areas: any AreaDirectory
    private let today: Day
    private var rows: [Row] = []
    private var issues: [RowIssue] = []
    private var seen: Set<String> = []
    /// Of the meeting whose rows these are.
    private var key: String?
    /// Whether the last row could not be read.
    private var isBroken = false

    public init(
        header: ImportHeader<MeetingColumn>, words: ImportWords, areas: any AreaDirectory, today: Day
    ) {
        self.header = header
        self.words = words
        self.areas = areas
        self.today = today
    }

    /// Takes the row that `records` stands at. Returns the meeting before it, where a new one begins.
    public mutating func take(_ records: CSVRecords) -> ImportedMeeting? {
        var report = RowReport()
        guard records.isReadable(width: header.width, &report) else {
            // It may be of the meeting before it or behind it: neither is taken without it.
            issues += report.issues
            rows.append(Row(line: records.line, cells: [:]))
            isBroken = true
            return nil
        }
        var cells: [MeetingColumn: String] = [:]
        for column in MeetingColumn.allCases {
            guard let place = header[column] else { continue }
            let text = NormalisedText.prose(records.text(place), keepsLines: true)
            if !text.isEmpty { cells[column] = text }
        }
        let row = Row(line: records.line, cells: cells)
        let key = cells[.meeting]
        if let current = self.key, key == nil || key == current {
            rows.append(row)
            isBroken = false
            return nil
        }
        let wasBroken = isBroken
        let before = finish()
        rows = [row]
        self.key = key
        if let key {
            if !seen.insert(key).inserted { note(.notTogether, row.line, .meeting) }
        } else {
            note(.required, row.line, .meeting)
        }
        if wasBroken { note(.neighbourUnreadable, row.line, .meeting) }
        return before
    }

    /// The last meeting.
    public mutating func finish() -> ImportedMeeting? {
        guard let first = rows.first else { return nil }
        defer {
            rows = []
            issues = []
            key = nil
            isBroken = false
        }
        var document: MeetingDocument?
        var isKeyed = false
        if issues.isEmpty { (document, isKeyed) = read(first) }
        return ImportedMeeting(
            line: first.line, rows: rows.count, document: issues.isEmpty ? document : nil,
            key: isKeyed ? key : nil, issues: issues)
    }

    private mutating func note(_ issue: DocumentIssue, _ line: Int, _ column: MeetingColumn?) {
        issues.append(RowIssue(line: line, column: column.flatMap { header[$0] }, issue: issue))
    }

    // MARK: The document

    private mutating func read(_ first: Row) -> (document: MeetingDocument?, isKeyed: Bool) {
        var members: [String: JSONValue] = ["schema": .string(MeetingDocument.schema)]
        for column in MeetingColumn.allCases where !column.isOfFirm && column != .meeting {
            for row in rows.dropFirst() {
                if let repeated = row.cells[column], repeated != first.cells[column] {
                    note(.differs, row.line, column)
                }
            }
            if let value = value(column, first) { Self.put(value, at: column.path[...], in: &members) }
        }
        var firms: [JSONValue] = []
        var firmRows: [Row] = []
        for row in rows {
            var firm: [String: JSONValue] = [:]
            for column in MeetingColumn.allCases where column.isOfFirm {
                if let value = value(column, row) { Self.put(value, at: column.path[...], in: &firm) }
            }
            guard !firm.isEmpty else { continue }
            firms.append(Self.object(firm))
            firmRows.append(row)
        }
        if !firms.isEmpty { members["firms"] = .array(firms) }
        guard issues.isEmpty else { return (nil, false) }
        let stated = first.cells[.meeting].flatMap { MeetingID($0) }.flatMap {
            $0.uuid.uuid.6 >> 4 == 7 ? $0 : nil
        }
        members["id"] = .string(stated.map { "\($0)" } ?? Self.placeholder)
        do throws(DocumentRefused) {
            let read = try MeetingSubmission.decode(Self.object(members), today: today, areas: areas)
            guard case .record(let document) = read else { return (nil, false) }
            return (document, stated == nil)
        } catch {
            for issue in error.issues { place(issue, first, firmRows) }
            return (nil, false)
        }
    }

    /// A valid id that no meeting keeps.
    private static let placeholder = "00000000-0000-7000-8000-000000000000"

    private mutating func value(_ column: MeetingColumn, _ row: Row) -> JSONValue? {
        guard let text = row.cells[column] else { return nil }
        switch column.form {
        case .text: return .string(text)
        case .choice: return .string(words[column]?[text] ?? text)
        case .number:
            guard let number = text.spreadsheetInteger else {
                note(.notANumber, row.line, column)
                return nil
            }
            return .integer(number)
        case .day:
            let bytes = Array(text.utf8)
            switch ImportDay.read(bytes, 0..<bytes.count) {
            case .day(let day): return .string(day.iso)
            case .wrong(let issue):
                note(issue, row.line, column)
                return nil
            }
        case .list:
            let parts = text.split(whereSeparator: { "、；;\n".contains($0) }).map {
                String($0).trimmingSpaces
            }
            return .array(
                parts.map { column == .staff ? .object([.init("name", .string($0))]) : .string($0) })
        }
    }

    private static func put(
        _ value: JSONValue, at path: ArraySlice<String>, in members: inout [String: JSONValue]
    ) {
        guard let key = path.first else { return }
        guard path.count > 1 else { return members[key] = value }
        var below: [String: JSONValue] = [:]
        if case .object(let known)? = members[key] {
            below = Dictionary(known.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        }
        put(value, at: path.dropFirst(), in: &below)
        members[key] = object(below)
    }

    private static func object(_ members: [String: JSONValue]) -> JSONValue {
        .object(members.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) })
    }

    /// The row and column that a document's pointer means.
    private mutating func place(_ issue: DocumentIssue, _ first: Row, _ firmRows: [Row]) {
        var path = issue.pointer.split(separator: "/").map(String.init)[...]
        var line = first.line
        var isOfFirm = false
        if path.first == "firms", let index = path.dropFirst().first.flatMap({ Int($0) }),
            index < firmRows.count
        {
            line = firmRows[index].line
            isOfFirm = true
            path = path.dropFirst(2)
        }
        let column = MeetingColumn.allCases.first { column in
            column.isOfFirm == isOfFirm && column != .meeting && !path.isEmpty
                && Array(path.prefix(column.path.count)) == column.path
        }
        note(DocumentIssue(code: issue.code, pointer: "", rule: issue.rule, mend: issue.mend), line, column)
    }
}

extension String {
    fileprivate var trimmingSpaces: String { NormalisedText.prose(self) }
}

extension DocumentIssue {
    static let notTogether = row(
        "meeting.not_together", "同一沟通会的行没有排在一起", "rows of one meeting do not stand together",
        mendZh: "按沟通会编号排序", mendEn: "sort the file by the meeting's key")
    static let neighbourUnreadable = row(
        "meeting.row_unreadable", "前一行无法读取，可能属于这场沟通会",
        "the row before cannot be read and may be of this meeting",
        mendZh: "先改正前一行", mendEn: "mend the row before first")
    static let differs = row(
        "meeting.differs", "同一沟通会的各行内容不一致", "rows of one meeting say different things of it",
        mendZh: "改成与第一行相同，或留空", mendEn: "say the same as the first row, or nothing")
}
