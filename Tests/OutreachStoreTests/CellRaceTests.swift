import Foundation
import Funnel
import Outreach
@testable import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Eight writers, each of whom drains now and then, beside four readers.
@Suite struct CellRaceTests {
    private struct Reading: Sendable {
        let moment: PostgresTimestamp
        let figures: Figures
    }

    private struct Figures: Hashable, Sendable {
        let cells: Set<CellReader.Cell>
        /// By week and by area, from cells; and by another window, from journeys.
        let breakdowns: [FunnelBreakdown]
    }

    /// Minutes with `Scripts/test --long`.
    private static let rounds = FaultServer.isAskedFor ? 1200 : 24

    @Test(
        "what a reader saw at its moment is what was known then, for ever; nothing is lost, nobody deadlocks")
    func race() async throws {
        try await StoreFixture.withFederation { fixture in
            let pace = Pace(rounds: Self.rounds)
            async let working = fixture.concurrently(8) { connection, writer in
                var writer = try CellWriter(fixture: fixture, number: writer)
                for round in 0..<pace.rounds {
                    try await pace.write(round)
                    try await writer.step(on: connection)
                }
                return writer.done
            }
            let reading = try await fixture.concurrently(4) { connection, _ in
                var readings: [Reading] = []
                for number in 0..<pace.readings {
                    try await pace.read(number)
                    // Eight writers and other tests may keep the lock from a reader longer than a command waits.
                    let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
                        on: connection, attempts: 400)
                    readings.append(
                        Reading(
                            moment: moment, figures: try await figures(fixture, at: moment, on: connection)))
                    await pace.hasRead()
                }
                return readings
            }
            let done = try await working.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
            // Each kind of change came about, or the test says nothing.
            #expect(Set(done.keys) == Set(CellWriter.Kind.allCases), "\(done)")
            var readings = reading.flatMap(\.self)
            let last = try await LedgerClock(federation: fixture.federation).fixMoment(on: fixture.connection)
            readings.append(
                Reading(
                    moment: last, figures: try await figures(fixture, at: last, on: fixture.connection)))
            #expect(Set(readings.map(\.figures)).count >= 4, "writers were at work")

            for drained in [false, true] {
                while drained,
                    try await JourneyQueue.drain(
                        federation: fixture.federation, limit: 7, on: fixture.connection) > 0
                {}
                for reading in readings {
                    #expect(
                        try await figures(fixture, at: reading.moment, on: fixture.connection)
                            == reading.figures)
                }
                #expect(
                    try await FiguresCheck.differences(
                        federation: fixture.federation, on: fixture.connection) == [])
            }
            for reading in readings {
                #expect(try await ledgerBreakdowns(fixture, at: reading.moment) == reading.figures.breakdowns)
            }
        }
    }

    /// The last ones end in the midst of the facts, so that some are dated later.
    private static let questions: [(FunnelGrouping, FunnelDefinition, from: Int, to: Int)] = [
        (.week, FunnelDefinition(), 0, 200), (.area, FunnelDefinition(), 3, 120),
        (.none, FunnelDefinition(window: .days(30)), 0, 60),
    ]

    private func figures(
        _ fixture: StoreFixture, at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws -> Figures {
        let reader = FunnelReader(federation: fixture.federation)
        var breakdowns: [FunnelBreakdown] = []
        for (grouping, definition, from, to) in Self.questions {
            breakdowns.append(
                try await reader.breakdown(
                    definition: definition, from: CellWriter.day(from), to: CellWriter.day(to), by: grouping,
                    at: moment, on: connection))
        }
        return Figures(
            cells: Set(
                try await CellReader.cells(federation: fixture.federation, at: moment, on: connection)),
            breakdowns: breakdowns)
    }

    private func ledgerBreakdowns(
        _ fixture: StoreFixture, at moment: PostgresTimestamp
    ) async throws -> [FunnelBreakdown] {
        var breakdowns: [FunnelBreakdown] = []
        for (grouping, definition, from, to) in Self.questions {
            breakdowns.append(
                try await FunnelReader(federation: fixture.federation).ledgerBreakdown(
                    definition: definition, from: CellWriter.day(from), to: CellWriter.day(to), by: grouping,
                    at: moment, on: fixture.connection))
        }
        return breakdowns
    }
}

/// Keeps writers and readers beside one another, whichever a busy machine favours: readers spread over what is
/// written, writers at most a third of their rounds ahead of them.
private actor Pace {
    private static let writers = 8
    private static let readers = 4
    nonisolated let rounds: Int
    nonisolated let readings: Int
    private var writtenRounds = 0
    private var doneReadings = 0

    init(rounds: Int) {
        self.rounds = rounds
        readings = max(6, rounds / 8)
    }

    func write(_ round: Int) async throws {
        while doneReadings * rounds * 3 < (round * 3 - rounds) * readings * Self.readers { try await wait() }
        writtenRounds += 1
    }

    func read(_ reading: Int) async throws {
        while writtenRounds * readings < reading * rounds * Self.writers { try await wait() }
    }

    func hasRead() { doneReadings += 1 }

    /// Ends with the task: who waits for one that failed must not wait for ever.
    private func wait() async throws { try await Task.sleep(for: .milliseconds(5)) }
}

/// One of several who write about the same few firms at once: what it may do wrong in such company is refused and
/// passed over, anything else is an error.
struct CellWriter: Sendable {
    enum Kind: String, CaseIterable {
        case record, correct, void, milestone, takeBack, merge, unmerge, drain
    }

    private let fixture: StoreFixture
    private let facts: FactRecorder
    private var random: SeededRandom
    private var meetings: [(document: MeetingDocument, revision: Int)] = []
    private var milestones: [MilestoneID] = []
    private var merged: [MergeID] = []
    private(set) var done: [Kind: Int] = [:]

    static func day(_ number: Int) -> Day { Day(ordinal: 17_622 + number) }

    init(fixture: StoreFixture, number: Int) throws {
        self.fixture = fixture
        facts = FactRecorder(federation: fixture.federation)
        random = SeededRandom(seed: UInt64(number) + 900)
    }

    mutating func step(on connection: PostgresConnection) async throws {
        let kinds: [Kind] = [
            .record, .record, .record, .correct, .void, .milestone, .milestone, .milestone, .takeBack,
            .takeBack,
            .merge, .merge, .unmerge, .unmerge, .drain,
        ]
        let kind = kinds[random.below(kinds.count)]
        do {
            if try await act(kind, on: connection) { done[kind, default: 0] += 1 }
        } catch RecordingError.refused, RecordingError.notFound, RecordingError.conflict,
            RecordingError.conflicting
        {
            // Another writer was faster.
        }
    }

    /// Returns whether there was something to do.
    private mutating func act(_ kind: Kind, on connection: PostgresConnection) async throws -> Bool {
        switch kind {
        case .record:
            let document = try document()
            _ = try await fixture.recorder.record(.record(document), on: connection)
            meetings.append((document, 1))
        case .correct:
            guard !meetings.isEmpty else { return false }
            let index = random.below(meetings.count)
            var corrected = try document()
            corrected.id = meetings[index].document.id
            corrected.replaces = meetings[index].revision
            _ = try await fixture.recorder.record(.record(corrected), on: connection)
            meetings[index] = (corrected, meetings[index].revision + 1)
        case .void:
            guard !meetings.isEmpty else { return false }
            let (document, revision) = meetings.remove(at: random.below(meetings.count))
            let void = MeetingVoid(id: document.id, replaces: revision, why: "重复")
            _ = try await fixture.recorder.record(.void(void), on: connection)
        case .milestone:
            let kinds: [MilestoneKind] = [
                .intent, .intent, .application, .application, .established, .lapsed, .closed,
                .joinedJointUnion,
            ]
            let milestone = Milestone(
                id: .minted(atMilliseconds: 1_536_710_400_000, using: &random),
                kind: kinds[random.below(kinds.count)], on: Self.day(random.below(200)))
            let code = try FaultLoad.code(random.below(30))
            _ = try await facts.add(milestone, to: .uscc(code), on: connection)
            milestones.append(milestone.id)
        case .takeBack:
            guard !milestones.isEmpty else { return false }
            try await facts.void(milestones.remove(at: random.below(milestones.count)), on: connection)
        case .merge:
            let firms = [try FaultLoad.code(random.below(30)), try FaultLoad.code(random.below(30))]
            guard firms[0] != firms[1], let duplicate = try await facts.firm(.uscc(firms[0]), on: connection),
                let kept = try await facts.firm(.uscc(firms[1]), on: connection)
            else { return false }
            let id = MergeID.minted(atMilliseconds: 1_536_710_400_000, using: &random)
            try await facts.merge(duplicate, into: kept, as: id, on: connection)
            merged.append(id)
        case .unmerge:
            guard !merged.isEmpty,
                let merge = try await facts.merge(
                    merged.remove(at: random.below(merged.count)), on: connection)
            else { return false }
            try await facts.undo(merge, on: connection)
        case .drain:
            return try await JourneyQueue.drain(
                federation: fixture.federation, limit: 1 + random.below(12), on: connection) > 0
        }
        return true
    }

    /// Entered late or not: its day has nothing to do with when it is recorded.
    private mutating func document() throws -> MeetingDocument {
        let areas = ["110105021", "110105001", "110101001"]
        var document = MeetingDocument(
            id: .minted(atMilliseconds: 1_536_710_400_000, using: &random), kind: .enterprise,
            heldOn: Self.day(random.below(200)), area: try AreaCode(validating: areas[random.below(3)]),
            venue: Venue(kind: .firm, name: "示例地点"))
        let first = random.below(30)
        document.firms = try (0...random.below(3)).map { index in
            let statuses: [UnionStatus] = [
                .unorganised, .unorganised, .unorganised, .organised, .joint, .unknown,
            ]
            var firm = FirmMet(
                uscc: try FaultLoad.code((first + index) % 30), name: "北京示例第\((first + index) % 30)有限公司",
                unionStatus: statuses[random.below(statuses.count)])
            if random.below(3) == 0 { firm.intent = Intent(form: .verbal, on: document.heldOn) }
            return firm
        }
        return document
    }
}
