internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

/// `/v1/milestones`: dated steps of firms towards a union.
struct MilestoneController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.post("milestones", use: add)
        router.delete("milestones/:id", use: void)
        router.get("firms/:firm/milestones", use: list)
    }

    /// The same id with the same content is a replay: 200, where the first was 201.
    @Sendable func add(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let (milestone, firm) = try Milestone.decode(
            try await request.json(upTo: 64 << 10), today: OfficeTime.day(of: .now))
        if let meeting = milestone.meeting { try await check(meeting, as: authority) }
        let isNew = try await ledger.pool.withConnection { connection in
            try await facts(authority).add(milestone, to: .init(firm), on: connection)
        }
        return Response(
            .object([
                .init("id", .string("\(milestone.id)")),
                .init("outcome", .string(isNew ? "recorded" : "replayed")),
            ]), status: isNew ? .created : .ok)
    }

    /// A meeting that the account cannot see is answered as one that does not exist.
    private func check(_ meeting: MeetingID, as authority: Authority) async throws {
        let known = try await ledger.transaction(as: authority, for: .recording, .readCommitted.readOnly) {
            connection in
            try await MeetingReader(federation: ledger.federation).revisions(of: meeting, on: connection)
        }
        guard known.isEmpty else { return }
        throw DocumentRefused(
            first: DocumentIssue(
                code: "meeting.unknown", pointer: "/meeting",
                rule: Bilingual(zh: "没有这场沟通会", en: "no such meeting"),
                mend: Bilingual(zh: "核对编号，或去掉该字段", en: "check its id, or leave it out")))
    }

    /// Takes a step back. One that a meeting's document voiced goes with its meeting.
    @Sendable func void(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let id: MilestoneID = try context.id()
        try await ledger.pool.withConnection { connection in
            try await facts(authority).void(id, on: connection)
        }
        return Response(status: .noContent)
    }

    @Sendable func list(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let (steps, flagged) = try await ledger.reading(as: authority, requiring: [.firms]) { connection in
            let firm = try await ledger.firm(context, on: connection)
            return (
                try await facts(authority).milestones(of: firm.id, on: connection),
                try await facts(authority).foundingsWithoutElection(of: firm.id, on: connection)
            )
        }
        let items = steps.map { step in
            JSONValue.object([
                .init("id", .string("\(step.id)")), .init("kind", .string(step.kind.rawValue)),
                .init("on", .string(step.on.iso)), .init("of_meeting", .bool(step.ofDocument)),
                .init(
                    "warnings",
                    .array(
                        flagged.contains(step.id)
                            ? [Self.warning(MilestoneKind.establishedWithoutElection, request)] : [])),
            ])
        }
        return Response(.object([.init("items", .array(items))]))
    }

    private static func warning(_ issue: DocumentIssue, _ request: Request) -> JSONValue {
        .object([
            .init("code", .string(issue.code)), .init("pointer", .string(issue.pointer)),
            .init("rule", .string(request.language.of(issue.rule))),
            .init("mend", .string(request.language.of(issue.mend))),
        ])
    }

    private func facts(_ authority: Authority) -> FactRecorder {
        FactRecorder(federation: ledger.federation, authority: authority)
    }
}
