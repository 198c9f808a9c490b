import Foundation
import Testing

extension EndToEnd {
    /// How firms are registered: from a list, onto the firm, into the funnel.
    @Suite struct OwnershipTests {
        private let office: Office
        private static let uscc = "91110105100000016T"

        init() throws { office = try Office.current() }

        private func list(_ type: String, into ledger: Ledger, _ more: String...) async throws -> Outcome {
            let file = try office.file(
                Array(
                    "统一社会信用代码,企业名称,街道（乡镇）代码,登记注册类型\n\(Self.uscc),北京示例物流有限公司,110105021,\(type)\n"
                        .utf8))
            return try await office.goutong(
                ["import", "firms", file, "--federation", ledger.federation] + more)
        }

        @Test("按登记注册类型分组：取台账当时所知，未登记的排最后")
        func grouped() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let refused = try await list("自然人独资", into: ledger, "--json")
            #expect(refused.status == 65 && refused.text.contains("registration_type.unknown"), "\(refused)")
            let imported = try await list("私营有限责任公司", into: ledger)
            #expect(imported.status == 0, "\(imported)")
            let then = try await ledger.goutong("report", "weekly", "--week", "2018-W37", "--format", "json")
            let moment = try #require(try then.object()["as_known_at"] as? String)
            #expect(try await list("151", into: ledger).status == 0)

            func groups(_ more: String...) async throws -> [[String]: Int] {
                let run = try await office.goutong(
                    ["funnel", "--json", "--to", "2018-12-30", "--federation", ledger.federation] + more)
                let rows = try #require(try run.object()["groups"] as? [[String: Any]], "\(run)")
                return Dictionary(
                    uniqueKeysWithValues: rows.compactMap { row in
                        (row["groups"] as? [String]).flatMap { path in
                            (row["met"] as? Int).map { (path, $0) }
                        }
                    })
            }
            #expect(try await groups("--by", "ownership") == [["150"]: 1, [""]: 1])
            #expect(
                try await groups("--by", "ownership", "--as-known-at", moment) == [["170"]: 1, [""]: 1])
            #expect(
                try await groups("--by", "district,ownership") == [
                    ["110105"]: 2, ["110105", "150"]: 1, ["110105", ""]: 1,
                ])
            // What journeys do not answer takes the ledger.
            #expect(
                try await groups("--by", "ownership", "--anchor", "last", "--order", "strict") == [
                    ["150"]: 1, [""]: 1,
                ])
            for (language, words) in [
                ("zh", ["登记注册类型", "有限责任", "未登记类型"]),
                ("en", ["Ownership", "Limited liability", "ownership not stated"]),
            ] {
                let printed = try await ledger.goutong(
                    "funnel", "--by", "ownership,week", "--to", "2018-12-30", "--lang", language)
                for word in words { #expect(printed.text.contains(word), "\(word) \(printed)") }
                #expect(!printed.text.contains("⟦"))
            }
            let shown = try await ledger.goutong("firm", "show", Self.uscc)
            #expect(shown.text.contains("国有独资公司"), "\(shown)")
            let exported = try await ledger.facts()
            let profiles = String(decoding: try #require(exported["firm_profile.csv"]), as: UTF8.self)
            #expect(profiles.contains(",173,2011,") && profiles.contains(",151,2011,"), "\(profiles)")
            #expect(
                String(decoding: try #require(exported["registration_type.csv"]), as: UTF8.self)
                    .contains("2011,151,150,国有独资公司"))
        }
    }
}
