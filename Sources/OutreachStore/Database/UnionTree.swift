public import Outreach

/// The union tree of a federation, as a CSV file gives it: parents before their children.
///
/// The header is `code,parent_code,kind,name,area_code,valid_from`, nothing else. There is one root; every other
/// unit names a parent of the same file.
public struct UnionTree: Sendable {
    public struct Unit: Hashable, Sendable {
        public let code: String
        /// nil at the root.
        public let parent: String?
        public let kind: String
        public let name: String
        /// A district's or a street's code; nil for a unit without an area of its own.
        public let areaCode: String?
        public let validFrom: Day
    }

    public static let header = ["code", "parent_code", "kind", "name", "area_code", "valid_from"]

    public let units: [Unit]

    /// - Parameter areas: every code of the map.
    public init(csv bytes: [UInt8], areas: Set<String>) throws(DocumentRefused) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DocumentRefused(
                first: UnitIssue.file(
                    "text.encoding", "须为 UTF-8", "must be UTF-8", "另存为 UTF-8 的 CSV",
                    "save it as CSV in UTF-8"))
        }
        let rows = try CSVRows(text)
        var reader = UnitReader(areas: areas)
        for row in rows.all { reader.read(row) }
        reader.checkTree()
        if let refused = DocumentRefused(Array(reader.issues.prefix(50))) { throw refused }
        units = reader.parentsFirst
    }
}

/// Reads unit by unit; what does not hold is listed with its line and column.
private struct UnitReader {
    private let areas: Set<String>
    private var hasHeader = false
    private var read: [(unit: UnionTree.Unit, line: Int)] = []
    private var lines: [String: Int] = [:]
    private(set) var issues: [DocumentIssue] = []

    init(areas: Set<String>) { self.areas = areas }

    mutating func read(_ row: CSVRows.Row) {
        guard hasHeader else {
            hasHeader = true
            if row.fields != UnionTree.header {
                let expected = UnionTree.header.joined(separator: ",")
                issues.append(
                    UnitIssue.at(
                        row.line, 1, "units.header", "第一行须正好是 \(expected)",
                        "the first line must be exactly \(expected)",
                        "照此改正表头，列的顺序也要一致", "write the header so, columns in this order"))
            }
            return
        }
        guard row.fields.count == UnionTree.header.count else {
            issues.append(
                UnitIssue.at(
                    row.line, 1, "units.columns", "这一行有 \(row.fields.count) 列，须为 \(UnionTree.header.count) 列",
                    "this line has \(row.fields.count) columns; it needs \(UnionTree.header.count)",
                    "空的列也要留出逗号；含逗号的名称加双引号", "keep the commas of empty columns; quote a name that has one"))
            return
        }
        let before = issues.count
        let code = word(row, 0, "units.code")
        let parent = row.fields[1].isEmpty ? nil : row.fields[1]
        let kind = kind(row)
        let name = name(row)
        let areaCode = row.fields[4].isEmpty ? nil : row.fields[4]
        if let areaCode, !areas.contains(areaCode) {
            issues.append(
                UnitIssue.at(
                    row.line, 5, "units.area", "区划代码不在区划表中", "no such area code in the map",
                    "填 6 位区代码或 9 位街道（乡镇）代码；没有辖区的留空",
                    "give 6 digits of a district or 9 of a street; leave it empty where there is no area"))
        }
        let day = Day(iso: row.fields[5])
        if day == nil {
            issues.append(
                UnitIssue.at(
                    row.line, 6, "date.form", "不是有效日期", "not a date", "写成 2018-04-01",
                    "write it as 2018-04-01"))
        }
        if let code {
            if let first = lines[code] {
                issues.append(
                    UnitIssue.at(
                        row.line, 1, "units.twice", "代码与第 \(first) 行重复",
                        "line \(first) has this code already",
                        "每个单位一个代码", "give every unit a code of its own"))
            } else {
                lines[code] = row.line
            }
        }
        guard issues.count == before, let code, let kind, let name, let day else { return }
        read.append(
            (
                UnionTree.Unit(
                    code: code, parent: parent, kind: kind, name: name, areaCode: areaCode, validFrom: day),
                row.line
            ))
    }

    private mutating func word(_ row: CSVRows.Row, _ column: Int, _ code: String) -> String? {
        let text = row.fields[column]
        let isPlain = text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
        if isPlain, (1...64).contains(text.utf8.count) { return text }
        issues.append(
            UnitIssue.at(
                row.line, column + 1, code, "须为 1 至 64 个字母、数字、点、连字符或下划线",
                "must be 1 to 64 letters, digits, dots, hyphens or underscores", "例如 BJ-110105",
                "for example BJ-110105"))
        return nil
    }

    private mutating func kind(_ row: CSVRows.Row) -> String? {
        let text = row.fields[2]
        let isPlain = text.utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "_") }
        if isPlain, (1...64).contains(text.utf8.count) { return text }
        issues.append(
            UnitIssue.at(
                row.line, 3, "units.kind", "种类须为小写英文和下划线", "a kind is lower-case letters and underscores",
                "例如 municipal_federation district_federation township_federation",
                "such as municipal_federation district_federation township_federation"))
        return nil
    }

    private mutating func name(_ row: CSVRows.Row) -> String? {
        do throws(CodeError) { return try NormalisedText.line(row.fields[3]) } catch {
            issues.append(
                UnitIssue.at(
                    row.line, 4, error.code, error.rule.zh, error.rule.en, error.mend.zh, error.mend.en))
            return nil
        }
    }

    /// One root, parents that exist, no ring.
    mutating func checkTree() {
        // What did not read would be reported twice.
        guard issues.isEmpty else { return }
        let roots = read.filter { $0.unit.parent == nil }
        if roots.isEmpty {
            issues.append(
                UnitIssue.file(
                    "units.root", "没有根单位（parent_code 为空的一行）", "there is no root (a line without parent_code)",
                    "最上级单位的 parent_code 留空", "leave the highest unit's parent_code empty"))
        }
        for (_, line) in roots.dropFirst() {
            issues.append(
                UnitIssue.at(
                    line, 2, "units.root", "有两个以上的根单位（第一个在第 \(roots[0].line) 行）",
                    "there is more than one root (the first is on line \(roots[0].line))",
                    "填写上级单位的代码", "give the code of the unit above"))
        }
        for (unit, line) in read {
            guard let parent = unit.parent, lines[parent] == nil else { continue }
            issues.append(
                UnitIssue.at(
                    line, 2, "units.parent", "上级单位不在文件中", "the unit above is not in the file",
                    "补上它，或改正代码", "add it, or mend the code"))
        }
        guard issues.isEmpty else { return }
        let reached = Set(parentsFirst.map(\.code))
        for (unit, line) in read where !reached.contains(unit.code) {
            issues.append(
                UnitIssue.at(
                    line, 2, "units.ring", "上下级形成了环", "it is its own superior, by way of others",
                    "改正 parent_code", "mend parent_code"))
        }
    }

    /// From the root down; what hangs in a ring is not reached.
    var parentsFirst: [UnionTree.Unit] {
        let children = Dictionary(grouping: read.map(\.unit)) { $0.parent ?? "" }
        var found: [UnionTree.Unit] = []
        var level = children[""] ?? []
        while !level.isEmpty {
            found += level
            level = level.flatMap { children[$0.code] ?? [] }
        }
        return found
    }
}

enum UnitIssue {
    static func at(
        _ line: Int, _ column: Int, _ code: String, _ zh: String, _ en: String, _ mendZh: String,
        _ mendEn: String
    ) -> DocumentIssue {
        DocumentIssue(
            code: code, pointer: "--units:\(line):\(column)",
            rule: Bilingual(
                zh: "第 \(line) 行第 \(column) 列：\(zh)", en: "line \(line), column \(column): \(en)"),
            mend: Bilingual(zh: mendZh, en: mendEn))
    }

    static func file(
        _ code: String, _ zh: String, _ en: String, _ mendZh: String, _ mendEn: String
    ) -> DocumentIssue {
        DocumentIssue(
            code: code, pointer: "--units", rule: Bilingual(zh: zh, en: en),
            mend: Bilingual(zh: mendZh, en: mendEn))
    }
}
