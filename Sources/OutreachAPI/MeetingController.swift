internal import Foundation
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
    }

    /// Records, corrects or voids: the document says which. A replay answers 200 with the first receipt.
    @Sendable func submit(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let body = try await request.body.collect(upTo: MeetingSubmission.maximumBytes)
        let submission = try MeetingSubmission.decode(
            Array(buffer: body), today: OfficeTime.day(of: .now), areas: ledger.areas)
        let recorder = MeetingRecorder(
            federation: ledger.federation, vault: ledger.vault, areas: ledger.areas, authority: authority)
        let recorded = try await ledger.pool.withConnection { connection in
            try await recorder.record(submission, on: connection)
        }
        return Response(recorded)
    }
}

extension Response {
    /// A receipt: 201 for what is new, 200 for a replay.
    init(_ recorded: Recorded) {
        let receipt = recorded.receipt
        let body = JSONValue.object([
            .init("id", .string("\(receipt.id)")), .init("revision", .integer(receipt.revision)),
            .init("outcome", .string(recorded.outcome.rawValue)),
            .init("receipt", .string(receipt.description)),
        ])
        self.init(
            status: recorded.outcome == .replayed ? .ok : .created,
            headers: [
                .contentType: "application/json", .eTag: "\"\(receipt.revision)\"",
                .location: "/v1/meetings/\(receipt.id)",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body.text())))
    }
}
