internal import Outreach
internal import OutreachClient
internal import OutreachStore

extension RemoteWorkplace {
    /// What the ledger of this machine would have thrown, by the status of a refusal.
    typealias Meanings = [Int: any Error]

    private static let usual: Meanings = [
        403: RecordingError.notAllowed, 404: RecordingError.notFound, 410: PersonError.erased,
    ]

    /// The bytes of an answer, in the media type that was asked for.
    func bytes(_ question: OutreachClient.Question, _ meanings: Meanings = [:]) async throws -> [UInt8] {
        do {
            return try await withClient { try await $0.ask(question) }
        } catch let problem as ServerProblem {
            throw Self.meaning(of: problem, meanings)
        }
    }

    /// An answer of any size, piece by piece.
    func download(
        _ question: OutreachClient.Question, _ meanings: Meanings = [:],
        _ piece: ([UInt8]) throws -> Void
    ) async throws {
        do {
            try await withClient { try await $0.download(question) { try piece($0) } }
        } catch let problem as ServerProblem {
            throw Self.meaning(of: problem, meanings)
        }
    }

    private static func meaning(of problem: ServerProblem, _ meanings: Meanings) -> any Error {
        // Its own issues say more than a status.
        guard problem.issues.isEmpty else {
            guard problem.status == 409, let issue = problem.issues.first else { return problem }
            return PersonError.conflict(issue)
        }
        return meanings[problem.status] ?? usual[problem.status] ?? problem
    }

    /// A record, with a refusal as the service put it.
    func row(asking question: OutreachClient.Question) async throws -> JSONRow {
        try Self.row(try await withClient { try await $0.ask(question) })
    }

    /// A record.
    func row(_ question: OutreachClient.Question, _ meanings: Meanings = [:]) async throws -> JSONRow {
        try Self.row(try await bytes(question, meanings))
    }

    private static func row(_ bytes: [UInt8]) throws -> JSONRow {
        guard let json = try? JSONValue(parsing: bytes), case .object = json else {
            throw CommandFailure(asking: .notOurs(status: 200))
        }
        return JSONRow(json)
    }

    /// A list, read page by page up to `limit`.
    func rows(
        _ question: OutreachClient.Question, in key: String, limit: Int = .max, next: String? = nil,
        query: (_ limit: Int, _ cursor: String?) -> KeyValuePairs<String, String?> = { _, _ in [:] },
        _ meanings: Meanings = [:]
    ) async throws -> [JSONRow] {
        var question = question
        var found: [JSONRow] = []
        var cursor: String?
        repeat {
            question.query = query(min(limit - found.count, 200), cursor)
            let page = try await row(question, meanings)
            found += try page.required { $0.rows(key) }
            cursor = next.flatMap { page.text($0) }
        } while cursor != nil && found.count < limit
        return found
    }
}
