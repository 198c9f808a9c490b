internal import Funnel
internal import PostgresClient

/// The columns that groups are made of, and the selections that count by them: outer groups in one pass, and each
/// level from the first on that a unit may stand in twice in a pass of its own, over rows that were made once.
struct GroupColumns {
    let groups: FunnelGroups

    private var levels: [FunnelGrouping] { groups.levels }

    /// Columns `g1`, `g2` …, of rows that have a meeting `m`, the area `a` of the map and a day of entry. A group that
    /// overlaps is an array of names, never empty.
    ///
    /// - Parameters:
    ///   - day: of entry.
    ///   - firm: of the firm's own groups, in a table `x` and beside it a section `s`; nil for meetings.
    func columns(day: String, firm: (band: String, section: String)? = nil) -> SQL {
        levels.enumerated().map { index, level -> SQL in
            let column: SQL =
                switch level {
                case .none: "''::text"
                case .area: "coalesce(a.code, '')"
                case .district: "coalesce(a.district_code, '')"
                case .week: "to_char(\(raw: day), 'IYYY-\"W\"IW')"
                case .venue: "m.venue_kind"
                case .format: "coalesce(m.format, '')"
                case .headcount: "coalesce(\(raw: firm?.band ?? "NULL"), '')"
                case .industry: "coalesce(\(raw: firm?.section ?? "NULL"), '')"
                case .ownership: firm == nil ? "''::text" : "coalesce(w.heading, '')"
                case .cadre: Self.cadres
                // Of applicants, whom the evaluator counts.
                case .category: "ARRAY['']::text[]"
                }
            return "\(column) AS \(identifier: "g\(index + 1)")"
        }.joined(separator: ", ")
    }

    /// Joins what the register tells of firms at a moment as `w`, where a level asks for it.
    ///
    /// - Parameter firm: the column with the firm that others are counted as.
    func register(of firm: String, in federation: Int, at moment: PostgresTimestamp) -> SQL {
        levels.contains(.ownership)
            ? """
            LEFT JOIN goutong.ownership_at(\(federation)::integer, \(moment)) w ON w.firm_id = \(raw: firm)
            """ : ""
    }

    static let cadres: SQL = """
        CASE WHEN cardinality(m.staff_names) = 0 THEN ARRAY['']
             ELSE ARRAY(SELECT DISTINCT n FROM unnest(m.staff_names) AS n) END
        """

    /// Whether a meeting says the hours of each cadre on duty.
    static let hasHours: SQL = """
        (cardinality(m.staff_hours) > 0 AND array_position(m.staff_hours, NULL) IS NULL)
        """

    /// A path and `columns` by group, for each level down to `depth` and for all together.
    func selections(_ columns: SQL, from table: String, depth: Int) -> SQL {
        let names = names(depth)
        let sets = (0...names.count).map { "(" + names.prefix($0).joined(separator: ", ") + ")" }
        let outer: SQL = """
            SELECT array_remove(ARRAY[\(raw: names.joined(separator: ", "))]::text[], NULL), \(columns)
            FROM \(raw: table) GROUP BY GROUPING SETS (\(raw: sets.joined(separator: ", ")))
            """
        return ([outer] + parted(columns, from: table, depth: depth)).joined(separator: "\nUNION ALL\n")
    }

    /// A path, the township and sums of the innermost groups that a unit stands in once, and of every level below
    /// them: `rolledUp` adds up the outer ones.
    ///
    /// - Parameters:
    ///   - sums: what is added up; told whether of rows that are parted.
    ///   - spread: how the array of a level is parted, where it takes more than the names.
    func parts(
        _ sums: (_ isParted: Bool) -> SQL, from table: String, depth: Int,
        spread: (Int) -> SQL = GroupColumns.names(at:)
    ) -> SQL {
        let names = names(depth)
        let outer: SQL = """
            SELECT ARRAY[\(raw: names.joined(separator: ", "))]::text[], area, \(sums(false)) FROM \(raw: table)
            GROUP BY \(raw: (names + ["area"]).joined(separator: ", "))
            """
        return ([outer] + parted(sums(true), from: table, depth: depth, township: "area", spread: spread))
            .joined(separator: "\nUNION ALL\n")
    }

    /// Of each level from the first on that a unit may stand in twice.
    private func parted(
        _ columns: SQL, from table: String, depth: Int, township: String? = nil,
        spread: (Int) -> SQL = GroupColumns.names(at:)
    ) -> [SQL] {
        stride(from: names(depth).count + 1, through: depth, by: 1).map { level in
            let overlapping = (1...level).filter { levels[$0 - 1].overlaps }
            let joins = overlapping.map { place -> SQL in
                " CROSS JOIN LATERAL \(spread(place)) AS \(identifier: "u\(place)") (name)"
            }.joined()
            let path = (1...level).map { overlapping.contains($0) ? "u\($0).name" : "g\($0)" }
            let part = township.map { "\($0), " } ?? ""
            return """
                SELECT ARRAY[\(raw: path.joined(separator: ", "))], \(raw: part)\(columns)
                FROM \(raw: table)\(joins) GROUP BY \(raw: (path + [township].compactMap(\.self)).joined(separator: ", "))
                """
        }
    }

    /// What `parts` returned, with every outer level and all together.
    func rolledUp<Sum: Tally>(
        _ parts: [(path: [String], township: String, sum: Sum)], depth: Int, zero: Sum
    ) -> [[String]: [String: Sum]] {
        let single = names(depth).count
        var found: [[String]: [String: Sum]] = [:]
        for (path, township, sum) in parts {
            // Parted rows count a unit several times: nothing is made of them.
            for level in (path.count > single ? path.count : 0)...path.count {
                found[Array(path.prefix(level)), default: [:]][township, default: zero] += sum
            }
        }
        return found
    }

    /// Columns of the outer levels that a unit stands in once.
    private func names(_ depth: Int) -> [String] {
        levels.prefix(depth).prefix { !$0.overlaps }.indices.map { "g\($0 + 1)" }
    }

    /// Each name that a unit has at a level.
    private static func names(at level: Int) -> SQL { "unnest(\(identifier: "g\(level)"))" }
}
