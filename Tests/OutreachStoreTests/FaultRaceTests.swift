import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Eight writers at once, on the same meetings and beside reports.
@Suite(.enabled(if: FaultServer.isAskedFor, "minutes of disk and processes: Scripts/test --long"))
struct FaultRaceTests {
    private struct Attempt: Sendable {
        let submission: MeetingSubmission
        let result: Result<Recorded, RecordingError>

        var isConflict: Bool {
            if case .failure(.conflict) = result { true } else { false }
        }
    }

    @Test("eight writers record, correct and void the same meetings: one chain each, nothing lost")
    func chains() async throws {
        try await StoreFixture.withFederation { fixture in
            let originals = try (0..<12).map { try FaultLoad.document($0) }
            let attemptsOfWriters = try await fixture.concurrently(8) { connection, writer in
                var random = SeededRandom(seed: UInt64(writer) + 77)
                var attempts: [Attempt] = []
                for _ in 0..<60 {
                    let submission = Self.submission(of: originals, writer: writer, using: &random)
                    do throws(RecordingError) {
                        let recorded = try await fixture.recorder.record(submission, on: connection)
                        attempts.append(Attempt(submission: submission, result: .success(recorded)))
                    } catch {
                        attempts.append(Attempt(submission: submission, result: .failure(error)))
                    }
                }
                return attempts
            }
            let attempts = attemptsOfWriters.flatMap(\.self)

            for original in originals {
                try await checkChain(
                    of: original.id, attempts.filter { $0.submission.id == original.id }, fixture)
            }
            // Each kind of ending came about, or the test says nothing.
            let outcomes = Set(attempts.compactMap { try? $0.result.get().outcome })
            #expect(outcomes == [.recorded, .replayed, .corrected])
            #expect(attempts.contains { $0.isConflict })
            for drained in [false, true] {
                if drained {
                    _ = try await JourneyQueue.drain(
                        federation: fixture.federation, limit: 1000, on: fixture.connection)
                }
                #expect(
                    try await JourneyQueue.differences(
                        federation: fixture.federation, on: fixture.connection) == [])
            }
        }
    }

    /// The original, other content under its id, a correction of a low revision, or a void of one.
    private static func submission(
        of originals: [MeetingDocument], writer: Int, using random: inout SeededRandom
    ) -> MeetingSubmission {
        var document = originals[random.below(originals.count)]
        let replaces = 1 + random.below(4)
        switch random.below(8) {
        case 0, 1: return .record(document)
        case 2:
            document.notes = "第\(writer)位"
            return .record(document)
        case 3:
            return .void(MeetingVoid(id: document.id, replaces: replaces, why: "第\(writer)位"))
        default:
            document.replaces = replaces
            document.counts.attended = writer
            return .record(document)
        }
    }

    private func checkChain(
        of id: MeetingID, _ attempts: [Attempt], _ fixture: StoreFixture
    ) async throws {
        let chain = try await MeetingReader(federation: fixture.federation).revisions(
            of: id, on: fixture.connection)
        let receipts = chain.map(\.receipt)
        #expect(receipts.map(\.revision) == Array(1..<receipts.count + 1))
        for (earlier, later) in zip(receipts, receipts.dropFirst()) {
            #expect(earlier.recordedAtMicroseconds < later.recordedAtMicroseconds)
        }

        var winners: [Receipt: MeetingSubmission] = [:]
        for attempt in attempts {
            guard case .success(let recorded) = attempt.result, recorded.outcome != .replayed else {
                continue
            }
            #expect(winners.updateValue(attempt.submission, forKey: recorded.receipt) == nil)
        }
        #expect(Set(winners.keys) == Set(receipts), "each revision has one writer")
        for attempt in attempts {
            switch attempt.result {
            case .success(let recorded):
                #expect(winners[recorded.receipt] == attempt.submission)
            case .failure(.conflict(let current, let sent)):
                #expect(receipts.contains(current))
                #expect(sent != current.factsHash)
            case .failure(.notFound): #expect(attempt.submission.replaces.map { $0 > 0 } == true)
            case .failure(let error): Issue.record(error)
            }
        }

        // Each revision's rows are closed by the stamp of the next; a void has none.
        for (index, revision) in chain.enumerated() {
            let closed = index + 1 < receipts.count ? receipts[index + 1].recordedAtMicroseconds : nil
            guard case .record(let document) = winners[revision.receipt] else {
                #expect(revision.voidedBecause != nil)
                continue
            }
            let rows = try await closures(of: revision.receipt, fixture)
            #expect(rows.count == MeetingParts(of: document).dated)
            #expect(rows.allSatisfy { $0 == closed })
        }
    }

    /// `superseded_at` of every dated row of a revision, in microseconds.
    private func closures(of receipt: Receipt, _ fixture: StoreFixture) async throws -> [Int64?] {
        let tables = ["meeting", "attendance", "milestone", "applicant", "opinion"].map { table in
            SQL(
                """
                SELECT superseded_at FROM goutong.\(identifier: table)
                WHERE federation_id = \(fixture.federation.id) AND meeting_id = \(receipt.id)
                  AND revision = \(receipt.revision)
                """)
        }
        return try await fixture.connection.query(tables.joined(separator: " UNION ALL ")).map { row in
            let closed = try row.decode(PostgresTimestamp?.self)
            return closed?.microsecondsSince1970
        }
    }

    @Test("a report read at its moment is the same when eight writers and the queue are done")
    func reports() async throws {
        try await StoreFixture.withFederation { fixture in
            let reader = WeeklyFiguresReader(federation: fixture.federation, areas: fixture.areas)
            let week = Week(containing: FaultLoad.lastDay)
            async let working: Void = work(fixture)
            let reporting = Task { try await report(reader, week, fixture) }
            try await working
            reporting.cancel()
            let reports = try await reporting.value
            while try await JourneyQueue.drain(
                federation: fixture.federation, limit: 50, on: fixture.connection) > 0
            {}
            #expect(Set(reports.map(\.figures.headline)).count >= 3, "writers were at work")
            for (moment, figures) in reports {
                #expect(
                    try await reader.figures(week: week, at: moment, on: fixture.connection)
                        == figures)
            }
        }
    }

    /// Eight writers, each with documents of its own, half of which it corrects or voids; the queue is
    /// drained meanwhile.
    private func work(_ fixture: StoreFixture) async throws {
        _ = try await fixture.concurrently(8) { connection, writer in
            var random = SeededRandom(seed: UInt64(writer) + 5)
            for index in 0..<40 {
                var document = try FaultLoad.document(writer * 40 + index)
                _ = try await fixture.recorder.record(.record(document), on: connection)
                switch random.below(4) {
                case 0:
                    document.replaces = 1
                    document.firms = document.firms.dropLast()
                    document.applicants = document.applicants.dropLast()
                    _ = try await fixture.recorder.record(.record(document), on: connection)
                case 1:
                    let void = MeetingVoid(id: document.id, replaces: 1, why: "重复")
                    _ = try await fixture.recorder.record(.void(void), on: connection)
                case 2:
                    _ = try await JourneyQueue.drain(
                        federation: fixture.federation, limit: 20, on: connection)
                default: break
                }
            }
        }
    }

    /// One report after another, each at a moment just fixed, until it is cancelled.
    private func report(
        _ reader: WeeklyFiguresReader, _ week: Week, _ fixture: StoreFixture
    ) async throws -> [(moment: PostgresTimestamp, figures: WeeklyFigures)] {
        var reports: [(moment: PostgresTimestamp, figures: WeeklyFigures)] = []
        while !Task.isCancelled {
            // In a task of its own, which is not cancelled half-way.
            reports.append(
                try await Task {
                    let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
                        on: fixture.connection)
                    return (
                        moment,
                        try await reader.figures(week: week, at: moment, on: fixture.connection)
                    )
                }.value)
        }
        return reports
    }
}

extension MeetingParts {
    /// Rows that carry `superseded_at`.
    fileprivate var dated: Int { meetings + attendances + intents + applicants + opinions }
}
