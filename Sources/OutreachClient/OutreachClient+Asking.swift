internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
public import Outreach

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
    /// An answer is believed where it carries the request's own id, which no portal and no cache knows.
    /// - Throws: `Obstacle` where no answer came that can be believed, `ServerProblem` for a refusal,
    ///   `CancellationError`.
    public func ask(_ question: Question) async throws -> [UInt8] {
        var attempt = 1
        while true {
            do {
                return try await askOnce(question)
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

    private func askOnce(_ question: Question) async throws -> [UInt8] {
        let id = UUID().uuidString
        let sent = request(question, id: id)
        do {
            return try await Self.within(patience.attempt) { [http, patience] in
                let response = try await http.execute(sent, timeout: TimeAmount(patience.attempt))
                let status = Int(response.status.code)
                guard response.headers.first(name: "X-Request-Id") == id else {
                    throw Obstacle.notOurs(status: status)
                }
                let body = Array(buffer: try await response.body.collect(upTo: Self.largestAnswer))
                let type = response.headers.first(name: "Content-Type")
                guard (200..<300).contains(status) else {
                    throw Self.refusal(
                        status, type, body, retryAfter: response.headers.first(name: "Retry-After"))
                }
                guard body.isEmpty || OwnAnswer.isMedia(type, question.accept) else {
                    throw Obstacle.notOurs(status: status)
                }
                return body
            }
        } catch let problem as ServerProblem {
            throw problem
        } catch {
            try Task.checkCancellation()
            throw Obstacle(error)
        }
    }

    private func request(_ question: Question, id: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: server.url(of: question.address))
        request.method = HTTPMethod(rawValue: question.method.rawValue)
        request.headers = [
            "Authorization": "Bearer \(token.text)", "Accept": "\(question.accept), application/problem+json",
            "Accept-Language": language, "User-Agent": "goutong", "X-Request-Id": id,
        ]
        if let body = question.body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body.text()))
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
