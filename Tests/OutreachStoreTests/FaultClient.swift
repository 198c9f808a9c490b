import Foundation
import Outreach
import OutreachStore

/// A client in a process of its own that is killed while it records: it notes its process and each
/// receipt in a file, one write a line, before it goes on.
struct DoomedClient: Codable, Sendable {
    let conninfo, key, notes: String
    let numbers: [Int]

    init(conninfo: String, key: String, numbers: [Int]) throws {
        self.conninfo = conninfo
        self.key = key
        self.numbers = numbers
        notes =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("goutong-client-\(UUID().uuidString)").path
        try Data().write(to: URL(fileURLWithPath: notes))
    }

    func remove() { try? FileManager.default.removeItem(atPath: notes) }

    // MARK: In the process that is killed

    func run() async throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: notes))
        try file.write(contentsOf: Data("\(getpid())\n".utf8))
        let ledger = try await FaultLedger(conninfo: conninfo, key: URL(fileURLWithPath: key))
        let notebook = Notebook(file: file)
        _ = try await FaultWriters(ledger: ledger).write(numbers) { number, recorded in
            try await notebook.note("\(number) \(recorded.receipt)\n")
        }
    }

    private actor Notebook {
        let file: FileHandle

        init(file: FileHandle) { self.file = file }

        func note(_ line: String) throws { try file.write(contentsOf: Data(line.utf8)) }
    }

    // MARK: In the process that kills

    /// SIGKILL once so many receipts are noted; nothing when cancelled before, because the client ended.
    func kill(afterReceipts count: Int) async throws {
        while lines().count <= count { try await Task.sleep(for: .milliseconds(2)) }
        if let process = lines().first.flatMap({ pid_t($0) }) { Glibc.kill(process, SIGKILL) }
    }

    /// The receipts noted, by document number.
    func receipts() -> [Int: Receipt] {
        var receipts: [Int: Receipt] = [:]
        for line in lines().dropFirst() {
            let parts = line.split(separator: " ")
            if parts.count == 2, let number = Int(parts[0]) { receipts[number] = Receipt(parts[1]) }
        }
        return receipts
    }

    /// Whole lines only.
    private func lines() -> [Substring] {
        let text = (try? String(contentsOfFile: notes, encoding: .utf8)) ?? ""
        guard let end = text.lastIndex(of: "\n") else { return [] }
        return text[..<end].split(separator: "\n")
    }
}
