internal import Foundation
public import Outreach
public import PostgresClient
public import Vault

/// Meetings on their way into the ledger, from a flat file or JSON lines. What is recorded is what recording the
/// documents one by one in the order of the file would record, with the batches' stamps.
public struct MeetingImport: LedgerImport {
    /// Firms a batch, which bounds its locks; and meetings.
    static let batchFirms = 1000
    static let batchMeetings = 250

    let federation: Federation
    let recorder: MeetingRecorder
    let authority: Authority
    let areas: AreaTable
    let vault: Vault
    let connection: PostgresConnection
    let words: ImportWords
    let source: any ImportSource
    let watch: (ImportProgress) -> Void

    public private(set) var report = RowReport()
    public private(set) var count = ImportCount()
    public private(set) var headers: [String] = []
    private var map: [String: String] = [:]
    private var today = Day(ordinal: 0)
    /// Lines on which meetings begin that are not to be recorded.
    private var refused: Set<Int> = []
    private var goodMeetings = 0

    public init(
        _ source: any ImportSource, into federation: Federation, areas: AreaTable, vault: Vault,
        words: ImportWords = [:], on connection: PostgresConnection,
        watch: @escaping (ImportProgress) -> Void = { _ in }
    ) {
        self.federation = federation
        self.areas = areas
        self.vault = vault
        self.words = words
        self.connection = connection
        self.source = source
        self.watch = watch
        authority = .operator(of: federation)
        recorder = MeetingRecorder(federation: federation, vault: vault, areas: areas)
    }

    public var run: ImportRun {
        ImportRun(federation: federation, authority: authority, kind: .meetings, fileHash: source.hash)
    }

    private var ledger: MeetingLedger { MeetingLedger(federation: federation, authority: authority) }

    private func meetings() throws -> MeetingSource {
        try MeetingSource(source, map: map, words: words, areas: areas, today: today)
    }

    // MARK: Reading

    public mutating func read(map: [String: String], today: Day) async throws {
        self.map = map
        self.today = today
        try await connection.script(MeetingStage.create)
        var meetings = try meetings()
        headers = meetings.headers
        var stage = MeetingStage()
        while let meeting = try meetings.next() {
            count.rows += meeting.rows
            for found in meeting.issues {
                report.add(found.issue, line: found.line, column: found.column)
            }
            if let document = meeting.identified {
                stage.add(document, Fingerprint(.record(document), vault: vault), line: meeting.line)
                goodMeetings += 1
            } else {
                refuse(meeting.line, rows: meeting.rows)
            }
            if stage.isFull {
                try await stage.flush(on: connection)
                watch(ImportProgress(.reading, rows: count.rows))
            }
        }
        try await stage.flush(on: connection)
    }

    private mutating func refuse(_ line: Int, rows: Int) {
        guard refused.insert(line).inserted else { return }
        count.bad += rows
    }

    // MARK: Checking

    public mutating func check() async throws {
        watch(ImportProgress(.checking, rows: count.rows))
        try await connection.script(MeetingStage.analyze)
        var found: [Int: (DocumentIssue, other: Int)] = [:]
        let rules: [(SQL, DocumentIssue)] = [
            (MeetingStage.listedTwice, MeetingSetRule.listedTwice),
            (MeetingStage.conflicts(federation.id), MeetingSetRule.conflict),
            (MeetingStage.applicantsElsewhere(federation.id), MeetingSetRule.applicantElsewhere),
        ]
        for (query, rule) in rules {
            for (line, other) in try await connection.query(query).decode((Int, Int).self) {
                found[line] = (rule, other)
            }
        }
        try await followFirms(found)
        report.sort()
    }

    /// Goes through the file a second time with a book of its firms, which tells those that are one, and counts
    /// those that are new.
    private mutating func followFirms(_ found: [Int: (DocumentIssue, other: Int)]) async throws {
        var book = FirmBook()
        var meetings = try meetings()
        var seen: Set<MeetingID> = []
        var waiting: [(line: Int, rows: Int, document: MeetingDocument)] = []
        while true {
            let meeting = try meetings.next()
            if let meeting, let document = meeting.identified {
                if let (issue, other) = found[meeting.line] {
                    report.add(issue, line: meeting.line, column: nil, other: other == 0 ? nil : other)
                    refuse(meeting.line, rows: meeting.rows)
                    goodMeetings -= 1
                } else {
                    waiting.append((meeting.line, meeting.rows, document))
                }
            }
            guard waiting.count == Self.batchMeetings || meeting == nil else { continue }
            try await follow(waiting, &book, &seen)
            waiting = []
            if meeting == nil { return }
        }
    }

    private mutating func follow(
        _ waiting: [(line: Int, rows: Int, document: MeetingDocument)], _ book: inout FirmBook,
        _ seen: inout Set<MeetingID>
    ) async throws {
        let known = try await ledger.known(waiting.map(\.document.id), on: connection)
        // Sealing is for what is recorded.
        var rows: [MeetingRows] = []
        for (_, _, document) in waiting {
            rows.append(try MeetingRows(document.withoutPersons, recorder: recorder))
        }
        try await book.load(rows.flatMap(\.allWanted), federation: federation.id, on: connection)
        for (index, (line, size, document)) in waiting.enumerated() {
            guard !known.contains(document.id), seen.insert(document.id).inserted else {
                count.present += 1
                continue
            }
            let fingerprint = Fingerprint(.record(document.withoutPersons), vault: vault)
            switch book.plan(rows[index], line: line, fingerprint: fingerprint) {
            case .firmTwice:
                report.add(MeetingSetRule.firmTwice, line: line, column: nil)
                refuse(line, rows: size)
                goodMeetings -= 1
            case .planned(let meeting):
                count.added += 1
                count.newFirms += meeting.made.count
                count.knownFirms += meeting.firms.count - meeting.made.count
            }
        }
    }

    // MARK: Publishing

    /// `check` has counted it.
    public mutating func preview() async throws {
        try await connection.script(MeetingStage.drop)
    }

    public mutating func publish() async throws {
        let expected = count
        (count.added, count.present, count.newFirms, count.knownFirms) = (0, 0, 0, 0)
        var meetings = try meetings()
        var batch: [(line: Int, document: MeetingDocument)] = []
        var firms = 0
        var isFirst = true
        var done = 0
        while true {
            let meeting = try meetings.next()
            if let meeting, !refused.contains(meeting.line), let document = meeting.identified {
                batch.append((meeting.line, document))
                firms += document.firms.count
            }
            guard batch.count == Self.batchMeetings || firms >= Self.batchFirms || meeting == nil else {
                continue
            }
            var frame: [SQL] = []
            if isFirst { frame += run.begin(rows: expected.good) }
            if meeting == nil { frame.append(run.end) }
            try await publish(batch, frame)
            done += batch.count
            if isFirst || meeting == nil { try await connection.script(MeetingBatch.analyze) }
            isFirst = false
            watch(ImportProgress(.publishing, rows: done, of: goodMeetings))
            batch = []
            firms = 0
            if meeting == nil { break }
        }
        try await connection.script(MeetingStage.drop)
    }

    private mutating func publish(
        _ batch: [(line: Int, document: MeetingDocument)], _ frame: [SQL]
    ) async throws {
        // Nothing is locked while keys are worked.
        var ready: [MeetingLedger.Ready] = []
        for (line, document) in batch {
            ready.append(
                MeetingLedger.Ready(
                    line: line, rows: try MeetingRows(document, recorder: recorder),
                    fingerprint: Fingerprint(.record(document), vault: vault)))
        }
        let ledger = ledger
        let whole = ready
        let published = try await connection.transaction { connection in
            try await ledger.publish(whole, frame, on: connection)
        }
        count.added += published.added
        count.present += published.present
        count.newFirms += published.newFirms
        count.knownFirms += published.knownFirms
    }
}

extension MeetingDocument {
    /// The same without what is sealed: enough to see which firms it names.
    var withoutPersons: MeetingDocument {
        var document = self
        document.applicants = []
        for index in document.firms.indices { document.firms[index].contact = nil }
        return document
    }
}
