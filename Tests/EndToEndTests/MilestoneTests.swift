import Foundation
import Testing

extension EndToEnd {
    /// Steps towards a union: dated facts, of which an odd order is flagged and never refused.
    @Suite struct MilestoneTests {
        private let office: Office
        private static let firm = "91110105100000016T"
        private static let code = "warning.established_without_election"

        init() throws { office = try Office.current() }

        @Test func aFoundingWithoutElectionIsFlagged() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let added = try await add(ledger, "established", "2018-10-01")
            #expect(added["outcome"] as? String == "recorded")
            #expect(try codes(added) == [Self.code])
            let id = try #require(added["id"] as? String)
            // Said again, it is said again.
            let again = try await add(ledger, "established", "2018-10-01", "--id", id)
            #expect(again["outcome"] as? String == "replayed")
            #expect(try codes(again) == [Self.code])
            #expect(try await flagged(ledger) == ["established"])
            let listed = try await ledger.goutong("milestone", "list", "--firm", Self.firm)
            #expect(listed.text.contains("! 批复成立之前"))
            #expect(listed.lines.filter { $0.contains("  ! ") }.count == 1)

            // An election after the day is none before it; one on the day is.
            #expect(try codes(try await add(ledger, "elected", "2018-10-02")).isEmpty)
            #expect(try await flagged(ledger) == ["established"])
            #expect(try codes(try await add(ledger, "elected", "2018-10-01")).isEmpty)
            #expect(try await flagged(ledger).isEmpty)
        }

        @Test func peopleAreToldBeneath() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            for (language, words) in [("zh", "没有选举"), ("en", "no election")] {
                let added = try await ledger.goutong(
                    "milestone", "add", "--firm", Self.firm, "--kind", "established", "--on", "2018-10-01",
                    "--lang", language)
                #expect(added.status == 0, "\(added)")
                #expect(added.said.contains("  ! ") && added.said.contains(words))
                #expect(UUID(uuidString: added.text.trimmingCharacters(in: .whitespacesAndNewlines)) != nil)
            }
        }

        @Test func anElectionOfAMergedFirmCounts() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let other = try #require(
                try await ledger.goutong("firm", "find", "示例餐饮", "--json").objects().first?["id"] as? String)
            #expect(try codes(try await add(ledger, "elected", "2018-09-20", firm: other)).isEmpty)
            #expect(try codes(try await add(ledger, "established", "2018-10-01")) == [Self.code])
            let merged = try await ledger.goutong("firm", "merge", other, Self.firm)
            #expect(merged.status == 0, "\(merged)")
            #expect(try await flagged(ledger).isEmpty)
        }

        private func add(
            _ ledger: Ledger, _ kind: String, _ day: String, _ extra: String..., firm: String = firm
        ) async throws -> [String: Any] {
            let added = try await ledger.office.goutong(
                [
                    "milestone", "add", "--federation", ledger.federation, "--json", "--firm", firm, "--kind",
                    kind, "--on", day,
                ] + extra)
            try #require(added.status == 0, "\(added)")
            return try added.object()
        }

        private func codes(_ object: [String: Any]) throws -> [String] {
            let warnings = try #require(object["warnings"] as? [[String: String]])
            return try warnings.map { try #require($0["code"]) }
        }

        private func flagged(_ ledger: Ledger) async throws -> [String] {
            let listed = try await ledger.goutong("milestone", "list", "--firm", Self.firm, "--json")
            try #require(listed.status == 0, "\(listed)")
            return try listed.objects().filter { try !codes($0).isEmpty }.compactMap { $0["kind"] as? String }
        }
    }
}
