internal import PostgresClient

extension PostgresTimestamp {
    /// For a COPY, which takes no binds.
    var sqlLiteral: String {
        switch self {
        case .infinity: "timestamptz 'infinity'"
        case .minusInfinity: "timestamptz '-infinity'"
        default: "(timestamptz 'epoch' + \(microsecondsSince1970) * interval '1 microsecond')"
        }
    }
}
