/// What a one-dimensional array can be made of.
///
/// A ``PostgresValue`` conforms by naming its array type. `UInt8` is the exception that makes `[UInt8]`
/// a `bytea`; arrays of arrays do not compile, except `[[UInt8]]`, which is `bytea[]`.
public protocol PostgresElement: Sendable {
    static var postgresArrayType: PostgresType { get }
    static func acceptsArray(_ type: PostgresType) -> Bool
    static func write(_ array: [Self], to writer: inout PostgresWriter)
    static func readArray(from reader: inout PostgresReader, as type: PostgresType) -> [Self]?
}

extension PostgresElement where Self: PostgresBridged, Stored: PostgresElement {
    public static var postgresArrayType: PostgresType { Stored.postgresArrayType }
}

extension PostgresElement where Self: RawRepresentable, RawValue: PostgresElement {
    public static var postgresArrayType: PostgresType { RawValue.postgresArrayType }
}

/// Wire form (`array_send`): dimensions, has-null flag, element type; per dimension size and lower
/// bound; then each element with its length. An empty array has no dimension.
extension PostgresElement where Self: PostgresValue {
    @inlinable public static func acceptsArray(_ type: PostgresType) -> Bool {
        type.element.map(accepts) ?? false
    }

    @inlinable public static func write(_ array: [Self], to writer: inout PostgresWriter) {
        writer.write(Int32(array.isEmpty ? 0 : 1))
        writer.write(Int32(array.contains(where: \.isNull) ? 1 : 0))
        writer.write(postgresType.rawValue)
        guard !array.isEmpty else { return }
        writer.write(Int32(array.count))
        writer.write(Int32(1))
        for element in array { writer.writeSized(element) }
    }

    @inlinable
    public static func readArray(from reader: inout PostgresReader, as type: PostgresType) -> [Self]? {
        guard let dimensions = reader.read(Int32.self), reader.read(Int32.self) != nil,
            let elementType = reader.read(UInt32.self).map(PostgresType.init(rawValue:)),
            accepts(elementType)
        else { return nil }
        if dimensions == 0 { return [] }
        guard dimensions == 1, let count = reader.read(Int32.self), count >= 0,
            reader.read(Int32.self) != nil, Int(count) * 4 <= reader.count
        else { return nil }
        var array: [Self] = []
        array.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let element = reader.readSized(Self.self, as: elementType) else { return nil }
            array.append(element)
        }
        return array
    }
}

extension Optional: PostgresElement where Wrapped: PostgresValue & PostgresElement {
    public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
}

extension Array: PostgresValue where Element: PostgresElement {
    @inlinable public static var postgresType: PostgresType { Element.postgresArrayType }
    @inlinable public static func accepts(_ type: PostgresType) -> Bool { Element.acceptsArray(type) }

    @inlinable public func write(to writer: inout PostgresWriter) { Element.write(self, to: &writer) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let array = Element.readArray(from: &reader, as: type) else { return nil }
        self = array
    }
}

extension Array: PostgresElement where Element == UInt8 {
    public static var postgresArrayType: PostgresType { .byteaArray }
}

extension UInt8: PostgresElement {
    public static var postgresArrayType: PostgresType { .bytea }
    @inlinable public static func acceptsArray(_ type: PostgresType) -> Bool { type == .bytea }

    @inlinable public static func write(_ array: [UInt8], to writer: inout PostgresWriter) {
        writer.write(contentsOf: array)
    }

    @inlinable public static func readArray(
        from reader: inout PostgresReader, as type: PostgresType
    ) -> [UInt8]? {
        reader.readRest()
    }
}
