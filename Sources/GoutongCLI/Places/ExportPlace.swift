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
        let comparison = try await programme.comparison(
            windowDays: order.windowDays ?? programme.windowDays, to: order.to ?? defaultLastDay, at: moment,
            federation: federation, on: connection)
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
        var question = OutreachClient.Question(.get, "reports", "pilot-comparison")
        question.accept = "application/x-tar"
        question.query = [
            "programme": order.programme, "window": order.windowDays.map(String.init),
            "to": order.to?.iso, "as_known_at": order.asKnownAt,
        ]
        let archive = try await bytes(question, [404: CommandFailure.unknownProgramme])
        guard let files = TapeArchive.files(in: archive), Set(files.map(\.name)) == PilotFolder.fileNames
        else { throw CommandFailure(asking: .notOurs(status: 200)) }
        return files
    }
}

extension CommandFailure {
    fileprivate static var unknownProgramme: CommandFailure {
        CommandFailure(
            .notFound, code: "programme.unknown", pointer: "--programme",
            rule: Bilingual(zh: "没有这个项目", en: "no such programme"),
            mend: Bilingual(zh: "核对项目代码", en: "check its code"))
    }
}
