import Foundation
import Outreach
import OutreachStore
import PostgresClient

/// Seeded changes of a ledger by every hand that can make one, each in a transaction of its own.
struct RandomChanges {
    private var random: SeededRandom
    private var documents: [MeetingDocument]
    private var standing: [(document: MeetingDocument, revision: Int)] = []
    private var milestones: [MilestoneID] = []
    private var merges: [FirmID] = []

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        documents = try MeetingMix(seed: seed).documents(1200)
    }

    /// Records the next meeting.
    mutating func record(in fixture: StoreFixture) async throws {
        guard let document = documents.popLast() else { return }
        do {
            _ = try await fixture.record(document)
            standing.append((document, 1))
        } catch RecordingError.refused {}
    }

    /// Makes one change and says which; one that the ledger refuses changes nothing.
    mutating func change(week: Week, in fixture: StoreFixture) async throws -> LedgerChange.Kind {
        let facts = FactRecorder(federation: fixture.federation)
        do {
            switch random.below(20) {
            case 0..<5:
                try await record(in: fixture)
                return .entry
            case 5..<9: return try await correct(in: fixture)
            case 9..<10: return try await void(in: fixture)
            case 10..<13:
                let milestone = Milestone(id: newID(), kind: pick(MilestoneKind.allCases), on: day())
                _ = try await facts.add(
                    milestone, to: .id(try await firm(in: fixture)), on: fixture.connection)
                milestones.append(milestone.id)
                return .milestone
            case 13..<14:
                guard !milestones.isEmpty else { return .milestoneVoid }
                try await facts.void(
                    milestones.remove(at: random.below(milestones.count)), on: fixture.connection)
                return .milestoneVoid
            case 14..<16:
                let duplicate = try await firm(in: fixture)
                try await facts.merge(
                    duplicate, into: try await firm(in: fixture), as: newID(), on: fixture.connection)
                merges.append(duplicate)
                return .merge
            case 16..<17:
                guard !merges.isEmpty else { return .unmerge }
                let duplicate = merges.remove(at: random.below(merges.count))
                if let merge = try await facts.merge(of: duplicate, on: fixture.connection) {
                    try await facts.undo(merge, on: fixture.connection)
                }
                return .unmerge
            case 17..<18:
                let area = try await fixture.connection.query(
                    "SELECT DISTINCT area_id FROM goutong.meeting ORDER BY area_id"
                ).map { row in try row.decode(Int.self) }
                try await facts.declare(
                    random.below(2) == 0 ? .none : .submitted, area: pick(area), week: week,
                    on: fixture.connection)
                return .declaration
            default:
                let applicants = try await fixture.connection.query(
                    "SELECT DISTINCT applicant_id FROM goutong.applicant ORDER BY applicant_id"
                ).map { row in try row.decode(ApplicantID.self) }
                try await facts.add(
                    ApplicationEvent(
                        id: newID(), applicant: pick(applicants),
                        kind: pick([.verified, .admitted, .rejected]), on: day()), on: fixture.connection)
                return .application
            }
        } catch let error as RecordingError {
            switch error {
            case .refused, .conflicting, .notFound, .conflict: return .entry
            default: throw error
            }
        }
    }

    private mutating func correct(in fixture: StoreFixture) async throws -> LedgerChange.Kind {
        let index = random.below(standing.count)
        var (document, revision) = standing[index]
        switch random.below(5) {
        case 0: document.heldOn = document.heldOn.adding(days: -random.below(10))
        case 1: if !document.firms.isEmpty { document.firms.remove(at: random.below(document.firms.count)) }
        case 2: document.area = try AreaCode(validating: pick(["110105021", "110105001", "110101001"]))
        case 3:
            for firm in document.firms.indices {
                document.firms[firm].unionStatus = pick([.unorganised, .organised, .preparing])
                document.firms[firm].intent = nil
            }
        default: document.counts.consulted = random.below(90)
        }
        document.replaces = revision
        do {
            _ = try await fixture.record(document)
            standing[index] = (document, revision + 1)
        } catch RecordingError.refused {}
        return .correction
    }

    private mutating func void(in fixture: StoreFixture) async throws -> LedgerChange.Kind {
        let (document, revision) = standing.remove(at: random.below(standing.count))
        _ = try await fixture.recorder.record(
            .void(MeetingVoid(id: document.id, replaces: revision, why: "重复登记")), on: fixture.connection)
        return .void
    }

    private mutating func firm(in fixture: StoreFixture) async throws -> FirmID {
        pick(
            try await fixture.connection.query(
                "SELECT firm_id FROM goutong.firm ORDER BY recorded_at, firm_id"
            ).map { row in try row.decode(FirmID.self) })
    }

    private mutating func day() -> Day { Day(ordinal: 17_690 + random.below(220)) }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[random.below(values.count)] }

    private mutating func newID<Kind>() -> Identifier<Kind> {
        .minted(atMilliseconds: 1_536_710_400_000, using: &random)
    }
}
