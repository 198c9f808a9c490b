internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

extension MeetingController {
    private static let largestPage = 200

    /// Meetings of the account's areas, the latest first, a page at a time.
    @Sendable func list(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(
            request, known: ["from", "to", "area", "kind", "limit", "cursor"])
        let filter = MeetingFilter(
            from: try query.day("from"), to: try query.day("to"), area: try query.areaCode("area"),
            kind: try query.choice("kind"))
        let limit = try query.limit("limit", usual: 50, most: Self.largestPage)
        let cursor = PageCursor(
            of: "meetings",
            filters: [filter.from?.iso, filter.to?.iso, filter.area, filter.kind?.rawValue],
            account: authority.account, vault: ledger.vault)
        let position = try query.position(of: cursor, MeetingReader.Position.init(text:))
        var found = try await ledger.reading(as: authority, requiring: [.meetings]) { connection in
            // One more than asked tells whether there is a next page.
            try await MeetingReader(federation: ledger.federation).page(
                filter, after: position, limit: limit + 1, on: connection)
        }
        var next: String?
        if found.count > limit {
            found.removeLast()
            next = found.last.map {
                cursor.text(of: MeetingReader.Position(heldOn: $0.heldOn, id: $0.id).text)
            }
        }
        return Response(
            .object([
                .init("items", .array(found.map(\.json))),
                .init("next", next.map(JSONValue.string) ?? .null),
            ]))
    }

    /// One meeting: its current document without persons, and every revision's receipt.
    @Sendable func show(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let id: MeetingID = try context.id()
        let reader = MeetingReader(federation: ledger.federation)
        let (revisions, listing, facts) = try await ledger.reading(as: authority, requiring: [.meetings]) {
            connection in
            (
                try await reader.revisions(of: id, on: connection),
                try await reader.meeting(id, on: connection), try await reader.facts(id, on: connection)
            )
        }
        guard let current = revisions.last else { throw Problem.notFound }
        let tag = "\"\(current.receipt.revision)\""
        if let known = EntityTags(request.headers[.ifNoneMatch]),
            known.containsWeakly(revision: current.receipt.revision)
        {
            return Response(status: .notModified, headers: [.eTag: tag, .cacheControl: "private, no-cache"])
        }
        var document = facts
        if let revision = facts?.replaces {
            document?.applicants = try await applicants(of: id, revision, as: authority)
        }
        return Response(
            .object([
                .init("id", .string("\(id)")), .init("revision", .integer(current.receipt.revision)),
                .init("void", .bool(current.voidedBecause != nil)),
                .init("void_why", current.voidedBecause.map(JSONValue.string) ?? .null),
                .init("meeting", listing?.json ?? .null),
                .init("document", document.map { MeetingSubmission.record($0).json } ?? .null),
                .init("revisions", .array(revisions.map(Self.json))),
            ]), headers: [.eTag: tag])
    }

    /// Ids alone, for who may record: a correction that gives them back leaves the applicants as they are.
    private func applicants(
        of id: MeetingID, _ revision: Int, as authority: Authority
    ) async throws -> [ApplicantEntry] {
        let ids = try await ledger.transaction(as: authority, for: .recording, .readCommitted.readOnly) {
            connection in
            try await MeetingReader(federation: ledger.federation).applicantIDs(
                id, revision: revision, on: connection)
        }
        return ids.map(ApplicantEntry.unchanged)
    }

    private static func json(_ revision: (receipt: Receipt, voidedBecause: String?)) -> JSONValue {
        .object([
            .init("revision", .integer(revision.receipt.revision)),
            .init("receipt", .string(revision.receipt.description)),
            .init("void", .bool(revision.voidedBecause != nil)),
        ])
    }
}

extension MeetingReader.Position {
    fileprivate var text: String { "\(heldOn.iso)\(id)" }

    /// Ten bytes of a day, thirty-six of an id.
    fileprivate init?(text: String) {
        guard text.utf8.count == 46, let day = Day(iso: text.prefix(10)),
            let id = MeetingID(text.dropFirst(10))
        else { return nil }
        self.init(heldOn: day, id: id)
    }
}
