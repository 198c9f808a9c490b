extension PostgresError {
    /// The error that an unsuccessful result carries.
    ///
    /// - Parameter statement: text that may be shown (no literals from data), or nil.
    init(result: ResultHandle, statement: String?, at site: CallSite) {
        let state = result.field(.sqlState).map(SQLState.init(rawValue:))
        let severity = result.field(.severity)
        // FATAL and PANIC end the session: the server closes the connection right after.
        let isLost = severity == "FATAL" || severity == "PANIC" || state?.class == .connectionException
        if isLost {
            self.init(.connectionLost, at: site)
        } else if let state {
            self.init(.sqlState(state), at: site)
        } else {
            // libpq made this result itself: it could not go on with the connection.
            self.init(.connectionLost, at: site)
        }
        sqlState = state
        schema = result.field(.schemaName)
        table = result.field(.tableName)
        column = result.field(.columnName)
        constraint = result.field(.constraintName)
        position = result.field(.statementPosition).flatMap(Int.init)
        self.statement = statement
        if let state, Self.classesWithoutData.contains(state.class.rawValue) {
            message = result.field(.messagePrimary)
        }
    }

    /// Classes whose primary messages name objects and states, never values. Left out: 22 (quotes the
    /// input it could not read), P0 (whatever a function raises), XX and the rest.
    private static let classesWithoutData: Set<String> = [
        "08", "0A", "23", "25", "26", "28", "2D", "3B", "3D", "3F", "40", "42", "53", "54", "55", "57", "58",
    ]
}
