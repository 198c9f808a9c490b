/// What a row states, before its unit is looked up.
public struct StatedRow: Hashable, Sendable {
    public let line: Int
    /// A code of the map or of the union tree, or a word for the whole city.
    public let unit: String
    /// A code of `figures`.
    public let figure: String
    public let from: Day
    /// Included.
    public let to: Day
    public let value: Int
    public let source: String
    public let office: String
    public let receivedOn: Day?
}

/// Reads the rows of a list of declared totals, or of targets.
public struct StatedRowReader: Sendable {
    private let header: ImportHeader<StatedColumn>
    private let figures: [String: String]
    private let isDeclared: Bool
    private let today: Day

    /// - Parameters:
    ///   - figures: codes by what a file may write for them, the codes themselves included.
    ///   - isDeclared: whether the rows tell what was; else they tell what is to be.
    public init(
        header: ImportHeader<StatedColumn>, figures: [String: String], isDeclared: Bool, today: Day
    ) {
        self.header = header
        self.figures = figures
        self.isDeclared = isDeclared
        self.today = today
    }

    /// The column of the file that holds something; nil where it has none.
    public func place(of column: StatedColumn) -> Int? { header[column] }

    /// Reads the row that `records` stands at; nil where something is wrong, which `report` says.
    public func read(_ records: CSVRecords, _ report: inout RowReport) -> StatedRow? {
        guard records.isReadable(width: header.width, &report) else { return nil }
        var found = RowReport()
        func note(_ issue: DocumentIssue, _ column: StatedColumn) {
            found.add(issue, line: records.line, column: header[column])
        }
        func text(_ column: StatedColumn) -> String? {
            let text = header[column].map { NormalisedText.prose(records.text($0)) } ?? ""
            return text.isEmpty ? nil : text
        }
        func required(_ column: StatedColumn) -> String? {
            let text = text(column)
            if text == nil { note(.required, column) }
            return text
        }
        func line(_ column: StatedColumn) -> String? {
            guard let text = required(column) else { return nil }
            do throws(CodeError) {
                return try NormalisedText.line(text)
            } catch {
                found.add(error, line: records.line, column: header[column])
                return nil
            }
        }
        func day(_ column: StatedColumn) -> Day? {
            guard let text = text(column) else { return nil }
            let bytes = Array(text.utf8)
            switch ImportDay.read(bytes, 0..<bytes.count) {
            case .day(let day): return day
            case .wrong(let issue):
                note(issue, column)
                return nil
            }
        }

        let unit = required(.unit)
        if let unit, unit.isScientific { note(.scientific, .unit) }
        let figure = required(.figure).flatMap { word -> String? in
            if figures[word] == nil { note(.choice(Set(figures.values).sorted()), .figure) }
            return figures[word]
        }
        let value = required(.value).flatMap { text -> Int? in
            guard let value = text.spreadsheetInteger else {
                note(.notANumber, .value)
                return nil
            }
            guard (0...100_000_000).contains(value) else {
                note(.statedRange, .value)
                return nil
            }
            return value
        }
        let source = line(.source)
        let office = line(.office)
        let receivedOn = day(.receivedOn)
        if isDeclared {
            if receivedOn == nil, text(.receivedOn) == nil { note(.required, .receivedOn) }
            if let receivedOn, receivedOn > today { note(.dateFuture, .receivedOn) }
        }
        var period: (from: Day, to: Day)?
        if let named = text(.period) {
            period = Self.period(named)
            if period == nil { note(.periodUnknown, .period) }
            if text(.from) != nil || text(.to) != nil { note(.periodTwice, .period) }
        } else {
            let (from, to) = (day(.from), day(.to))
            if text(.from) == nil { note(.required, .from) }
            if text(.to) == nil { note(.required, .to) }
            if let from, let to {
                if to < from { note(.periodOrder, .to) } else { period = (from, to) }
            }
        }
        if isDeclared, let period, period.to > today {
            note(.dateFuture, header[.to] == nil ? .period : .to)
        }
        guard found.isEmpty, let unit, let figure, let value, let source, let office, let period else {
            report.add(found)
            return nil
        }
        return StatedRow(
            line: records.line, unit: unit, figure: figure, from: period.from, to: period.to, value: value,
            source: source, office: office, receivedOn: receivedOn)
    }

    /// `2018` a year, `2018-10` a month, `2018-W40` a week.
    static func period(_ text: String) -> (from: Day, to: Day)? {
        if let week = Week(name: text) { return (week.start, week.end) }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, first.utf8.count == 4, let year = Int(first) else { return nil }
        switch parts.count {
        case 1:
            guard let from = Day(year: year, month: 1, day: 1), let to = Day(year: year, month: 12, day: 31)
            else { return nil }
            return (from, to)
        case 2:
            guard let month = Int(parts[1]), let from = Day(year: year, month: month, day: 1),
                let next = Day(
                    year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
            else { return nil }
            return (from, next.adding(days: -1))
        default: return nil
        }
    }
}

extension DocumentIssue {
    static let statedRange = row(
        "number.range", "应在 0 到 100000000 之间", "must lie between 0 and 100000000", mendZh: "核对后重填",
        mendEn: "check it")
    static let periodUnknown = row(
        "period.unknown", "不是有效的期间", "not a period", mendZh: "写成 2018、2018-10 或 2018-W40，或改填起止日期",
        mendEn: "write 2018, 2018-10 or 2018-W40, or give its first and last day")
    static let periodTwice = row(
        "period.twice", "期间和起止日期只能填一种", "give the period or its days, not both", mendZh: "删去一种",
        mendEn: "leave one of them out")
    static let periodOrder = row(
        "date.order", "止日早于起日", "the last day comes before the first", mendZh: "核对两个日期",
        mendEn: "check both dates")
}

/// Rules of stated totals that the map, the union tree or the whole file must be asked for.
public enum StatedSetRule {
    public static let unitUnknown = DocumentIssue.row(
        "unit.unknown", "期末当日没有这个单位", "there is no such unit on the period's last day",
        mendZh: "填 6 位区代码、9 位街道（乡镇）代码、工会组织代码，或“全市”",
        mendEn: "give a district's six digits, a street's nine, a code of the union tree, or \"city\"")
    public static let twice = DocumentIssue.row(
        "row.twice", "与第 \(RowReport.otherLine) 行是同一单位、指标和期间",
        "the same unit, figure and period as line \(RowReport.otherLine)", mendZh: "只留一行",
        mendEn: "keep one of them")
}
