internal import Funnel
internal import Outreach
internal import OutreachClient
internal import OutreachStore
internal import Reporting

/// What offices state, and programmes: tables that are taken whole or not at all.
protocol StatedPlace {
    /// - Throws: `RowsRefused` where rows are wrong; a failure with every conflict where the ledger has other content.
    func take(_ table: StatedTable) async throws -> JSONRow
    func stated(_ asked: StatedQuestion) async throws -> [JSONRow]
    func void(_ id: StatementID, of kind: StatedKind, why: String) async throws
    func programmes() async throws -> [JSONRow]
    /// Its units.
    func programme(_ code: String) async throws -> [JSONRow]
}

/// A file as it is imported.
struct StatedTable {
    enum Content {
        /// - Parameter replacing: whether other numbers take the place of those that stand.
        case stated(StatedKind, replacing: Bool)
        case programmes
    }

    let content: Content
    let file: ImportFile
    /// What headers mean that are not ours.
    let map: [String: String]
    let isPreview: Bool

    /// What the file lists, as JSON names it.
    var name: String {
        switch content {
        case .stated(let kind, _): kind.name
        case .programmes: "programme"
        }
    }
}

/// What is listed of what offices state.
struct StatedQuestion {
    let kind: StatedKind
    /// A code of the map or of the union tree.
    let area: String?
    let figure: HeadlineMeasure?
    let withHistory: Bool
}

/// Rows of a file that are wrong.
struct RowsRefused: Error {
    let headers: [String]
    let rows: Int
    let report: RowReport
}

extension Workplace: StatedPlace {
    func take(_ table: StatedTable) async throws -> JSONRow {
        let (plan, isWritten) =
            switch table.content {
            case .stated(let kind, let replacing): try await state(table, kind, replacing: replacing)
            case .programmes: try await addProgrammes(table)
            }
        if isWritten { try await seal() }
        return JSONRow(plan)
    }

    private func state(
        _ table: StatedTable, _ kind: StatedKind, replacing: Bool
    ) async throws -> (JSONValue, isWritten: Bool) {
        let read = try StatedFile(
            table.file, kind: kind,
            units: try await StatedUnitDirectory.read(of: federation, areas: areas, on: connection),
            words: HeadlineMeasure.words, map: table.map, today: Self.today)
        guard read.report.isEmpty else {
            throw RowsRefused(headers: read.headers, rows: read.rows, report: read.report)
        }
        var plan = try await facts.plan(read.statements, kind: kind, on: connection)
        guard replacing || plan.revised.isEmpty else {
            throw CommandFailure(.conflict, issues: plan.conflicts(lines: read.lines))
        }
        let isWritten = !table.isPreview && plan.added.count + plan.revised.count > 0
        if isWritten {
            plan = try await facts.state(
                read.statements, kind: kind, replacing: replacing, file: table.file.hash.hexadecimal,
                on: connection)
        }
        return (plan.json(kind, rows: read.rows, lines: read.lines, isPreview: table.isPreview), isWritten)
    }

    private func addProgrammes(_ table: StatedTable) async throws -> (JSONValue, isWritten: Bool) {
        let read = try ProgrammeFile(table.file, areas: areas, map: table.map)
        guard read.report.isEmpty else {
            throw RowsRefused(headers: read.headers, rows: read.rows, report: read.report)
        }
        let plan = try await ProgrammePlan(read.programmes, in: federation, on: connection)
        guard plan.conflicts.isEmpty else { throw CommandFailure(.conflict, issues: plan.conflicts) }
        let isWritten = !table.isPreview && !plan.added.isEmpty
        if isWritten {
            try await facts.add(read.programmes, file: table.file.hash.hexadecimal, on: connection)
        }
        return (plan.json(rows: read.rows, isPreview: table.isPreview), isWritten)
    }

    func stated(_ asked: StatedQuestion) async throws -> [JSONRow] {
        try await StatedReader(federation: federation).rows(
            asked.kind, of: asked.area, figure: asked.figure, withHistory: asked.withHistory, areas: areas,
            on: connection
        ).map(JSONRow.init)
    }

    func void(_ id: StatementID, of kind: StatedKind, why: String) async throws {
        do throws(RecordingError) {
            try await facts.void(id, kind: kind, why: why, on: connection)
        } catch {
            guard case .notFound = error else { throw error }
            throw CommandFailure.unknownStatement
        }
        try await seal()
    }

    func programmes() async throws -> [JSONRow] {
        try await Programme.all(of: federation, on: connection).map { JSONRow($0.json) }
    }

    func programme(_ code: String) async throws -> [JSONRow] {
        guard let programme = try await Programme.read(code, federation: federation, on: connection) else {
            throw CommandFailure.programmeUnknown
        }
        return programme.units.map { JSONRow($0.json) }
    }
}

extension RemoteWorkplace: StatedPlace {
    private static func path(of kind: StatedKind) -> String {
        kind == .declared ? "declared-totals" : "targets"
    }

    func take(_ table: StatedTable) async throws -> JSONRow {
        let path: String
        var isReplacing = false
        switch table.content {
        case .stated(let kind, let replacing):
            path = Self.path(of: kind)
            // Of targets it goes without saying.
            isReplacing = kind == .declared && replacing
        case .programmes: path = "programmes"
        }
        // The same again is there already: nothing is recorded twice.
        var question = OutreachClient.Question(.post, path, isRepeatable: true)
        let (headers, rows, text) = try Self.content(of: table.file)
        question.table = text
        question.query = [
            "dry_run": table.isPreview ? "true" : nil, "replace": isReplacing ? "true" : nil,
            "map": table.map.isEmpty ? nil : Self.text(of: table.map),
        ]
        do {
            return try await row(asking: question)
        } catch let problem as ServerProblem where problem.code == "invalid-rows" {
            var report = RowReport()
            for issue in problem.issues {
                guard let place = RowPlace(issue.pointer) else {
                    throw CommandFailure(asking: .notOurs(status: problem.status))
                }
                report.add(issue, line: place.line, column: place.column)
            }
            throw RowsRefused(headers: headers, rows: rows, report: report)
        } catch let problem as ServerProblem where problem.status == 403 {
            throw RecordingError.notAllowed
        }
    }

    /// The file in UTF-8, its headers, and how many rows there are.
    private static func content(
        of file: ImportFile
    ) throws -> (headers: [String], rows: Int, text: [UInt8]) {
        try file.restart()
        var text: [UInt8] = []
        while let piece = try file.next() { text += piece }
        var records = CSVRecords()
        records.append(text)
        records.finish()
        guard records.next() else { return ([], 0, text) }
        let headers = (0..<records.fields.count).map(records.text)
        var rows = 0
        while records.next() { rows += 1 }
        return (headers, rows, text)
    }

    private static func text(of map: [String: String]) -> String {
        var writer = CSVWriter(profile: .data)
        for (theirs, ours) in map.sorted(by: { $0.key < $1.key }) {
            writer.write(row: [.text(theirs), .text(ours)])
        }
        return writer.text
    }

    func stated(_ asked: StatedQuestion) async throws -> [JSONRow] {
        var question = OutreachClient.Question(.get, Self.path(of: asked.kind))
        question.query = [
            "area": asked.area, "figure": asked.figure?.rawValue, "history": asked.withHistory ? "true" : nil,
        ]
        return try await row(question).required { $0.rows("items") }
    }

    func void(_ id: StatementID, of kind: StatedKind, why: String) async throws {
        // A second time there is nothing left to take back.
        var question = OutreachClient.Question(.delete, Self.path(of: kind), "\(id)", isRepeatable: false)
        question.body = .object([.init("why", .string(why))])
        _ = try await bytes(question, [404: CommandFailure.unknownStatement])
    }

    func programmes() async throws -> [JSONRow] {
        try await row(.init(.get, "programmes")).required { $0.rows("items") }
    }

    func programme(_ code: String) async throws -> [JSONRow] {
        try await row(.init(.get, "programmes", code), [404: CommandFailure.programmeUnknown])
            .required { $0.rows("units") }
    }
}

extension CommandFailure {
    fileprivate static var unknownStatement: CommandFailure {
        CommandFailure(
            .notFound, code: "statement.not_found", pointer: "id",
            rule: Bilingual(zh: "没有这个编号，或已经撤回", en: "there is no such id, or it is taken back already"),
            mend: Bilingual(zh: "用 list 查找编号", en: "find it with list"))
    }

    fileprivate static var programmeUnknown: CommandFailure {
        CommandFailure(
            .notFound, code: "programme.unknown", pointer: "programme",
            rule: Bilingual(zh: "没有这个项目", en: "no such programme"),
            mend: Bilingual(zh: "见 goutong programme list", en: "see goutong programme list"))
    }
}
