public import Foundation

/// Bound as `text`; reads the text types and JSON. PostgreSQL stores no U+0000: binding one is refused
/// by the server (22021). For a JSON column write `\(text)::jsonb`.
extension String: PostgresValue, PostgresElement {
    @inlinable public static var postgresType: PostgresType { .text }
    public static var postgresArrayType: PostgresType { .textArray }

    @inlinable public static func accepts(_ type: PostgresType) -> Bool {
        switch type {
        case .text, .varchar, .bpchar, .name, .json, .jsonb, .unknown: true
        default: false
        }
    }

    @inlinable public func write(to writer: inout PostgresWriter) { writer.write(contentsOf: utf8) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        if type == .jsonb {
            // jsonb is text after a version byte, which has always been 1.
            guard reader.read(UInt8.self) == 1 else { return nil }
        }
        guard let text = reader.readText() else { return nil }
        self = text
    }
}

extension UUID: PostgresValue, PostgresElement {
    @inlinable public static var postgresType: PostgresType { .uuid }
    public static var postgresArrayType: PostgresType { .uuidArray }

    @inlinable public func write(to writer: inout PostgresWriter) {
        unsafe withUnsafeBytes(of: uuid) { unsafe writer.write(contentsOf: $0) }
    }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let high = reader.read(UInt64.self), let low = reader.read(UInt64.self) else { return nil }
        let bytes = (high.bigEndian, low.bigEndian)
        self = unsafe withUnsafeBytes(of: bytes) { unsafe UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
