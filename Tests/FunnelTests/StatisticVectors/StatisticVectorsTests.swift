import Foundation
import Funnel
import Outreach
import Testing

/// A file of vectors with how near an answer must come.
struct VectorFile: Sendable, CustomTestStringConvertible {
    let name: String
    let cases: Int
    var relative = 0.0
    var absolute = 0.0
    /// For some keys another tolerance, and nil for those that only the file's makers can tell.
    var others: [String: (relative: Double, absolute: Double)?] = [:]

    var testDescription: String { name }

    var bytes: [UInt8]? { bytes(in: "Fixtures") }

    func bytes(in folder: String) -> [UInt8]? {
        Bundle.module.url(forResource: name, withExtension: "json", subdirectory: folder)
            .flatMap { try? Data(contentsOf: $0) }
            .map { [UInt8]($0) }
    }

    /// As the files' README has them.
    static let all: [VectorFile] = [
        VectorFile(name: "special", cases: 40, relative: 1e-10),
        VectorFile(name: "prng", cases: 4),
        VectorFile(name: "binom_ci", cases: 10, absolute: 1e-10),
        VectorFile(name: "diff_newcombe", cases: 8, absolute: 1e-10),
        VectorFile(name: "rr_ci", cases: 8, relative: 1e-9),
        VectorFile(name: "wow_change", cases: 6, relative: 1e-8),
        VectorFile(
            name: "wow_clustered", cases: 6, relative: 1e-8,
            others: ["se_log": (1e-6, 0), "ratio": (1e-6, 0)]),
        VectorFile(name: "funnel_limits_exact", cases: 32, absolute: 1e-9),
        VectorFile(name: "funnel_overdispersion", cases: 6, relative: 1e-9),
        VectorFile(
            name: "eb_betabinom", cases: 6, relative: 1e-6,
            others: [
                // Whether another program agreed when the file was made.
                "vglm_agrees": nil, "mean": (0, 1e-7), "lower": (0, 1e-7), "upper": (0, 1e-7),
            ]),
        VectorFile(name: "hb_betabinom", cases: 6, absolute: 1e-3),
        VectorFile(name: "km", cases: 7, absolute: 1e-9),
        VectorFile(name: "competing_risks", cases: 6, absolute: 1e-9),
        VectorFile(
            name: "cluster_diff", cases: 6, relative: 1e-8,
            others: ["df_satt": (1e-6, 0), "bootstrap": (0, 1e-12)]),
        VectorFile(name: "randomisation", cases: 6, absolute: 1e-11),
        VectorFile(
            name: "did_panel", cases: 6, relative: 1e-7,
            others: ["se_cr2": (1e-6, 0), "df_satt": (1e-6, 0), "ci_cr2": (1e-6, 0)]),
        VectorFile(name: "att_gt", cases: 6, relative: 1e-9),
        VectorFile(name: "bh", cases: 7, relative: 1e-9),
        VectorFile(name: "suppression", cases: 6, absolute: 1e-6),
        VectorFile(name: "mde_cluster", cases: 10, relative: 1e-9),
        VectorFile(name: "funnel_semantics", cases: 68),
    ]

    static func named(_ name: String) -> VectorFile? { all.first { $0.name == name } }
}

@Suite struct StatisticVectorsTests {
    @Test("every file is answered as its oracle does", arguments: VectorFile.all)
    func agreement(_ file: VectorFile) throws {
        let bytes = try #require(file.bytes)
        let expected = try JSONValue(parsing: bytes)
        let answer = try StatisticVectors.answer(bytes)
        #expect(answer.unusedKeys.isEmpty)
        let answered = answer.document
        #expect(answered["cases"]?.elements.count == file.cases)
        for (one, other) in zip(answered["cases"]?.elements ?? [], expected["cases"]?.elements ?? []) {
            for difference in VectorDifference.between(one["out"], other["out"], in: file) {
                Issue.record("\(other["id"]?.text() ?? "?") \(difference)")
            }
        }
        #expect(answered.without("out") == expected.without("out"))
    }

    /// Nasty edges that the oracle's files do not have: huge counts, sure confidences, ties, townships of one rate.
    /// Each number was held against arithmetic of fifty digits (Documentation/decisions/statistics.md).
    @Test("edges are answered as fifty digits have them", arguments: VectorFile.all) func edges(
        _ file: VectorFile
    ) throws {
        guard let bytes = file.bytes(in: "Edges") else { return }
        let expected = try JSONValue(parsing: bytes)
        let answered = try StatisticVectors.answer(bytes).document
        for (one, other) in zip(answered["cases"]?.elements ?? [], expected["cases"]?.elements ?? []) {
            for difference in VectorDifference.between(one["out"], other["out"], in: file) {
                Issue.record("\(other["id"]?.text() ?? "?") \(difference)")
            }
        }
        #expect(answered["cases"]?.elements.isEmpty == false)
    }

    @Test("the files of vectors are all there are") func names() {
        #expect(StatisticVectors.names.sorted() == VectorFile.all.map(\.name).sorted())
    }

    @Test("cases without `out` get one; a case's other keys stay") func bare() throws {
        let answered = try StatisticVectors.answer(
            Array(#"{"name":"binom_ci","note":1,"cases":[{"id":"a","in":{"x":0,"n":0}}]}"#.utf8))
        #expect(answered.unusedKeys.isEmpty, "what is not under in is the file's own")
        #expect(
            answered.document.text()
                == #"{"name":"binom_ci","note":1,"cases":[{"id":"a","in":{"x":0,"n":0},"#
                + #""out":{"estimate":null,"wilson":[0,1],"clopper_pearson":[0,1]}}]}"#)
    }

    /// A thousand and one of them.
    private static let ones = Array(repeating: "1", count: 1001).joined(separator: ",")

    @Test(
        "a wrong shape is refused at its place, in both languages",
        arguments: [
            (#"[1]"#, "", "type.object"),
            (#"{"cases":[]}"#, "/name", "key.required"),
            (#"{"name":7,"cases":[]}"#, "/name", "type.text"),
            (#"{"name":"anova","cases":[]}"#, "/name", "statistic.unknown"),
            (#"{"name":"bh"}"#, "/cases", "key.required"),
            (#"{"name":"bh","cases":{}}"#, "/cases", "type.array"),
            (#"{"name":"bh","cases":[3]}"#, "/cases/0", "type.object"),
            (#"{"name":"bh","cases":[{"id":1}]}"#, "/cases/0/in", "key.required"),
            (#"{"name":"bh","cases":[{"in":{"p":[0.1,1.5]}}]}"#, "/cases/0/in/p/1", "number.range"),
            (#"{"name":"bh","cases":[{"in":{"p":[0.1,"NA"]}}]}"#, "/cases/0/in/p/1", "type.number"),
            (#"{"name":"bh","cases":[{"in":{"p":[2]}}]}"#, "/cases/0/in/p/0", "number.range"),
            (#"{"name":"binom_ci","cases":[{"in":{"x":3,"n":2}}]}"#, "/cases/0/in/x", "number.not_part"),
            (#"{"name":"binom_ci","cases":[{"in":{"x":-1,"n":2}}]}"#, "/cases/0/in/x", "number.range"),
            (#"{"name":"binom_ci","cases":[{"in":{"x":1.5,"n":2}}]}"#, "/cases/0/in/x", "type.integer"),
            (
                #"{"name":"binom_ci","cases":[{"in":{"x":1,"n":2,"conf":1}}]}"#, "/cases/0/in/conf",
                "number.range"
            ),
            (
                #"{"name":"hb_betabinom","cases":[{"in":{"x":[1],"n":[2,3]}}]}"#, "/cases/0/in/n",
                "list.length"
            ),
            (
                #"{"name":"km","cases":[{"in":{"time":[1],"event":[2]}}]}"#, "/cases/0/in/event/0",
                "number.range"
            ),
            (
                #"{"name":"km","cases":[{"in":{"time":[-1],"event":[1]}}]}"#, "/cases/0/in/time/0",
                "number.range"
            ),
            (
                #"{"name":"suppression","cases":[{"in":{"table":[[1,2],[3]]}}]}"#, "/cases/0/in/table/1",
                "list.length"
            ),
            (
                #"{"name":"did_panel","cases":[{"in":{"pilot_g_below":1,"rows_g_t_x_n":[[0,0,3,2]]}}]}"#,
                "/cases/0/in/rows_g_t_x_n/0/2", "number.not_part"
            ),
            (
                #"{"name":"did_panel","cases":[{"in":{"pilot_g_below":1,"first_post_t":1,"#
                    + #""rows_g_t_x_n":[[0,0,1,2],[0,1,1,2],[0,0,2,2]]}}]}"#,
                "/cases/0/in/rows_g_t_x_n/2", "row.duplicate"
            ),
            (
                #"{"name":"att_gt","cases":[{"in":{"weeks":2,"start_week":{"0":1},"#
                    + #""rows_g_t_x_n":[[0,0,1,2],[0,0,1,2]]}}]}"#,
                "/cases/0/in/rows_g_t_x_n/1", "row.duplicate"
            ),
            (
                #"{"name":"att_gt","cases":[{"in":{"weeks":2,"start_week":{"0":1},"#
                    + #""rows_g_t_x_n":[[0,0,1,2],[7,0,1,2]]}}]}"#,
                "/cases/0/in/start_week/7", "key.required"
            ),
            (
                #"{"name":"att_gt","cases":[{"in":{"weeks":100000,"start_week":{},"rows_g_t_x_n":[]}}]}"#,
                "/cases/0/in/weeks", "number.range"
            ),
            (
                #"{"name":"funnel_semantics","cases":[{"in":{"events":"#
                    + #"[{"id":1,"kind":"contact","unit":"a","place":"p","rec":0}],"query":{}}}]}"#,
                "/cases/0/in/events/0/day", "key.required"
            ),
            (
                #"{"name":"special","cases":[{"in":{"f":"betainc","a":1e26,"b":1e26,"x":0.5}}]}"#,
                "/cases/0/in/a", "number.range"
            ),
            (
                #"{"name":"special","cases":[{"in":{"f":"f_sf","F":1,"d1":1e3,"d2":1e26}}]}"#,
                "/cases/0/in/d2", "number.range"
            ),
            (
                #"{"name":"cluster_diff","cases":[{"in":{"seed":1,"B":1000000,"pilot":{"x":[1,1],"n":[2,3]},"#
                    + "\"comparison\":{\"x\":[\(ones)],\"n\":[\(ones)]}}}]}",
                "/cases/0/in/B", "number.too_large"
            ),
            (
                "{\"name\":\"suppression\",\"cases\":[{\"in\":{\"table\":[[\(ones),\(ones)]]}}]}",
                "/cases/0/in/table", "table.too_large"
            ),
            (#"{"name":"special","cases":[{"in":{"f":"gamma"}}]}"#, "/cases/0/in/f", "choice.unknown"),
            (#"{"name":"prng","cases":[{"in":{"seed":"-1"}}]}"#, "/cases/0/in/seed", "number.seed"),
            (
                #"{"name":"att_gt","cases":[{"in":{"rows_g_t_x_n":[],"weeks":1,"start_week":{"a/b~":1}}}]}"#,
                "/cases/0/in/start_week/a~1b~0", "key.township"
            ),
            (
                #"{"name":"att_gt","cases":[{"in":{"rows_g_t_x_n":[],"weeks":1,"start_week":{"01":1}}}]}"#,
                "/cases/0/in/start_week/01", "key.township"
            ),
        ])
    func refused(_ text: String, _ pointer: String, _ code: String) throws {
        let refused = #expect(throws: DocumentRefused.self) {
            try StatisticVectors.answer(Array(text.utf8))
        }
        let issue = try #require(refused?.issues.first)
        #expect(issue.pointer == pointer)
        #expect(issue.code == code)
        for text in [issue.rule, issue.mend] { #expect(!text.zh.isEmpty && !text.en.isEmpty) }
    }

    @Test("every case's issue is told, not the first alone") func every() {
        let refused = #expect(throws: DocumentRefused.self) {
            try StatisticVectors.answer(
                Array(#"{"name":"bh","cases":[{"in":{}},{"in":{"p":[1]}},{"in":{"p":3}}]}"#.utf8))
        }
        #expect(refused?.issues.map(\.pointer) == ["/cases/0/in/p", "/cases/2/in/p"])
    }

    @Test("panels of more weeks or townships than any real one are refused, not worked at for hours")
    func hugePanels() throws {
        func code(_ name: String, _ rows: [[Int]], _ rest: String) throws -> String? {
            let rows = rows.map { "[\($0[0]),\($0[1]),1,2]" }.joined(separator: ",")
            let refused = #expect(throws: DocumentRefused.self) {
                try StatisticVectors.answer(
                    Array(
                        "{\"name\":\"\(name)\",\"cases\":[{\"in\":{\"rows_g_t_x_n\":[\(rows)],\(rest)}}]}"
                            .utf8))
            }
            #expect(refused?.issues.first?.pointer == "/cases/0/in/rows_g_t_x_n")
            return refused?.issues.first?.code
        }
        let did = #""pilot_g_below":1,"first_post_t":1"#
        #expect(try code("did_panel", (0...520).map { [0, $0] }, did) == "panel.too_large")
        #expect(try code("did_panel", (0..<8000).map { [$0, $0 % 200] }, did) == "panel.too_large")
        let starts = (0..<1000).map { "\"\($0)\":\($0 < 400 ? "\($0 + 1)" : "null")" }.joined(separator: ",")
        #expect(
            try code("att_gt", (0..<1000).map { [$0, 0] }, "\"weeks\":500,\"start_week\":{\(starts)}")
                == "panel.too_large")
    }

    @Test("a list is no longer than sums of its counts can be") func longLists() {
        let zeros = String(repeating: "0,", count: 1_000_000) + "0"
        let refused = #expect(throws: DocumentRefused.self) {
            try StatisticVectors.answer(
                Array("{\"name\":\"bh\",\"cases\":[{\"in\":{\"p\":[\(zeros)]}}]}".utf8))
        }
        #expect(refused?.issues.map(\.code) == ["list.too_long"])
        #expect(refused?.issues.map(\.pointer) == ["/cases/0/in/p"])
    }

    @Test("a merge needs no day, as it holds whenever it is known") func merge() throws {
        let answer = try StatisticVectors.answer(
            Array(
                (#"{"name":"funnel_semantics","cases":[{"in":{"events":[{"id":1,"kind":"contact","day":3,"#
                    + #""unit":"a","place":"p","rec":0},{"id":2,"kind":"alias","unit":"a","to":"b","rec":0}],"#
                    + #""query":{"funnel":"firm","from":0,"to":9,"window":9,"order":"ordered","anchor":"first","#
                    + #""place":"entry_contact","as_of_valid":99,"as_of_system":99}}}]}"#).utf8))
        let units = answer.document["cases"]?.elements.first?["out"]?["units"]?.elements ?? []
        #expect(units.map { $0["unit"] } == [.string("b")])
    }

    @Test(
        "keys that no case's statistic reads are named, those of objects and lists too, and answered the same"
    )
    func unusedKeys() throws {
        func unused(_ name: String, _ cases: String) throws -> [String] {
            let answer = try StatisticVectors.answer(
                Array("{\"name\":\"\(name)\",\"cases\":[\(cases)]}".utf8))
            #expect(answer.name == name && answer.document["cases"]?.elements.isEmpty == false)
            return answer.unusedKeys
        }
        #expect(try unused("binom_ci", #"{"in":{"x":3,"n":10,"confidence":0.99}}"#) == ["confidence"])
        #expect(try unused("binom_ci", #"{"in":{"x":3,"n":10,"conf":null}},{"in":{"x":3,"n":10}}"#) == [])
        #expect(
            try unused(
                "wow_clustered",
                #"{"in":{"this_week":{"x":[],"n":[],"why":1},"prev_week":{"x":[],"n":[]},"a":{"b":1}}}"#)
                == ["a", "this_week/why"])
        #expect(
            try unused(
                "mde_cluster",
                #"{"in":{"icc_from":{"x":[1],"n":[2]},"p0":1}},{"in":{"p0":0.1,"icc":0,"#
                    + #""pilot_n":[9,9],"comparison_n":[9,9]}}"#) == [])
    }
}
