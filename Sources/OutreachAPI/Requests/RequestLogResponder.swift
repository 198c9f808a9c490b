internal import Hummingbird
internal import Logging
internal import Metrics
internal import Vault

/// The outermost layer of every request: its id, the mark of its answer, one log line, its metrics.
///
/// The line names the route, never the path; no value, header, query or body of a request is logged.
struct RequestLogResponder<Base: HTTPResponder<APIContext>>: HTTPResponder {
    let base: Base
    let metrics: ServiceMetrics
    let proxies: TrustedProxies

    func respond(to request: Request, context: APIContext) async throws -> Response {
        var context = context
        if let given = RequestID.accepted(request.headers[.requestID]) {
            context.logger[metadataKey: "hb.request.id"] = "\(given)"
        }
        let begun = ContinuousClock.now
        metrics.began()
        defer { metrics.ended() }
        var response: Response
        do {
            response = try await base.respond(to: request, context: context)
        } catch {
            // Whatever a route throws is a problem by now: this is a request that cannot be read on.
            let problem = Problem(error)
            context.trail.failed(error, as: problem)
            response = problem.response(language: request.preferredLanguage, requestID: context.id)
        }
        response.headers[.requestID] = context.id
        if let question = RequestID.accepted(request.headers[.question]) {
            response.headers[.answer] = AnswerMark.of(question)
        }
        let took = ContinuousClock.now - begun
        let route = RouteLabel(context.endpointPath)
        metrics.answered(
            method: request.method, route: route, status: response.status, took: took,
            sqlClass: context.trail.sqlClass)
        log(request, response, route: route, took: took, context: context)
        return response
    }

    private func log(
        _ request: Request, _ response: Response, route: RouteLabel, took: Duration, context: APIContext
    ) {
        var metadata: Logger.Metadata = [
            "method": "\(MethodLabel(request.method))", "route": "\(route)",
            "status": .stringConvertible(response.status.code),
            "seconds": .stringConvertible(took.rounded),
        ]
        metadata["account"] = context.trail.account.map { "\($0)" }
        metadata["problem"] = context.trail.problem.map { "\($0)" }
        metadata["sql_class"] = context.trail.sqlClass.map { "\($0)" }
        metadata["client"] = proxies.client(
            peer: context.trail.peer, forwarded: request.headers[.forwardedFor]
        ).map { "\($0)" }
        context.logger.log(
            level: response.status.code >= 500 ? .error : .info, "request", metadata: metadata)
    }
}

extension HTTPFields.Element.Name {
    // Literal names are valid field names; the initialiser only checks that.
    static var requestID: Self { Self(RequestID.header) ?? .date }
    static var question: Self { Self(AnswerMark.question) ?? .date }
    static var answer: Self { Self(AnswerMark.answer) ?? .date }
    static var forwardedFor: Self { Self("X-Forwarded-For") ?? .date }
}

extension Duration {
    /// Seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
    /// Seconds, to the microsecond.
    var rounded: Double { (seconds * 1e6).rounded() / 1e6 }
}
