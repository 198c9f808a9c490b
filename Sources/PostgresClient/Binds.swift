/// Bound values in binary form, in one buffer.
struct Binds: Sendable {
    private(set) var types: [PostgresType] = []
    /// Where each value lies in the buffer; nil for NULL.
    private var ranges: [Range<Int>?] = []
    private var writer = PostgresWriter()

    var count: Int { types.count }

    mutating func append<Value: PostgresValue>(_ value: Value) {
        types.append(Value.postgresType)
        guard !value.isNull else { return ranges.append(nil) }
        let start = writer.bytes.count
        value.write(to: &writer)
        ranges.append(start..<writer.bytes.count)
    }

    mutating func append(contentsOf other: Binds) {
        let offset = writer.bytes.count
        types += other.types
        ranges += other.ranges.map { $0.map { $0.lowerBound + offset..<$0.upperBound + offset } }
        writer.write(contentsOf: other.writer.bytes)
    }

    /// The values as libpq takes them: addresses (nil for NULL), lengths, and 1 for binary format.
    /// The addresses are valid inside `body` only; libpq copies what they point to.
    func withParameters<Result>(
        _ body: (
            _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<CInt>?,
            _ formats: UnsafePointer<CInt>?
        ) -> Result
    ) -> Result {
        guard count > 0 else { return body(nil, nil, nil) }
        let lengths = ranges.map { CInt($0?.count ?? 0) }
        let formats = [CInt](repeating: 1, count: count)
        // One byte more than needed: an empty value has an address too, or it would be NULL.
        return unsafe (writer.bytes + [0]).withUnsafeBytes { buffer in
            let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = unsafe ranges.map { range in
                unsafe range.flatMap { unsafe start?.advanced(by: $0.lowerBound) }
            }
            return unsafe values.withUnsafeBufferPointer { values in
                unsafe body(values.baseAddress, lengths, formats)
            }
        }
    }
}
