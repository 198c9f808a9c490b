public import Funnel
import Outreach

/// Reads what an earlier folder says, or what units declared: tables by the names of their columns.
extension EarlierPublication {
    /// The files that `init(files:)` takes.
    public static let fileNames = ["cells.csv", "totals.csv", "estimates.csv", "datapackage.json"]

    /// From the files of a public folder by name; nil where one is missing or not as `PilotFolder` writes it, and
    /// for a complete folder, whose cells are of units.
    public init?(files: [String: [UInt8]]) {
        guard let cells = ColumnTable(files["cells.csv"], PilotFolder.cellColumns),
            let totals = ColumnTable(files["totals.csv"], PilotFolder.totalColumns),
            let estimates = ColumnTable(files["estimates.csv"], PilotFolder.estimateColumns),
            let package = files["datapackage.json"].flatMap({ try? JSONValue(parsing: $0) }),
            case .string(let programme) = package.member("programme"),
            case .integer(let windowDays) = package.member("window_days")
        else { return nil }
        self.init(programme: programme, windowDays: windowDays)
        for row in cells.rows {
            guard let arm = row["arm"].flatMap(PilotArm.init(rawValue:)), let code = row["unit_code"],
                code.utf8.count == 6,
                let stage = row["stage"].flatMap(PilotStage.init(rawValue:)),
                let start = row.day("start_on"), let from = row.day("period_from"),
                let to = row.day("period_to")
            else { return nil }
            self.cells.append(
                PilotCell(
                    unitCode: code, unitName: row["unit_name"] ?? code, arm: arm, startOn: start,
                    periodFrom: from, periodTo: to, stage: stage, numerator: row.count("numerator"),
                    denominator: row.count("denominator"), open: row.count("open"),
                    suppressed: row["suppressed"] == "true"))
        }
        for row in totals.rows {
            guard let arm = row["arm"].flatMap(PilotArm.init(rawValue:)),
                let stage = row["stage"].flatMap(PilotStage.init(rawValue:)),
                let from = row.day("period_from"), let to = row.day("period_to")
            else { return nil }
            self.totals.append(
                PilotTotal(
                    arm: arm, districtCode: row["district_code"], district: row["district"],
                    periodFrom: from, periodTo: to, stage: stage, numerator: row.count("numerator"),
                    denominator: row.count("denominator"), suppressed: row["suppressed"] == "true"))
        }
        for row in estimates.rows {
            // Rows of declared figures are made anew.
            guard let outcome = row["outcome"].flatMap(PilotStage.init(rawValue:)) else { continue }
            guard let estimand = row["estimand"].flatMap(PilotEstimand.init(rawValue:)),
                let method = row["method"].flatMap(PilotMethod.init(rawValue:))
            else { return nil }
            var estimate = PilotEstimate(
                outcome: outcome, estimand: estimand, method: method, estimate: row.number("estimate"),
                confLow: row.number("conf_low"), confHigh: row.number("conf_high"), n: row.count("n"),
                clusters: row.count("clusters"), pRaw: row.number("p_raw"), pBH: row.number("p_bh"),
                suppressed: row["suppressed"] == "true", limits: [])
            estimate.limits = estimate.limitsOfKind
            self.estimates.append(estimate)
        }
    }
}

extension DeclaredFigure {
    /// The columns of a file of declared figures.
    public static let columns = [
        "unit_code", "outcome", "period_from", "period_to", "numerator", "denominator",
    ]

    /// From CSV with these columns; nil where a row is not of them.
    public static func figures(csv: [UInt8]) -> [DeclaredFigure]? {
        guard let table = ColumnTable(csv, columns) else { return nil }
        var figures: [DeclaredFigure] = []
        for row in table.rows {
            guard let code = row["unit_code"],
                let outcome = row["outcome"].flatMap(DeclaredOutcome.init(rawValue:)),
                let from = row.day("period_from"), let to = row.day("period_to"), from <= to,
                let x = row.count("numerator"), let n = row.count("denominator"), 0 <= x, x <= n
            else { return nil }
            figures.append(
                DeclaredFigure(
                    unitCode: code, outcome: outcome, periodFrom: from, periodTo: to,
                    counts: Proportion(x: x, n: n)))
        }
        return figures
    }
}

extension JSONValue {
    /// nil where it is no object, or has none of this name.
    fileprivate func member(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}

/// A CSV file with a row of headings.
private struct ColumnTable {
    struct Row {
        let fields: [String: String]

        /// nil where empty.
        subscript(_ column: String) -> String? {
            fields[column].flatMap { $0.isEmpty ? nil : $0 }
        }

        func day(_ column: String) -> Day? { self[column].flatMap { Day(iso: $0) } }
        func count(_ column: String) -> Int? { self[column].flatMap { Int($0) } }
        func number(_ column: String) -> Double? { self[column].flatMap(Double.init) }
    }

    var rows: [Row] = []

    /// nil where the file is missing, a column is, or a row is broken.
    init?(_ bytes: [UInt8]?, _ columns: [String]) {
        guard var bytes else { return nil }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var records = CSVRecords()
        records.append(bytes)
        records.finish()
        guard records.next(), records.problem == nil else { return nil }
        let headings = records.fields.indices.map { records.text($0) }
        guard Set(columns).isSubset(of: headings), Set(headings).count == headings.count else { return nil }
        while records.next() {
            guard records.problem == nil, records.fields.count == headings.count else { return nil }
            rows.append(
                Row(
                    fields: Dictionary(
                        uniqueKeysWithValues: headings.indices.map { (headings[$0], records.text($0)) })))
        }
    }
}
