internal import Funnel
internal import Outreach
internal import OutreachClient
internal import OutreachStore
internal import Reporting

/// Figures, finished: the bytes of a report.
protocol ReportPlace {
    func weekly(_ order: WeeklyOrder) async throws -> [UInt8]
    func funnel(_ order: FunnelOrder) async throws -> [UInt8]
    /// Who has not reported a week, of one district or area where that is named.
    func silentUnits(_ week: Week, area: String?) async throws -> JSONRow
    /// The editions of a week that were issued.
    func editions(of week: Week) async throws -> JSONRow
    /// A number with the rows behind it.
    func explain(_ asked: FigureQuestion) async throws -> JSONRow
    /// What moved an issued report since.
    /// - Parameter edition: nil: the last one.
    func changes(
        _ week: Week, edition: Int?, progress: (_ compared: Int, _ moments: Int) -> Void
    ) async throws -> JSONRow
}

/// A weekly report as it is asked for.
struct WeeklyOrder {
    let week: Week
    /// Six or nine digits.
    let area: String?
    /// RFC 3339, as it was written.
    let asKnownAt: String?
    let format: ReportFormat
    let csvProfile: CSVWriter.Profile
    let language: Language
    var showsRanks = false
}

/// A funnel as it is asked for.
struct FunnelOrder {
    enum Format: String, CaseIterable { case text, html, csv, json, xlsx }

    let definition: FunnelDefinition
    let groups: FunnelGroups
    /// Whether employees, meetings, rates and coverage are told beside the counts: of a whole country that takes
    /// long, where the counts come from cells.
    let isMeasured: Bool
    /// nil: since the programme's first day.
    let from: Day?
    let to: Day
    let asKnownAt: String?
    let format: Format
    let language: Language
}

extension Workplace: ReportPlace {
    func weekly(_ order: WeeklyOrder) async throws -> [UInt8] {
        // Without one, the report is read in turn.
        async let second = try? secondConnection()
        let moment = try await moment(order.asKnownAt)
        let read = try await WeeklyFiguresReader(federation: federation, areas: areas).read(
            week: order.week, at: moment,
            definition: weeklyDefinition(of: order.week),
            on: connection, and: await second)
        let figures = try order.area.map { try read.figures.limited(to: $0) } ?? read.figures
        return try WeeklyReport(
            figures, circulation: Circulation(auditHead: read.auditHead?.text), showsRanks: order.showsRanks
        ).rendered(order.format, language: order.language, csvProfile: order.csvProfile)
    }

    func silentUnits(_ week: Week, area: String?) async throws -> JSONRow {
        let units = areas.townships.filter { unit in
            unit.isValid(on: week.end) && unit.code.hasPrefix(area ?? "")
        }
        if let area, ![6, 9].contains(area.utf8.count) || units.isEmpty { throw WeeklyFigures.unknownArea }
        let silent = try await SilentUnitReader(federation: federation)
            .silent(of: units, in: week, at: try await moment(nil), on: connection)
        return JSONRow(silent.json)
    }

    func editions(of week: Week) async throws -> JSONRow {
        let editions = try await IssuedReports(federation: federation).known(of: week, on: connection)
        return JSONRow(IssuedEdition.json(editions, of: week, in: federation))
    }

    func explain(_ asked: FigureQuestion) async throws -> JSONRow {
        if let unit = asked.key.unit, areas.area(code: unit, on: asked.week.end) == nil {
            throw asked.unknownUnit
        }
        let moment = try await moment(asked.asKnownAt)
        let rows = try await FigureRowReader(
            federation: federation, areas: areas, week: asked.week, at: moment,
            definition: weeklyDefinition(of: asked.week)
        ).rows(of: asked.key, on: connection)
        return JSONRow(
            ExplainedFigure(figure: asked.figure, week: asked.week, at: moment, of: federation, rows: rows)
                .json)
    }

    func changes(
        _ week: Week, edition: Int?, progress: (_ compared: Int, _ moments: Int) -> Void
    ) async throws -> JSONRow {
        let editions = try await IssuedReports(federation: federation).known(of: week, on: connection)
        let issued = editions[try UnknownEdition.number(edition, last: editions.count, of: week) - 1]
        async let second = try? secondConnection()
        let now = try await moment(nil)
        let definition = weeklyDefinition(of: week)
        let changes = try await ReportChangeReader(
            federation: federation, areas: areas, week: week, definition: definition
        ).changes(
            since: issued.moment, until: now, on: connection, and: await second, progress: progress)
        return JSONRow(changes.json(of: issued, by: definition, in: federation))
    }

    func funnel(_ order: FunnelOrder) async throws -> [UInt8] {
        let first = order.from ?? federation.since
        if first > order.to { throw FunnelCommand.noDays("--to") }
        let moment = try await moment(order.asKnownAt)
        let breakdown = try await FunnelReader(federation: federation).breakdown(
            definition: order.definition, from: first, to: order.to, by: order.groups,
            isMeasured: order.isMeasured,
            at: moment, on: connection)
        var names = areas.unitNames(on: order.to)
        if order.groups.levels.contains(.industry) {
            names.merge(try await FunnelReader.industries(on: connection)) { area, _ in area }
        }
        let table = FunnelTable(
            breakdown: breakdown, definition: order.definition, groups: order.groups, from: first,
            to: order.to, federation: federation.name, synthetic: federation.synthetic,
            asKnownAt: OfficeTime.text(of: moment), names: names)
        switch order.format {
        case .text: return Array((table.text(order.language) + "\n").utf8)
        case .html: return Array(table.html(order.language).utf8)
        // Ends its last row itself.
        case .csv: return Array(table.csv().utf8)
        case .json: return Array((table.json() + "\n").utf8)
        case .xlsx: return try table.workbookBytes(order.language)
        }
    }
}

extension RemoteWorkplace: ReportPlace {
    func weekly(_ order: WeeklyOrder) async throws -> [UInt8] {
        try Self.check(order.asKnownAt)
        if let area = order.area, ![6, 9].contains(area.utf8.count) { throw WeeklyFigures.unknownArea }
        var question = OutreachClient.Question(.get, "reports", "weekly")
        question.accept = order.format.mediaType
        let profile: String? =
            switch order.format {
            case .brief: "brief"
            case .csv: order.csvProfile.rawValue
            default: nil
            }
        // A week may begin on any day.
        question.query = [
            "ending": order.week.end.iso, "area": order.area, "as_known_at": order.asKnownAt,
            "profile": profile, "ranks": order.showsRanks ? "true" : nil,
        ]
        return try await bytes(question, [404: WeeklyFigures.unknownArea])
    }

    func silentUnits(_ week: Week, area: String?) async throws -> JSONRow {
        if let area, ![6, 9].contains(area.utf8.count) { throw WeeklyFigures.unknownArea }
        var question = OutreachClient.Question(.get, "reports", "missing")
        question.query = ["ending": week.end.iso, "area": area]
        return try await row(question, [404: WeeklyFigures.unknownArea])
    }

    func editions(of week: Week) async throws -> JSONRow {
        var question = OutreachClient.Question(.get, "reports", "issued")
        question.query = ["ending": week.end.iso]
        return try await row(question)
    }

    func explain(_ asked: FigureQuestion) async throws -> JSONRow {
        try Self.check(asked.asKnownAt)
        var question = OutreachClient.Question(.get, "reports", "explain")
        question.query = [
            "figure": asked.figure, "ending": asked.week.end.iso, "area": asked.area,
            "as_known_at": asked.asKnownAt,
        ]
        return try await row(question, [404: asked.unknownUnit])
    }

    func changes(
        _ week: Week, edition: Int?, progress: (_ compared: Int, _ moments: Int) -> Void
    ) async throws -> JSONRow {
        var question = OutreachClient.Question(.get, "reports", "changes")
        question.accept = "application/jsonl"
        question.query = ["ending": week.end.iso, "edition": edition.map(String.init)]
        var lines = ReceivedLines()
        var changes: JSONRow?
        try await download(question) { piece in
            for line in try lines.rows(in: piece) {
                guard changes == nil else { throw ReceivedLines.notOurs }
                changes = line.row("changes")
                if let compared = line.number("compared"), let moments = line.number("of") {
                    progress(compared, moments)
                }
            }
        }
        // Without its last line, the answer is not whole.
        guard let changes, lines.isOver else { throw ReceivedLines.notOurs }
        return changes
    }

    func funnel(_ order: FunnelOrder) async throws -> [UInt8] {
        try Self.check(order.asKnownAt)
        let definition = order.definition
        var question = OutreachClient.Question(.get, "reports", "funnel")
        question.accept = order.format.report.mediaType
        let window =
            switch definition.window {
            case .days(let days): "\(days)"
            case .unlimited: "none"
            }
        question.query = [
            "window": window,
            // Workers always start at their application.
            "start": definition.track == .firm ? definition.start.rawValue : nil,
            "by": order.groups.text, "from": order.from?.iso, "to": order.to.iso,
            "as_known_at": order.asKnownAt, "order": definition.order.rawValue,
            "anchor": definition.anchor.rawValue, "place": definition.place.rawValue,
            "track": definition.track.rawValue, "counts_only": order.isMeasured ? nil : "true",
        ]
        return try await bytes(question)
    }

    static func check(_ asKnownAt: String?) throws {
        guard let asKnownAt, OfficeTime.moment(asKnownAt) == nil else { return }
        throw Workplace.notAnInstant
    }
}

extension FunnelOrder.Format {
    fileprivate var report: ReportFormat {
        switch self {
        case .text: .text
        case .html: .html
        case .csv: .csv
        case .json: .json
        case .xlsx: .xlsx
        }
    }
}

extension ReportFormat {
    fileprivate var mediaType: String {
        switch self {
        case .text, .brief: "text/plain"
        case .html: "text/html"
        case .csv: "text/csv"
        case .json: "application/json"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}
