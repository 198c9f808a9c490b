import Foundation
import Testing

extension EndToEnd {
    /// `db verify --figures`, on a machine of its own.
    @Suite struct FiguresTests {
        private let office: Office

        init() throws { office = try Office.current() }

        @Test func whatIsStoredIsComparedWithTheLedgerAndNamed() async throws {
            try await office.apart { office in
                let ledger = try await office.ledger()
                try await ledger.record(Documents.meeting)
                func verified(_ arguments: String...) async throws -> Outcome {
                    try await office.goutong(["db", "verify", "--figures"] + arguments)
                }
                // What is still queued is no difference.
                let queued = try await verified("--json")
                #expect(queued.status == 0, "\(queued)")
                #expect(try await office.goutong("db", "verify").status == 0)
                #expect(try await verified().said.contains("核对无误"))

                try await office.sql("UPDATE goutong.cell SET met = met + 1")
                let found = try await verified("--json")
                #expect(found.status == 1, "\(found)")
                let issue = try #require(try found.issues().first)
                #expect(issue.code == "cell.differs")
                #expect(issue.pointer.wholeMatch(of: /\/[a-z0-9-]+\/cells\/\d+\/\d{4}-\d\d-\d\d\/met/) != nil)
                #expect(try await verified().said.contains("met 存为"))
                #expect(try await verified("--lang", "en").said.contains("met is stored as"))
                try await office.sql("UPDATE goutong.journey SET met_on = met_on - 1")
                #expect(try await verified("--json").issues().contains { $0.code == "journey.differs" })

                try await office.sql(
                    "SELECT goutong.rederive_figures(federation_id) FROM goutong.federation")
                #expect(try await verified().status == 0)
                #expect(try await office.goutong("db", "verify").status == 0)
                #expect(try await verified().status == 0)
            }
        }
    }
}
