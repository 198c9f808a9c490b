import Foundation
import Funnel
import Outreach
import Testing

@testable import Reporting

@Suite struct PilotFolderTests {
    @Test(arguments: Language.allCases)
    func writesTheFiles(language: Language) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("pilot-\(UUID().uuidString)/nested")
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
        let pilot = PilotFolder(PilotFixture.comparison(), language: language)
        try pilot.write(to: folder.path)
        try pilot.write(to: folder.path)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "README.md", "cells.csv", "comparison.html", "comparison.xlsx", "datapackage.json",
                "estimates.csv", "load.R", "load.py", "load.sql", "totals.csv",
            ])
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) == PilotFolder.fileNames
        )
        let readme = try String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
        #expect(readme.split(separator: "\n")[0] == language.of(PilotComparison.scope))
        #expect(readme.contains("【演示数据】"))
        #expect(!readme.contains("⟦"))
    }

    @Test func theSchemaNamesTheColumnsOfTheFiles() throws {
        let pilot = PilotFolder(PilotFixture.comparison(), language: .en)
        let package = try #require(
            JSONSerialization.jsonObject(with: Data(pilot.dataPackage.utf8)) as? [String: Any])
        let resources = try #require(package["resources"] as? [[String: Any]])
        let files = Dictionary(uniqueKeysWithValues: pilot.textFiles.map { ($0.name, $0.text) })
        #expect(resources.count == 3)
        for resource in resources {
            let schema = try #require(resource["schema"] as? [String: Any])
            let fields = try #require(schema["fields"] as? [[String: Any]])
            let path = try #require(resource["path"] as? String)
            let text = try #require(files[path])
            let header = text.split(separator: "\r\n")[0].split(separator: ",").map(String.init)
            #expect(fields.compactMap { $0["name"] as? String } == header)
            // The totals of a whole arm have no district: no key.
            let key = schema["primaryKey"] as? [String]
            #expect(Set(key ?? []).isSubset(of: header) && (key != nil || path == "totals.csv"))
        }
        #expect(package["synthetic"] as? Bool == true)
    }

    @Test func theContractsColumns() {
        #expect(
            PilotFolder.cellColumns.joined(separator: ",")
                == "unit_code,unit_name,arm,start_on,period_from,period_to,stage,numerator,denominator,open,suppressed"
        )
        #expect(
            PilotFolder.estimateColumns.joined(separator: ",")
                == "outcome,estimand,method,estimate,conf_low,conf_high,n,clusters,p_raw,p_bh,suppressed")
    }

    @Test func whatIsSuppressedIsEmptyEverywhere() {
        var comparison = PilotFixture.comparison(audience: .public, synthetic: false)
        comparison.cells = comparison.cells.prefix(1).map { cell in
            var cell = cell
            (cell.numerator, cell.denominator, cell.open, cell.suppressed) = (nil, nil, nil, true)
            return cell
        }
        comparison.estimates = [
            PilotEstimate(
                outcome: .intent, estimand: .pilotRate, method: .clusterRobust, suppressed: true,
                limits: [.suppressed])
        ]
        let pilot = PilotFolder(comparison, language: .zh)
        #expect(pilot.cells(.data).hasSuffix(",unorganised,,,,true\r\n"))
        #expect(
            pilot.estimates(.data).hasSuffix("intent,rate_pilot,cluster_robust_cr2,,,,,,,,true\r\n"))
        #expect(pilot.readme.contains("公开版") && !pilot.readme.contains("【演示数据】"))
        #expect(PilotContents(pilot).chart.bars[0].caption == "隐去")
    }

    @Test(
        "the public folder says the same everywhere: what is hidden in the cells is nowhere",
        arguments: Language.allCases)
    func publicFolder(language: Language) throws {
        let comparison = try PilotFixture.programme(seed: 7).published()
        let folder = PilotFolder(comparison, language: language)
        let earlier = try #require(
            EarlierPublication(
                files: Dictionary(
                    uniqueKeysWithValues: folder.textFiles.map { ($0.name, Array($0.text.utf8)) })))
        #expect(earlier.cells == comparison.cells && earlier.totals == comparison.totals)
        #expect(earlier.programme == "pilot-2018" && earlier.windowDays == 30)
        #expect(earlier.estimates.map(\.estimate) == comparison.estimates.map(\.estimate))
        // What it cannot show goes with a row that is carried, as far as the row tells.
        for (read, made) in zip(earlier.estimates, comparison.estimates) where made.estimate != nil {
            let lost = Set(made.limits).subtracting(read.limits)
            #expect(lost.isSubset(of: [.intervalWithheld, .nothingVaries, .noDenominator]), "\(lost)")
        }
        #expect(
            comparison.cells.contains(where: \.suppressed) && comparison.cells.contains { !$0.suppressed }
        )
        let complete = PilotFolder(PilotFixture.programme(seed: 7), language: language).textFiles
        #expect(
            EarlierPublication(
                files: Dictionary(uniqueKeysWithValues: complete.map { ($0.name, Array($0.text.utf8)) }))
                == nil)
        // Units are listed, their counts are not.
        for unit in comparison.units {
            #expect(!folder.cells(.data).contains(unit.code) && !folder.totals(.data).contains(unit.code))
        }
        let page = folder.page
        #expect(page.contains(language == .zh ? "隐去" : "Suppressed"))
        #expect(page.contains(language == .zh ? "公开版" : "Public"))
        #expect(!page.contains("⟦") && !folder.readme.contains("⟦"))
        #expect(try folder.workbookBytes().count > 10_000)
        // Again with itself before it: nothing moves.
        let again = try PilotFixture.programme(seed: 7).published(after: earlier)
        #expect(
            again.cells == comparison.cells && again.totals == comparison.totals && again.carried == 0)
    }

    @Test("words of cause stand only where declared figures bear them", arguments: Language.allCases)
    func wording(language: Language) throws {
        let causal =
            language == .zh ? ["作用", "效果", "促成", "带来"] : ["effect", "impact", "caused", "because of"]
        func texts(_ comparison: PilotComparison) -> String {
            let folder = PilotFolder(comparison, language: language)
            return folder.page + folder.estimates(.data)
        }
        let gap = texts(PilotFixture.programme(seed: 3))
        // What it denies it may name.
        let denials = ["cannot show that the pilot caused it", "不能证明是试点带来的效果"]
        let left = denials.reduce(gap) { $0.replacing($1, with: "") }
        for word in causal { #expect(!left.contains(word), "\(word)") }
        let effect = PilotFixture.programme(seed: 3, declared: PilotFixture.declared)
        let text = texts(effect)
        #expect(causal.contains { text.contains($0) })
        #expect(text.contains("effect_parallel_trends,did_cr2"))
        let folder = PilotFolder(effect, language: language)
        #expect(folder.readme.hasPrefix(language.of(effect.claim.scope)))
        #expect(folder.readme.split(separator: "\n")[0] != language.of(PilotComparison.scope))
        #expect(folder.page.contains("pilot-periods-chart"))
    }

    @Test("the public folder's intervals and tests have no more digits than they may, the internal one's all")
    func digits() throws {
        func ends(_ comparison: PilotComparison) -> [Double] {
            PilotFolder(comparison, language: .en).estimates(.data).split(separator: "\r\n").dropFirst()
                .flatMap { line in
                    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
                    return [fields[4], fields[5], fields[8], fields[9]].compactMap { Double($0) }
                }
        }
        func isCoarse(_ value: Double) -> Bool { abs(value * 100 - (value * 100).rounded()) < 1e-9 }
        let complete = PilotFixture.programme(seed: 7, declared: PilotFixture.declared)
        let published = try complete.published()
        #expect(ends(published).count > 20 && ends(published).allSatisfy(isCoarse))
        #expect(ends(complete).count { !isCoarse($0) } > 40)
        #expect(!published.effects.isEmpty)
        let folder = PilotFolder(published, language: .en)
        #expect(folder.readme.contains("widened") && folder.page.contains("widened"))
        // As JSON too, with the effects.
        #expect(folder.json().contains("\"effect_parallel_trends\""))
        #expect(!folder.json().contains(/"conf_low":\s*-?0\.\d{5,}/))
        #expect(PilotFolder(complete, language: .en).json().contains(/"conf_low":\s*-?0\.\d{5,}/))
    }

    @Test("the first screen goes by p corrected, and says where townships are too few")
    func firstScreen() {
        var comparison = PilotFixture.comparison()
        func sentences(_ change: (inout PilotEstimate) -> Void) -> [String] {
            for index in comparison.estimates.indices
            where comparison.estimates[index].estimand == .gap
                && comparison.estimates[index].method == .clusterRobust
            {
                change(&comparison.estimates[index])
            }
            return PilotContents(PilotFolder(comparison, language: .en)).gapSentences
        }
        // Three townships on each side.
        let few = sentences { _ in }
        #expect(few.count == 5 && few.allSatisfy { $0.contains("several outcomes allowed for") })
        #expect(few.allSatisfy { $0.contains("Too few townships") })
        let several = sentences { ($0.pBH, $0.limits) = (0.08, [.descriptive]) }
        #expect(several.allSatisfy { $0.contains("once several outcomes are allowed for") })
        #expect(!several.contains { $0.contains("Too few townships") || $0.contains("⟦") })
        let none = sentences { ($0.confLow, $0.confHigh, $0.pRaw, $0.pBH) = (nil, nil, nil, nil) }
        #expect(none.count == 5 && none.allSatisfy { $0.contains("there is no interval") })
    }

    @Test(
        "declared outcomes have their checks on the page and a sheet of their own",
        arguments: Language.allCases)
    func checks(language: Language) throws {
        let folder = PilotFolder(
            PilotFixture.programme(seed: 3, declared: PilotFixture.declared), language: language)
        let words = Catalogue(language)
        for key in ["pretrend", "detectable_trend", "df", "pretrend_periods"] {
            #expect(folder.page.contains(words["pilot_effect.\(key)"]))
        }
        let lines = folder.estimates(.data)
        for row in [
            "members,pretrend_joint_f,event_study_cr1", "members,degrees_of_freedom,did_cr2,",
            "members,effect_parallel_trends,did_cr2_weighted", "members,gap_period_-2,event_study_cr1",
        ] { #expect(lines.contains(row), "\(row)") }
        #expect(folder.readme.contains("`pretrend_joint_f`") && !folder.readme.contains("⟦"))
        let names = PilotContents(folder).sheets.map(\.name)
        #expect(names.contains(words["pilot_sheet.effects"]) && Set(names).count == names.count)
        let plain = PilotFolder(PilotFixture.programme(seed: 3), language: language)
        #expect(!PilotContents(plain).sheets.map(\.name).contains(words["pilot_sheet.effects"]))
        #expect(try folder.workbookBytes().count > plain.workbookBytes().count)
    }

    @Test func declaredFiguresAreRead() {
        let text = """
            unit_code,outcome,period_from,period_to,numerator,denominator
            110101001,members,2018-01-01,2018-03-31,3,10
            """
        #expect(
            DeclaredFigure.figures(csv: Array(text.utf8))?.map(\.counts) == [Proportion(x: 3, n: 10)])
        for (old, new) in [
            ("3,10", "11,10"), ("members", "guesses"), ("2018-03-31", "2017-03-31"),
            ("unit_code", "unit"),
        ] {
            #expect(DeclaredFigure.figures(csv: Array(text.replacing(old, with: new).utf8)) == nil)
        }
    }

    @Test func aFolderThatCannotBeMadeIsNamed() {
        let pilot = PilotFolder(PilotFixture.comparison(), language: .zh)
        #expect(throws: PilotFolderError.file("")) { try pilot.write(to: "/dev/null/pilot") }
    }
}
