internal import Funnel
internal import Outreach
internal import OutreachClient
internal import OutreachStore
internal import PostgresClient
internal import Reporting

/// Folders of files.
protocol ExportPlace {
    /// Every fact without persons: `LedgerExport.fileNames`.
    func exportLedger(into folder: OutputFolder) async throws
    /// `PilotFolder.fileNames`, finished.
    func pilotComparison(_ order: PilotOrder) async throws -> [(name: String, bytes: [UInt8])]
}

/// A pilot comparison as it is asked for.
struct PilotOrder {
    let programme: String
    /// nil: the programme's own.
    let windowDays: Int?
    /// nil: today; for the sample, the last day that it has anything of.
    let to: Day?
    /// RFC 3339, as it was written.
    let asKnownAt: String?
    let language: Language
    var audience = PilotComparison.Audience.internal
    /// A public folder that readers already have.
    var previous: EarlierPublication?
    var declared: [DeclaredFigure] = []
}

extension Workplace: ExportPlace {
    func exportLedger(into folder: OutputFolder) async throws {
        let export = LedgerExport(federation: federation)
        try await export.announce(on: connection)
        let sink: @Sendable (LedgerTable, PostgresCopyOut) async throws -> Void = { table, rows in
            try await folder.stream(table.fileName, rows)
        }
        // Without a second connection, the tables are read in turn.
        if let second = try? await secondConnection() {
            try await export.run(on: connection, beside: second, sink)
            await second.close()
        } else {
            try await export.run(on: connection, sink)
        }
        try folder.write(LedgerDescriptor.json(federation), to: LedgerDescriptor.fileName)
    }

    func pilotComparison(_ order: PilotOrder) async throws -> [(name: String, bytes: [UInt8])] {
        guard
            let programme = try await Programme.read(order.programme, federation: federation, on: connection)
        else { throw CommandFailure.unknownProgramme }
        let moment = try await moment(order.asKnownAt)
        let authority = Authority.operator(of: federation)
        try await authority.note(
            AuditEvent(.exportComparison, object: .init(kind: "programme", id: order.programme)),
            on: connection)
        let window = order.windowDays ?? programme.windowDays
        guard order.audience == .internal || window == programme.windowDays else {
            throw CommandFailure.publicWindow
        }
        var comparison = try await programme.comparison(
            windowDays: window, to: order.to ?? defaultLastDay, at: moment, declared: order.declared,
            federation: federation, on: connection)
        if order.audience == .public { comparison = try comparison.published(after: order.previous) }
        return try PilotFolder(comparison, language: order.language).files()
    }
}

extension RemoteWorkplace: ExportPlace {
    func exportLedger(into folder: OutputFolder) async throws {
        var question = OutreachClient.Question(.get, "exports", "ledger")
        question.accept = "application/jsonl"
        let files = ReceivedFiles(LedgerExport.fileNames, into: folder)
        try await download(question) { piece in try files.append(piece) }
        try files.finish()
    }

    func pilotComparison(_ order: PilotOrder) async throws -> [(name: String, bytes: [UInt8])] {
        try Self.check(order.asKnownAt)
        guard order.previous == nil, order.declared.isEmpty else { throw CommandFailure.onlyAtTheLedger }
        var question = OutreachClient.Question(.get, "reports", "pilot-comparison")
        question.accept = "application/x-tar"
        question.query = [
            "programme": order.programme, "window": order.windowDays.map(String.init),
            "to": order.to?.iso, "as_known_at": order.asKnownAt,
            "audience": order.audience == .internal ? nil : order.audience.rawValue,
        ]
        let archive = try await bytes(question, [404: CommandFailure.unknownProgramme])
        guard let files = TapeArchive.files(in: archive), Set(files.map(\.name)) == PilotFolder.fileNames
        else { throw CommandFailure(asking: .notOurs(status: 200)) }
        return files
    }
}

extension CommandFailure {
    /// Two folders of other windows side by side would tell what each of them hides.
    fileprivate static var publicWindow: CommandFailure {
        CommandFailure(
            .usage, code: "window.public", pointer: "--window",
            rule: Bilingual(zh: "公开版只用项目自己的跟踪期", en: "the public folder has the programme's own window"),
            mend: Bilingual(zh: "去掉 --window", en: "leave out --window"))
    }

    fileprivate static var onlyAtTheLedger: CommandFailure {
        CommandFailure(
            .usage, code: "option.local", pointer: "--previous",
            rule: Bilingual(
                zh: "--previous 和 --declared 只能在台账所在的机器上使用",
                en: "--previous and --declared are for the machine that has the ledger"),
            mend: Bilingual(zh: "在那里运行，或去掉这些选项", en: "run it there, or leave them out"))
    }

    fileprivate static var unknownProgramme: CommandFailure {
        CommandFailure(
            .notFound, code: "programme.unknown", pointer: "--programme",
            rule: Bilingual(zh: "没有这个项目", en: "no such programme"),
            mend: Bilingual(zh: "核对项目代码", en: "check its code"))
    }
}
