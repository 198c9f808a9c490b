extension Bool: PostgresValue, PostgresElement {
    @inlinable public static var postgresType: PostgresType { .bool }
    public static var postgresArrayType: PostgresType { .boolArray }

    @inlinable public func write(to writer: inout PostgresWriter) { writer.write(UInt8(self ? 1 : 0)) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let byte = reader.read(UInt8.self) else { return nil }
        self = byte != 0
    }
}

extension Int16: PostgresValue, PostgresElement {
    @inlinable public static var postgresType: PostgresType { .int2 }
    public static var postgresArrayType: PostgresType { .int2Array }

    @inlinable public func write(to writer: inout PostgresWriter) { writer.write(self) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let number = reader.read(Int16.self) else { return nil }
        self = number
    }
}

/// Bound as `int4`; reads `int2` and `int4`.
extension Int32: PostgresValue, PostgresElement {
    @inlinable public static var postgresType: PostgresType { .int4 }
    public static var postgresArrayType: PostgresType { .int4Array }
    @inlinable public static func accepts(_ type: PostgresType) -> Bool { type == .int4 || type == .int2 }

    @inlinable public func write(to writer: inout PostgresWriter) { writer.write(self) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let number = type == .int2 ? reader.read(Int16.self).map(Int32.init) : reader.read()
        else { return nil }
        self = number
    }
}

/// Bound as `int8`; reads `int2`, `int4` and `int8`.
extension Int: PostgresValue, PostgresElement {
    @inlinable public static var postgresType: PostgresType { .int8 }
    public static var postgresArrayType: PostgresType { .int8Array }
    @inlinable public static func accepts(_ type: PostgresType) -> Bool {
        type == .int8 || type == .int4 || type == .int2
    }

    @inlinable public func write(to writer: inout PostgresWriter) { writer.write(Int64(self)) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        let number: Int? =
            switch type {
            case .int2: reader.read(Int16.self).map(Int.init)
            case .int4: reader.read(Int32.self).map(Int.init)
            default: reader.read(Int64.self).map(Int.init)
            }
        guard let number else { return nil }
        self = number
    }
}

/// Bound as `float8`; reads `float4` and `float8`. A `numeric` must be cast in SQL.
extension Double: PostgresValue, PostgresElement {
    @inlinable public static var postgresType: PostgresType { .float8 }
    public static var postgresArrayType: PostgresType { .float8Array }
    @inlinable public static func accepts(_ type: PostgresType) -> Bool { type == .float8 || type == .float4 }

    @inlinable public func write(to writer: inout PostgresWriter) { writer.write(bitPattern) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        let number: Double? =
            switch type {
            case .float4: reader.read(UInt32.self).map { Double(Float(bitPattern: $0)) }
            default: reader.read(UInt64.self).map(Double.init(bitPattern:))
            }
        guard let number else { return nil }
        self = number
    }
}
