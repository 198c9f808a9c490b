internal import Foundation
internal import Hummingbird
internal import Outreach

/// Refuses what no controller needs to see: text that is not percent-encoded UTF-8, paths that do not exist,
/// methods that a path does not have.
struct RouteGuard: RouterMiddleware {
    let routes: RouteTable

    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard let path = request.uri.path.removingPercentEncoding,
            (request.uri.query ?? "").removingPercentEncoding != nil
        else { throw Problem.badEncoding }
        guard !path.unicodeScalars.contains("\0") else { throw Problem.noSuchRoute }
        let methods = routes.methods(of: request.uri.path)
        guard !methods.isEmpty else { throw Problem.noSuchRoute }
        guard methods.contains(request.method.rawValue) else { throw Problem.methodNotAllowed(methods) }
        return try await next(request, context)
    }
}

extension Problem {
    static var badEncoding: Problem {
        Problem(
            .badRequest, code: "bad-encoding",
            title: Bilingual(zh: "地址不是百分号编码的 UTF-8", en: "the address is not percent-encoded UTF-8"))
    }

    static var noSuchRoute: Problem {
        Problem(
            .notFound, code: "no-such-route",
            title: Bilingual(zh: "没有这个地址，见 /openapi.json", en: "no such address; see /openapi.json"))
    }

    static func methodNotAllowed(_ methods: [String]) -> Problem {
        var problem = Problem(
            .methodNotAllowed, code: "method-not-allowed",
            title: Bilingual(zh: "该地址不支持此方法", en: "the address does not have this method"))
        problem.allow = methods.joined(separator: ", ")
        return problem
    }
}
