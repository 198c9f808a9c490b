/// Reads a value's binary form, in network byte order. Every read checks what is left.
///
/// It borrows the memory of a result, so it cannot be copied and must not be kept.
public struct PostgresReader: ~Copyable {
    private var rest: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

    /// Bytes not read yet.
    public var count: Int { rest.count }

    /// The next integer; nil when fewer bytes are left.
    public mutating func read<Number: FixedWidthInteger>(
        _ type: Number.Type = Number.self
    ) -> Number? {
        guard let field = take(MemoryLayout<Number>.size) else { return nil }
        return Number(bigEndian: field.loadUnaligned(as: Number.self))
    }

    /// All bytes that are left.
    public mutating func readRest() -> [UInt8] {
        defer { rest = UnsafeRawBufferPointer(start: nil, count: 0) }
        return Array(rest)
    }

    /// All bytes that are left, as UTF-8; nil when they are not valid.
    public mutating func readText() -> String? {
        defer { rest = UnsafeRawBufferPointer(start: nil, count: 0) }
        return String(validating: rest, as: UTF8.self)
    }

    /// The next value with its length before it, as inside an array; nil when malformed.
    mutating func readSized<Value: PostgresValue>(_: Value.Type, as type: PostgresType) -> Value? {
        guard let length = read(Int32.self) else { return nil }
        if length == -1 { return Value.null }
        guard length >= 0, let field = take(Int(length)) else { return nil }
        return Value.decode(field, as: type)
    }

    private mutating func take(_ size: Int) -> UnsafeRawBufferPointer? {
        guard size <= rest.count else { return nil }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest[size...]) }
        return UnsafeRawBufferPointer(rebasing: rest[..<size])
    }
}

extension PostgresValue {
    /// The whole of `bytes` as a value; nil when they do not fit, or some are left over.
    static func decode(_ bytes: UnsafeRawBufferPointer, as type: PostgresType) -> Self? {
        var reader = PostgresReader(bytes)
        guard let value = Self(from: &reader, as: type), reader.count == 0 else { return nil }
        return value
    }
}
