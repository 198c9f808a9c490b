internal import Outreach
internal import OutreachClient
internal import OutreachStore
internal import Reporting

/// Meetings, as commands read, record, correct and void them.
protocol MeetingPlace {
    /// The latest first.
    func meetings(from: Day?, to: Day?, limit: Int) async throws -> [JSONRow]
    /// `{"meeting", "revisions"}`; the meeting is null where it is void.
    func meeting(_ id: MeetingID) async throws -> JSONRow
    /// The last revision, and why it is void where it is.
    func standing(of id: MeetingID) async throws -> (receipt: Receipt, voidedBecause: String?)
    /// The current revision as a document that a correction can follow; a service leaves persons out.
    func document(_ id: MeetingID) async throws -> MeetingDocument?
    /// The same without persons: applicants by id alone, contacts left out. Sent back, it leaves both as they are.
    func documentWithoutPersons(_ id: MeetingID) async throws -> MeetingDocument?
    /// Decodes a document against the map; every issue found is thrown together.
    func submission(from bytes: [UInt8]) throws(DocumentRefused) -> MeetingSubmission
    /// Records and prints the receipt: the one way out of every way in.
    func record(_ submission: MeetingSubmission, json: Bool, language: Language) async throws
    /// Declares a week of a unit: complete, or without meetings. Returns whether that is new.
    func declare(_ declaration: WeekDeclaration, in area: AreaTable.Area, week: Week) async throws -> Bool
}

extension Workplace: MeetingPlace {
    private var reader: MeetingReader { MeetingReader(federation: federation) }

    func meetings(from: Day?, to: Day?, limit: Int) async throws -> [JSONRow] {
        try await reader.latest(from: from, to: to, limit: limit, on: connection).map { JSONRow($0.json) }
    }

    func meeting(_ id: MeetingID) async throws -> JSONRow {
        let revisions = try await reader.revisions(of: id, on: connection)
        guard !revisions.isEmpty else { throw RecordingError.notFound }
        let meeting = try await reader.meeting(id, on: connection)
        return JSONRow(
            .object([
                .init("meeting", meeting.map(\.json) ?? .null),
                .init("revisions", .array(revisions.map(Self.json))),
            ]))
    }

    private static func json(_ revision: (receipt: Receipt, voidedBecause: String?)) -> JSONValue {
        .object([
            .init("revision", .integer(revision.receipt.revision)),
            .init("receipt", .string(revision.receipt.description)),
            .init("void", .bool(revision.voidedBecause != nil)),
        ])
    }

    func standing(of id: MeetingID) async throws -> (receipt: Receipt, voidedBecause: String?) {
        guard let last = try await reader.revisions(of: id, on: connection).last else {
            throw RecordingError.notFound
        }
        return last
    }

    func document(_ id: MeetingID) async throws -> MeetingDocument? {
        try await reader.document(id, vault: vault, on: connection)
    }

    func documentWithoutPersons(_ id: MeetingID) async throws -> MeetingDocument? {
        guard var document = try await reader.facts(id, on: connection), let revision = document.replaces
        else { return nil }
        let applicants = try await reader.applicantIDs(id, revision: revision, on: connection)
        document.applicants = applicants.map(ApplicantEntry.unchanged)
        return document
    }

    func submission(from bytes: [UInt8]) throws(DocumentRefused) -> MeetingSubmission {
        try MeetingSubmission.decode(bytes, today: Self.today, areas: areas)
    }

    func record(_ submission: MeetingSubmission, json: Bool, language: Language) async throws {
        let recorded = try await recorder.record(submission, on: connection)
        try ReceiptLine(receipt: recorded.receipt, outcome: recorded.outcome).print(
            json: json, language: language)
        // The receipt is out: what follows only makes the next report quicker.
        try? await drain()
    }

    func declare(
        _ declaration: WeekDeclaration, in area: AreaTable.Area, week: Week
    ) async throws -> Bool {
        try await facts.declare(declaration, area: area.id, week: week, on: connection)
    }
}

extension RemoteWorkplace: MeetingPlace {
    func meetings(from: Day?, to: Day?, limit: Int) async throws -> [JSONRow] {
        try await rows(.init(.get, "meetings"), in: "items", limit: limit, next: "next") { limit, cursor in
            ["from": from?.iso, "to": to?.iso, "limit": "\(limit)", "cursor": cursor]
        }
    }

    private func found(_ id: MeetingID) async throws -> JSONRow {
        try await row(.init(.get, "meetings", "\(id)"))
    }

    func meeting(_ id: MeetingID) async throws -> JSONRow {
        let found = try await found(id)
        return JSONRow(
            .object([
                .init("meeting", found["meeting"] ?? .null),
                .init("revisions", try found.required { $0["revisions"] }),
            ]))
    }

    func standing(of id: MeetingID) async throws -> (receipt: Receipt, voidedBecause: String?) {
        let found = try await found(id)
        let receipt = try found.required {
            $0.rows("revisions")?.last?.text("receipt").flatMap { Receipt($0) }
        }
        return (receipt, found.text("void_why"))
    }

    func document(_ id: MeetingID) async throws -> MeetingDocument? {
        guard let json = try await found(id)["document"] else { return nil }
        guard
            case .record(let document) = try MeetingSubmission.decode(
                json, today: Workplace.today, areas: areas)
        else { throw CommandFailure(asking: .notOurs(status: 200)) }
        return document
    }

    func documentWithoutPersons(_ id: MeetingID) async throws -> MeetingDocument? { try await document(id) }

    func declare(
        _ declaration: WeekDeclaration, in area: AreaTable.Area, week: Week
    ) async throws -> Bool {
        var question = OutreachClient.Question(
            .post, "weeks", week.name, declaration.rawValue, isRepeatable: true)
        question.body = .object([.init("area", .string(area.code))])
        return try await row(question).text("outcome") != "unchanged"
    }
}
