import Foundation
import Outreach
import OutreachStore

/// A client in a process of its own that dies of SIGKILL while it records. It notes each receipt in a
/// file, one write a line, before it goes on; the last one that it may note kills it, while its other
/// writers are wherever they are.
struct DoomedClient: Codable, Sendable {
    let conninfo, key, notes: String
    let numbers: [Int]
    let lifetime: Int

    /// - Parameter lifetime: how many receipts it lives to see.
    init(conninfo: String, key: String, numbers: [Int], lifetime: Int) throws {
        self.conninfo = conninfo
        self.key = key
        self.numbers = numbers
        self.lifetime = lifetime
        notes =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("goutong-client-\(UUID().uuidString)").path
        try Data().write(to: URL(fileURLWithPath: notes))
    }

    func remove() { try? FileManager.default.removeItem(atPath: notes) }

    // MARK: In the process that dies

    func run() async throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: notes))
        let ledger = try await FaultLedger(conninfo: conninfo, key: URL(fileURLWithPath: key))
        let notebook = Notebook(file: file, lines: lifetime)
        _ = try await FaultWriters(ledger: ledger).write(numbers) { number, recorded in
            try await notebook.note("\(number) \(recorded.receipt)\n")
        }
    }

    private actor Notebook {
        private let file: FileHandle
        private var lines: Int

        init(file: FileHandle, lines: Int) {
            self.file = file
            self.lines = lines
        }

        func note(_ line: String) throws {
            try file.write(contentsOf: Data(line.utf8))
            lines -= 1
            if lines == 0 { kill(getpid(), SIGKILL) }
        }
    }

    // MARK: In the process that looks on

    /// The receipts noted, by document number.
    func receipts() -> [Int: Receipt] {
        var receipts: [Int: Receipt] = [:]
        let text = (try? String(contentsOfFile: notes, encoding: .utf8)) ?? ""
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            if parts.count == 2, let number = Int(parts[0]) { receipts[number] = Receipt(parts[1]) }
        }
        return receipts
    }
}
