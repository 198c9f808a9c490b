internal import Foundation

/// Where a service is reached. Plain `http` is for this machine only: a token and people's names travel.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
    public enum Problem: Error, Hashable, Sendable {
        /// Not a URL of a service: another scheme, a password in it, a query.
        case form
        /// `http` to another machine.
        case insecure
    }

    let base: URL

    public init(_ text: String) throws(Problem) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let parts = URLComponents(string: trimmed), let scheme = parts.scheme?.lowercased(),
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil,
            parts.query == nil, parts.fragment == nil, let url = parts.url
        else { throw .form }
        switch scheme {
        case "https": break
        case "http":
            guard Self.loopback.contains(host.lowercased()) else { throw .insecure }
        default: throw .form
        }
        base = url
    }

    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "::1", "[::1]"]

    func url(of path: String) -> String { base.absoluteString + path }

    /// The same text for every way of writing one address: scheme, host and port, and the path it lies below.
    public var identity: String {
        let scheme = base.scheme?.lowercased() ?? ""
        let host = base.host()?.lowercased() ?? ""
        let port = base.port ?? (scheme == "https" ? 443 : 80)
        let shown = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return "\(scheme)://\(shown):\(port)\(base.path())"
    }

    public var description: String { base.absoluteString }
}
