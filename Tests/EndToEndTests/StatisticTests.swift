import Foundation
import Testing

extension EndToEnd {
    /// `goutong statistic` as an analyst has it: a file in, the same file with `out` back.
    @Suite struct StatisticTests {
        private let office: Office

        init() throws { office = try Office.current() }

        private static let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("FunnelTests/Fixtures")

        static let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []

        @Test("there are files to answer") func thereAreFiles() { #expect(Self.files.count == 21) }

        @Test("answered without its answers, a file is what it was", arguments: files)
        func answersAFile(_ name: String) async throws {
            let expected = try Outcome.object(Data(contentsOf: Self.folder.appendingPathComponent(name)))
            let cases = try #require(expected["cases"] as? [[String: Any]])
            var question = expected
            question["cases"] = cases.map { $0.filter { $0.key != "out" } }
            let asked = try JSONSerialization.data(withJSONObject: question)
            let run = try await office.goutong(["statistic"], input: .bytes(Array(asked)))
            #expect(run.status == 0 && run.said.isEmpty, "\(run)")
            var answer = try run.object()
            let answered = try #require(answer["cases"] as? [[String: Any]])
            try #require(answered.count == cases.count)
            // The Bayesian answers are quadratures, to be compared to 0.001.
            let tolerance = name == "hb_betabinom.json" ? 1e-3 : 1e-6
            for (ours, theirs) in zip(answered, cases) {
                #expect(Self.same(ours["in"], theirs["in"], within: 0))
                #expect(Self.same(ours["id"], theirs["id"], within: 0))
                let out = try #require(ours["out"])
                if name != "suppression.json" {
                    #expect(Self.same(out, theirs["out"], within: tolerance), "\(theirs["id"] ?? "")")
                }
            }
            (answer["cases"], question["cases"]) = (nil, nil)
            #expect(answer as NSDictionary == question as NSDictionary)
        }

        /// Of objects, the members that both have: an oracle also notes what it thinks of itself.
        private static func same(_ ours: Any?, _ theirs: Any?, within tolerance: Double) -> Bool {
            switch (ours, theirs) {
            case (let ours as [String: Any], let theirs as [String: Any]):
                return ours.allSatisfy { key, value in
                    theirs[key].map { same(value, $0, within: tolerance) } ?? true
                }
            case (let ours as [Any], let theirs as [Any]):
                return ours.count == theirs.count
                    && zip(ours, theirs).allSatisfy { same($0, $1, within: tolerance) }
            case (let ours as NSNumber, let theirs as NSNumber):
                let (ours, theirs) = (ours.doubleValue, theirs.doubleValue)
                return abs(ours - theirs) <= tolerance * max(1, abs(theirs))
            case (let ours as String, let theirs as String): return ours == theirs
            case (is NSNull, is NSNull): return true
            default: return false
            }
        }

        @Test("a statistic that there is not, and a case that lacks a number, are told at their places")
        func refusals() async throws {
            func issues(_ text: String) async throws -> [String] {
                let run = try await office.goutong(["statistic", "--json"], input: .text(text))
                #expect(run.status == 65, "\(run)")
                return try run.issues().map { "\($0.code) \($0.pointer)" }
            }
            #expect(try await issues(#"{"name":"luck","cases":[]}"#) == ["statistic.unknown /name"])
            #expect(
                try await issues(#"{"name":"binom_ci","cases":[{"id":1,"in":{"x":3}}]}"#)
                    .map { $0.hasSuffix(" /cases/0/in/n") } == [true])
            #expect(try await issues("{").map { $0.hasPrefix("json.syntax") } == [true])
        }

        @Test("what stands under in and was not used is named on standard error, by its name alone")
        func unusedKeys() async throws {
            func run(_ language: String) async throws -> Outcome {
                try await office.goutong(
                    ["statistic", "--lang", language],
                    input: .text(
                        #"{"name":"binom_ci","cases":[{"in":{"x":3,"n":10,"confidence":0.99,"a b":"王示例"}},"#
                            + #"{"in":{"x":3,"n":10,"confidence":0.9}}]}"#))
            }
            let (zh, en) = (try await run("zh"), try await run("en"))
            #expect(zh.status == 0 && en.status == 0 && zh.output == en.output)
            #expect(
                en.said
                    == "note: binom_ci did not use, of what stands under in: \"a b\" \"confidence\"\n")
            #expect(zh.said.contains("没有用到") && zh.said.contains("confidence") && !zh.said.contains("王示例"))
        }

        @Test("a file by name is read as one on standard input") func byName() async throws {
            let file = Self.folder.appendingPathComponent("binom_ci.json")
            let named = try await office.goutong(["statistic", "--from", file.path])
            let piped = try await office.goutong(
                ["statistic"], input: .bytes(Array(try Data(contentsOf: file))))
            #expect(named.status == 0 && named.output == piped.output)
        }
    }
}
