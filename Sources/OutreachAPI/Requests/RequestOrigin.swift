internal import Foundation
internal import Hummingbird

/// Where a browser says that a request comes from.
struct RequestOrigin {
    /// `host:port` that the request names.
    private let host: String
    /// `scheme://host:port` of the page that sent it.
    private let origin: String?
    private let fetchSite: String?
    private let isForwarded: Bool

    init(_ request: Request) {
        host = (request.head.authority ?? "").lowercased()
        origin = request.headers[.origin]?.lowercased()
        fetchSite = HTTPFields.Element.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }?.lowercased()
        isForwarded = ["X-Forwarded-Proto", "X-Forwarded-For", "Forwarded"]
            .contains { name in HTTPFields.Element.Name(name).map { request.headers[$0] != nil } ?? false }
    }

    /// Whether a page of another site may have sent it. A browser says so in Sec-Fetch-Site, an older one in
    /// Origin; one that says nothing is no browser, or cannot be believed.
    /// - Parameter isSilenceAllowed: for a request that carries no cookie: then there is nothing to borrow.
    func isForeign(isSilenceAllowed: Bool) -> Bool {
        if let fetchSite { return fetchSite != "same-origin" }
        guard let origin else { return !isSilenceAllowed }
        guard let separator = origin.range(of: "://") else { return true }
        return origin[separator.upperBound...] != host
    }

    /// Plain HTTP on the machine itself, not through a proxy, and not a page that came by HTTPS.
    var isPlainLoopback: Bool {
        guard !isForwarded, origin.map({ $0.hasPrefix("http://") }) ?? true else { return false }
        let name =
            host.hasPrefix("[") ? String(host.prefix { $0 != "]" }) + "]" : String(host.prefix { $0 != ":" })
        return ["localhost", "127.0.0.1", "[::1]"].contains(name)
    }
}
