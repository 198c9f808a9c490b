import Foundation
import Funnel
import Testing

@testable import Reporting

private enum Tools {
    /// A Python with frictionless and DuckDB.
    static let python = ProcessInfo.processInfo.environment["GOUTONG_FOLDER_PYTHON"]
    static let r = ["/usr/bin/Rscript", "/usr/local/bin/Rscript"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}

/// The folder in the hands of others' programs. `Scripts/folder-test` installs them and says where they are;
/// `Scripts/test` always does.
@Suite(.serialized) struct PilotToolsTests {
    static let folders: [PilotComparison.Audience] = [.internal, .public]

    private func written(_ audience: PilotComparison.Audience, _ change: (String) throws -> Void)
        throws
    {
        var comparison = PilotFixture.programme(seed: 7, declared: PilotFixture.declared)
        if audience == .public { comparison = try comparison.published() }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "folder-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try PilotFolder(comparison, language: .zh).write(to: folder.path)
        try change(folder.path)
    }

    /// The exit status, and what was printed.
    private func run(_ program: String, _ arguments: [String], in folder: String) throws -> (
        Int32, String
    ) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// Puts another number into the first line of a file that has this in it and is not suppressed.
    private func tamper(
        _ name: String, in folder: String, line part: String, column: Int, _ value: String
    ) throws {
        let path = folder + "/" + name
        var lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\r\n")
        let index = try #require(lines.firstIndex { $0.contains(part) && $0.hasSuffix(",false") })
        var fields = lines[index].components(separatedBy: ",")
        fields[column] = value
        lines[index] = fields.joined(separator: ",")
        try lines.joined(separator: "\r\n").write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test("frictionless finds nothing wrong", .enabled(if: Tools.python != nil), arguments: folders)
    func valid(_ audience: PilotComparison.Audience) throws {
        let python = try #require(Tools.python)
        let check = """
            from frictionless import validate
            report = validate("datapackage.json")
            print(report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:5], [t.stats["rows"] for t in report.tasks])
            raise SystemExit(0 if report.valid and len(report.tasks) == 3 else 1)
            """
        try written(audience) { folder in
            let (status, said) = try run(python, ["-c", check], in: folder)
            #expect(status == 0, "\(said)")
            try tamper("cells.csv", in: folder, line: "1101", column: 6, "nonsense")
            #expect(try run(python, ["-c", check], in: folder).0 == 1)
        }
    }

    @Test(
        "the Python loader finds the same intervals and totals", .enabled(if: Tools.python != nil),
        arguments: folders)
    func python(_ audience: PilotComparison.Audience) throws {
        let python = try #require(Tools.python)
        try written(audience) { folder in
            let (status, said) = try run(python, ["load.py"], in: folder)
            #expect(status == 0 && said.contains("differing 0"), "\(said)")
            try tamper("estimates.csv", in: folder, line: "_pilot,cluster_robust_cr2,", column: 6, "9999")
            #expect(try run(python, ["load.py"], in: folder).0 == 1)
        }
        guard audience == .internal else { return }
        try written(audience) { folder in
            try tamper(
                "estimates.csv", in: folder, line: "intent,gap,cluster_robust_cr2", column: 4, "-0.5")
            #expect(try run(python, ["load.py"], in: folder).0 == 1)
        }
    }

    @Test(
        "the DuckDB loader finds the same intervals and totals", .enabled(if: Tools.python != nil),
        arguments: folders)
    func duck(_ audience: PilotComparison.Audience) throws {
        let python = try #require(Tools.python)
        let check = """
            from duckdb import connect
            db = connect()
            db.execute(open("load.sql", encoding="utf-8").read())
            print("gaps", db.execute("SELECT count(*) FROM gap").fetchone()[0])
            print("wrong", db.execute('''SELECT count(*) FROM gap g JOIN estimates e ON e.outcome = g.stage
                AND e.estimand = 'gap' AND e.method = 'cluster_robust_cr2'
                WHERE NOT (abs(g.estimate - e.estimate) < 1e-6 AND abs(g.conf_low - e.conf_low) < 1e-6
                    AND abs(g.conf_high - e.conf_high) < 1e-6)''').fetchone()[0])
            print("beyond", db.execute('''SELECT count(*) FROM total t WHERE t.suppressed_rows = 0 AND NOT EXISTS (
                SELECT 1 FROM totals s WHERE s.arm = t.arm AND s.stage = t.stage AND s.district_code IS NULL
                AND s.numerator = t.numerator AND s.denominator = t.denominator)''').fetchone()[0])
            print("unmatched", db.execute('''SELECT count(*) FROM estimates e WHERE e.estimate IS NOT NULL
                AND regexp_matches(e.estimand, '^(rate|ratio)_') AND NOT EXISTS (SELECT 1 FROM totals s
                WHERE s.arm = regexp_extract(e.estimand, '_(.*)', 1) AND s.stage = e.outcome AND s.district_code IS NULL
                AND s.denominator = e.n AND s.numerator = round(e.estimate * e.n))''').fetchone()[0])
            """
        try written(audience) { folder in
            let (status, said) = try run(python, ["-c", check], in: folder)
            #expect(status == 0, "\(said)")
            if audience == .internal {
                #expect(said.contains("gaps 6") && said.contains("wrong 0"), "\(said)")
            }
            #expect(said.contains("beyond 0") && said.contains("unmatched 0"), "\(said)")
        }
    }

    @Test(
        "the R loader finds the same intervals and totals", .enabled(if: Tools.r != nil),
        arguments: folders)
    func r(_ audience: PilotComparison.Audience) throws {
        let program = try #require(Tools.r)
        try written(audience) { folder in
            let (status, said) = try run(program, ["load.R"], in: folder)
            #expect(status == 0 && said.contains("differing 0"), "\(said)")
        }
    }
}
