/// Reads meeting documents out of JSON lines: one `goutong.meeting/1` a line, first recordings only.
public struct MeetingLineReader: Sendable {
    private let areas: any AreaDirectory
    private let today: Day
    private var bytes: [UInt8] = []
    private var position = 0
    private var line = 0

    public init(areas: any AreaDirectory, today: Day) {
        self.areas = areas
        self.today = today
    }

    public mutating func append(_ chunk: [UInt8]) {
        bytes.removeSubrange(..<position)
        position = 0
        bytes.append(contentsOf: chunk)
    }

    /// The next document; nil where more of the file is needed first.
    /// - Parameter isWhole: nothing more comes.
    public mutating func next(isWhole: Bool) -> ImportedMeeting? {
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n"))
            guard end != nil || isWhole else { return nil }
            let text = bytes[position..<(end ?? bytes.count)]
            position = min((end ?? bytes.count) + 1, bytes.count)
            line += 1
            if text.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            return read(Array(text))
        }
        return nil
    }

    private func read(_ text: [UInt8]) -> ImportedMeeting {
        var issues: [DocumentIssue]
        do throws(DocumentRefused) {
            let read = try MeetingSubmission.decode(text, today: today, areas: areas)
            if case .record(let document) = read, document.replaces == nil {
                return ImportedMeeting(line: line, rows: 1, document: document, key: nil, issues: [])
            }
            issues = [.correctionInImport]
        } catch {
            issues = error.issues
        }
        return ImportedMeeting(
            line: line, rows: 1, document: nil, key: nil,
            issues: issues.map { RowIssue(line: line, column: nil, issue: $0) })
    }
}

extension DocumentIssue {
    static let correctionInImport = DocumentIssue(
        code: "import.correction", pointer: "/replaces",
        rule: Bilingual(zh: "导入不接受更正和作废", en: "an import takes no corrections and no voids"),
        mend: Bilingual(
            zh: "用 goutong meeting correct 或 void 逐场更正",
            en: "send them one by one with goutong meeting correct or void"))
}

/// Rules of imported meetings that only the whole file, or the ledger, can check.
public enum MeetingSetRule {
    public static let listedTwice = DocumentIssue.row(
        "meeting.listed_twice", "与第 \(RowReport.otherLine) 行是同一编号、不同内容的沟通会",
        "the same meeting as line \(RowReport.otherLine), with other content", mendZh: "删去一场，或改用自己的编号",
        mendEn: "take one of them out, or give it an id of its own")
    public static let conflict = DocumentIssue.row(
        "meeting.conflict", "台账中同一编号的沟通会内容不同", "in the ledger this meeting has other content",
        mendZh: "用 goutong meeting show 查看；确需修改时用 goutong meeting correct",
        mendEn: "see goutong meeting show; to change it use goutong meeting correct")
    public static let applicantElsewhere = DocumentIssue.row(
        "applicant.id_in_use", "有申请人的编号已在另一场沟通会使用", "an applicant's id is used at another meeting",
        mendZh: "为该申请人生成新的编号", mendEn: "mint a new id for that applicant")
    public static let firmTwice = DocumentIssue.row(
        "firm.listed_twice", "所列企业中有两家在台账中是同一企业", "two of its firms are one in the ledger",
        mendZh: "合并为一条；如确为两家，请填写各自的统一社会信用代码",
        mendEn: "merge the two; if they are two firms, give each its credit code")
}
