import Foundation
import Funnel
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing
import Vault

@Suite("what offices state, by account")
struct StatedAPITests {
    private static let week = Week(containing: Day(ordinal: 17_786))

    private func statement(_ code: String?, in api: APIFixture) throws -> Statement {
        let unit: StatedUnit =
            try code.map { code in
                .area(id: try #require(api.areas.area(code: code, on: Self.week.end)).id, code: code)
            } ?? .city
        return Statement(
            kind: .declared, unit: unit, figure: .firmsMet, from: Self.week.start, to: Self.week.end,
            value: 3,
            source: "一号文", office: "总工会", statedOn: Self.week.end)
    }

    @Test("leads state of their own areas, a lead of the city of everything; a cadre and a desk of nothing")
    func recorders() async throws {
        try await APIFixture.serving { api in
            let places = [nil, "110105", "110105021", "110105001", "110101001"]
            for (role, unit, allowed) in [
                (.lead, "BJ", places), (.lead, "BJ-110105021", ["110105021"]),
                (.districtLead, "BJ-110105", ["110105", "110105021", "110105001"]),
                (.cadre, "BJ-110105021", []), (.enterpriseDesk, "BJ-110105", []), (.analyst, "BJ", []),
            ] as [(AccountRole, String, [String?])] {
                let login = "\(role.rawValue.prefix(4))\(unit.lowercased().suffix(9))"
                let (id, _) = try await api.account(login, role, unit: unit)
                let facts = FactRecorder(
                    federation: api.federation, authority: .account(id, login: login, of: api.federation))
                for place in places {
                    let sent = try statement(place, in: api)
                    var isAllowed = true
                    do {
                        _ = try await api.pool.withConnection { connection in
                            try await facts.state(
                                [sent], kind: .declared, replacing: true, file: "00", on: connection)
                        }
                    } catch is RecordingError {
                        isAllowed = false
                    }
                    #expect(isAllowed == allowed.contains(place), "\(role) \(unit) \(place ?? "city")")
                }
                // As if nobody had.
                try await api.owner.script("TRUNCATE goutong.declared_total")
            }
        }
    }

    @Test("a report through the service has the rows of one's own areas")
    func reports() async throws {
        try await APIFixture.serving { api in
            let places = [nil, "110105", "110105021", "110101001"]
            try await FactRecorder(federation: api.federation).state(
                try places.map { try statement($0, in: api) }, kind: .declared, replacing: false, file: "00",
                on: api.owner)
            for (role, unit, codes) in [
                (.analyst, "BJ", ["test", "110101001", "110105", "110105021"]),
                (.districtLead, "BJ-110105", ["110105", "110105021"]), (.lead, "BJ-110105021", ["110105021"]),
            ] as [(AccountRole, String, [String])] {
                let (_, token) = try await api.account("\(role.rawValue.prefix(4))x", role, unit: unit)
                let answer = try await api.send(.get, "/v1/reports/weekly?week=2018-W37", token: token).json()
                let rows = try #require(answer["declared"] as? [[String: any Sendable]])
                #expect(rows.compactMap { $0["code"] as? String } == codes, "\(role)")
                #expect(rows.allSatisfy { $0["declared"] as? Int == 3 && $0["difference"] as? Int == 3 })
            }
        }
    }
}
