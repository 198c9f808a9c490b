public import Hummingbird
internal import OutreachStore

/// The one place where the service is put together.
public struct OutreachService: Sendable {
    let ledger: Ledger

    public init(ledger: Ledger) { self.ledger = ledger }

    /// Every route, with what stands before it.
    public func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: RouteGuard(routes: routes))
        router.add(middleware: BearerAuthenticator(ledger: ledger))
        router.add(middleware: SessionAuthenticator(ledger: ledger))
        register(in: router)
        return router
    }

    /// One line a controller.
    private func register(in router: Router<APIContext>) {
        OpenAPIController().register(in: router)
        let v1 = router.group("v1")
        MeetingController(ledger: ledger).register(in: v1)
        OpinionController(ledger: ledger).register(in: v1)
        FirmController(ledger: ledger).register(in: v1)
        FirmMergeController(ledger: ledger).register(in: v1)
        MilestoneController(ledger: ledger).register(in: v1)
        PlaceController(ledger: ledger).register(in: v1)
        ReportController(ledger: ledger).register(in: v1)
        StatedController(ledger: ledger, kind: .declared).register(in: v1)
        StatedController(ledger: ledger, kind: .target).register(in: v1)
        ProgrammeController(ledger: ledger).register(in: v1)
        ExportController(ledger: ledger).register(in: v1)
        ApplicationController(ledger: ledger).register(in: v1)
        PersonController(ledger: ledger).register(in: v1)
        SessionController(ledger: ledger).register(in: v1)
        AccountController(ledger: ledger).register(in: v1)
        AccountAdministration(ledger: ledger).register(in: v1)
        AuditController(ledger: ledger).register(in: v1)
    }

    private static let streams: Set<String> = [
        "/v1/audit/export", "/v1/exports/ledger", "/v1/reports/changes",
    ]

    /// Which methods each path has, known before the first request.
    var routes: RouteTable {
        let bare = Router(context: APIContext.self)
        register(in: bare)
        return RouteTable(bare, streams: Self.streams)
    }
}
