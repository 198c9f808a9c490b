public import Outreach
public import PostgresClient

/// A list of firms on its way into the ledger: read and checked row by row into a temporary table, checked as a
/// whole and against the ledger there, then published in short batches under the recorder's locks and stamps.
///
/// Nothing that stays is written before `publish`. A run that was stopped between two batches is finished by the
/// next run of the same file: what is in the ledger is found there and left as it is.
public struct FirmImport {
    /// Rows a batch: as many as the locks of one transaction allow on a server with the usual settings.
    static let batchSize = 1000

    let federation: Federation
    let authority: Authority
    let clock: LedgerClock
    let areas: AreaTable
    let connection: PostgresConnection
    let watch: (ImportProgress) -> Void
    let source: any ImportSource

    private var codes = SeenCodes()
    /// Whether a row has no code, so that its name tells which firm it is.
    private var hasBare = false

    /// Everything wrong with the rows, in the order of the file after `check`.
    public private(set) var report = RowReport()
    public private(set) var count = ImportCount()
    public private(set) var headers: [String] = []

    /// - Parameter watch: told every few thousand rows.
    public init(
        _ source: any ImportSource, into federation: Federation, areas: AreaTable,
        on connection: PostgresConnection, watch: @escaping (ImportProgress) -> Void = { _ in }
    ) {
        self.federation = federation
        authority = .operator(of: federation)
        clock = LedgerClock(federation: federation)
        self.areas = areas
        self.connection = connection
        self.watch = watch
        self.source = source
    }

    public var run: ImportRun {
        ImportRun(federation: federation, authority: authority, kind: .firms, fileHash: source.hash)
    }

    // MARK: Reading

    /// Reads the file into the temporary table; rows that are wrong in themselves stay out.
    /// - Throws: `DocumentRefused` for a file without a header that can be read, and what the source throws.
    public mutating func read(map: [String: String], today: Day) async throws {
        try source.restart()
        try await connection.script(FirmStage.create)
        var records = CSVRecords()
        guard try records.next(from: source) else { throw DocumentRefused.emptyFile }
        headers = (0..<records.fields.count).map(records.text)
        let header = try ImportHeader<FirmColumn>(headers, map: map)
        var reader = FirmRowReader(
            header: header, areas: ImportAreas(areas),
            types: try await RegistrationTypes.read(on: connection), today: today)
        var report = RowReport()
        var rows = 0
        var codes = SeenCodes()
        var hasBare = false
        let watch = watch
        let source = source
        let chunks = CopyChunks { chunk in
            while !chunk.isFull {
                guard try records.next(from: source) else { return false }
                rows += 1
                guard reader.read(records, &report) else { continue }
                FirmStage.write(reader.row, to: &chunk)
                codes.insert(reader.row.uscc)
                hasBare = hasBare || reader.row.uscc.isEmpty
            }
            watch(ImportProgress(.reading, rows: rows))
            return true
        }
        try await connection.copyIn(FirmStage.copy, from: chunks)
        self.report = report
        self.codes = codes
        self.hasBare = hasBare
        count.rows = rows
    }

    // MARK: Checking

    /// Checks the rows as a whole and against the ledger; takes out what is wrong, and counts.
    public mutating func check() async throws {
        watch(ImportProgress(.checking, rows: count.rows))
        try await connection.script("SET work_mem = '128MB'")
        try await connection.script(FirmStage.count)
        if codes.suspected?.isEmpty != true {
            try await refuse(FirmStage.codesTwice(among: codes.suspected), SetRule.codeTwice)
        }
        try await refuse(FirmStage.nameConflicts(federation.id), SetRule.nameConflict)
        if hasBare {
            try await refuse(FirmStage.namesTwice, SetRule.nameTwice)
            try await refuse(FirmStage.firmsTwice(federation.id), SetRule.firmTwice)
        }
        try await connection.script("RESET work_mem")
        report.sort()
        count.bad = report.lines.count
    }

    private mutating func refuse(_ query: SQL, _ rule: DocumentIssue) async throws {
        let found = try await connection.query(query).decode((Int, Int).self)
        guard !found.isEmpty else { return }
        for (line, other) in found {
            report.add(rule, line: line, column: nil, other: other == 0 ? nil : other)
        }
        try await connection.execute(FirmStage.remove(Array(Set(found.map(\.0)))))
    }

    // MARK: Publishing

    /// What publishing would come to: every batch is published, and rolled back.
    public mutating func preview() async throws {
        try await eachBatch(isPreview: true)
    }

    /// Publishes the rows that are left, and drops the temporary table.
    public mutating func publish() async throws {
        try await eachBatch(isPreview: false)
        try await connection.script(FirmStage.drop)
    }

    private mutating func eachBatch(isPreview: Bool) async throws {
        try await connection.script(FirmStage.index)
        let ends = try await connection.query(
            """
            SELECT line FROM (
                SELECT line, row_number() OVER (ORDER BY line) AS number, count(*) OVER () AS total
                FROM pg_temp.import_firm) n
            WHERE number % \(Self.batchSize) = 0 OR number = total
            ORDER BY line
            """
        ).map { row in try row.decode(Int.self) }
        var after = 0
        for (index, end) in ends.enumerated() {
            let batch = FirmBatch(
                federation: federation.id, after: after, through: end, since: federation.since)
            var frame: [SQL] = []
            if index == 0 { frame += run.begin(rows: count.good) }
            if index == ends.count - 1 { frame.append(run.end) }
            try await publish(batch, frame, isPreview: isPreview)
            after = end
            // A planner that takes the tables for empty does not know one of their indexes from another.
            if !isPreview, [1, 10, 100, ends.count].contains(index + 1) {
                try await connection.script(FirmBatch.analyze)
            }
            watch(
                ImportProgress(
                    .publishing, rows: min((index + 1) * Self.batchSize, count.good), of: count.good))
        }
    }

    private struct Preview: Error {
        let added: (new: Int, known: Int, changed: Int)
    }

    private mutating func publish(_ batch: FirmBatch, _ frame: [SQL], isPreview: Bool) async throws {
        let authority = authority
        let clock = clock
        let done: (new: Int, known: Int, changed: Int)
        do {
            done = try await connection.transaction { connection in
                let opening = try await authority.begin(
                    for: .recording,
                    then: FirmBatch.settings + [clock.shareLock, batch.lockKeys, batch.gaining, clock.stamp],
                    on: connection)
                let stamp = try opening[opening.count - 1].only().decode(PostgresTimestamp.self)
                var statements: [SQL] = []
                if !opening[opening.count - 2].isEmpty { statements += batch.gain(stamp) }
                statements.append(batch.make(stamp))
                let make = statements.count - 1
                let results = try await connection.pipeline(statements + frame)
                let (new, known) = try results[make].only().decode((Int, Int).self)
                var changed = 0
                if known > 0 {
                    let added = try await connection.pipeline(batch.add(stamp))
                    changed = try added[added.count - 1].only().decode(Int.self)
                }
                if isPreview { throw Preview(added: (new, known, changed)) }
                return (new, known, changed)
            }
        } catch {
            guard case .body(let preview as Preview, _) = error else { throw error }
            done = preview.added
        }
        count.added += done.new
        count.changed += done.changed
        count.present += done.known - done.changed
    }
}

extension CSVRecords {
    /// Goes to the next row, with more of the file where it is needed; false at the end.
    public mutating func next(from source: any ImportSource) throws -> Bool {
        while !next() {
            guard let chunk = try source.next() else {
                finish()
                return next()
            }
            append(chunk)
        }
        return true
    }
}

extension RegistrationTypes {
    /// Of the classification in force.
    static func read(on connection: PostgresConnection) async throws(PostgresError) -> RegistrationTypes {
        let rows = try await connection.query(
            """
            SELECT code, name FROM goutong.registration_type
            WHERE classification_version = \(RegistrationTypes.version) ORDER BY code
            """
        ).decode((String, String).self)
        return RegistrationTypes(rows.map { RegistrationType(code: $0.0, name: $0.1) })
    }
}

extension ImportAreas {
    init(_ table: AreaTable) {
        self.init(
            table.townships.map { area in
                Version(
                    id: area.id, district: area.district, validFrom: area.validFrom, validTo: area.validTo,
                    entry: AreaEntry(
                        code: area.code, name: area.name, aliases: area.aliases,
                        districtName: area.districtName))
            })
    }
}

extension DocumentRefused {
    static var emptyFile: DocumentRefused {
        DocumentRefused(
            first: DocumentIssue(
                code: "file.empty", pointer: "1",
                rule: Bilingual(zh: "文件是空的", en: "the file is empty"),
                mend: Bilingual(
                    zh: "第一行是表头；模板见 goutong import template",
                    en: "the first row is the header; goutong import template prints the template")))
    }
}
