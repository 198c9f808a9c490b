import Foundation
import Testing

extension EndToEnd {
    /// An issued report after very many later changes: it prints as it was, and they account for every difference.
    @Suite struct ManyChangesTests {
        private let office: Office
        private static let week = "2018-W37"
        private static let late =
            ProcessInfo.processInfo.environment["GOUTONG_TEST_LONG"] != nil ? 1000 : 150
        private static let corrected = 12
        private static let voided = 6

        init() throws { office = try Office.current() }

        @Test func anIssuedReportOutlastsThemAll() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            try await ledger.record(Documents.workerMeeting)
            let issued = try await ledger.goutong(
                "report", "issue", "--week", Self.week, "--preparer", "张一", "--reviewer", "李二", "--signer",
                "王三")
            try #require(issued.status == 0, "\(issued)")
            let printed = try await renderings(of: ledger)
            let before = try Self.headline(try await json(ledger, "--edition", "1"))

            let lines = (0..<Self.late).map { Self.document($0) }
            let file = try office.file(
                Array(lines.joined(separator: "\n").utf8), named: UUID().uuidString + ".jsonl")
            let imported = try await ledger.goutong("import", "meetings", file, "--json")
            try #require(imported.status == 0, "\(imported)")
            for number in 0..<Self.corrected {
                try await ledger.record(
                    Self.document(number, replacing: 1).replacing("\"total\":", with: "\"total\":1"))
            }
            for number in Self.corrected..<Self.corrected + Self.voided {
                let void = try await ledger.goutong("meeting", "void", Self.id(number), "--why", "重复登记")
                try #require(void.status == 0, "\(void)")
            }

            #expect(try await renderings(of: ledger) == printed)
            let told = try await ledger.goutong("report", "changes", "--week", Self.week, "--json")
            try #require(told.status == 0, "\(told)")
            let changes = try told.object()
            #expect(changes["changes_seen"] as? Int == Self.late + Self.corrected + Self.voided)
            #expect((changes["unexplained"] as? [Any])?.isEmpty == true)
            let after = try Self.headline(try await json(ledger))
            var moved: [String: [Int?]] = [:]
            for move in try #require(changes["moved"] as? [[String: Any]]) {
                let figure = try #require(move["figure"] as? String)
                guard figure.hasPrefix("headline.") else { continue }
                moved[figure] = [move["before"] as? Int, move["after"] as? Int]
            }
            var differences: [String: [Int?]] = [:]
            for figure in Set(before.keys).union(after.keys) where before[figure] != after[figure] {
                differences[figure] = [before[figure], after[figure]]
            }
            #expect(differences.count > 20)
            #expect(moved == differences)
        }

        private func renderings(of ledger: Ledger) async throws -> [Data] {
            var renderings: [Data] = []
            for format in ["text", "html", "xlsx", "csv", "json"] {
                for language in ["zh", "en"] {
                    let again = try await ledger.goutong(
                        "report", "weekly", "--week", Self.week, "--edition", "1", "--format", format,
                        "--lang",
                        language)
                    try #require(again.status == 0, "\(format) \(language)")
                    renderings.append(again.output)
                }
            }
            return renderings
        }

        private func json(_ ledger: Ledger, _ more: String...) async throws -> [String: Any] {
            try await office.goutong(
                [
                    "report", "weekly", "--federation", ledger.federation, "--week", Self.week, "--format",
                    "json",
                ]
                    + more
            ).object()
        }

        /// Of the city, by their paths; null and no such number are one.
        private static func headline(_ report: [String: Any]) throws -> [String: Int] {
            var numbers: [String: Int] = [:]
            for (measure, counts) in try #require(report["headline"] as? [String: [String: Any]]) {
                for (period, count) in counts {
                    numbers["headline.\(measure).\(period)"] = count as? Int
                }
            }
            return numbers
        }

        private static func id(_ number: Int) -> String {
            "01685667-1400-7000-8000-" + String(format: "%012d", 700_000 + number)
        }

        /// Of the week, of the one before, or of the next, each with a firm of its own.
        private static func document(_ number: Int, replacing revision: Int? = nil) -> String {
            let day = ["2018-09-12", "2018-09-05", "2018-09-19"][number % 3]
            let intent = number % 4 == 0 ? ",\"intent\":{\"form\":\"verbal\",\"on\":\"\(day)\"}" : ""
            return """
                {"schema":"goutong.meeting/1","id":"\(id(number))",\
                \(revision.map { "\"replaces\":\($0)," } ?? "")"kind":"enterprise","held_on":"\(day)",\
                "area":"110105021","venue":{"kind":"park"},"firms":[{"name":"北京示例第\(number)有限公司",\
                "union_status":"unorganised"\(intent)}],"applications":{"total":\(number % 9)}}
                """
        }
    }
}
