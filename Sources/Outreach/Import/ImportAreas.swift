/// The dated map as an import asks it: by the nine digits of a code as a number.
public struct ImportAreas: Sendable {
    public struct Version: Sendable {
        public let id: Int
        /// Six digits.
        public let district: [UInt8]
        public let validFrom: Day
        /// First day on which it no longer holds.
        public let validTo: Day?
        let entry: AreaEntry

        public init(id: Int, district: String, validFrom: Day, validTo: Day?, entry: AreaEntry) {
            self.id = id
            self.district = Array(district.utf8)
            self.validFrom = validFrom
            self.validTo = validTo
            self.entry = entry
        }

        func isValid(on day: Day) -> Bool { validFrom <= day && (validTo.map { day < $0 } ?? true) }
    }

    private let versions: [Int: [Version]]

    public init(_ versions: [Version]) {
        self.versions = Dictionary(grouping: versions) { Int($0.entry.code) ?? 0 }
            .mapValues { $0.sorted { $0.validFrom < $1.validFrom } }
    }

    /// The unit that had a code on a day. The map begins in 2017: whatever is older is of its first version.
    func version(_ code: Int, on day: Day) -> Version? {
        guard let versions = versions[code], let first = versions.first else { return nil }
        return versions.first { $0.isValid(on: day) } ?? (day < first.validFrom ? first : nil)
    }
}
