internal import AsyncHTTPClient
public import Foundation

/// The service as the terminal sees it.
public struct OutreachClient: Sendable {
    public let server: URL

    public init(server: URL) { self.server = server }
}
