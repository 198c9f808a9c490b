public import Funnel
public import Outreach
public import PostgresClient

extension Programme {
    /// How firms at risk fared, first met in a unit since its start, as known at a moment, up to `to`: by unit, day of
    /// entry, days and end. An intent on the day of a loss came first.
    public func followUp(
        to: Day, at moment: PostgresTimestamp, federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> [PilotFollowUp] {
        let units = Dictionary(uniqueKeysWithValues: self.units.map { ($0.areaID, $0) })
        var followUp: [PilotFollowUp] = []
        let rows = try await connection.query(
            """
            \(ground(federation))
            , firm AS (
                SELECT w.unit_id, j.met_on, j.intent_on,
                    least(j.lost_on, j.organised_on, j.covered_on) AS gone_on
                FROM goutong.journey_entered(\(federation.id)::integer, \(moment), NULL, \(to),
                    (SELECT array_agg(w.area_id) FROM owner w)) j
                JOIN owner w USING (area_id)
                JOIN unit u ON u.area_id = w.unit_id
                WHERE j.met_on BETWEEN u.start_on AND \(to)
                  AND j.status = 'unorganised' AND NOT j.prior_intent
            ), fate AS (
                SELECT unit_id, met_on,
                    CASE WHEN intent_on <= least(\(to), gone_on) THEN 'event'
                         WHEN gone_on <= \(to) THEN 'competing' ELSE 'censored' END AS fate,
                    least(intent_on, gone_on, \(to)) AS ended_on
                FROM firm
            )
            SELECT unit_id, met_on, greatest(0, ended_on - met_on), fate, count(*)
            FROM fate GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
            """)
        for row in rows {
            let (id, enteredOn, days, fate, firms) = try row.decode((Int, Day, Int, String, Int).self)
            guard let unit = units[id], let arm = PilotArm(rawValue: unit.arm) else { continue }
            let end: TimeToEvent.End =
                switch fate {
                case "event": .event
                case "competing": .competing
                default: .censored
                }
            followUp.append(
                PilotFollowUp(
                    unitCode: unit.areaCode, arm: arm, enteredOn: enteredOn, days: days, end: end,
                    firms: firms))
        }
        return followUp
    }
}
