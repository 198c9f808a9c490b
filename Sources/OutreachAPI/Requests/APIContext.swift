public import Hummingbird
internal import Logging
internal import NIOCore
internal import OutreachStore

/// What belongs to one request.
public struct APIContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// On whose behalf it acts; set by the authenticator.
    var authority: Authority? {
        didSet { trail.account = authority?.login }
    }
    /// What its log line and the metrics tell of it.
    let trail: RequestTrail
    /// The browser's session that it belongs to; nil for one with a token.
    var session: WebSession?

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        trail = RequestTrail(peer: source.channel.remoteAddress?.ipAddress)
    }

    /// Documents have a limit of their own: a meeting with its people is some kilobytes.
    public var maxUploadSize: Int { 1 << 20 }

    /// The authority of an authenticated request.
    /// - Throws: 401 where there is none.
    func acting() throws(Problem) -> Authority {
        guard let authority else { throw .unauthenticated }
        return authority
    }
}
