/// Collects a value's binary form, in network byte order.
public struct PostgresWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    @inlinable
    public mutating func write(_ integer: some FixedWidthInteger) {
        withUnsafeBytes(of: integer.bigEndian) { append(contentsOf: $0) }
    }

    public mutating func write(contentsOf other: some Collection<UInt8>) {
        bytes.append(contentsOf: other)
    }

    @usableFromInline
    mutating func append(contentsOf buffer: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: buffer)
    }

    /// A value preceded by its length in bytes, or by -1 for NULL: the form inside arrays and COPY rows.
    mutating func writeSized(_ value: some PostgresValue) {
        guard !value.isNull else { return write(Int32(-1)) }
        let start = bytes.count
        write(Int32(0))
        value.write(to: &self)
        let length = UInt32(bytes.count - start - 4)
        for (offset, shift) in [24, 16, 8, 0].enumerated() {
            bytes[start + offset] = UInt8(truncatingIfNeeded: length >> UInt32(shift))
        }
    }
}
