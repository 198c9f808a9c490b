internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// `/v1/firms`: found by name or code, shown, with what happened. A firm's name, code and area are readable
/// across the federation; what was dealt with it, in the account's areas.
struct FirmController: Sendable {
    let ledger: Ledger

    private static let largestPage = 100

    func register(in router: RouterGroup<APIContext>) {
        router.get("firms", use: find)
        router.get("firms/:firm", use: show)
        router.get("firms/:firm/history", use: history)
    }

    @Sendable func find(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(request, known: ["q", "district", "limit"])
        let limit = try query.limit("limit", usual: 20, most: Self.largestPage)
        let district = try query.areaCode("district")
        guard let text = query.text("q"), !text.allSatisfy(\.isWhitespace), text.unicodeScalars.count <= 100
        else {
            throw Problem.query(
                "query.required", "q", Bilingual(zh: "必填，1 到 100 个字", en: "required, 1 to 100 characters"),
                Bilingual(zh: "填写名称的一部分或代码", en: "give a part of the name, or a code"))
        }
        let firms = try await ledger.reading(as: authority, requiring: [.firms]) { connection in
            try await FirmSearch(federation: ledger.federation).firms(
                matching: text, district: district, limit: limit, on: connection)
        }
        return Response(.object([.init("items", .array(firms.map(\.json)))]))
    }

    @Sendable func show(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let firm = try await ledger.reading(as: authority, requiring: [.firms]) { connection in
            try await ledger.firm(context, on: connection)
        }
        return Response(firm.json)
    }

    @Sendable func history(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let (firm, entries) = try await ledger.reading(as: authority, requiring: [.firms]) { connection in
            let firm = try await ledger.firm(context, on: connection)
            return (
                firm,
                try await FirmSearch(federation: ledger.federation).history(of: firm.id, on: connection)
            )
        }
        return Response(
            .object([.init("firm", firm.json), .init("items", .array(entries.map(\.json)))]))
    }
}

extension Ledger {
    /// The firm that the path names by id or credit code.
    func firm(_ context: APIContext, on connection: PostgresConnection) async throws -> FirmListing {
        guard let name = try? FirmName(try context.segment("firm")),
            let firm = try await FirmSearch(federation: federation).firm(.init(name), on: connection)
        else { throw Problem.notFound }
        return firm
    }
}

extension FactRecorder.FirmReference {
    init(_ name: FirmName) {
        switch name {
        case .id(let id): self = .id(id)
        case .uscc(let code): self = .uscc(code)
        }
    }
}
