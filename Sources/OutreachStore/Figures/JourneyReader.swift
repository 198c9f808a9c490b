public import Funnel
public import Outreach
public import PostgresClient

/// Reads journeys, stored and queued alike, as known at a moment.
public enum JourneyReader {
    /// Every firm met, with its row. Places are area codes of the day of entry.
    public static func journeys(
        federation: Federation, at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> [(firm: FirmID, journey: Journey)] {
        try await connection.query(
            """
            SELECT j.firm_id, j.met_on, a.code, j.status, j.prior_intent, j.intent_on,
                j.application_on, j.established_on, j.first_application_on, j.first_established_on,
                least(j.lost_on, j.organised_on), j.covered_on
            FROM goutong.journey_at(\(federation.id)::integer, \(moment)) j
            JOIN goutong.area a USING (area_id)
            """
        ).map { row throws(PostgresError) in
            let (
                firm, entry, place, standing, prior, intent, application, established,
                firstApplication, firstEstablished, lost, covered
            ) = try row.decode(
                (
                    FirmID, Day, String, FunnelUnit.Standing, Bool, Day?, Day?, Day?, Day?, Day?, Day?,
                    Day?
                ).self)
            return (
                firm,
                Journey(
                    entry: entry, place: place, standing: standing,
                    priorIntent: prior && standing == .unorganised, intent: intent,
                    applicationAfterIntent: application, establishedAfterApplication: established,
                    application: firstApplication, established: firstEstablished, lost: lost,
                    covered: covered)
            )
        }
    }
}

extension FunnelUnit.Standing: PostgresValue {}
