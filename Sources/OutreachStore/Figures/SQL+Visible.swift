internal import Outreach
internal import PostgresClient

extension SQL {
    /// Whether a row of the ledger was known at a moment: recorded by then and not yet superseded.
    static func visible(_ alias: String, at moment: PostgresTimestamp) -> SQL {
        """
        (\(raw: alias).recorded_at <= \(moment)
        AND (\(raw: alias).superseded_at IS NULL OR \(raw: alias).superseded_at > \(moment)))
        """
    }
}

extension SQL {
    /// Whether an area of a fact lies in a scope, by the version that it was recorded with; nil: everywhere.
    static func within(_ scope: [Int]?, _ column: String) -> SQL {
        scope.map { "\(raw: column) = ANY (\($0))" } ?? "true"
    }

    /// The same scope as an argument: NULL for everywhere.
    static func areas(_ scope: [Int]?) -> SQL { scope.map { "\($0)::integer[]" } ?? "NULL::integer[]" }

    /// Joins the area `a` that a version of an area is on the map of a day; none where the map has none.
    ///
    /// - Parameter scope: versions that the column may be, so that the rest of the map is not drawn; nil: all.
    static func map(of day: Day, for column: String, within scope: [Int]? = nil) -> SQL {
        """
        LEFT JOIN (SELECT * FROM goutong.area_on(\(day)) WHERE \(SQL.within(scope, "area_id"))) o
            ON o.area_id = \(raw: column)
        LEFT JOIN goutong.area a ON a.area_id = o.standing_id AND a.valid_from <= \(day)
            AND (a.valid_to IS NULL OR a.valid_to > \(day))
        """
    }
}
