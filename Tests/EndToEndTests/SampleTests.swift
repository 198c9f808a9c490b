import Foundation
import Testing

extension EndToEnd {
    /// The sample as a newcomer meets it: load, report, comparison. One test, since it is loaded once.
    @Suite struct SampleTests {
        @Test func theSampleMeetsThePublishedFigures() async throws {
            let office = try Office.current()
            // Stopped in the middle, it goes on where it was.
            let interrupted = try await office.shell(
                """
                "$GOUTONG" demo load --lang en 2> progress & load=$!
                for i in $(seq 3000); do grep -q 'loaded 500' progress && break; sleep 0.1; done
                kill -9 $load; wait $load; grep -c 'sample loaded' progress
                """)
            try #require(interrupted.text.hasPrefix("0"), "\(interrupted)")
            let loaded = try await office.goutong("demo", "load")
            try #require(loaded.status == 0, "\(loaded)")
            #expect(loaded.said.contains("载入完成"))
            let sample = Ledger(office: office, federation: "beijing-demo")

            let facts = try await sample.facts()
            let again = try await office.goutong("demo", "load")
            #expect(again.status == 0)
            #expect(again.said.contains("未作改动"))
            #expect(try await sample.facts() == facts)

            try await expectPublishedFigures(of: sample)
            try await expectComparison(of: sample)

            let verified = try await office.goutong("db", "verify")
            #expect(verified.status == 0, "\(verified)")
            let removed = try await office.goutong("demo", "remove")
            #expect(removed.status == 0, "\(removed)")
        }

        /// The totals of the federation's review of 2018.
        private func expectPublishedFigures(of sample: Ledger) async throws {
            let report = try await sample.weekly("2018-W52")
            #expect(report.object["synthetic"] as? Bool == true)
            for (name, count) in [
                "enterprise_meetings": 1714, "worker_meetings": 870, "firms_met": 3745,
                "unorganised_firms_met": 2616, "founding_intents": 885, "on_site_applications": 15_500,
            ] {
                #expect(try report.figures(name)["cumulative"] as? Int == count, "\(name)")
            }
            let rate = try #require(
                try report.member("rates")["cumulative_intent_rate"] as? [String: Any])
            #expect(rate["x"] as? Int == 885 && rate["n"] as? Int == 2616)
            let page = try await sample.goutong("report", "weekly", "--week", "2018-W52")
            #expect(page.text.contains("模拟"))
        }

        private func expectComparison(of sample: Ledger) async throws {
            let folder = sample.office.folder.appendingPathComponent("comparison")
            let exported = try await sample.goutong(
                "export", "pilot-comparison", "--programme", "beijing-2018", "--out", folder.path)
            #expect(exported.status == 0, "\(exported)")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                    "README.md", "cells.csv", "comparison.html", "comparison.xlsx", "datapackage.json",
                    "estimates.csv", "load.R", "load.py", "load.sql", "totals.csv",
                ])
            let cells = try String(contentsOf: folder.appendingPathComponent("cells.csv"), encoding: .utf8)
            let header = try #require(cells.split(separator: "\r\n").first)
            #expect(
                header.trimmingPrefix("\u{FEFF}") == """
                    unit_code,unit_name,arm,start_on,period_from,period_to,stage,numerator,denominator,open,\
                    suppressed
                    """)
            #expect(cells.contains(",pilot,") && cells.contains(",comparison,"))
            _ = try Outcome.object(try Data(contentsOf: folder.appendingPathComponent("datapackage.json")))
            try await SmallDisk(ledger: sample).expectWholeOrNothing(["export", "pilot-comparison"])
            // Nothing is foretold, and nothing half-written stands where the whole was asked for.
            let foretold = sample.office.folder.appendingPathComponent("foretold")
            let future = try await sample.goutong(
                "export", "pilot-comparison", "--to", "2100-01-01", "--out", foretold.path)
            #expect(future.status == 64, "\(future)")
            #expect(!FileManager.default.fileExists(atPath: foretold.path))
            let unknown = try await sample.goutong(
                "export", "pilot-comparison", "--programme", "none", "--out", folder.path)
            #expect(unknown.status == 66)
        }
    }
}
