internal import Foundation
internal import Hummingbird
internal import Logging

/// Answers whatever is thrown below it as a problem, in the language that the request prefers.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            context.trail.failed(error, as: problem)
            if problem.status.code >= 500 {
                context.logger.error(
                    "request failed", metadata: ["problem": "\(problem.code)", "error": "\(type(of: error))"])
            }
            let response = problem.response(language: request.preferredLanguage, requestID: context.id)
            return request.method == .head ? response.createHeadResponse() : response
        }
    }
}

extension Request {
    /// `en` where the request asks for English first, else `zh`.
    var preferredLanguage: String {
        headers[.acceptLanguage]?.lowercased().hasPrefix("en") == true ? "en" : "zh"
    }
}
