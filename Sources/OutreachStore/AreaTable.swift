public import Outreach
public import PostgresClient

/// The dated map, read once: a few hundred rows. A code means an area only together with a day.
public struct AreaTable: Sendable {
    public struct Area: Hashable, Sendable {
        public let id: Int
        public let code: String
        public let name: String
        public let aliases: [String]
        public let district: String
        public let districtName: String
        public let pinyin: String
        public let initials: String
        public let validFrom: Day
        /// First day on which it no longer holds; nil while it does.
        public let validTo: Day?

        public func isValid(on day: Day) -> Bool {
            validFrom <= day && validTo.map { day < $0 } ?? true
        }
    }

    /// Streets and townships, in code order, older validity first.
    public let townships: [Area]
    public let districts: [Area]
    private let byCode: [String: [Area]]

    public init(areas: [Area]) {
        let ordered = areas.sorted { ($0.code, $0.validFrom) < ($1.code, $1.validFrom) }
        townships = ordered.filter { $0.code.utf8.count == 9 }
        districts = ordered.filter { $0.code.utf8.count == 6 }
        byCode = Dictionary(grouping: ordered, by: \.code)
    }

    public func area(code: String, on day: Day) -> Area? {
        byCode[code]?.first { $0.isValid(on: day) }
    }

    /// Every version that a code has had, oldest first.
    public func versions(of code: String) -> [Area] { byCode[code] ?? [] }

    /// Names of areas and districts by code, on a day.
    public func unitNames(on day: Day) -> [String: String] {
        var names: [String: String] = [:]
        for area in townships where area.isValid(on: day) {
            names[area.code] = area.districtName + area.name
        }
        for area in districts where area.isValid(on: day) { names[area.code] = area.name }
        return names
    }

    public static func read(on connection: PostgresConnection) async throws(PostgresError) -> AreaTable {
        let rows = try await connection.query(
            """
            SELECT a.area_id, a.code, a.name, a.district_code, a.district_name, a.pinyin, a.initials,
                   a.valid_from, a.valid_to,
                   ARRAY(SELECT alias FROM goutong.area_alias l
                         WHERE l.area_id = a.area_id ORDER BY alias)
            FROM goutong.area a
            """)
        return AreaTable(
            areas: try rows.map { row throws(PostgresError) in
                let (id, code, name, district, districtName, pinyin, initials, from, to, aliases) =
                    try row.decode(
                        (
                            Int, String, String, String, String, String, String, Day, Day?, [String]
                        ).self)
                return Area(
                    id: id, code: code, name: name, aliases: aliases, district: district,
                    districtName: districtName, pinyin: pinyin, initials: initials,
                    validFrom: from, validTo: to)
            })
    }
}

extension AreaTable: AreaDirectory {
    public func entry(_ code: AreaCode, on day: Day) -> AreaEntry? {
        area(code: code.text, on: day).map {
            AreaEntry(
                code: $0.code, name: $0.name, aliases: $0.aliases, districtName: $0.districtName)
        }
    }
}
