import Foundation
import Outreach
import OutreachStore
import PostgresClient

/// Writers that share a load, each on a connection of its own.
struct FaultWriters: Sendable {
    let ledger: FaultLedger
    var count = 4
    /// Whether a writer whose connection broke connects again and sends the same document again.
    var persist = false

    /// Records the documents of these numbers; `acknowledged` gets each receipt as soon as it is there.
    /// Returns how often a connection broke. Any other error is thrown.
    func write(
        _ numbers: [Int],
        acknowledged: @escaping @Sendable (Int, Recorded) async throws -> Void
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<count {
                let share = stride(from: writer, to: numbers.count, by: count).map { numbers[$0] }
                group.addTask { try await writeShare(share, acknowledged: acknowledged) }
            }
            return try await group.reduce(0, +)
        }
    }

    private func writeShare(
        _ numbers: [Int], acknowledged: @Sendable (Int, Recorded) async throws -> Void
    ) async throws -> Int {
        var breaks = 0
        var open: PostgresConnection?
        for number in numbers {
            let submission = MeetingSubmission.record(try FaultLoad.document(number))
            var recorded: Recorded?
            while recorded == nil {
                do {
                    let connection: PostgresConnection
                    if let open { connection = open } else { connection = try await ledger.connect() }
                    open = connection
                    recorded = try await ledger.recorder.record(submission, on: connection)
                } catch  where error.isBrokenConnection {
                    breaks += 1
                    await open?.close()
                    open = nil
                    guard persist, breaks < 1000 else { return breaks }
                }
            }
            if let recorded { try await acknowledged(number, recorded) }
        }
        await open?.close()
        return breaks
    }
}

extension Error {
    /// Whether the server or the way to it went away: the outcome of a recording is unknown.
    var isBrokenConnection: Bool {
        let database: PostgresError? =
            if case .transaction(let error)? = self as? RecordingError {
                error.postgresError
            } else {
                self as? PostgresError
            }
        guard let database else { return false }
        let codes: [PostgresError.Code] = [.connectionFailed, .connectionLost, .connectionClosed]
        return codes.contains(database.code) || database.sqlState?.class == .operatorIntervention
    }
}

/// The receipts that writers were given, by number.
actor Acknowledgements {
    private(set) var receipts: [Int: Receipt] = [:]
    private(set) var replays = 0

    /// Returns how many there are with this one.
    @discardableResult
    func add(_ number: Int, _ recorded: Recorded) -> Int {
        receipts[number] = recorded.receipt
        if recorded.outcome == .replayed { replays += 1 }
        return receipts.count
    }

    func add(_ others: [Int: Receipt]) { receipts.merge(others) { first, _ in first } }

    func missing(of numbers: Range<Int>) -> [Int] { numbers.filter { receipts[$0] == nil } }
}
