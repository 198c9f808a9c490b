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
}
