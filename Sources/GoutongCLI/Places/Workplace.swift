internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import PrivateCluster
internal import Vault

/// Where a command works: a database that has the schema, one federation of it, the map, the vault.
struct Workplace {
    let connection: PostgresConnection
    private let conninfo: String
    let federation: Federation
    let areas: AreaTable
    let vault: Vault

    static func open(federation code: String?) async throws -> Workplace {
        // Whoever can work with a service has asked it by now.
        try ServerOption.refuseEnvironment()
        let database = try await Database.open()
        let connection = database.connection
        let federation = try choose(code, of: try await Federation.all(on: connection))
        let vault = Vault(master: try await database.masterKey(), federation: federation.code)
        try await federation.checkKey(vault, on: connection)
        return Workplace(
            connection: connection, conninfo: database.conninfo, federation: federation,
            areas: try await AreaTable.read(on: connection), vault: vault)
    }

    private static func choose(_ code: String?, of all: [Federation]) throws -> Federation {
        if let code {
            guard let federation = all.first(where: { $0.code == code }) else {
                throw CommandFailure(
                    .notFound, code: "federation.unknown", pointer: "--federation",
                    rule: Bilingual(zh: "没有这个总工会代码", en: "no such federation"),
                    mend: Bilingual(
                        zh: "可用的代码：" + all.map(\.code).joined(separator: " "),
                        en: "there are: " + all.map(\.code).joined(separator: " ")))
            }
            return federation
        }
        guard let first = all.first else {
            throw CommandFailure(
                .unavailable, code: "federation.none",
                rule: Bilingual(zh: "还没有建立总工会", en: "no federation is set up yet"),
                mend: Bilingual(
                    zh: "运行 goutong db migrate --set-up 代码 --name 名称 建立，或 goutong demo load 载入演示数据",
                    en:
                        "set one up with goutong db migrate --set-up CODE, or load the sample with goutong demo load"
                ))
        }
        guard all.count == 1 else {
            throw CommandFailure(
                .usage, code: "federation.several", pointer: "--federation",
                rule: Bilingual(zh: "这里有多个总工会", en: "there is more than one federation here"),
                mend: Bilingual(
                    zh: "用 --federation 指明：" + all.map(\.code).joined(separator: " "),
                    en: "name it with --federation: " + all.map(\.code).joined(separator: " ")))
        }
        return first
    }

    /// Another connection to the same database, for what can be read at the same time.
    func secondConnection() async throws(PostgresError) -> PostgresConnection {
        try await LedgerSession.connect(to: conninfo)
    }

    var recorder: MeetingRecorder {
        MeetingRecorder(federation: federation, vault: vault, areas: areas)
    }
    var facts: FactRecorder { FactRecorder(federation: federation) }
    var clock: LedgerClock { LedgerClock(federation: federation) }

    /// Today in the office.
    static var today: Day { OfficeTime.day(of: .now) }

    /// A moment given by a person, or one fixed now.
    func moment(_ asKnownAt: String?) async throws -> PostgresTimestamp {
        guard let asKnownAt else { return try await clock.fixMoment(on: connection) }
        guard let moment = OfficeTime.moment(asKnownAt) else { throw Self.notAnInstant }
        // Fixed on the primary: no writer under way can still add to what is known by then.
        let fixed = try await clock.fixMoment(on: connection)
        guard moment <= fixed else {
            throw CommandFailure(
                .usage, code: "instant.future", pointer: "--as-known-at",
                rule: Bilingual(zh: "时刻在将来", en: "the instant lies in the future"),
                mend: Bilingual(zh: "给出已经过去的时刻", en: "give one that has passed"))
        }
        return moment
    }

    static var notAnInstant: CommandFailure {
        CommandFailure(
            .usage, code: "instant.form", pointer: "--as-known-at",
            rule: Bilingual(zh: "不是有效的时刻", en: "not an instant"),
            mend: Bilingual(
                zh: "写成 2018-12-31T18:00:00+08:00", en: "write it as 2018-12-31T18:00:00+08:00"))
    }

    /// Moves queued firms into the journeys, so that the next report has less to fold in. A report is
    /// exact without it. What was done is chained on the way.
    func drain() async throws {
        while try await JourneyQueue.drain(federation: federation, limit: 5000, on: connection) > 0 {}
        try await seal()
    }
}
