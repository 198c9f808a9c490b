internal import Hummingbird
internal import Outreach
internal import PostgresClient

/// What the admin port answers: to whoever supervises the service, never to its users.
enum AdminRouter {
    static func make(
        readiness: Readiness, metrics: ServiceMetrics, pool: PostgresPool
    ) -> Router<BasicRequestContext> {
        let router = Router()
        // The process turns its wheels. A database that is gone is no reason to restart it.
        router.get("live") { _, _ in Response.json(.object([.init("live", .bool(true))])) }
        router.get("ready") { _, _ in
            let cause = readiness.current
            let members: [JSONValue.Member] =
                [.init("ready", .bool(cause == nil))]
                + (cause.map { [.init("cause", .string($0.rawValue))] } ?? [])
            return Response.json(.object(members), status: cause == nil ? .ok : .serviceUnavailable)
        }
        router.get("metrics") { _, _ in
            let text = metrics.text(pool: await pool.standing, isReady: readiness.current == nil)
            return Response(
                status: .ok, headers: [.contentType: MetricsText.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
        return router
    }
}

extension Response {
    fileprivate static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: value.text() + "\n")))
    }
}
