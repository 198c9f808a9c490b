public import Outreach
public import PostgresClient

/// A programme and its units, as recorded.
public struct Programme: Hashable, Sendable {
    public struct Unit: Hashable, Sendable {
        /// The version of the area that joined: a code means a unit only together with a day.
        public let areaID: Int
        public let areaCode: String
        public let areaName: String
        public let districtName: String
        /// `pilot` or `comparison`.
        public let arm: String
        /// Its first day; the programme's where it does not start.
        public let startOn: Day
        /// Whether it starts: a comparison unit need not.
        public let starts: Bool
    }

    /// Counts of one unit in one month since its start.
    public struct Cell: Hashable, Sendable {
        public let areaID: Int
        public let from: Day
        public let to: Day
        public let enterpriseMeetings: Int
        public let workerMeetings: Int
        public let applications: Int
        /// Firms first met here in these days, and those of them that were unorganised.
        public let firstMet: Int
        public let unorganised: Int
        /// Of those, without a prior intent.
        public let atRisk: Int
        /// Of those, with the window closed at V.
        public let mature: Int
        /// Of the mature, in step order and within the window: intent, application, established; or
        /// covered without an intent.
        public let intents: Int
        public let filed: Int
        public let established: Int
        public let covered: Int
    }

    public let code: String
    public let name: Bilingual
    public let windowDays: Int
    public let units: [Unit]

    public static func read(
        _ code: String, federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> Programme? {
        guard
            let row = try await connection.query(
                """
                SELECT name_zh, name_en, window_days FROM goutong.programme
                WHERE federation_id = \(federation.id) AND code = \(code)
                """
            ).first
        else { return nil }
        let (zh, en, window) = try row.decode((String, String, Int).self)
        let units = try await connection.query(
            """
            SELECT a.area_id, a.code, a.name, a.district_name, u.arm,
                coalesce(u.start_on, min(u.start_on) OVER (), \(federation.since)), u.start_on IS NOT NULL
            FROM goutong.programme_unit u JOIN goutong.area a USING (area_id)
            WHERE u.federation_id = \(federation.id) AND u.programme_code = \(code)
            ORDER BY a.code, a.area_id
            """
        ).map { row throws(PostgresError) in
            let (id, areaCode, name, district, arm, start, starts) = try row.decode(
                (Int, String, String, String, String, Day, Bool).self)
            return Unit(
                areaID: id, areaCode: areaCode, areaName: name, districtName: district, arm: arm,
                startOn: start, starts: starts)
        }
        return Programme(
            code: code, name: Bilingual(zh: zh, en: en), windowDays: window, units: units)
    }

    /// Codes of a federation's programmes, in order.
    public static func codes(
        of federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> [String] {
        try await connection.query(
            "SELECT code FROM goutong.programme WHERE federation_id = \(federation.id) ORDER BY code"
        ).decode(String.self)
    }

    /// A federation's programmes, in order of their codes.
    public static func all(
        of federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> [Programme] {
        var programmes: [Programme] = []
        for code in try await codes(of: federation, on: connection) {
            if let programme = try await read(code, federation: federation, on: connection) {
                programmes.append(programme)
            }
        }
        return programmes
    }

    /// Each unit by calendar month of entry, as known at a moment, up to `to`.
    ///
    /// Units are those of the first day: what happens in an area that a unit became (by another name, another
    /// code, or as a part of a larger one) is the unit's. So each fact in the programme's ground counts once,
    /// and no later reform moves a unit, or its past, to the other arm.
    public func cells(
        windowDays: Int, to: Day, at moment: PostgresTimestamp, federation: Federation,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [Cell] {
        try await connection.query(
            """
            \(ground(federation))
            , month AS (
                SELECT u.*, greatest(u.start_on, m::date) AS from_day,
                       least(\(to), (m + interval '1 month' - interval '1 day')::date) AS to_day
                FROM unit u
                CROSS JOIN LATERAL generate_series(
                    date_trunc('month', u.start_on::timestamp), \(to)::timestamp,
                    interval '1 month') m
            ), held AS (
                SELECT mo.area_id, mo.from_day,
                    count(*) FILTER (WHERE m.kind = 'enterprise') AS enterprise,
                    count(*) FILTER (WHERE m.kind = 'worker') AS worker,
                    coalesce(sum(m.applications), 0) AS applications
                FROM month mo
                JOIN owner w ON w.unit_id = mo.area_id
                JOIN goutong.meeting m ON m.federation_id = \(federation.id)
                    AND m.area_id = w.area_id AND m.held_on BETWEEN mo.from_day AND mo.to_day
                    AND \(SQL.visible("m", at: moment))
                GROUP BY mo.area_id, mo.from_day
            ), entered AS (
                SELECT mo.area_id AS unit_id, mo.from_day, j.*, j.met_on + \(windowDays)::integer AS window_end
                FROM goutong.journey_entered(\(federation.id)::integer, \(moment), NULL, \(to),
                    (SELECT array_agg(w.area_id) FROM owner w)) j
                JOIN owner w USING (area_id)
                JOIN month mo ON mo.area_id = w.unit_id AND j.met_on BETWEEN mo.from_day AND mo.to_day
            ), judged AS (
                SELECT e.*, status = 'unorganised' AND NOT prior_intent AS at_risk,
                    status = 'unorganised' AND NOT prior_intent AND window_end <= \(to) AS mature
                FROM entered e
            ), funnel AS (
                SELECT unit_id AS area_id, from_day, count(*) AS first_met,
                    count(*) FILTER (WHERE status = 'unorganised') AS unorganised,
                    count(*) FILTER (WHERE at_risk) AS at_risk,
                    count(*) FILTER (WHERE mature) AS mature,
                    count(*) FILTER (WHERE mature AND intent_on <= window_end) AS intents,
                    count(*) FILTER (WHERE mature AND application_on <= window_end) AS filed,
                    count(*) FILTER (WHERE mature AND established_on <= window_end) AS established,
                    count(*) FILTER (
                        WHERE mature AND covered_on <= window_end
                          AND coalesce(intent_on > window_end, true)) AS covered
                FROM judged GROUP BY unit_id, from_day
            )
            SELECT mo.area_id, mo.from_day, mo.to_day, coalesce(h.enterprise, 0),
                coalesce(h.worker, 0), coalesce(h.applications, 0)::bigint,
                coalesce(f.first_met, 0), coalesce(f.unorganised, 0), coalesce(f.at_risk, 0),
                coalesce(f.mature, 0), coalesce(f.intents, 0), coalesce(f.filed, 0),
                coalesce(f.established, 0), coalesce(f.covered, 0)
            FROM month mo
            LEFT JOIN held h USING (area_id, from_day)
            LEFT JOIN funnel f USING (area_id, from_day)
            ORDER BY mo.code, mo.area_id, mo.from_day
            """
        ).map { row throws(PostgresError) in
            let (
                area, from, to, enterprise, worker, applications, firstMet, unorganised, atRisk, mature,
                intents, filed, established, covered
            ) = try row.decode(
                (Int, Day, Day, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int).self)
            return Cell(
                areaID: area, from: from, to: to, enterpriseMeetings: enterprise,
                workerMeetings: worker, applications: applications, firstMet: firstMet,
                unorganised: unorganised, atRisk: atRisk, mature: mature, intents: intents,
                filed: filed, established: established, covered: covered)
        }
    }
}
