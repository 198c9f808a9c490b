/// The dated map, as far as a document needs it.
public protocol AreaDirectory: Sendable {
    /// The unit that had this code on this day; nil where none had.
    func entry(_ code: AreaCode, on day: Day) -> AreaEntry?
}

/// One unit of the map on a day.
public struct AreaEntry: Hashable, Sendable {
    public let code: String
    public let name: String
    /// Other names of the same unit: its 地区, 乡 and 镇 names.
    public let aliases: [String]
    public let districtName: String

    public init(code: String, name: String, aliases: [String], districtName: String) {
        self.code = code
        self.name = name
        self.aliases = aliases
        self.districtName = districtName
    }

    /// Whether a written name means this unit, with or without its district before it.
    public func isCalled(_ name: String) -> Bool {
        let bare = name.hasPrefix(districtName) ? String(name.dropFirst(districtName.count)) : name
        return self.name == bare || aliases.contains(bare)
    }
}
