internal import Outreach
internal import OutreachClient
internal import OutreachStore

/// Firms and their steps towards a union.
protocol FirmPlace {
    func firms(matching text: String) async throws -> [JSONRow]
    /// By credit code or id.
    func firm(_ text: String) async throws -> JSONRow
    /// In order of the days on which it happened.
    func history(of firm: String) async throws -> (firm: JSONRow, entries: [JSONRow])
    func milestones(of firm: String) async throws -> [MilestoneStep]
    /// Whether it is new; the same again changes nothing.
    func add(_ milestone: Milestone, to firm: String) async throws -> Bool
    func void(_ milestone: MilestoneID) async throws
    /// Counts a duplicate as another firm.
    func merge(_ duplicate: String, into kept: String) async throws
    /// Undoes that.
    func unmerge(_ duplicate: String) async throws
}

/// A step as it is listed.
struct MilestoneStep {
    let id: MilestoneID
    let kind: MilestoneKind
    let on: Day
    let ofDocument: Bool
    /// Established, with no election on record.
    let isFlagged: Bool

    var warnings: [DocumentIssue] { isFlagged ? [MilestoneKind.establishedWithoutElection] : [] }
}

extension Workplace: FirmPlace {
    private var search: FirmSearch { FirmSearch(federation: federation) }

    func firms(matching text: String) async throws -> [JSONRow] {
        try await search.firms(matching: text, on: connection).map { JSONRow($0.json) }
    }

    func firm(_ text: String) async throws -> JSONRow { JSONRow(try await listing(of: text).json) }

    func history(of firm: String) async throws -> (firm: JSONRow, entries: [JSONRow]) {
        let firm = try await listing(of: firm)
        let entries = try await search.history(of: firm.id, on: connection)
        return (JSONRow(firm.json), entries.map { JSONRow($0.json) })
    }

    func milestones(of firm: String) async throws -> [MilestoneStep] {
        let firm = try await listing(of: firm)
        let flagged = try await facts.foundingsWithoutElection(of: firm.id, on: connection)
        return try await facts.milestones(of: firm.id, on: connection).map {
            MilestoneStep(
                id: $0.id, kind: $0.kind, on: $0.on, ofDocument: $0.ofDocument,
                isFlagged: flagged.contains($0.id))
        }
    }

    func add(_ milestone: Milestone, to firm: String) async throws -> Bool {
        if let meeting = milestone.meeting { _ = try await standing(of: meeting) }
        return try await facts.add(milestone, to: try Arguments.firm(firm), on: connection)
    }

    func void(_ milestone: MilestoneID) async throws { try await facts.void(milestone, on: connection) }

    func merge(_ duplicate: String, into kept: String) async throws {
        let duplicate = try await listing(of: duplicate)
        let kept = try await listing(of: kept)
        try await facts.merge(duplicate.id, into: kept.id, as: .minted(), on: connection)
    }

    func unmerge(_ duplicate: String) async throws {
        let duplicate = try await listing(of: duplicate)
        guard let merge = try await facts.merge(of: duplicate.id, on: connection) else {
            throw CommandFailure.notMerged
        }
        try await facts.undo(merge, on: connection)
    }

    private func listing(of text: String) async throws -> FirmListing {
        guard let firm = try await search.firm(try Arguments.firm(text), on: connection) else {
            throw CommandFailure.unknownFirm
        }
        return firm
    }
}

extension RemoteWorkplace: FirmPlace {
    func firms(matching text: String) async throws -> [JSONRow] {
        var question = OutreachClient.Question(.get, "firms")
        question.query = ["q": text]
        return try await row(question).required { $0.rows("items") }
    }

    /// A name is checked here, as it is without a service.
    private func ask(_ firm: String, _ what: String? = nil) async throws -> JSONRow {
        _ = try Arguments.firm(firm)
        let question =
            what.map { OutreachClient.Question(.get, "firms", firm, $0) } ?? .init(.get, "firms", firm)
        return try await row(question, [404: CommandFailure.unknownFirm])
    }

    func firm(_ text: String) async throws -> JSONRow { try await ask(text) }

    func history(of firm: String) async throws -> (firm: JSONRow, entries: [JSONRow]) {
        let found = try await ask(firm, "history")
        return (try found.required { $0.row("firm") }, try found.required { $0.rows("items") })
    }

    func milestones(of firm: String) async throws -> [MilestoneStep] {
        try await ask(firm, "milestones").required { $0.rows("items") }.map { row in
            MilestoneStep(
                id: try row.required { $0.text("id").flatMap { MilestoneID($0) } },
                kind: try row.required { $0.text("kind").flatMap(MilestoneKind.init(rawValue:)) },
                on: try row.required { $0.text("on").flatMap { Day(iso: $0) } },
                ofDocument: row.flag("of_meeting"), isFlagged: row.rows("warnings")?.isEmpty == false)
        }
    }

    func add(_ milestone: Milestone, to firm: String) async throws -> Bool {
        var question = OutreachClient.Question(.post, "milestones", isRepeatable: true)
        question.body = .object(present: [
            "id": .string("\(milestone.id)"), "firm": .string(firm), "kind": .string(milestone.kind.rawValue),
            "on": .string(milestone.on.iso), "meeting": milestone.meeting.map { .string("\($0)") },
            "reference": milestone.reference.map(JSONValue.string),
            "union_name": milestone.unionName.map(JSONValue.string),
            "form": milestone.form.map { .string($0.rawValue) },
            "members": milestone.members.map(JSONValue.integer),
        ])
        do {
            let answer = try await row(question, [409: RecordingError.milestoneConflict])
            return try answer.required { $0.text("outcome") } == "recorded"
        } catch let problem as ServerProblem where problem.issues.map(\.code) == ["meeting.unknown"] {
            throw RecordingError.notFound
        }
    }

    func void(_ milestone: MilestoneID) async throws {
        _ = try await bytes(.init(.delete, "milestones", "\(milestone)"))
    }

    func merge(_ duplicate: String, into kept: String) async throws {
        let duplicate = try await ask(duplicate).required { $0.text("id") }
        let kept = try await ask(kept).required { $0.text("id") }
        var question = OutreachClient.Question(.post, "firm-merges", isRepeatable: true)
        question.body = .object([
            .init("id", .string("\(MergeID.minted())")), .init("duplicate", .string(duplicate)),
            .init("kept", .string(kept)),
        ])
        _ = try await row(question, [404: CommandFailure.unknownFirm])
    }

    func unmerge(_ duplicate: String) async throws {
        let duplicate = try await ask(duplicate).required { $0.text("id") }
        let nothing: Meanings = [404: CommandFailure.notMerged]
        let merge = try await row(.init(.get, "firms", duplicate, "merge"), nothing)
        _ = try await bytes(.init(.delete, "firm-merges", try merge.required { $0.text("id") }), nothing)
    }
}

extension CommandFailure {
    static var unknownFirm: CommandFailure {
        CommandFailure(
            .notFound, code: "firm.unknown", pointer: "firm",
            rule: Bilingual(zh: "台账中没有这家企业", en: "no such firm in the ledger"),
            mend: Bilingual(zh: "用 goutong firm find 按名称查找", en: "look it up with goutong firm find"))
    }

    fileprivate static var notMerged: CommandFailure {
        CommandFailure(
            .notFound, code: "firm.not_merged", pointer: "firm",
            rule: Bilingual(zh: "这家企业没有并入另一家", en: "this firm is not merged into another"),
            mend: Bilingual(zh: "用 goutong firm show 核对", en: "check it with goutong firm show"))
    }
}
