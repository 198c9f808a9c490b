/// The object id of a PostgreSQL type. Built-in types have fixed ones (`pg_type.dat`).
public struct PostgresType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32

    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    @inlinable public static var bool: Self { Self(rawValue: 16) }
    @inlinable public static var bytea: Self { Self(rawValue: 17) }
    @inlinable public static var name: Self { Self(rawValue: 19) }
    @inlinable public static var int8: Self { Self(rawValue: 20) }
    @inlinable public static var int2: Self { Self(rawValue: 21) }
    @inlinable public static var int4: Self { Self(rawValue: 23) }
    @inlinable public static var text: Self { Self(rawValue: 25) }
    @inlinable public static var json: Self { Self(rawValue: 114) }
    @inlinable public static var float4: Self { Self(rawValue: 700) }
    @inlinable public static var float8: Self { Self(rawValue: 701) }
    @inlinable public static var unknown: Self { Self(rawValue: 705) }
    @inlinable public static var bpchar: Self { Self(rawValue: 1042) }
    @inlinable public static var varchar: Self { Self(rawValue: 1043) }
    @inlinable public static var date: Self { Self(rawValue: 1082) }
    @inlinable public static var timestamptz: Self { Self(rawValue: 1184) }
    @inlinable public static var uuid: Self { Self(rawValue: 2950) }
    @inlinable public static var jsonb: Self { Self(rawValue: 3802) }

    @inlinable public static var boolArray: Self { Self(rawValue: 1000) }
    @inlinable public static var byteaArray: Self { Self(rawValue: 1001) }
    @inlinable public static var nameArray: Self { Self(rawValue: 1003) }
    @inlinable public static var int2Array: Self { Self(rawValue: 1005) }
    @inlinable public static var int4Array: Self { Self(rawValue: 1007) }
    @inlinable public static var textArray: Self { Self(rawValue: 1009) }
    @inlinable public static var bpcharArray: Self { Self(rawValue: 1014) }
    @inlinable public static var varcharArray: Self { Self(rawValue: 1015) }
    @inlinable public static var int8Array: Self { Self(rawValue: 1016) }
    @inlinable public static var float4Array: Self { Self(rawValue: 1021) }
    @inlinable public static var float8Array: Self { Self(rawValue: 1022) }
    @inlinable public static var dateArray: Self { Self(rawValue: 1182) }
    @inlinable public static var timestamptzArray: Self { Self(rawValue: 1185) }
    @inlinable public static var uuidArray: Self { Self(rawValue: 2951) }
    @inlinable public static var jsonArray: Self { Self(rawValue: 199) }
    @inlinable public static var jsonbArray: Self { Self(rawValue: 3807) }

    /// The type of the elements, for the arrays above.
    @usableFromInline var element: PostgresType? { Self.elements[self] }

    private static let elements: [PostgresType: PostgresType] = [
        .boolArray: .bool, .byteaArray: .bytea, .nameArray: .name, .int2Array: .int2, .int4Array: .int4,
        .textArray: .text, .bpcharArray: .bpchar, .varcharArray: .varchar, .int8Array: .int8,
        .float4Array: .float4, .float8Array: .float8, .dateArray: .date, .timestamptzArray: .timestamptz,
        .uuidArray: .uuid, .jsonArray: .json, .jsonbArray: .jsonb,
    ]
}
