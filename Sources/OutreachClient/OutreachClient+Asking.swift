internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
public import Outreach
internal import Vault

extension OutreachClient {
    /// One request that is not a meeting's document.
    public struct Question: Sendable {
        public enum Method: String, Sendable {
            case get = "GET"
            case post = "POST"
            case patch = "PATCH"
            case delete = "DELETE"
        }

        public let method: Method
        /// Segments below `/v1`, as they are; they are encoded on the way.
        public let path: [String]
        public var query: KeyValuePairs<String, String?> = [:]
        public var body: JSONValue?
        /// Instead of it: a table, as CSV in UTF-8.
        public var table: [UInt8]?
        /// The media type that is asked for; a report is believed in no other.
        public var accept = "application/json"
        /// Whether asking twice does no more than asking once.
        public var isRepeatable: Bool

        public init(_ method: Method, _ path: String..., isRepeatable: Bool? = nil) {
            self.method = method
            self.path = path
            self.isRepeatable = isRepeatable ?? (method == .get || method == .delete)
        }
    }

    /// Asks until it is answered, or until trying again is of no use for now.
    ///
    /// An answer is believed where it bears our service's mark of this request, which no portal and no cache
    /// knows and no proxy has a reason to touch.
    /// - Throws: `Obstacle` where no answer came that can be believed, `ServerProblem` for a refusal,
    ///   `CancellationError`.
    public func ask(_ question: Question) async throws -> [UInt8] {
        try await untilAnswered(question) { try await askOnce(question) }
    }

    /// The same for an answer of any size, which is handed over piece by piece. Once it has begun it is not asked
    /// for again, and it may take as long as it goes on.
    public func download(_ question: Question, _ piece: ([UInt8]) async throws -> Void) async throws {
        let response = try await untilAnswered(question) { try await begin(question) }
        var pieces = response.body.makeAsyncIterator()
        while true {
            let next: ByteBuffer?
            do {
                next = try await pieces.next()
            } catch {
                try Task.checkCancellation()
                throw Obstacle(error)
            }
            guard let next else { return }
            try await piece(Array(buffer: next))
        }
    }

    private func untilAnswered<Answer>(
        _ question: Question, _ once: () async throws -> Answer
    ) async throws -> Answer {
        var attempt = 1
        while true {
            do {
                return try await once()
            } catch let obstacle as Obstacle {
                guard question.isRepeatable, obstacle.mayPass, attempt < patience.attempts,
                    let pause = pause(after: attempt, obstacle)
                else { throw obstacle }
                try await Task.sleep(for: pause)
                attempt += 1
            }
        }
    }

    /// Large enough for a year's report of a city, and no more than a terminal should take.
    private static let largestAnswer = 64 << 20
    /// One that stands still is given up long before.
    private static let longestDownload: Duration = .seconds(6 * 3600)

    private func askOnce(_ question: Question) async throws -> [UInt8] {
        try await attempting { id in
            let response = try await answer(to: question, id: id, until: patience.attempt)
            let body = Array(buffer: try await response.body.collect(upTo: Self.largestAnswer))
            guard body.isEmpty || Self.isAsked(response, question) else {
                throw Obstacle.notOurs(status: Int(response.status.code))
            }
            return body
        }
    }

    /// An answer as far as its head.
    private func begin(_ question: Question) async throws -> HTTPClientResponse {
        try await attempting { id in
            let response = try await answer(to: question, id: id, until: Self.longestDownload)
            guard Self.isAsked(response, question) else {
                throw Obstacle.notOurs(status: Int(response.status.code))
            }
            return response
        }
    }

    /// One attempt, under an id of its own.
    private func attempting<Answer: Sendable>(
        _ body: @escaping @Sendable (_ id: String) async throws -> Answer
    ) async throws -> Answer {
        let id = UUID().uuidString
        do {
            return try await Self.within(patience.attempt) { try await body(id) }
        } catch let problem as ServerProblem {
            throw problem
        } catch {
            try Task.checkCancellation()
            throw Obstacle(error)
        }
    }

    /// The head of our service's answer.
    /// - Throws: `ServerProblem` for a refusal of its.
    private func answer(
        to question: Question, id: String, until limit: Duration
    ) async throws -> HTTPClientResponse {
        let response = try await http.execute(request(question, id: id), timeout: TimeAmount(limit))
        let status = Int(response.status.code)
        guard response.headers.first(name: AnswerMark.answer) == AnswerMark.of(id) else {
            throw Obstacle.notOurs(status: status)
        }
        guard (200..<300).contains(status) else {
            let body = Array(buffer: try await response.body.collect(upTo: Self.largestAnswer))
            throw Self.refusal(
                status, response.headers.first(name: "Content-Type"), body,
                retryAfter: response.headers.first(name: "Retry-After"))
        }
        return response
    }

    private static func isAsked(_ response: HTTPClientResponse, _ question: Question) -> Bool {
        OwnAnswer.isMedia(response.headers.first(name: "Content-Type"), question.accept)
    }

    private func request(_ question: Question, id: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: server.url(of: question.address))
        request.method = HTTPMethod(rawValue: question.method.rawValue)
        request.headers = [
            "Authorization": "Bearer \(token.text)", "Accept": "\(question.accept), application/problem+json",
            "Accept-Language": language, "User-Agent": "goutong", "X-Request-Id": id,
            AnswerMark.question: id,
        ]
        if let body = question.body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body.text()))
        } else if let table = question.table {
            request.headers.add(name: "Content-Type", value: "text/csv; charset=utf-8")
            request.body = .bytes(ByteBuffer(bytes: table))
        }
        return request
    }

    private static func refusal(
        _ status: Int, _ type: String?, _ body: [UInt8], retryAfter: String?
    ) -> any Error {
        guard let problem = ServerProblem(status: status, contentType: type, body: body) else {
            return Obstacle.notOurs(status: status)
        }
        switch status {
        case 401: return Obstacle.unauthenticated
        case 404 where problem.code != "not-found", 405: return Obstacle.noSuchRoute
        case 408, 429, 500...:
            return Obstacle.busy(status: status, retryAfter: retryAfter.flatMap { Int($0) })
        default: return problem
        }
    }
}

extension OutreachClient.Question {
    /// Letters, digits and `-._~` stand for themselves; whatever else is there is encoded.
    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    fileprivate var address: String {
        let place = (["", "v1"] + path.map(Self.encoded)).joined(separator: "/")
        let asked = query.compactMap { key, value in
            value.map { "\(Self.encoded(key))=\(Self.encoded($0))" }
        }
        return asked.isEmpty ? place : place + "?" + asked.joined(separator: "&")
    }
}
