/// Collects a value's binary form, in network byte order.
public struct PostgresWriter: Sendable {
    public var bytes: [UInt8] { storage }

    @usableFromInline var storage: [UInt8] = []

    public init() {}

    @inlinable public mutating func write(_ integer: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: integer.bigEndian) { unsafe storage.append(contentsOf: $0) }
    }

    @inlinable public mutating func write(contentsOf other: some Collection<UInt8>) {
        storage.append(contentsOf: other)
    }

    /// A value preceded by its length in bytes, or by -1 for NULL: the form inside arrays and COPY rows.
    @inlinable mutating func writeSized(_ value: some PostgresValue) {
        guard !value.isNull else { return write(Int32(-1)) }
        let start = storage.count
        write(Int32(0))
        value.write(to: &self)
        let length = UInt32(storage.count - start - 4).bigEndian
        unsafe storage.withUnsafeMutableBytes {
            unsafe $0.storeBytes(of: length, toByteOffset: start, as: UInt32.self)
        }
    }
}
