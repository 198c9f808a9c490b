internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// `/v1/opinions`: what was said at meetings of the account's areas. An answer is a correction of its meeting.
struct OpinionController: Sendable {
    let ledger: Ledger

    private static let largestPage = 200

    func register(in router: RouterGroup<APIContext>) { router.get("opinions", use: list) }

    /// The latest meetings' first, a page at a time.
    @Sendable func list(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(
            request, known: ["from", "to", "area", "unanswered", "limit", "cursor"])
        let unanswered = try query.read(
            "unanswered", "type.boolean", Bilingual(zh: "应为 true 或 false", en: "must be true or false"),
            Bilingual(zh: "改为 true 或 false", en: "write true or false"), Bool.init)
        let filter = OpinionFilter(
            from: try query.day("from"), to: try query.day("to"), area: try query.areaCode("area"),
            isUnanswered: unanswered ?? false)
        let limit = try query.limit("limit", usual: 50, most: Self.largestPage)
        let cursor = PageCursor(
            of: "opinions",
            filters: [filter.from?.iso, filter.to?.iso, filter.area, "\(filter.isUnanswered)"],
            account: authority.account, vault: ledger.vault)
        let position = try query.position(of: cursor, OpinionReader.Position.init(text:))
        var found = try await ledger.reading(as: authority, requiring: [.meetings]) { connection in
            // One more than asked tells whether there is a next page.
            try await OpinionReader(federation: ledger.federation).page(
                filter, after: position, limit: limit + 1, on: connection)
        }
        var next: String?
        if found.count > limit {
            found.removeLast()
            next = found.last.map { cursor.text(of: $0.position.text) }
        }
        return Response(
            .object([
                .init("items", .array(found.map(\.json))),
                .init("next", next.map(JSONValue.string) ?? .null),
            ]))
    }
}

extension OpinionReader.Position {
    fileprivate var text: String { "\(heldOn.iso)\(meeting)\(number)" }

    /// Ten bytes of a day, thirty-six of an id, a number.
    fileprivate init?(text: String) {
        guard let day = Day(iso: text.prefix(10)), let meeting = MeetingID(text.dropFirst(10).prefix(36)),
            let number = Int(text.dropFirst(46))
        else { return nil }
        self.init(heldOn: day, meeting: meeting, number: number)
    }
}
