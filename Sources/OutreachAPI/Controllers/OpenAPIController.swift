internal import Hummingbird
internal import NIOCore

/// `/openapi.json`: the description that the tests hold the service to.
struct OpenAPIController: Sendable {
    func register(in router: some RouterMethods<APIContext>) {
        router.get("openapi.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json", .cacheControl: "public, max-age=300"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
        }
    }
}
