public import Outreach
public import PostgresClient

/// Reads cells of the default firm funnel, stored and queued alike, as known at a moment.
public enum CellReader {
    /// Firms by the area and week of their first meeting, each judged over its whole window by all facts known.
    public struct Cell: Hashable, Sendable {
        /// Version of the area of the first meeting.
        public var area: Int
        /// Monday of the week of entry.
        public var week: Day
        public var met: Int
        public var unorganised: Int
        public var atRisk: Int
        public var intent: Int
        public var application: Int
        public var established: Int
        /// At risk, without an intent in the window, and covered in it.
        public var covered: Int
        /// Neither, and closed, moved out or organised otherwise in it.
        public var exited: Int

        public init(
            area: Int, week: Day, met: Int, unorganised: Int, atRisk: Int, intent: Int, application: Int,
            established: Int, covered: Int, exited: Int
        ) {
            self.area = area
            self.week = week
            self.met = met
            self.unorganised = unorganised
            self.atRisk = atRisk
            self.intent = intent
            self.application = application
            self.established = established
            self.covered = covered
            self.exited = exited
        }
    }

    /// Every cell that counts a firm, in no order.
    public static func cells(
        federation: Federation, at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> [Cell] {
        // COPY takes no binds: both values are numbers of ours.
        let statement = SQL(
            raw: """
                COPY (
                    SELECT area_id, week_start - date 'epoch', met, unorganised, at_risk, intent, application,
                        established, covered, exited
                    FROM goutong.cell_at(\(federation.id), \(moment.sqlLiteral))
                ) TO STDOUT
                """)
        var cells: [Cell] = []
        try await connection.copyOut(statement).forEachRow(ofIntegers: 10) { row in
            cells.append(
                Cell(
                    area: row[0], week: Day(ordinal: row[1]), met: row[2], unorganised: row[3],
                    atRisk: row[4], intent: row[5], application: row[6], established: row[7],
                    covered: row[8], exited: row[9]))
        }
        return cells
    }
}
