import Foundation
import Outreach
import OutreachStore
import PostgresClient
import Testing

@Suite("what each role may do, table by table and endpoint by endpoint")
struct RoleTests {
    private static let people = ["applicant", "applicant_event", "applicant_person", "person_request"]
    private static let dealings = [
        "meeting_revision", "meeting", "attendance", "opinion", "week_declaration", "firm_contact",
    ]

    @Test("every table, every role; and the document that tells of it is current")
    func everyTable() async throws {
        try await APIFixture.serving { api in
            let seed = try await RoleSeed.filled(api)
            try await everyTableHasAProbe(api)
            let matrix = try await RoleMatrix.found(in: seed)
            boundaries(of: matrix)
            townships(of: matrix)
            stated(of: matrix)
            people(of: matrix)
            writers(of: matrix)
            try RoleDocument.check(
                matrix.markdown + "\n" + (try await RoleEndpoints.markdown(of: seed)))
        }
    }

    private func everyTableHasAProbe(_ api: APIFixture) async throws {
        let tables = try await api.owner.query(
            """
            SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'goutong' AND c.relkind IN ('r', 'p') ORDER BY 1
            """
        ).map { row in try row.decode(String.self) }
        #expect(Set(tables) == Set(RoleProbe.all.map(\.table)), "a table without a probe, or the reverse")
        for probe in RoleProbe.all {
            let places = try await ProbedTable(probe, on: api.owner).keys.keys
            // A probe of no rows proves nothing.
            #expect(!places.isEmpty, "\(probe.table) is empty")
            if !places.contains("P") { #expect(places.contains("O"), "\(probe.table) has nothing of others") }
        }
    }

    /// No account ever reaches another federation; a disabled one reaches nothing.
    private func boundaries(of matrix: RoleMatrix) {
        for probe in RoleProbe.all {
            for purpose in RoleMatrix.purposes {
                let isBeforeAnyActor = purpose == .service
                for actor in RoleActor.allCases {
                    let cell = matrix.cell(purpose, probe.table, actor)
                    if !isBeforeAnyActor {
                        #expect(
                            !cell.places.contains("O"), "\(actor) \(purpose) \(probe.table): \(cell.text)")
                    }
                    if actor == .disabled {
                        #expect(cell == RoleMatrix.Cell(), "disabled \(purpose) \(probe.table)")
                    }
                    #expect(
                        cell.delete.isEmpty || (isBeforeAnyActor && probe.table == "web_session"),
                        "\(actor) deletes \(probe.table)")
                }
            }
        }
    }

    /// Leads record what offices state in their areas; nobody changes it, and the desks and the cadre only read it.
    private func stated(of matrix: RoleMatrix) {
        for table in ["declared_total", "target"] {
            #expect(matrix.cell(.recording, table, .lead).insert == "T", "\(table)")
            #expect(matrix.cell(.recording, table, .districtLead).insert == "TD", "\(table)")
            for actor in RoleActor.allCases {
                #expect(matrix.cell(.recording, table, actor).update.isEmpty, "\(actor) \(table)")
                guard actor != .lead, actor != .districtLead else { continue }
                #expect(matrix.cell(.recording, table, actor) == RoleMatrix.Cell(), "\(actor) \(table)")
            }
            #expect(matrix.cell(.reading, table, .cadre).text == "R T", "\(table)")
            #expect(matrix.cell(.counting, table, .analyst).text == "R TDC", "\(table)")
            #expect(matrix.cell(.counting, table, .auditor) == RoleMatrix.Cell(), "\(table)")
        }
        // A programme is a lead's of the whole city.
        for table in ["programme", "programme_unit"] {
            for actor in RoleActor.allCases {
                #expect(matrix.cell(.recording, table, actor).writes.isEmpty, "\(actor) \(table)")
            }
        }
    }

    private func townships(of matrix: RoleMatrix) {
        for table in Self.dealings {
            for purpose in [Authority.Purpose.reading, .recording] {
                for actor in [RoleActor.cadre, .lead] {
                    #expect(
                        matrix.cell(purpose, table, actor).places.isSubset(of: ["T"]), "\(actor) \(table)")
                }
                for actor in [RoleActor.districtLead, .enterpriseDesk] {
                    #expect(
                        matrix.cell(purpose, table, actor).places.isSubset(of: ["T", "D"]),
                        "\(actor) \(table)")
                }
            }
            #expect(matrix.cell(.reading, table, .lead).read == "T", "\(table)")
            #expect(matrix.cell(.reading, table, .districtLead).read == "TD", "\(table)")
        }
    }

    /// Reviewers in their areas; the cadre what it wrote down; nobody else, by no purpose.
    private func people(of matrix: RoleMatrix) {
        for table in Self.people {
            #expect(matrix.cell(.reading, table, .cadre).read == "t", "\(table)")
            #expect(matrix.cell(.reading, table, .lead).read == "T", "\(table)")
            #expect(matrix.cell(.reading, table, .districtLead).read == "TD", "\(table)")
            for actor in [RoleActor.enterpriseDesk, .analyst, .auditor, .administrator] {
                #expect(matrix.cell(.reading, table, actor) == RoleMatrix.Cell(), "\(actor) \(table)")
            }
        }
        for actor in RoleActor.allCases {
            for purpose in [Authority.Purpose.recording, .counting, .service] {
                #expect(matrix.cell(purpose, "applicant_person", actor).read == "", "\(actor) \(purpose)")
            }
            #expect(matrix.cell(.counting, "firm_contact", actor).read == "")
        }
    }

    /// 三员分立: who administers or audits writes no facts, and who audits writes nothing.
    private func writers(of matrix: RoleMatrix) {
        for probe in RoleProbe.all {
            for purpose in [Authority.Purpose.reading, .recording, .counting] {
                let auditor = matrix.cell(purpose, probe.table, .auditor)
                let administrator = matrix.cell(purpose, probe.table, .administrator)
                let analyst = matrix.cell(purpose, probe.table, .analyst)
                // Its own tokens it may revoke, the moments of reports everybody who counts may fix.
                if probe.table != "api_token" {
                    #expect(auditor.writes.isEmpty, "auditor \(probe.table): \(auditor.text)")
                    if probe.table != "fixed_moment" {
                        #expect(analyst.writes.isEmpty, "analyst \(probe.table): \(analyst.text)")
                    }
                    if probe.table != "account" {
                        #expect(administrator.writes.isEmpty, "administrator \(probe.table)")
                    }
                }
                let isFact =
                    Self.people.contains(probe.table) || Self.dealings.contains(probe.table)
                    || probe.table == "milestone"
                if isFact { #expect(administrator.read.isEmpty && auditor.read.isEmpty, "\(probe.table)") }
            }
        }
        for actor in RoleActor.allCases where actor != .auditor {
            #expect(matrix.cell(.reading, "audit_entry", actor).read.isEmpty, "\(actor)")
        }
    }
}

/// `Documentation/roles.md`: what the test found, committed.
enum RoleDocument {
    private static let file = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Documentation/roles.md")

    private static let head = """
        # 角色与权限 Roles and rights

        由测试生成，勿手改 Written by the test `RoleTests`, never by hand:
        `GOUTONG_WRITE_ROLES=1 swift test --filter RoleTests`

        基层干部和负责人在一个街道，区负责人和企业专员在其所在区，其余在市级。The cadre and the lead belong to one
        township, the district lead and the enterprise desk to its district, the others to the city.


        """

    static func check(_ body: String) throws {
        let text = head + body
        if ProcessInfo.processInfo.environment["GOUTONG_WRITE_ROLES"] == "1" {
            try Data(text.utf8).write(to: file)
            return
        }
        let committed = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
        guard let committed else {
            Issue.record("Documentation/roles.md is missing: run with GOUTONG_WRITE_ROLES=1")
            return
        }
        let pairs = zip(
            committed.split(separator: "\n", omittingEmptySubsequences: false),
            text.split(separator: "\n", omittingEmptySubsequences: false))
        let first = pairs.first { $0 != $1 }
        #expect(
            committed == text,
            "Documentation/roles.md says otherwise: \(first.map { "\($0) ≠ \($1)" } ?? "another length")")
    }
}
