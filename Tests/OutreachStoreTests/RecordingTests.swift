import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// The recording function: replay, conflict, correction, void, matching of firms, persons sealed.
@Suite struct RecordingTests {
    @Test("the same document again returns the first receipt")
    func replay() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.enterprise(firms: 2)
            let first = try await fixture.record(document)
            let again = try await fixture.record(document)
            #expect(first.outcome == .recorded)
            #expect(again.outcome == .replayed)
            #expect(again.receipt == first.receipt)
            #expect(try await fixture.count("meeting") == 1)
            #expect(try await fixture.count("attendance") == 2)
        }
    }

    @Test("the same id with other content is a conflict that names both")
    func conflict() async throws {
        try await StoreFixture.withFederation { fixture in
            var document = try Documents.enterprise(firms: 1)
            let first = try await fixture.record(document)
            document.counts.attended = 99
            await #expect { try await fixture.record(document) } throws: { error in
                guard case RecordingError.conflict(let current, let sent) = error else { return false }
                return current == first.receipt && sent != first.receipt.factsHash
            }
            #expect(try await fixture.count("meeting") == 1)
        }
    }

    @Test("a correction closes the old rows; replaying either revision returns its receipt")
    func correction() async throws {
        try await StoreFixture.withFederation { fixture in
            let original = try Documents.enterprise(firms: 2)
            let first = try await fixture.record(original)
            var corrected = original
            corrected.replaces = 1
            corrected.firms.removeLast()
            let second = try await fixture.record(corrected)
            #expect(second.outcome == .corrected)
            #expect(second.receipt.revision == 2)
            #expect(try await fixture.record(original).receipt == first.receipt)
            #expect(try await fixture.record(corrected).receipt == second.receipt)
            #expect(try await fixture.count("attendance", "superseded_at IS NULL") == 1)
            #expect(try await fixture.count("attendance") == 3)

            // Two corrections of one revision: the second is a conflict.
            corrected.counts.attended = 5
            await #expect(throws: RecordingError.self) { try await fixture.record(corrected) }
        }
    }

    @Test("a void leaves nothing that counts, and keeps every row")
    func void() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.enterprise(firms: 2, intents: 1)
            _ = try await fixture.record(document)
            let void = MeetingSubmission.void(MeetingVoid(id: document.id, replaces: 1, why: "重复"))
            let recorded = try await fixture.recorder.record(void, on: fixture.connection)
            #expect(recorded.outcome == .corrected)
            #expect(
                try await fixture.recorder.record(void, on: fixture.connection).receipt
                    == recorded.receipt)
            for table in ["meeting", "attendance", "milestone"] {
                #expect(try await fixture.count(table, "superseded_at IS NULL") == 0)
                #expect(try await fixture.count(table) > 0)
            }
        }
    }

    @Test("a correction or void of nothing is not found")
    func notFound() async throws {
        try await StoreFixture.withFederation { fixture in
            var document = try Documents.enterprise(firms: 1)
            document.replaces = 1
            await #expect { try await fixture.record(document) } throws: { error in
                if case RecordingError.notFound = error { true } else { false }
            }
        }
    }

    @Test("a firm is matched by code, else by folded name, and gains the code it lacked")
    func matching() async throws {
        try await StoreFixture.withFederation { fixture in
            var named = try Documents.enterprise(firms: 0)
            named.firms = [FirmMet(name: "北京示例科技有限公司", unionStatus: .unorganised)]
            _ = try await fixture.record(named)
            var coded = try Documents.enterprise(firms: 0)
            coded.firms = [
                FirmMet(
                    uscc: try CreditCode(validating: "91110105100000016T"), name: "北京示例科技有限公司",
                    unionStatus: .unorganised)
            ]
            _ = try await fixture.record(coded)
            var codeOnly = try Documents.enterprise(firms: 0)
            codeOnly.firms = [
                FirmMet(uscc: try CreditCode(validating: "91110105100000016T"), unionStatus: .preparing)
            ]
            _ = try await fixture.record(codeOnly)
            #expect(try await fixture.count("firm") == 1)
            #expect(try await fixture.count("firm_identity") == 2)
            #expect(
                try await fixture.count("firm_identity", "superseded_at IS NULL AND uscc IS NOT NULL") == 1)
        }
    }

    @Test("one firm named twice in a document is refused at its pointer, and nothing is written")
    func listedTwice() async throws {
        try await StoreFixture.withFederation { fixture in
            var named = try Documents.enterprise(firms: 0)
            named.firms = [FirmMet(name: "北京示例科技有限公司", unionStatus: .unorganised)]
            _ = try await fixture.record(named)
            var twice = try Documents.enterprise(firms: 0)
            twice.firms = [
                FirmMet(
                    uscc: try CreditCode(validating: "91110105100000016T"), name: "北京示例科技有限公司",
                    unionStatus: .unorganised),
                FirmMet(name: "北京示例科技有限公司", unionStatus: .unorganised),
            ]
            await #expect { try await fixture.record(twice) } throws: { error in
                guard case RecordingError.refused(let refused) = error else { return false }
                return refused.issues.first?.pointer == "/firms/1"
            }
            #expect(try await fixture.count("meeting_revision") == 1)
        }
    }

    @Test("eight writers: one document is recorded once, corrections of one revision once")
    func race() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.enterprise(firms: 3, intents: 1)
            let outcomes = try await fixture.concurrently(8) { connection, _ in
                try await fixture.recorder.record(.record(document), on: connection).outcome
            }
            #expect(outcomes.count { $0 == .recorded } == 1)
            #expect(outcomes.count { $0 == .replayed } == 7)

            let corrected = try await fixture.concurrently(8) { connection, writer -> Recorded.Outcome? in
                var correction = document
                correction.replaces = 1
                correction.counts.attended = writer
                do {
                    return try await fixture.recorder.record(.record(correction), on: connection).outcome
                } catch RecordingError.conflict {
                    return nil
                }
            }
            #expect(corrected.count { $0 == .corrected } == 1)
            #expect(corrected.count { $0 == nil } == 7)
        }
    }

    @Test("eight writers meet the same new firms: each firm is made once, nothing deadlocks")
    func newFirms() async throws {
        try await StoreFixture.withFederation { fixture in
            _ = try await fixture.concurrently(8) { connection, writer in
                for _ in 0..<10 {
                    var document = try Documents.enterprise(firms: 0)
                    // Each in an order of its own.
                    let names = (0..<5).map { "北京示例第\(($0 + writer) % 5)有限公司" }
                    document.firms = names.map { FirmMet(name: $0, unionStatus: .unorganised) }
                    _ = try await fixture.recorder.record(.record(document), on: connection)
                }
            }
            #expect(try await fixture.count("firm") == 5)
            #expect(try await fixture.count("attendance") == 400)
            _ = try await JourneyQueue.drain(
                federation: fixture.federation, limit: 1000, on: fixture.connection)
            #expect(
                try await JourneyQueue.differences(
                    federation: fixture.federation, on: fixture.connection) == [])
        }
    }

    @Test("no name, number or phone stands in clear in any table")
    func sealing() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.worker(applicants: 2)
            _ = try await fixture.record(document)
            let tables = try await fixture.connection.query(
                """
                SELECT relname FROM pg_class
                WHERE relnamespace = 'goutong'::regnamespace AND relkind = 'r'
                """
            ).map { row in try row.decode(String.self, at: 0) }
            for table in tables {
                let rows = try await fixture.connection.query(
                    "SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM goutong.\(identifier: table) t"
                ).only().decode(String.self)
                for secret in Documents.secrets {
                    #expect(!rows.contains(secret), "\(table)")
                    // bytea prints as hex: the bytes must not be there either.
                    let hex = secret.utf8.map { byte in
                        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
                    }.joined()
                    #expect(!rows.contains(hex), "\(table)")
                }
            }
            #expect(try await fixture.count("applicant_person") == 2)
        }
    }

    @Test("an unchanged applicant keeps the person; a stranger by id alone is refused")
    func unchangedApplicant() async throws {
        try await StoreFixture.withFederation { fixture in
            var document = try Documents.worker(applicants: 2)
            _ = try await fixture.record(document)
            document.replaces = 1
            document.applicants = document.applicants.map { .unchanged($0.id) }
            _ = try await fixture.record(document)
            #expect(try await fixture.count("applicant", "superseded_at IS NULL") == 2)
            #expect(try await fixture.count("applicant_person") == 2)
            document.replaces = 2
            document.applicants.append(.unchanged(.minted()))
            await #expect(throws: RecordingError.self) { try await fixture.record(document) }
        }
    }
}

extension StoreFixture {
    @discardableResult
    func record(_ document: MeetingDocument) async throws -> Recorded {
        try await recorder.record(.record(document), on: connection)
    }

    func count(_ table: String, _ condition: String = "true") async throws -> Int {
        try await connection.query(
            "SELECT count(*) FROM goutong.\(identifier: table) WHERE \(raw: condition)"
        ).only().decode(Int.self)
    }

    /// Runs `body` at once on connections of their own.
    func concurrently<Value: Sendable>(
        _ writers: Int, _ body: @escaping @Sendable (PostgresConnection, Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    let connection = try await database.connect()
                    let value = try await body(connection, writer)
                    await connection.close()
                    return value
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}

/// Faults that a review found, each kept from coming back.
@Suite struct RecordingRegressionTests {
    @Test("replaying a correction after a void is a replay, also with applicants given by id alone")
    func replayAfterVoid() async throws {
        try await StoreFixture.withFederation { fixture in
            let original = try Documents.worker(applicants: 2)
            _ = try await fixture.record(original)
            var correction = original
            correction.replaces = 1
            correction.applicants = original.applicants.map { .unchanged($0.id) }
            let corrected = try await fixture.record(correction)
            _ = try await fixture.recorder.record(
                .void(MeetingVoid(id: original.id, replaces: 2, why: "重复")), on: fixture.connection)
            let replayed = try await fixture.record(correction)
            #expect(replayed.outcome == .replayed)
            #expect(replayed.receipt == corrected.receipt)
        }
    }

    @Test("a firm first met before the programme does not break the report")
    func beforeTheProgramme() async throws {
        try await StoreFixture.withFederation { fixture in
            let early = fixture.federation.since.adding(days: -10)
            var document = try Documents.enterprise(firms: 1, on: early)
            let firm = try #require(document.firms.first)
            _ = try await fixture.record(document)
            document = try Documents.enterprise(firms: 0, on: early.adding(days: 20))
            var again = firm
            again.intent = Intent(form: .verbal, on: early.adding(days: 20))
            document.firms = [again]
            _ = try await fixture.record(document)
            let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
                on: fixture.connection)
            let figures = try await WeeklyFiguresReader(
                federation: fixture.federation, areas: fixture.areas
            ).figures(week: Week(containing: document.heldOn), at: moment, on: fixture.connection)
            #expect(figures.cumulativeIntent.x == 0)
            #expect(figures.cumulativeIntent.n == 0)
            #expect(figures.reconciliation.other == 1)
            #expect(figures.headline[.firmsMet]?.cumulative == 1)
        }
    }

    @Test("a joint union over two areas overlaps once, and the table conserves it")
    func jointUnion() async throws {
        try await StoreFixture.withFederation { fixture in
            let facts = FactRecorder(federation: fixture.federation)
            var first = try Documents.enterprise(firms: 1)
            first.area = try AreaCode(validating: "110105022")
            _ = try await fixture.record(first)
            _ = try await fixture.record(try Documents.enterprise(firms: 1))
            let firms = try await JourneyReader.journeys(
                federation: fixture.federation, at: .infinity, on: fixture.connection
            ).map(\.firm)
            for firm in firms {
                var milestone = Milestone(id: .minted(), kind: .established, on: Day(ordinal: 17_790))
                milestone.form = .joint
                milestone.unionName = "示例楼宇联合工会"
                _ = try await facts.add(milestone, to: .id(firm), on: fixture.connection)
            }
            let moment = try await LedgerClock(federation: fixture.federation).fixMoment(
                on: fixture.connection)
            let figures = try await WeeklyFiguresReader(
                federation: fixture.federation, areas: fixture.areas
            ).figures(
                week: Week(containing: Day(ordinal: 17_790)), at: moment, on: fixture.connection)
            let line = try #require(figures.conservation.first { $0.figure == .unionsEstablished })
            #expect(line.city == 1)
            #expect(line.areas == 2)
            #expect(line.overlap == 1)
            #expect(figures.headline[.firmsCovered]?.cumulative == 2)
        }
    }
}
