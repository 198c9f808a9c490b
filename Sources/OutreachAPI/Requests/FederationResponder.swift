internal import Hummingbird
internal import OutreachStore

/// Hands a request to the federation that its credentials name: a token and a session both carry it.
///
/// A request that names none, or one that is not served, goes to the first, which knows no such credentials.
struct FederationResponder: HTTPResponder {
    private let first: any HTTPResponder<APIContext>
    private let byCode: [String: any HTTPResponder<APIContext>]

    init(first: Ledger, others: [Ledger]) {
        func responder(_ ledger: Ledger) -> any HTTPResponder<APIContext> {
            OutreachService(ledger: ledger).router().buildResponder()
        }
        let first = (first.federation.code, responder(first))
        self.first = first.1
        byCode = Dictionary(
            [first] + others.map { ($0.federation.code, responder($0)) }, uniquingKeysWith: { one, _ in one })
    }

    func respond(to request: Request, context: APIContext) async throws -> Response {
        let named = byCode.count > 1 ? Self.federation(of: request).flatMap { byCode[$0] } : nil
        return try await (named ?? first).respond(to: request, context: context)
    }

    /// The middle part of a token or of a session's cookie, `KIND.FEDERATION.SECRET`.
    private static func federation(of request: Request) -> String? {
        var candidates: [Substring] = []
        if let header = request.headers[.authorization] {
            candidates.append(header.split(separator: " ").last ?? "")
        }
        for cookie in request.headers[.cookie]?.split(separator: ";") ?? [] {
            candidates.append(cookie.split(separator: "=", maxSplits: 1).last ?? "")
        }
        for candidate in candidates {
            let parts = candidate.split(separator: ".", omittingEmptySubsequences: false)
            if parts.count == 3 { return String(parts[1]) }
        }
        return nil
    }
}
