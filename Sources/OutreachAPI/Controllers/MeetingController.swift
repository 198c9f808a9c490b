internal import Hummingbird
internal import NIOCore
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// `/v1/meetings`: documents in, receipts out.
struct MeetingController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.post("meetings", use: submit)
        router.post("meetings/batch", use: submitBatch)
        router.get("meetings", use: list)
        router.get("meetings/:id", use: show)
        router.put("meetings/:id", use: correct)
        router.delete("meetings/:id", use: void)
        router.post("weeks/:week/none") { try await declare(.none, $0, $1) }
        router.post("weeks/:week/submitted") { try await declare(.submitted, $0, $1) }
    }

    /// Records, corrects or voids: the document says which. A replay answers 200 with the first receipt.
    @Sendable func submit(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let body = try await request.json(upTo: MeetingSubmission.maximumBytes)
        return Response(try await record(try decode(body), as: authority))
    }

    func decode(_ body: [UInt8]) throws(DocumentRefused) -> MeetingSubmission {
        try MeetingSubmission.decode(body, today: OfficeTime.day(of: .now), areas: ledger.areas)
    }

    func record(_ submission: MeetingSubmission, as authority: Authority) async throws -> Recorded {
        let recorder = MeetingRecorder(
            federation: ledger.federation, vault: ledger.vault, areas: ledger.areas, authority: authority)
        return try await ledger.pool.withConnection { connection in
            try await recorder.record(submission, on: connection)
        }
    }
}

extension Recorded {
    /// 201 for what is new, 200 for a replay.
    var status: HTTPResponse.Status { outcome == .replayed ? .ok : .created }

    var members: [JSONValue.Member] {
        [
            .init("id", .string("\(receipt.id)")), .init("revision", .integer(receipt.revision)),
            .init("outcome", .string(outcome.rawValue)), .init("receipt", .string(receipt.description)),
        ]
    }
}

extension Response {
    /// A receipt.
    init(_ recorded: Recorded) {
        self.init(
            .object(recorded.members), status: recorded.status,
            headers: [
                .eTag: "\"\(recorded.receipt.revision)\"",
                .location: "/v1/meetings/\(recorded.receipt.id)",
            ])
    }
}
