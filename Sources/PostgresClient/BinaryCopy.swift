/// Rows in the binary form of COPY: `COPY t (a, b) FROM STDIN (FORMAT binary)`.
///
/// The columns must have exactly the types the values are bound as (`Int` is `int8`): the server does
/// not convert them. Source: PostgreSQL documentation, COPY, "Binary Format".
public struct BinaryCopy: Sendable {
    private var writer = PostgresWriter()

    public init() {
        writer.write(contentsOf: Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00])
        writer.write(Int32(0))
        writer.write(Int32(0))
    }

    /// Bytes gathered so far.
    public var count: Int { writer.bytes.count }

    /// Adds a row, one value per column.
    public mutating func append<each Value: PostgresValue>(_ values: repeat each Value) {
        var columns: Int16 = 0
        for _ in repeat each values { columns += 1 }
        writer.write(columns)
        for value in repeat each values { writer.writeSized(value) }
    }

    /// Hands over what is gathered as a chunk for `copyIn`, and goes on with the next.
    public mutating func takeChunk() -> [UInt8] {
        defer { writer = PostgresWriter() }
        return writer.bytes
    }

    /// The last chunk, with the trailer.
    public consuming func finish() -> [UInt8] {
        writer.write(Int16(-1))
        return writer.bytes
    }
}
