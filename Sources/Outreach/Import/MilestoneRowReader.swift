/// A step of a firm from an imported file.
public struct MilestoneRow: Sendable {
    public let line: Int
    public let milestone: Milestone
    public let firm: FirmName
    /// Whether the file gives no id: one is to follow from what the row says.
    public let needsID: Bool
}

/// Reads the rows of a list of milestones: each takes the way of a milestone's document.
public struct MilestoneRowReader: Sendable {
    private let header: ImportHeader<MilestoneColumn>
    /// Words of the file that stand for codes.
    private let words: [String: String]
    private let today: Day

    public init(header: ImportHeader<MilestoneColumn>, words: [String: String], today: Day) {
        self.header = header
        self.words = words
        self.today = today
    }

    /// Reads the row that `records` stands at; nil where something is wrong, which `report` says.
    public func read(_ records: CSVRecords, _ report: inout RowReport) -> MilestoneRow? {
        guard records.isReadable(width: header.width, &report) else { return nil }
        var members: [JSONValue.Member] = []
        var issues = RowReport()
        for column in MilestoneColumn.allCases {
            guard let place = header[column] else { continue }
            let text = NormalisedText.prose(records.text(place))
            guard !text.isEmpty else { continue }
            switch value(column, text) {
            case .success(let value): members.append(.init(column.rawValue, value))
            case .failure(let issue): issues.add(issue, line: records.line, column: place)
            }
        }
        let needsID = !members.contains { $0.key == MilestoneColumn.id.rawValue }
        if needsID { members.append(.init("id", .string(Self.placeholder))) }
        var row: MilestoneRow?
        do throws(DocumentRefused) {
            let (milestone, firm) = try Milestone.decode(
                Array(JSONValue.object(members).text().utf8), today: today)
            row = MilestoneRow(line: records.line, milestone: milestone, firm: firm, needsID: needsID)
        } catch {
            for issue in error.issues {
                let column = MilestoneColumn(rawValue: String(issue.pointer.dropFirst())).flatMap {
                    header[$0]
                }
                // What could not be read is missing in the document, too: it is told once.
                guard issues.isEmpty || issue.code != "key.required" else { continue }
                issues.add(
                    DocumentIssue(code: issue.code, pointer: "", rule: issue.rule, mend: issue.mend),
                    line: records.line, column: column)
            }
        }
        guard issues.isEmpty else {
            for found in issues.issues { report.add(found.issue, line: found.line, column: found.column) }
            return nil
        }
        return row
    }

    private static let placeholder = "00000000-0000-7000-8000-000000000000"

    private func value(_ column: MilestoneColumn, _ text: String) -> Result<JSONValue, DocumentIssue> {
        switch column {
        case .on:
            let bytes = Array(text.utf8)
            return switch ImportDay.read(bytes, 0..<bytes.count) {
            case .day(let day): .success(.string(day.iso))
            case .wrong(let issue): .failure(issue)
            }
        case .members:
            return text.spreadsheetInteger.map { .success(.integer($0)) } ?? .failure(.notANumber)
        case .firm where text.isScientific: return .failure(.scientific)
        case .kind, .form, .intentForm: return .success(.string(words["\(column.rawValue).\(text)"] ?? text))
        default: return .success(.string(text))
        }
    }
}

/// Rules of imported milestones that only the ledger, or the whole file, can check.
public enum MilestoneSetRule {
    public static let unknownFirm = DocumentIssue.row(
        "firm.unknown", "台账中没有这家企业", "no such firm in the ledger", mendZh: "先导入或登记企业（goutong import firms）",
        mendEn: "import or record the firm first (goutong import firms)")
    public static let conflict = DocumentIssue.row(
        "milestone.conflict", "同一编号已登记了不同的进度", "this id holds another milestone", mendZh: "换一个新的编号，或把编号留空",
        mendEn: "mint a new id, or leave the id empty")
}
