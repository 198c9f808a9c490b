public import Hummingbird
internal import OutreachStore

/// The one place where the service is put together.
public struct OutreachService: Sendable {
    let ledger: Ledger

    public init(ledger: Ledger) { self.ledger = ledger }

    /// Every route, with what stands before it.
    public func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: BearerAuthenticator(ledger: ledger))
        let v1 = router.group("v1")
        MeetingController(ledger: ledger).register(in: v1)
        return router
    }
}
