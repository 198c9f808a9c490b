internal import Outreach
internal import PostgresClient

/// Rows for a `COPY … (FORMAT binary)`, written value by value from bytes: a million rows without a million
/// strings. Source: PostgreSQL documentation, COPY, "Binary Format".
struct CopyRows {
    /// A chunk is handed over when it has so many bytes: less than a socket's buffer, so that the server works on
    /// one chunk while the next is read.
    static let chunkSize = 96 * 1024

    private(set) var bytes: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A] + [UInt8](repeating: 0, count: 9)

    init() { bytes.reserveCapacity(Self.chunkSize + 4096) }

    var isFull: Bool { bytes.count >= Self.chunkSize }

    mutating func takeChunk() -> [UInt8] {
        var chunk: [UInt8] = []
        chunk.reserveCapacity(Self.chunkSize + 4096)
        swap(&chunk, &bytes)
        return chunk
    }

    mutating func begin(columns: Int) {
        bytes.append(0)
        bytes.append(UInt8(truncatingIfNeeded: columns))
    }

    mutating func end() {
        bytes.append(0xFF)
        bytes.append(0xFF)
    }

    private mutating func write(_ number: Int32) {
        let word = UInt32(bitPattern: number)
        bytes.append(UInt8(truncatingIfNeeded: word >> 24))
        bytes.append(UInt8(truncatingIfNeeded: word >> 16))
        bytes.append(UInt8(truncatingIfNeeded: word >> 8))
        bytes.append(UInt8(truncatingIfNeeded: word))
    }

    mutating func null() { write(-1) }

    mutating func integer(_ value: Int) {
        write(4)
        write(Int32(clamping: value))
    }

    mutating func integer(_ value: Int?) {
        if let value { integer(value) } else { null() }
    }

    mutating func day(_ day: Day?) {
        guard let day else { return null() }
        write(4)
        write(day.postgresValue.daysSince2000)
    }

    /// An empty text is NULL.
    mutating func text(_ text: [UInt8]) {
        guard !text.isEmpty else { return null() }
        write(Int32(text.count))
        bytes.append(contentsOf: text)
    }

    mutating func text(_ text: String?) {
        guard let text else { return null() }
        self.text(Array(text.utf8))
    }
}

/// The chunks of a COPY, each made when it is asked for.
struct CopyChunks: AsyncSequence {
    typealias Element = [UInt8]

    /// Adds rows until they are full; false when there are no more.
    let fill: (inout CopyRows) throws -> Bool

    func makeAsyncIterator() -> Iterator { Iterator(fill: fill) }

    struct Iterator: AsyncIteratorProtocol {
        let fill: (inout CopyRows) throws -> Bool
        var rows = CopyRows()
        var isOver = false

        mutating func next() async throws -> [UInt8]? {
            guard !isOver else { return nil }
            if try !fill(&rows) {
                isOver = true
                rows.end()
            }
            return rows.takeChunk()
        }
    }
}
