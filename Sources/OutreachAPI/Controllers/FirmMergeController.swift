internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// `/v1/firm-merges`: duplicates counted as the firm that is kept, and that undone. One of the two firms must
/// be the account's business; otherwise both are as what does not exist.
struct FirmMergeController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.post("firm-merges", use: merge)
        router.delete("firm-merges/:id", use: undo)
        router.get("firms/:firm/merge", use: show)
    }

    /// The same id with the same firms is a replay: 200, where the first was 201.
    @Sendable func merge(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let asked = try FirmMergeRequest(decoding: try await request.json(upTo: 16 << 10))
        let firms = try await recording(as: authority) { connection in
            let search = FirmSearch(federation: ledger.federation)
            return (
                try await search.firm(.init(asked.duplicate), on: connection)?.id,
                try await search.firm(.init(asked.kept), on: connection)?.id
            )
        }
        guard let duplicate = firms.0, let kept = firms.1 else { throw Problem.notFound }
        let isNew = try await ledger.pool.withConnection { connection in
            try await facts(authority).merge(duplicate, into: kept, as: asked.id, on: connection)
        }
        return Response(
            .object([
                .init("id", .string("\(asked.id)")), .init("duplicate", .string("\(duplicate)")),
                .init("kept", .string("\(kept)")),
                .init("outcome", .string(isNew ? "recorded" : "replayed")),
            ]), status: isNew ? .created : .ok)
    }

    /// Undoing twice changes nothing.
    @Sendable func undo(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let id: MergeID = try context.id()
        let merge = try await recording(as: authority) { connection in
            try await facts(authority).merge(id, on: connection)
        }
        guard let merge else { throw Problem.notFound }
        try await ledger.pool.withConnection { connection in
            try await facts(authority).undo(merge, on: connection)
        }
        return Response(status: .noContent)
    }

    /// As what a firm is counted: 404 where it stands for itself.
    @Sendable func show(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let merge = try await ledger.reading(as: authority, requiring: [.firms]) { connection in
            let firm = try await ledger.firm(context, on: connection)
            return try await facts(authority).merge(of: firm.id, on: connection)
        }
        guard let merge else { throw Problem.notFound }
        return Response(
            .object([
                .init("id", .string("\(merge.id)")), .init("duplicate", .string("\(merge.duplicate)")),
                .init("kept", .string("\(merge.kept)")),
            ]))
    }

    /// Looks something up for who may record. Whether it exists plays no part in a refusal.
    private func recording<Value: Sendable>(
        as authority: Authority,
        _ body: nonisolated(nonsending) @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await ledger.transaction(as: authority, for: .recording, .repeatableRead.readOnly) { connection in
            guard try await ActorScope.current(on: connection).rights.contains(.record) else {
                throw Problem.notAllowed
            }
            return try await body(connection)
        }
    }

    private func facts(_ authority: Authority) -> FactRecorder {
        FactRecorder(federation: ledger.federation, authority: authority)
    }
}
