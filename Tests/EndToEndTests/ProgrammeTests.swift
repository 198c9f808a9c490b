import Foundation
import Testing

extension EndToEnd {
    /// Programmes through the command, to the folder that compares their arms.
    @Suite struct ProgrammeTests {
        private let office: Office
        private static let rows = [
            "wider,扩大试点,30,110105021,pilot,2018-09-03", "wider,,,110105001,pilot,2018-09-03",
            "wider,,,110101001,comparison,", "wider,,,110101002,comparison,",
        ]

        init() throws { office = try Office.current() }

        private func list(_ rows: [String]) throws -> String {
            try office.file(
                Array(
                    ((["programme,name,window_days,unit,arm,start_on"] + rows).joined(separator: "\n") + "\n")
                        .utf8),
                named: UUID().uuidString + ".csv")
        }

        @Test func aProgrammeIsImportedShownAndCompared() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let file = try list(Self.rows)
            let previewed = try await ledger.goutong("programme", "import", file, "--dry-run", "--json")
            #expect(try previewed.object()["programmes"] as? [String] == ["wider"], "\(previewed)")
            #expect(try await ledger.goutong("programme", "show", "wider").status == 66)
            #expect(try await ledger.goutong("programme", "import", file).status == 0)
            let again = try await ledger.goutong("programme", "import", file, "--json")
            #expect(try again.object()["present"] as? Int == 1, "\(again)")
            let other = try await ledger.goutong(
                "programme", "import", try list(Array(Self.rows.prefix(3))), "--json")
            #expect(other.status == 79, "\(other)")
            #expect(try other.issues().map(\.code) == ["programme.conflict"])
            let bad = try await ledger.goutong(
                "programme", "import", try list(Self.rows + [Self.rows[0]]), "--json")
            #expect(bad.status == 65 && bad.text.contains("row.twice"), "\(bad)")

            let listed = try await ledger.goutong("programme", "list", "--json")
            let own = try #require(try listed.objects().first { $0["programme"] as? String == "wider" })
            #expect(own["pilot"] as? Int == 2 && own["comparison"] as? Int == 2)
            let shown = try await ledger.goutong("programme", "show", "wider", "--json")
            #expect(
                try shown.objects().map { $0["start_on"] as? String } == [
                    nil, nil, "2018-09-03", "2018-09-03",
                ])

            let folder = office.folder.appendingPathComponent("wider-" + ledger.federation)
            defer { try? FileManager.default.removeItem(at: folder) }
            let exported = try await ledger.goutong(
                "export", "pilot-comparison", "--programme", "wider", "--to", "2018-12-30", "--out",
                folder.path)
            #expect(exported.status == 0, "\(exported)")
            let cells = try String(contentsOf: folder.appendingPathComponent("cells.csv"), encoding: .utf8)
            #expect(cells.contains("110105021") && cells.contains("110101001"))
            #expect(try await ledger.goutong("audit", "list", "--json").text.contains("programme.import"))
        }
    }
}
