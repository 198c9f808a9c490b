internal import Hummingbird
internal import Outreach
internal import Synchronization

/// Refuses requests beyond a number at once with 429: a queue that only grows answers nobody in time.
final class AdmissionResponder<Base: HTTPResponder<APIContext>>: HTTPResponder {
    private let base: Base
    private let limit: Int
    private let underWay = Atomic(0)

    init(base: Base, limit: Int) {
        self.base = base
        self.limit = limit
    }

    func respond(to request: Request, context: APIContext) async throws -> Response {
        defer { underWay.subtract(1, ordering: .relaxed) }
        guard underWay.add(1, ordering: .relaxed).newValue <= limit else {
            context.trail.failed(CancellationError(), as: .busy)
            return Problem.busy.response(language: request.preferredLanguage, requestID: context.id)
        }
        return try await base.respond(to: request, context: context)
    }
}

extension Problem {
    static var busy: Problem {
        var problem = Problem(
            .tooManyRequests, code: "busy",
            title: Bilingual(zh: "请求过多，请稍后重试", en: "too many requests; try again shortly"))
        problem.retryAfter = 1
        return problem
    }
}
