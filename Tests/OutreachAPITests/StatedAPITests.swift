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

    // MARK: Over HTTP

    private static let header = "单位,指标,起,止,申报数,来源文件,申报机关,收到日期"
    private static let csv: HTTPFields = [.contentType: "text/csv; charset=utf-8"]

    private static func row(_ unit: String, _ value: String = "7") -> String {
        "\(unit),达成建会意向,2018-09-10,2018-09-16,\(value),朝工报〔2018〕3号,朝阳区总工会,2018-09-20"
    }

    private func post(
        _ rows: [String], to path: String = "/v1/declared-totals", as token: APIToken, in api: APIFixture
    ) async throws -> APIFixture.Answer {
        let table = ([Self.header] + rows).joined(separator: "\n") + "\n"
        return try await api.send(.post, path, token: token, headers: Self.csv, body: table)
    }

    @Test("a lead records a table in its areas: every row or none, and each row's fault at its place")
    func imports() async throws {
        try await APIFixture.serving { api in
            let (_, district) = try await api.account("li", .districtLead, unit: "BJ-110105")
            let preview = try await post(
                [Self.row("110105")], to: "/v1/declared-totals?dry_run=true", as: district, in: api)
            #expect(preview.status == .ok, "\(preview.text)")
            #expect(try preview.json()["outcome"] as? String == "previewed")
            #expect(try preview.json()["added"] as? Int == 1)
            func listed(_ more: String = "") async throws -> [[String: any Sendable]] {
                let answer = try await api.send(.get, "/v1/declared-totals\(more)", token: district)
                #expect(answer.status == .ok, "\(answer.text)")
                return try answer.json()["items"] as? [[String: any Sendable]] ?? []
            }
            #expect(try await listed().isEmpty)
            // Of its rows one has no number, and one is of another district, which is as none.
            let wrong = try await post(
                [Self.row("110105"), Self.row("110105021", "约7"), Self.row("110101001"), Self.row("全市")],
                as: district, in: api)
            #expect(wrong.status.code == 422 && wrong.text.contains("invalid-rows"), "\(wrong.text)")
            let errors = try wrong.json()["errors"] as? [[String: any Sendable]] ?? []
            #expect(errors.map { $0["pointer"] as? String } == ["3:E", "4:A", "5:A"])
            #expect(errors.map { $0["code"] as? String }.first == "type.integer")
            #expect(try await listed().isEmpty)

            let taken = try await post([Self.row("110105"), Self.row("110105021")], as: district, in: api)
            #expect(taken.status == .ok, "\(taken.text)")
            #expect(try taken.json()["added"] as? Int == 2)
            let again = try await post([Self.row("110105")], as: district, in: api)
            #expect(try again.json()["present"] as? Int == 1 && again.json()["added"] as? Int == 0)
            let other = try await post([Self.row("110105", "9")], as: district, in: api)
            #expect(other.status == .conflict && other.text.contains("declared.conflict"), "\(other.text)")
            #expect(other.text.contains(#""pointer":"2""#))
            let replaced = try await post(
                [Self.row("110105", "9")], to: "/v1/declared-totals?replace=true", as: district, in: api)
            #expect(try replaced.json()["changed"] as? Int == 1, "\(replaced.text)")
            #expect(try await listed("?area=110105").count == 2)
            #expect(try await listed("?area=110105021").count == 1)
            #expect(try await listed("?history=true").count == 3)
            #expect(try await listed("?figure=firms_met").isEmpty)

            let id = try #require(
                try await listed().first { $0["code"] as? String == "110105" }?["id"] as? String)
            let why = #"{"why":"误报"}"#
            let path = "/v1/declared-totals/\(id)"
            #expect(try await api.send(.delete, path, token: district).status.code >= 400)
            #expect(try await api.send(.delete, path, token: district, body: why).status == .noContent)
            #expect(try await api.send(.delete, path, token: district, body: why).status == .notFound)
            #expect(try await listed().count == 1)
            #expect(try await listed("?history=true").contains { $0["voided_because"] as? String == "误报" })
            let audited = try await api.owner.query(
                "SELECT count(*) FROM goutong.audit_entry WHERE action LIKE 'declared.%' AND actor = 'li'"
            ).only().decode(Int.self)
            #expect(audited == 3)
        }
    }

    @Test("headers of others by a map; a table that is none; who may not record is told before it is read")
    func refusals() async throws {
        try await APIFixture.serving { api in
            let (_, city) = try await api.account("he", .lead)
            let (_, cadre) = try await api.account("wang", .cadre, unit: "BJ-110105021")
            let (_, analyst) = try await api.account("chen", .analyst)
            for token in [cadre, analyst] {
                let refused = try await post(["bad"], as: token, in: api)
                #expect(refused.status == .forbidden, "\(refused.text)")
                let void = try await api.send(
                    .delete, "/v1/targets/\(UUID().uuidString.lowercased())", token: token,
                    body: #"{"why":"x"}"#)
                #expect(void.status == .forbidden)
            }
            #expect(try await api.send(.get, "/v1/targets", token: cadre).status == .ok)
            #expect(try await api.send(.get, "/v1/targets", token: analyst).status == .forbidden)
            let json = try await api.send(
                .post, "/v1/targets", token: city, headers: [.contentType: "application/json"], body: "{}")
            #expect(json.status == .unsupportedMediaType)
            let large = try await api.send(
                .post, "/v1/targets", token: city, headers: Self.csv,
                body: String(repeating: "x", count: 1 << 20) + "x")
            #expect(large.status == .contentTooLarge)
            for (body, code) in [("", "file.empty"), ("单位,数\n", "column.")] {
                let refused = try await api.send(
                    .post, "/v1/targets", token: city, headers: Self.csv, body: body)
                #expect(refused.status.code == 422 && refused.text.contains(code), "\(refused.text)")
                #expect(refused.text.contains("invalid-document"))
            }
            let theirs = "unit,figure,period,n,source,set_by,remark\n全市,企业沟通会,2018,200,五号文,市总工会,x\n"
            let map = "n,%E4%BB%BB%E5%8A%A1%E6%95%B0%0Aremark,-"
            let mapped = try await api.send(
                .post, "/v1/targets?map=\(map)", token: city, headers: Self.csv, body: theirs)
            #expect(try mapped.json()["added"] as? Int == 1, "\(mapped.text)")
            let wrongMap = try await api.send(
                .post, "/v1/targets?map=n", token: city, headers: Self.csv, body: theirs)
            #expect(wrongMap.status == .badRequest && wrongMap.text.contains("map.form"))
            let replace = try await api.send(
                .post, "/v1/targets?replace=true", token: city, headers: Self.csv, body: theirs)
            #expect(replace.status == .badRequest && replace.text.contains("query.unknown"))
        }
    }

    @Test("programmes are a lead's of the whole federation, and everybody's to read")
    func programmes() async throws {
        try await APIFixture.serving { api in
            let (_, city) = try await api.account("he", .lead)
            let (_, district) = try await api.account("li", .districtLead, unit: "BJ-110105")
            let table =
                "programme,name,unit,arm,start_on\nhz,海淀试点,110108001,pilot,2018-10-08\nhz,海淀试点,110108002,comparison,\n"
            func post(_ body: String, _ token: APIToken, _ more: String = "") async throws
                -> APIFixture.Answer
            {
                try await api.send(
                    .post, "/v1/programmes\(more)", token: token, headers: Self.csv, body: body)
            }
            #expect(try await post(table, district).status == .forbidden)
            #expect(try await post(table, city, "?dry_run=true").json()["outcome"] as? String == "previewed")
            #expect(try await api.send(.get, "/v1/programmes/hz", token: city).status == .notFound)
            let taken = try await post(table, city)
            #expect(try taken.json()["programmes"] as? [String] == ["hz"], "\(taken.text)")
            #expect(try await post(table, city).json()["present"] as? Int == 1)
            let conflict = try await post(table.replacing("2018-10-08", with: "2018-10-09"), city)
            #expect(conflict.status == .conflict && conflict.text.contains("programme.conflict"))
            let wrong = try await post(table.replacing("110108002", with: "119999999"), city)
            #expect(wrong.status.code == 422 && wrong.text.contains(#""pointer":"3:C""#), "\(wrong.text)")
            let shown = try await api.send(.get, "/v1/programmes/hz", token: district)
            let units = try shown.json()["units"] as? [[String: any Sendable]] ?? []
            #expect(units.map { $0["arm"] as? String } == ["pilot", "comparison"], "\(shown.text)")
            let listed = try await api.send(.get, "/v1/programmes", token: district)
            #expect(listed.text.contains(#""programme":"hz""#))
        }
    }
}
