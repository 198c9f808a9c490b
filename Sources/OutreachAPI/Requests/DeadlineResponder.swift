internal import Hummingbird
internal import Outreach

/// Ends a request that takes too long: its task is cancelled, which cancels the SQL under way.
///
/// Whether the work was done is told by its own answer: one that was completed all the same is returned.
/// What streams after the answer's head is not covered; statements have a deadline of their own.
struct DeadlineResponder<Base: HTTPResponder<APIContext>>: HTTPResponder {
    let base: Base
    let limit: Duration

    func respond(to request: Request, context: APIContext) async throws -> Response {
        try await withThrowingTaskGroup(of: Response?.self) { group in
            group.addTask { try await base.respond(to: request, context: context) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            let late = try await group.next() ?? nil
            if let late, late.status.code < 500 { return late }
            context.trail.failed(CancellationError(), as: .deadline)
            return Problem.deadline.response(language: request.preferredLanguage, requestID: context.id)
        }
    }
}

extension Problem {
    static var deadline: Problem {
        Problem(.gatewayTimeout, code: "deadline", title: Bilingual(zh: "处理超时", en: "it took too long"))
    }
}
