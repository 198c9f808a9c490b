/// A Swift type that can be bound to a statement and read from a column, in binary form.
///
/// Types of other modules that stand for one of the types here conform by ``PostgresBridged``; an
/// enumeration with a raw value needs no code at all:
///
///     extension Step: PostgresValue {}          // enum Step: String
public protocol PostgresValue: Sendable {
    /// The type a bind is declared as.
    static var postgresType: PostgresType { get }

    /// Whether a column of this type can be read. By default: exactly `postgresType`.
    static func accepts(_ type: PostgresType) -> Bool

    /// What SQL NULL is read as; nil (the default) makes NULL an error that names the column.
    static var null: Self? { get }

    /// Whether the value is bound as SQL NULL. By default false.
    var isNull: Bool { get }

    /// The binary form of a value that is not NULL.
    func write(to writer: inout PostgresWriter)

    /// Reads all bytes of `reader`, sent for a column of an accepted type; nil when they do not fit.
    init?(from reader: inout PostgresReader, as type: PostgresType)
}

extension PostgresValue {
    @inlinable public static func accepts(_ type: PostgresType) -> Bool { type == postgresType }
    @inlinable public static var null: Self? { nil }
    @inlinable public var isNull: Bool { false }
}

/// A value that is stored as another one: a calendar day as ``PostgresDate``, an id as `UUID`.
///
///     extension Day: PostgresBridged, PostgresElement {
///         public var postgresValue: PostgresDate { … }
///         public init?(postgresValue: PostgresDate) { … }
///     }
public protocol PostgresBridged: PostgresValue {
    associatedtype Stored: PostgresValue

    var postgresValue: Stored { get }

    /// nil where the stored value has no counterpart: the column is then reported as not decodable.
    init?(postgresValue: Stored)
}

extension PostgresBridged {
    @inlinable public static var postgresType: PostgresType { Stored.postgresType }
    @inlinable public static func accepts(_ type: PostgresType) -> Bool { Stored.accepts(type) }
    @inlinable public func write(to writer: inout PostgresWriter) { postgresValue.write(to: &writer) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let stored = Stored(from: &reader, as: type) else { return nil }
        self.init(postgresValue: stored)
    }
}

extension PostgresValue where Self: RawRepresentable, RawValue: PostgresValue {
    @inlinable public static var postgresType: PostgresType { RawValue.postgresType }
    @inlinable public static func accepts(_ type: PostgresType) -> Bool { RawValue.accepts(type) }
    @inlinable public func write(to writer: inout PostgresWriter) { rawValue.write(to: &writer) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let rawValue = RawValue(from: &reader, as: type) else { return nil }
        self.init(rawValue: rawValue)
    }
}

/// NULL or a value.
extension Optional: PostgresValue where Wrapped: PostgresValue {
    @inlinable public static var postgresType: PostgresType { Wrapped.postgresType }
    @inlinable public static func accepts(_ type: PostgresType) -> Bool { Wrapped.accepts(type) }
    @inlinable public static var null: Self? { .some(.none) }

    @inlinable public var isNull: Bool { self?.isNull ?? true }

    @inlinable public func write(to writer: inout PostgresWriter) { self?.write(to: &writer) }

    @inlinable public init?(from reader: inout PostgresReader, as type: PostgresType) {
        guard let value = Wrapped(from: &reader, as: type) else { return nil }
        self = value
    }
}
