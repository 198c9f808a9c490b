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
