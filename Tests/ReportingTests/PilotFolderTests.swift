import Foundation
import Funnel
import Outreach
import Testing

@testable import Reporting

@Suite struct PilotFolderTests {
    @Test(arguments: Language.allCases)
    func writesTheSixFiles(language: Language) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("pilot-\(UUID().uuidString)/nested")
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
        let pilot = PilotFolder(PilotFixture.comparison(), language: language)
        try pilot.write(to: folder.path)
        try pilot.write(to: folder.path)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "README.md", "cells.csv", "comparison.html", "comparison.xlsx", "datapackage.json",
                "estimates.csv",
            ])
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
        #expect(resources.count == 2)
        for resource in resources {
            let schema = try #require(resource["schema"] as? [String: Any])
            let fields = try #require(schema["fields"] as? [[String: Any]])
            let path = try #require(resource["path"] as? String)
            let text = try #require(files[path])
            let header = text.split(separator: "\r\n")[0].split(separator: ",").map(String.init)
            #expect(fields.compactMap { $0["name"] as? String } == header)
            let key = try #require(schema["primaryKey"] as? [String])
            #expect(Set(key).isSubset(of: header))
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
                limits: PilotLimit.suppressed.text)
        ]
        let pilot = PilotFolder(comparison, language: .zh)
        #expect(pilot.cells(.data).hasSuffix(",unorganised,,,,true\r\n"))
        #expect(pilot.estimates(.data).hasSuffix("intent,rate_pilot,cluster_robust_cr2,,,,,,,,true\r\n"))
        #expect(pilot.readme.contains("公开版") && !pilot.readme.contains("【演示数据】"))
        #expect(PilotContents(pilot).chart.bars[0].caption == "隐去")
    }

    @Test func aFolderThatCannotBeMadeIsNamed() {
        let pilot = PilotFolder(PilotFixture.comparison(), language: .zh)
        #expect(throws: PilotFolderError.file("")) { try pilot.write(to: "/dev/null/pilot") }
    }
}
