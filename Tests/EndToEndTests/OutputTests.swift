import Foundation
import Testing

extension EndToEnd {
    /// What commands write: whole or not at all, and never at the cost of other people's files.
    @Suite struct OutputTests {
        private let office: Office

        init() throws { office = try Office.current() }

        @Test func aFullDiskLeavesTheLedgerFolder() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            try await SmallDisk(ledger: ledger).expectWholeOrNothing(["export", "ledger"])
        }

        @Test func aFullDiskLeavesTheFile() async throws {
            let ledger = try await office.ledger()
            try await SmallDisk(ledger: ledger).expectWholeOrNothing(
                ["report", "weekly", "--week", "2018-W52", "--format", "html"], isFile: true)
        }

        /// A device is written into, never replaced.
        @Test func aDeviceThatIsFullIsSaid() async throws {
            let ledger = try await office.ledger()
            let run = try await ledger.goutong(
                "report", "weekly", "--week", "2018-W52", "--json", "--out", "/dev/full")
            #expect(run.status == 73, "\(run)")
            #expect(try run.issues().map(\.code) == ["disk.full"])
            let facts = try FileManager.default.attributesOfItem(atPath: "/dev/full")
            #expect(facts[.type] as? FileAttributeType == .typeCharacterSpecial)
        }

        @Test func aFolderOfOursIsReplacedInOneStep() async throws {
            let ledger = try await office.ledger()
            let out = folder()
            try await export(ledger, to: out)
            let rights: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
            try FileManager.default.setAttributes(rights, ofItemAtPath: out.path)
            let (inode, names) = (try inode(out), try names(in: out))
            try await ledger.record(Documents.meeting)
            try await export(ledger, to: out)
            #expect(try self.inode(out) != inode)
            #expect(try self.names(in: out) == names)
            let mode = try FileManager.default.attributesOfItem(atPath: out.path)[.posixPermissions]
            #expect(mode as? Int == 0o700)
            let meetings = try String(contentsOf: out.appendingPathComponent("meeting.csv"), encoding: .utf8)
            #expect(meetings.contains(Documents.meetingID))
            #expect(try hidden(beside: out).isEmpty)
        }

        @Test func filesOfOthersStay() async throws {
            let ledger = try await office.ledger()
            let out = folder()
            try FileManager.default.createDirectory(
                at: out.appendingPathComponent("mine"), withIntermediateDirectories: true)
            let note = out.appendingPathComponent("note.txt")
            try Data("mine".utf8).write(to: note)
            let inode = try inode(out)
            try await export(ledger, to: out)
            try await export(ledger, to: out)
            #expect(try String(contentsOf: note, encoding: .utf8) == "mine")
            #expect(try self.inode(out) == inode)
            #expect(try names(in: out).isSuperset(of: ["mine", "note.txt", "meeting.csv"]))
            #expect(try names(in: out).allSatisfy { !$0.hasPrefix(".") })
        }

        /// A folder under one of our names is somebody's: nothing is written, not even the rest.
        @Test func aFolderInTheWayIsRefused() async throws {
            let ledger = try await office.ledger()
            let out = folder()
            try FileManager.default.createDirectory(
                at: out.appendingPathComponent("meeting.csv/deep"), withIntermediateDirectories: true)
            for target in [out.path, try office.file(Data("mine".utf8))] {
                let run = try await ledger.goutong("export", "ledger", "--json", "--out", target)
                #expect(run.status == 73, "\(run)")
                #expect(try run.issues().map(\.code) == ["folder.cannot_write"])
            }
            #expect(try names(in: out) == ["meeting.csv"])
        }

        @Test func aLinkStaysALink() async throws {
            let ledger = try await office.ledger()
            let out = folder()
            let link = folder()
            try await export(ledger, to: out)
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: out)
            try await export(ledger, to: link)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == out.path)

            let file = try office.file(Data("old".utf8))
            let toFile = folder()
            try FileManager.default.createSymbolicLink(atPath: toFile.path, withDestinationPath: file)
            let run = try await ledger.goutong(
                "report", "weekly", "--week", "2018-W52", "--format", "json", "--out", toFile.path)
            #expect(run.status == 0, "\(run)")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: toFile.path) == file)
            #expect(try String(contentsOfFile: file, encoding: .utf8).contains("goutong.weekly/1"))
        }

        /// The folder that one stands in is filled, never taken away.
        @Test func theFolderOneStandsIn() async throws {
            let ledger = try await office.ledger()
            let out = folder()
            try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
            let inode = try inode(out)
            let run = try await office.shell(
                "cd '\(out.path)' && \"$GOUTONG\" export ledger --federation \(ledger.federation) --out . && ls"
            )
            #expect(run.status == 0 && run.text.contains("meeting.csv"), "\(run)")
            #expect(try self.inode(out) == inode)
        }

        /// What a killed export left goes with the next; what is not ours in it does not.
        @Test func leftoversGo() async throws {
            let ledger = try await office.ledger()
            let parent = folder()
            let ours = parent.appendingPathComponent(".goutong-1.part")
            let theirs = parent.appendingPathComponent(".goutong-2.part")
            let recent = parent.appendingPathComponent(".goutong-3.part")
            for folder in [ours, theirs, recent] {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data("x".utf8).write(to: folder.appendingPathComponent("meeting.csv"))
            }
            try Data("mine".utf8).write(to: theirs.appendingPathComponent("mine"))
            for folder in [ours, theirs] {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -600)], ofItemAtPath: folder.path)
            }
            try await export(ledger, to: parent.appendingPathComponent("out"))
            #expect(try names(in: parent) == [".goutong-2.part", ".goutong-3.part", "out"])
            #expect(try names(in: theirs).contains("mine"))
        }

        @Test(arguments: [["export", "ledger"], ["export", "pilot-comparison"]])
        func theHelpSaysSo(_ command: [String]) async throws {
            let help = try await office.goutong(command + ["--help"])
            #expect(help.text.contains("原样不动") && help.text.contains("whole or left as it was"))
        }

        private func folder() -> URL { office.folder.appendingPathComponent("out-" + UUID().uuidString) }

        private func export(_ ledger: Ledger, to folder: URL) async throws {
            let run = try await ledger.goutong("export", "ledger", "--out", folder.path)
            try #require(run.status == 0, "\(run)")
        }

        private func inode(_ folder: URL) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: folder.path)[.systemFileNumber] as? Int
        }

        private func names(in folder: URL) throws -> Set<String> {
            Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
        }

        private func hidden(beside folder: URL) throws -> Set<String> {
            try names(in: folder.deletingLastPathComponent()).filter { $0.hasPrefix(".goutong-") }
        }
    }
}
