internal import Funnel
public import Outreach

/// A file of declared totals, or of targets, as it is read: every row or none.
public struct StatedFile: Sendable {
    public let kind: StatedKind
    /// In the order of the file; to be used where `report` is empty.
    public private(set) var statements: [Statement] = []
    /// The line of each statement.
    public private(set) var lines: [Int] = []
    /// Everything that is wrong, in the order of the file.
    public private(set) var report = RowReport()
    public private(set) var headers: [String] = []
    public private(set) var rows = 0

    /// - Parameters:
    ///   - words: codes of figures by what a file may write for them; the codes themselves need not be among them.
    ///   - map: for headers that are not ours: what they mean, or `-`.
    /// - Throws: `DocumentRefused` for a file without a header that can be read, and what the source throws.
    public init(
        _ source: any ImportSource, kind: StatedKind, units: StatedUnitDirectory,
        words: [String: String] = [:], map: [String: String] = [:], today: Day
    ) throws {
        self.kind = kind
        try source.restart()
        var records = CSVRecords()
        guard try records.next(from: source) else { throw DocumentRefused.emptyFile }
        headers = (0..<records.fields.count).map(records.text)
        var figures = words
        for measure in HeadlineMeasure.allCases { figures[measure.rawValue] = measure.rawValue }
        let reader = StatedRowReader(
            header: try ImportHeader<StatedColumn>(headers, map: map), figures: figures,
            isDeclared: kind == .declared, today: today)
        var seen: [StatementID: Int] = [:]
        while try records.next(from: source) {
            rows += 1
            guard let row = reader.read(records, &report), let figure = HeadlineMeasure(rawValue: row.figure)
            else { continue }
            guard let unit = units.unit(row.unit, on: row.to) else {
                report.add(StatedSetRule.unitUnknown, line: row.line, column: reader.place(of: .unit))
                continue
            }
            let statement = Statement(
                kind: kind, unit: unit, figure: figure, from: row.from, to: row.to, value: row.value,
                source: row.source, office: row.office, statedOn: row.receivedOn)
            if let first = seen.updateValue(row.line, forKey: statement.id) {
                report.add(StatedSetRule.twice, line: row.line, column: nil, other: first)
                continue
            }
            statements.append(statement)
            lines.append(row.line)
        }
        report.sort()
    }
}
