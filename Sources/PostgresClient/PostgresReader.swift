/// Reads a value's binary form, in network byte order. Every read checks what is left.
///
/// It borrows the memory of a result, so it cannot be copied and must not be kept.
@safe public struct PostgresReader: ~Copyable {
    @usableFromInline var rest: UnsafeRawBufferPointer

    @inlinable init(_ bytes: UnsafeRawBufferPointer) { unsafe rest = bytes }

    /// Bytes not read yet.
    @inlinable public var count: Int { unsafe rest.count }

    /// The next integer; nil when fewer bytes are left.
    @inlinable public mutating func read<Number: FixedWidthInteger>(
        _ type: Number.Type = Number.self
    ) -> Number? {
        guard let field = unsafe take(MemoryLayout<Number>.size) else { return nil }
        return unsafe Number(bigEndian: field.loadUnaligned(as: Number.self))
    }

    /// All bytes that are left.
    @inlinable public mutating func readRest() -> [UInt8] {
        defer { unsafe rest = UnsafeRawBufferPointer(start: nil, count: 0) }
        return unsafe Array(rest)
    }

    /// All bytes that are left, as UTF-8; nil when they are not valid.
    @inlinable public mutating func readText() -> String? {
        defer { unsafe rest = UnsafeRawBufferPointer(start: nil, count: 0) }
        // Checked once; `String(validating:)` is generic and several times slower.
        let bytes = unsafe rest.assumingMemoryBound(to: UInt8.self)
        guard let text = try? unsafe UTF8Span(validating: bytes.span) else { return nil }
        return String(copying: text)
    }

    /// The next value with its length before it, as inside an array; nil when malformed.
    @inlinable mutating func readSized<Value: PostgresValue>(_: Value.Type, as type: PostgresType) -> Value? {
        guard let length = read(Int32.self) else { return nil }
        if length == -1 { return Value.null }
        guard length >= 0, let field = unsafe take(Int(length)) else { return nil }
        return unsafe Value.decode(field, as: type)
    }

    @inlinable mutating func take(_ size: Int) -> UnsafeRawBufferPointer? {
        guard unsafe size <= rest.count else { return nil }
        let taken = unsafe UnsafeRawBufferPointer(start: rest.baseAddress, count: size)
        unsafe rest = UnsafeRawBufferPointer(
            start: rest.baseAddress.map { unsafe $0 + size }, count: unsafe rest.count &- size)
        return unsafe taken
    }
}

extension PostgresValue {
    /// The whole of `bytes` as a value; nil when they do not fit, or some are left over.
    @inlinable static func decode(_ bytes: UnsafeRawBufferPointer, as type: PostgresType) -> Self? {
        var reader = unsafe PostgresReader(bytes)
        guard let value = Self(from: &reader, as: type), reader.count == 0 else { return nil }
        return value
    }
}
