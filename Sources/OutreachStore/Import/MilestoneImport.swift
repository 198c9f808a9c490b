internal import Foundation
public import Outreach
public import PostgresClient

/// Steps of firms on their way into the ledger: each row as `FactRecorder.add` records it, many in a transaction.
public struct MilestoneImport: LedgerImport {
    static let batchSize = 1000

    let federation: Federation
    let authority: Authority
    let connection: PostgresConnection
    let words: [String: String]
    let source: any ImportSource
    let watch: (ImportProgress) -> Void

    public private(set) var report = RowReport()
    public private(set) var count = ImportCount()
    public private(set) var headers: [String] = []
    private var map: [String: String] = [:]
    private var today = Day(ordinal: 0)
    private var refused: Set<Int> = []

    /// - Parameter words: for codes, by column and word: `kind.批复成立`.
    public init(
        _ source: any ImportSource, into federation: Federation, words: [String: String] = [:],
        on connection: PostgresConnection, watch: @escaping (ImportProgress) -> Void = { _ in }
    ) {
        self.federation = federation
        self.words = words
        self.connection = connection
        self.source = source
        self.watch = watch
        authority = .operator(of: federation)
    }

    public var run: ImportRun {
        ImportRun(federation: federation, authority: authority, kind: .milestones, fileHash: source.hash)
    }

    private var ledger: MilestoneLedger { MilestoneLedger(federation: federation, authority: authority) }

    // MARK: Reading and checking

    public mutating func read(map: [String: String], today: Day) async throws {
        self.map = map
        self.today = today
        var hashes: [MilestoneID: [UInt8]] = [:]
        try await eachBatch { work, rows, report, lines in
            work.report.add(report)
            work.count.rows += lines
            let known = try await work.ledger.look(rows, on: work.connection)
            for row in rows {
                guard let firm = known.firms[row.firm] else {
                    work.refuse(row.line, MilestoneSetRule.unknownFirm)
                    continue
                }
                let id = row.identified.id
                let hash = row.identified.factsHash(firm: firm)
                let before = hashes[id] ?? known.hashes[id]
                hashes[id] = hash
                if before == nil {
                    work.count.added += 1
                } else if before == hash {
                    work.count.present += 1
                } else {
                    work.refuse(row.line, MilestoneSetRule.conflict)
                }
            }
            work.watch(ImportProgress(.reading, rows: work.count.rows))
        }
    }

    private mutating func refuse(_ line: Int, _ issue: DocumentIssue) {
        refused.insert(line)
        report.add(issue, line: line, column: nil)
    }

    public mutating func check() async throws {
        report.sort()
        count.bad = report.lines.count
    }

    public mutating func preview() async throws {}

    // MARK: Publishing

    public mutating func publish() async throws {
        let good = count.good
        (count.added, count.present) = (0, 0)
        var isFirst = true
        var done = 0
        try await eachBatch { work, rows, _, _ in
            let rows = rows.filter { !work.refused.contains($0.line) }
            var frame: [SQL] = isFirst ? work.run.begin(rows: good) : []
            isFirst = false
            done += rows.count
            if done == good { frame.append(work.run.end) }
            let ledger = work.ledger
            let added = try await work.connection.transaction { connection in
                try await ledger.publish(rows, frame, on: connection)
            }
            work.count.added += added
            work.count.present += rows.count - added
            work.watch(ImportProgress(.publishing, rows: done, of: good))
        }
    }

    // MARK: The file

    private func eachRowBatch() throws -> (records: CSVRecords, headers: [String], reader: MilestoneRowReader)
    {
        try source.restart()
        var records = CSVRecords()
        guard try records.next(from: source) else { throw DocumentRefused.emptyFile }
        let headers = (0..<records.fields.count).map(records.text)
        let header = try ImportHeader<MilestoneColumn>(headers, map: map)
        return (records, headers, MilestoneRowReader(header: header, words: words, today: today))
    }

    /// - Parameter body: gets the rows that are whole, what is wrong with the others, and how many there are.
    private mutating func eachBatch(
        _ body: (inout MilestoneImport, [MilestoneRow], RowReport, Int) async throws -> Void
    ) async throws {
        var (records, headers, reader) = try eachRowBatch()
        self.headers = headers
        var isOver = false
        while !isOver {
            var rows: [MilestoneRow] = []
            var report = RowReport()
            var lines = 0
            while lines < Self.batchSize {
                guard try records.next(from: source) else {
                    isOver = true
                    break
                }
                lines += 1
                if let row = reader.read(records, &report) { rows.append(row) }
            }
            if lines > 0 { try await body(&self, rows, report, lines) }
        }
    }
}

extension MilestoneRow {
    /// The milestone with its id: the file's, or one that follows from all that the row says.
    var identified: Milestone {
        guard needsID else { return milestone }
        var milestone = milestone
        let named =
            switch firm {
            case .id(let id): "\(id)"
            case .uscc(let code): code.text
            }
        milestone.id = .derived(
            from: "milestone", "import", named, milestone.kind.rawValue, milestone.on.iso,
            milestone.reference ?? "", milestone.unionName ?? "", milestone.form?.rawValue ?? "",
            milestone.members.map(String.init) ?? "", milestone.meeting.map { "\($0)" } ?? "",
            milestone.intentForm?.rawValue ?? "")
        return milestone
    }
}
