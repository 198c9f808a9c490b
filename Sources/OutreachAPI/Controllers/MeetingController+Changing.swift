internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

extension MeetingController {
    /// Corrects a meeting. `If-Match` names the revision that the caller has seen, and so does the document.
    /// The same correction again is a replay, also when others have followed.
    @Sendable func correct(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let id: MeetingID = try context.id()
        guard let tags = EntityTags(request.headers[.ifMatch]) else { throw Problem.preconditionRequired }
        let body = try await request.json(upTo: MeetingSubmission.maximumBytes)
        let submission = try decode(body)
        guard case .record = submission, submission.id == id, let replaces = submission.replaces,
            tags.contains(revision: replaces)
        else { throw Self.disagreement(submission, with: id) }
        do {
            return Response(try await record(submission, as: authority))
        } catch RecordingError.conflict(let current, _) {
            throw Problem.preconditionFailed(current)
        } catch RecordingError.notFound {
            // The meeting is not there for this account, or that revision is not.
            guard let current = try await current(of: id, as: authority) else { throw Problem.notFound }
            throw Problem.preconditionFailed(current.receipt)
        }
    }

    /// Voids a meeting, with a reason. The same void again is a replay.
    @Sendable func void(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let id: MeetingID = try context.id()
        let why = try MeetingVoid.reason(try await request.json(upTo: 16 << 10))
        guard let current = try await current(of: id, as: authority) else { throw Problem.notFound }
        // Voiding twice for the same reason is the same void again.
        if let reason = current.voidedBecause, reason != why {
            throw Problem.preconditionFailed(current.receipt)
        }
        let replaces = current.receipt.revision - (current.voidedBecause == nil ? 0 : 1)
        if let tags = EntityTags(request.headers[.ifMatch]), !tags.contains(revision: replaces) {
            throw Problem.preconditionFailed(current.receipt)
        }
        let void = MeetingSubmission.void(MeetingVoid(id: id, replaces: replaces, why: why))
        do {
            return Response(try await record(void, as: authority))
        } catch RecordingError.conflict(let current, _) {
            throw Problem.preconditionFailed(current)
        }
    }

    /// Declares a week of an area: complete, or without meetings. Saying it twice changes nothing.
    func declare(
        _ declaration: WeekDeclaration, _ request: Request, _ context: APIContext
    ) async throws -> Response {
        let authority = try context.acting()
        guard let week = Week(name: try context.segment("week")) else { throw Problem.notFound }
        let code = try AreaCode.declared(try await request.json(upTo: 16 << 10))
        guard let area = ledger.areas.area(code: code.text, on: week.end), code.text.utf8.count == 9,
            week.start <= OfficeTime.day(of: .now)
        else { throw Self.noSuchArea }
        let facts = FactRecorder(federation: ledger.federation, authority: authority)
        let isNew = try await ledger.pool.withConnection { connection in
            try await facts.declare(declaration, area: area.id, week: week, on: connection)
        }
        return Response(
            .object([
                .init("week", .string(week.name)), .init("area", .string(area.code)),
                .init("area_name", .string(area.name)),
                .init("declaration", .string(declaration.rawValue)),
                .init("outcome", .string(isNew ? "recorded" : "unchanged")),
            ]))
    }

    /// The last revision that the account may see, and correct: who may only read changes nothing.
    private func current(
        of id: MeetingID, as authority: Authority
    ) async throws -> (receipt: Receipt, voidedBecause: String?)? {
        try await ledger.transaction(as: authority, for: .recording, .readCommitted.readOnly) { connection in
            guard try await ActorScope.current(on: connection).rights.contains(.record) else {
                throw Problem.notAllowed
            }
            return try await MeetingReader(federation: ledger.federation).revisions(of: id, on: connection)
                .last
        }
    }

    private static func disagreement(_ submission: MeetingSubmission, with id: MeetingID) -> any Error {
        let issue =
            if submission.id != id {
                DocumentIssue(
                    code: "id.other", pointer: "/id",
                    rule: Bilingual(zh: "与地址中的编号不同", en: "not the id of the address"),
                    mend: Bilingual(zh: "两处写同一编号", en: "give the same id in both places"))
            } else if case .void = submission {
                DocumentIssue(
                    code: "void.by_delete", pointer: "/void",
                    rule: Bilingual(zh: "更正不能作废", en: "a correction does not void"),
                    mend: Bilingual(zh: "用 DELETE 作废", en: "void with DELETE"))
            } else {
                DocumentIssue(
                    code: "replaces.other", pointer: "/replaces",
                    rule: Bilingual(zh: "与 If-Match 的版本不同", en: "not the revision of If-Match"),
                    mend: Bilingual(
                        zh: "两处写所更正的版本号", en: "give the revision that is corrected in both places"))
            }
        return DocumentRefused(first: issue)
    }

    private static var noSuchArea: DocumentRefused {
        DocumentRefused(
            first: DocumentIssue(
                code: "area.not_valid_on_day", pointer: "/area",
                rule: Bilingual(
                    zh: "该周没有这个代码的街道（乡镇），或该周还没开始",
                    en: "no street or township has this code in that week, or it has not begun"),
                mend: Bilingual(zh: "核对代码", en: "check the code")))
    }
}

extension Problem {
    static var preconditionRequired: Problem {
        Problem(
            .preconditionRequired, code: "precondition-required",
            title: Bilingual(
                zh: "更正须以 If-Match 指明所见的版本", en: "a correction names the revision seen, with If-Match"))
    }

    /// 412 with the receipt of what is current.
    static func preconditionFailed(_ current: Receipt) -> Problem {
        var problem = Problem(
            .preconditionFailed, code: "not-current",
            title: Bilingual(zh: "该版本已不是当前版本，请重新读取", en: "not the current revision; read it again"))
        problem.current = current.description
        return problem
    }
}
