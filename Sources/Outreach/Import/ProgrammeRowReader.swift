/// A unit of a programme a row; what is of the programme itself stands in any of its rows.
public enum ProgrammeColumn: String, ImportColumn {
    case programme, name
    case nameEn = "name_en"
    case windowDays = "window_days"
    case unit, arm
    case startOn = "start_on"

    public var headers: [String] {
        switch self {
        case .programme: ["项目代码", "项目"]
        case .name: ["项目名称"]
        case .nameEn: ["项目英文名称"]
        case .windowDays: ["跟踪期（天）", "跟踪期"]
        case .unit: ["街道（乡镇）代码", "单位", "单位代码", "unit_code", "area"]
        case .arm: ["分组"]
        case .startOn: ["启动日期"]
        }
    }

    public var isRequired: Bool {
        switch self {
        case .programme, .name, .unit, .arm: true
        case .nameEn, .windowDays, .startOn: false
        }
    }

    public var example: String {
        switch self {
        case .programme: "city-2019"
        case .name: "2019年扩大试点"
        case .nameEn: "Wider pilot 2019"
        case .windowDays: "30"
        case .unit: "110105021"
        case .arm: "pilot"
        case .startOn: "2019-03-04"
        }
    }
}

/// What a row says of a programme and one of its units.
public struct ProgrammeRow: Hashable, Sendable {
    public let line: Int
    public let programme: String
    public let name: String?
    public let nameEn: String?
    public let windowDays: Int?
    /// Nine digits.
    public let unit: String
    /// `pilot` or `comparison`.
    public let arm: String
    /// nil of a comparison unit that does not start.
    public let startOn: Day?
}

/// Reads the rows of a list of programmes.
public struct ProgrammeRowReader: Sendable {
    private let header: ImportHeader<ProgrammeColumn>
    private static let arms = [
        "pilot": "pilot", "试点": "pilot", "试点单位": "pilot", "对照单位": "comparison", "comparison": "comparison",
        "对比": "comparison",
        "比较": "comparison", "对照": "comparison",
    ]

    public init(header: ImportHeader<ProgrammeColumn>) { self.header = header }

    /// The column of the file that holds something; nil where it has none.
    public func place(of column: ProgrammeColumn) -> Int? { header[column] }

    /// Reads the row that `records` stands at; nil where something is wrong, which `report` says.
    public func read(_ records: CSVRecords, _ report: inout RowReport) -> ProgrammeRow? {
        guard records.isReadable(width: header.width, &report) else { return nil }
        var found = RowReport()
        func note(_ issue: DocumentIssue, _ column: ProgrammeColumn) {
            found.add(issue, line: records.line, column: header[column])
        }
        func text(_ column: ProgrammeColumn) -> String? {
            let text = header[column].map { NormalisedText.prose(records.text($0)) } ?? ""
            return text.isEmpty ? nil : text
        }
        func required(_ column: ProgrammeColumn) -> String? {
            let text = text(column)
            if text == nil { note(.required, column) }
            return text
        }
        func line(_ column: ProgrammeColumn) -> String? {
            guard let text = text(column) else { return nil }
            do throws(CodeError) {
                return try NormalisedText.line(text)
            } catch {
                found.add(error, line: records.line, column: header[column])
                return nil
            }
        }
        let programme = required(.programme)
        if let programme, !Self.isCode(programme) { note(.programmeCode, .programme) }
        let (name, nameEn) = (line(.name), line(.nameEn))
        let window = text(.windowDays).flatMap { text -> Int? in
            let days = text.spreadsheetInteger
            if days.map({ (1...3650).contains($0) }) != true { note(.programmeWindow, .windowDays) }
            return days
        }
        let unit = required(.unit).flatMap { text -> String? in
            if text.isScientific { note(.scientific, .unit) }
            return NormalisedText.code(text)
        }
        let arm = required(.arm).flatMap { word -> String? in
            if Self.arms[word] == nil { note(.choice(["pilot", "comparison"]), .arm) }
            return Self.arms[word]
        }
        var startOn: Day?
        if let written = text(.startOn) {
            let bytes = Array(written.utf8)
            switch ImportDay.read(bytes, 0..<bytes.count) {
            case .day(let day): startOn = day
            case .wrong(let issue): note(issue, .startOn)
            }
        } else if arm == "pilot" {
            note(.required, .startOn)
        }
        guard found.isEmpty, let programme, let unit, let arm else {
            report.add(found)
            return nil
        }
        return ProgrammeRow(
            line: records.line, programme: programme, name: name, nameEn: nameEn, windowDays: window,
            unit: unit,
            arm: arm, startOn: startOn)
    }

    private static func isCode(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func isPlain(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) }
        return (2...41).contains(bytes.count) && isPlain(bytes[0])
            && bytes.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") }
    }
}

extension DocumentIssue {
    static let programmeCode = row(
        "programme.code", "项目代码须为小写字母、数字和 -", "a programme's code is of small letters, digits and -",
        mendZh: "例如 city-2019", mendEn: "for example city-2019")
    static let programmeWindow = row(
        "window.form", "跟踪期应为 1 到 3650 天", "the window is 1 to 3650 days", mendZh: "例如 30，或留空",
        mendEn: "for example 30, or leave it empty")
}

/// Rules of programmes that the map or the whole file must be asked for.
public enum ProgrammeSetRule {
    public static let unitUnknown = DocumentIssue.row(
        "unit.unknown", "启动当日没有这个街道（乡镇）", "no street or township has this code on the first day",
        mendZh: "按当日的区划填 9 位代码", mendEn: "give the nine digits of that day")
    public static let unitTwice = DocumentIssue.row(
        "row.twice", "与第 \(RowReport.otherLine) 行是同一项目的同一单位",
        "the same unit of the same programme as line \(RowReport.otherLine)", mendZh: "只留一行",
        mendEn: "keep one of them")
    public static let differs = DocumentIssue.row(
        "programme.differs", "项目名称或跟踪期与第 \(RowReport.otherLine) 行不一致",
        "name or window differ from line \(RowReport.otherLine)", mendZh: "同一项目各行写得一样，或只写一行",
        mendEn: "write them alike in every row of a programme, or in one")
    public static let unnamed = DocumentIssue.row(
        "programme.unnamed", "项目没有名称", "the programme has no name", mendZh: "在项目的第一行填项目名称",
        mendEn: "give its name in its first row")
    public static let noStart = DocumentIssue.row(
        "programme.no_start", "项目没有任何单位启动", "no unit of the programme starts", mendZh: "填各试点单位的启动日期",
        mendEn: "give the first day of each pilot unit")
}
