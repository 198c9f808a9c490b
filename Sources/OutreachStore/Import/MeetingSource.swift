internal import Outreach
internal import Vault

/// The meetings of a file, one after another, in either format.
struct MeetingSource {
    private enum Format {
        case lines(MeetingLineReader)
        case flat(CSVRecords, FlatMeetingReader)
        /// Being read.
        case none
    }

    private let source: any ImportSource
    private var format: Format
    private var isWhole = false
    private var isOver = false
    /// The file's own; none of JSON lines.
    private(set) var headers: [String] = []

    /// - Throws: `DocumentRefused` for a file without a header that can be read.
    init(
        _ source: any ImportSource, map: [String: String], words: ImportWords, areas: AreaTable, today: Day
    ) throws {
        self.source = source
        try source.restart()
        guard let first = try source.next() else { throw DocumentRefused.emptyFile }
        if first.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
            var reader = MeetingLineReader(areas: areas, today: today)
            reader.append(first)
            format = .lines(reader)
            return
        }
        var records = CSVRecords()
        records.append(first)
        guard try records.next(from: source) else { throw DocumentRefused.emptyFile }
        headers = (0..<records.fields.count).map(records.text)
        let header = try ImportHeader<MeetingColumn>(headers, map: map)
        format = .flat(
            records, FlatMeetingReader(header: header, words: words, areas: areas, today: today))
    }

    mutating func next() throws -> ImportedMeeting? {
        let current = format
        // Out of the enumeration while it works, so that its buffers are not copied.
        format = .none
        switch current {
        case .none: return nil
        case .lines(var reader):
            defer { format = .lines(reader) }
            while true {
                if let meeting = reader.next(isWhole: isWhole) { return meeting }
                guard !isWhole else { return nil }
                if let chunk = try source.next() { reader.append(chunk) } else { isWhole = true }
            }
        case .flat(var records, var reader):
            defer { format = .flat(records, reader) }
            guard !isOver else { return nil }
            while try records.next(from: source) {
                if let meeting = reader.take(records) { return meeting }
            }
            isOver = true
            return reader.finish()
        }
    }
}

extension ImportedMeeting {
    /// The document with its id: the file's own, or one that follows from what the file calls the meeting, its
    /// kind, day and place, so that another file with the same meeting names the same one.
    var identified: MeetingDocument? {
        guard var document, let key else { return document }
        let text = [
            "meeting", "import", key, document.kind.rawValue, document.heldOn.iso, document.area.text,
        ]
        var numbers = HashedNumbers(text.joined(separator: "/"))
        // Version 7, as a device would have minted it on that day: only such a meeting can be corrected.
        document.id = .minted(
            atMilliseconds: UInt64(max(0, document.heldOn.ordinal)) * 86_400_000, using: &numbers)
        return document
    }
}

/// The SHA-256 of a text as numbers: four, and then the same again.
private struct HashedNumbers: RandomNumberGenerator {
    private let digest: [UInt8]
    private var place = 0

    init(_ text: String) { digest = sha256(Array(text.utf8)) }

    mutating func next() -> UInt64 {
        let word = digest[place..<place + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        place = (place + 8) % 32
        return word
    }
}
