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
    ///
    /// - Parameters:
    ///   - columns: what is counted; told whether of rows that are parted.
    ///   - township: whether each township is a row of its own, in a column `area` after the path.
    ///   - spread: how the array of a level is parted, where it takes more than the names.
    func selections(
        _ columns: (_ isParted: Bool) -> SQL, from table: String, depth: Int, township: Bool,
        spread: (Int) -> SQL = { "unnest(\(identifier: "g\($0)"))" }
    ) -> SQL {
        let single = min(depth, levels.firstIndex(where: \.overlaps) ?? levels.count)
        let names = (0..<single).map { "g\($0 + 1)" }
        let area = township ? ["area"] : []
        let sets = (0...single).map { "(" + (names.prefix($0) + area).joined(separator: ", ") + ")" }
        let path =
            names.isEmpty
            ? "ARRAY[]::text[]" : "array_remove(ARRAY[" + names.joined(separator: ", ") + "], NULL)"
        let part = township ? "area" : "NULL::text"
        var selections: [SQL] = [
            """
            SELECT \(raw: path), \(raw: part), \(columns(false)) FROM \(raw: table)
            GROUP BY GROUPING SETS (\(raw: sets.joined(separator: ", ")))
            """
        ]
        for level in stride(from: single + 1, through: depth, by: 1) {
            let overlapping = (1...level).filter { levels[$0 - 1].overlaps }
            let joins = overlapping.map { place -> SQL in
                " CROSS JOIN LATERAL \(spread(place)) AS \(identifier: "u\(place)") (name)"
            }.joined()
            let path = (1...level).map { overlapping.contains($0) ? "u\($0).name" : "g\($0)" }
            let keys = (path + area).joined(separator: ", ")
            selections.append(
                """
                SELECT ARRAY[\(raw: path.joined(separator: ", "))], \(raw: part), \(columns(true))
                FROM \(raw: table)\(joins) GROUP BY \(raw: keys)
                """)
        }
        return selections.joined(separator: "\nUNION ALL\n")
    }
}
