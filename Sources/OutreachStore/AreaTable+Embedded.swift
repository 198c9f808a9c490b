internal import Outreach
internal import Schema

extension AreaTable {
    /// The map as this program carries it, for a device that can ask nobody.
    public static let embedded = AreaTable(areas: embeddedAreas)

    /// Both lists are written by our own script: no field is quoted, none holds a comma.
    private static var embeddedAreas: [Area] {
        let aliases = Dictionary(
            grouping: rows(of: Schema.Reference.areaAliases).filter { $0.count == 2 }, by: { $0[0] })
        return rows(of: Schema.Reference.areas).compactMap { row in
            // id,code,level,kind,name,district_code,district_name,pinyin,initials,valid_from,valid_to,source
            guard row.count == 12, let id = Int(row[0]), let from = Day(iso: row[9]) else { return nil }
            return Area(
                id: id, code: row[1], name: row[4], aliases: (aliases[row[0]] ?? []).map { $0[1] }.sorted(),
                district: row[5], districtName: row[6], pinyin: row[7], initials: row[8], validFrom: from,
                validTo: Day(iso: row[10]))
        }
    }

    private static func rows(of csv: String) -> [[String]] {
        csv.split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
