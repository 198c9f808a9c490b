public import Outreach
public import PostgresClient

/// The units of which something can be stated, and what they are called.
public struct StatedUnitDirectory: Sendable {
    private let federation: Federation
    private let areas: AreaTable
    /// The union tree by code.
    private let units: [String: (parent: String?, name: String, areaCode: String?)]
    /// Versions of the areas of which anything is stated here; nil: of all, and of the whole.
    private var within: Set<Int>?

    public static func read(
        of federation: Federation, areas: AreaTable, on connection: PostgresConnection
    ) async throws(PostgresError) -> StatedUnitDirectory {
        let rows = try await connection.query(
            "SELECT code, parent_code, name, area_code FROM goutong.org_unit WHERE federation_id = \(federation.id)"
        ).decode((String, String?, String, String?).self)
        return StatedUnitDirectory(
            federation: federation, areas: areas,
            units: Dictionary(
                rows.map { ($0.0, ($0.1, $0.2, $0.3)) }, uniquingKeysWith: { first, _ in first }))
    }

    /// The same to an account: what lies outside its areas is as what does not exist.
    public func limited(to areas: Set<Int>?) -> StatedUnitDirectory {
        var limited = self
        limited.within = areas
        return limited
    }

    /// A unit as people write it, on the last day of a period: a code of the map, a code of the union tree, or a word
    /// for the whole. A unit of the tree that has an area stands for it, and its root for the whole, so that nothing
    /// is stated twice under two names.
    public func unit(_ text: String, on day: Day) -> StatedUnit? {
        guard let unit = named(text, on: day), let within else { return named(text, on: day) }
        return unit.areaID.map(within.contains) == true ? unit : nil
    }

    private func named(_ text: String, on day: Day) -> StatedUnit? {
        let code = NormalisedText.code(text)
        if [federation.code, "city", "全市", "*"].contains(text) || federation.name.zh == text { return .city }
        if let area = areas.area(code: code, on: day) { return .area(id: area.id, code: area.code) }
        guard let unit = units[text] else { return nil }
        if unit.parent == nil { return .city }
        guard let areaCode = unit.areaCode else { return .orgUnit(text) }
        return areas.area(code: areaCode, on: day).map { .area(id: $0.id, code: $0.code) }
    }

    /// Code and name, the district's before a street's.
    public func label(of unit: StatedUnit) -> (code: String, name: String) {
        switch unit {
        case .city: return (federation.code, federation.name.zh)
        case .orgUnit(let code): return (code, units[code]?.name ?? code)
        case .area(let id, let code):
            let version = areas.versions(of: code).first { $0.id == id }
            guard let version else { return (code, code) }
            return (code, code.utf8.count == 9 ? version.districtName + version.name : version.name)
        }
    }
}
