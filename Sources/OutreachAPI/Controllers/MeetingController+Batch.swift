internal import Hummingbird
internal import Outreach
internal import OutreachStore

extension MeetingController {
    static let maximumBatch = 100
    /// In bytes: most meetings are some kilobytes.
    static let maximumBatchBytes = 4 << 20

    /// Records a list of documents, each in a transaction of its own and in the list's order, so that a
    /// correction may follow what it corrects. 207 with a result for each; one that is refused stops nothing.
    @Sendable func submitBatch(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let body = try await request.json(upTo: Self.maximumBatchBytes)
        guard case .array(let documents) = try JSONValue(parsing: body),
            (1...Self.maximumBatch).contains(documents.count)
        else { throw Self.notABatch }
        var results: [JSONValue] = []
        for (index, document) in documents.enumerated() {
            do {
                let submission = try MeetingSubmission.decode(
                    document, today: OfficeTime.day(of: .now), areas: ledger.areas)
                let recorded = try await record(submission, as: authority)
                results.append(result(index, recorded.status, recorded.members))
            } catch {
                let problem = Problem(error)
                let told = problem.json(language: request.preferredLanguage, requestID: context.id)
                results.append(result(index, problem.status, [.init("problem", told)]))
            }
        }
        return Response(
            .object([.init("results", .array(results))]),
            status: HTTPResponse.Status(code: 207, reasonPhrase: "Multi-Status"))
    }

    private func result(
        _ index: Int, _ status: HTTPResponse.Status, _ members: [JSONValue.Member]
    ) -> JSONValue {
        .object([.init("index", .integer(index)), .init("status", .integer(status.code))] + members)
    }

    private static var notABatch: DocumentRefused {
        DocumentRefused(
            first: DocumentIssue(
                code: "batch.size", pointer: "",
                rule: Bilingual(
                    zh: "应为 1 到 \(maximumBatch) 个文件的列表 [ ]",
                    en: "must be a list [ ] of 1 to \(maximumBatch) documents"),
                mend: Bilingual(zh: "分成几批", en: "send it as several batches")))
    }
}
