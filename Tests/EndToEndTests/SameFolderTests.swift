import Foundation
import Testing

extension EndToEnd {
    /// What a command changes or writes out: the same through a service as with the ledger at hand.
    @Suite struct SameFolderTests {
        private let office: Office
        private static let nobody = "01890000-0000-7000-8000-000000000000"

        init() throws { office = try Office.current() }

        private func prepared() async throws -> Ledger {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            try await ledger.record(Documents.workerMeeting)
            return ledger
        }

        private func local(_ arguments: [String], _ ledger: Ledger) async throws -> Outcome {
            try await office.goutong(arguments + ["--federation", ledger.federation])
        }

        /// In the same words, which say that nothing was done.
        private func expectSame(
            _ arguments: [String], _ ledger: Ledger, _ served: Served, _ token: String, status: Int32,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let local = try await self.local(arguments, ledger)
            let remote = try await served.goutong(arguments, token: token)
            #expect(local.status == status, "\(arguments) \(local)", sourceLocation: sourceLocation)
            #expect(remote.status == status, "\(arguments) \(remote)", sourceLocation: sourceLocation)
            #expect(
                local.said == remote.said && local.output == remote.output,
                "\(arguments)\n\(local)\n\(remote)",
                sourceLocation: sourceLocation)
        }

        @Test func duplicatesAreMergedAndThatIsUndone() async throws {
            let ledger = try await prepared()
            let token = try await ledger.token("lead", "district_lead")
            let distant = try await ledger.token("far", "cadre", unit: "BJ-110101001")
            let analyst = try await ledger.token("chen", "analyst")
            let firms = try await ledger.goutong("firm", "find", "示例", "--json").objects()
            let ids = firms.compactMap { $0["id"] as? String }
            try #require(ids.count == 2)
            func met() async throws -> Int? {
                try await ledger.weekly("--week", "2018-W37").figures("firms_met")["week"] as? Int
            }
            #expect(try await met() == 2)
            try await office.serving { served in
                let (a, b) = (ids[0], ids[1])
                for (refused, status) in [(distant, Int32(66)), (analyst, 77)] {
                    let answer = try await served.goutong(["firm", "merge", a, b], token: refused)
                    #expect(answer.status == status, "\(answer)")
                }
                let merged = try await served.goutong(["firm", "merge", a, b], token: token)
                #expect(merged.status == 0 && merged.said.contains("已合并"), "\(merged)")
                #expect(try await met() == 1)
                for arguments in [["firm", "merge", a, b], ["firm", "merge", b, a]] {
                    try await expectSame(arguments, ledger, served, token, status: 79)
                    try await expectSame(arguments + ["--lang", "en"], ledger, served, token, status: 79)
                }
                for arguments in [
                    ["firm", "merge", Self.nobody, a], ["firm", "merge", a, Self.nobody],
                    ["firm", "unmerge", Self.nobody], ["firm", "unmerge", b],
                ] {
                    try await expectSame(arguments, ledger, served, token, status: 66)
                }
                #expect(try await served.goutong(["firm", "unmerge", a], token: distant).status == 66)
                let undone = try await served.goutong(["firm", "unmerge", a], token: token)
                #expect(undone.status == 0 && undone.said.contains("已撤销合并"), "\(undone)")
                #expect(try await met() == 2)
                try await expectSame(["firm", "unmerge", a], ledger, served, token, status: 66)
            }
            let noted = try await ledger.goutong("audit", "list", "--action", "firm", "--json").objects()
            #expect(noted.first?["actor"] as? String == "lead", "\(noted)")
        }

        @Test func aPublicFolderKeepsWhatReadersHave() async throws {
            let ledger = try await prepared()
            let (first, second, wrong) = (folder(), folder(), folder())
            let export = [
                "export", "pilot-comparison", "--audience", "public", "--to", "2018-12-30", "--out",
            ]
            #expect(try await local(export + [first.path], ledger).status == 0)
            let again = try await local(export + [second.path, "--previous", first.path], ledger)
            #expect(again.status == 0, "\(again)")
            let (before, after) = (try contents(of: first), try contents(of: second))
            for name in ["cells.csv", "totals.csv"] {
                let isSame = before[name] == after[name]
                #expect(isSame, "\(name)")
            }
            try FileManager.default.createDirectory(at: wrong, withIntermediateDirectories: true)
            for name in ["cells.csv", "totals.csv", "estimates.csv", "datapackage.json"] {
                try Data("a,b\r\n1,2\r\n".utf8).write(to: wrong.appendingPathComponent(name))
            }
            let refused = try await local(export + [folder().path, "--previous", wrong.path], ledger)
            #expect(refused.status == 65, "\(refused)")
            // Another programme's, or of another window: one thing said for each.
            let described = first.appendingPathComponent("datapackage.json")
            let package = try String(contentsOf: described, encoding: .utf8)
            for (old, new, code) in [
                ("\"beijing-2018\"", "\"another\"", "previous.programme"),
                ("\"window_days\": 30", "\"window_days\": 90", "previous.window"),
            ] {
                #expect(package.contains(old))
                try Data(package.replacing(old, with: new).utf8).write(to: described)
                let other = try await local(
                    export + [folder().path, "--previous", first.path, "--json"], ledger)
                #expect(other.status == 65 && other.said.contains(code), "\(other)")
            }
        }

        @Test func foldersAreTheSameByteForByte() async throws {
            let ledger = try await prepared()
            let token = try await ledger.token("city", "district_lead")
            let cadre = try await ledger.token("zhang", "cadre", unit: "BJ-110105021")
            let moment = try await ledger.weekly("--week", "2018-W37").object["as_known_at"] as? String
            let known = ["--to", "2018-12-30", "--as-known-at", try #require(moment)]
            try await office.serving { served in
                for arguments in [
                    ["export", "pilot-comparison"] + known,
                    ["export", "pilot-comparison", "--window", "90", "--lang", "en"] + known,
                    ["export", "pilot-comparison", "--audience", "public"] + known,
                    ["export", "ledger"],
                ] {
                    let (local, remote) = (folder(), folder())
                    let mine = try await self.local(arguments + ["--out", local.path], ledger)
                    let theirs = try await served.goutong(arguments + ["--out", remote.path], token: token)
                    #expect(mine.status == 0 && theirs.status == 0, "\(mine) \(theirs)")
                    #expect(
                        mine.said.replacing(local.path, with: "")
                            == theirs.said.replacing(remote.path, with: ""))
                    let files = try contents(of: local)
                    #expect(files.count > 5)
                    let others = try contents(of: remote)
                    #expect(files.keys == others.keys)
                    for (name, bytes) in files {
                        let isSame = others[name] == bytes
                        #expect(isSame, "\(arguments) \(name)")
                    }
                }
                // Who sees less gets no folder.
                for command in ["ledger", "pilot-comparison"] {
                    let out = folder()
                    let refused = try await served.goutong(
                        ["export", command, "--out", out.path], token: cadre)
                    #expect(refused.status == 77, "\(refused)")
                    #expect(!FileManager.default.fileExists(atPath: out.path))
                }
                let out = folder().path
                for (wrong, status) in [
                    (["--programme", "nothing"], Int32(66)), (["--window", "9999"], 64), (["--to", "x"], 64),
                    (["--as-known-at", "x"], 64), (["--as-known-at", "2999-01-01T00:00:00+08:00"], 64),
                    (["--audience", "public", "--window", "90"], 64), (["--audience", "nobody"], 64),
                    (["--previous", out], 64), (["--audience", "public", "--previous", "/nothing"], 66),
                ] {
                    let arguments = ["export", "pilot-comparison", "--out", out] + wrong
                    let local = try await self.local(arguments, ledger)
                    let remote = try await served.goutong(arguments, token: token)
                    #expect(local.status == status && remote.status == status, "\(wrong) \(local) \(remote)")
                }
            }
            let noted = try await ledger.goutong("audit", "list", "--action", "export", "--json").objects()
            // A folder of a programme that is not there was asked for, and that too is on record.
            func count(_ actor: String, _ object: String) -> Int {
                noted.count {
                    ($0["actor"] as? String)?.hasPrefix(actor) == true && $0["object_id"] as? String == object
                }
            }
            #expect(count("city", "beijing-2018") >= 2 && count("city", ledger.federation) == 1, "\(noted)")
            #expect(count("operator:", "beijing-2018") >= 2 && count("operator:", ledger.federation) == 1)
            #expect(count("zhang", ledger.federation) == 0)
        }

        private func folder() -> URL { office.folder.appendingPathComponent("export-\(UUID())") }

        private func contents(of folder: URL) throws -> [String: Data] {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            return try Dictionary(
                uniqueKeysWithValues: names.map {
                    ($0, try Data(contentsOf: folder.appendingPathComponent($0)))
                })
        }
    }
}
