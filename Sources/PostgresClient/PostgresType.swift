/// The object id of a PostgreSQL type. Built-in types have fixed ones (`pg_type.dat`).
public struct PostgresType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let bool = Self(rawValue: 16)
    public static let bytea = Self(rawValue: 17)
    public static let name = Self(rawValue: 19)
    public static let int8 = Self(rawValue: 20)
    public static let int2 = Self(rawValue: 21)
    public static let int4 = Self(rawValue: 23)
    public static let text = Self(rawValue: 25)
    public static let json = Self(rawValue: 114)
    public static let float4 = Self(rawValue: 700)
    public static let float8 = Self(rawValue: 701)
    public static let unknown = Self(rawValue: 705)
    public static let bpchar = Self(rawValue: 1042)
    public static let varchar = Self(rawValue: 1043)
    public static let date = Self(rawValue: 1082)
    public static let timestamptz = Self(rawValue: 1184)
    public static let uuid = Self(rawValue: 2950)
    public static let jsonb = Self(rawValue: 3802)

    public static let boolArray = Self(rawValue: 1000)
    public static let byteaArray = Self(rawValue: 1001)
    public static let nameArray = Self(rawValue: 1003)
    public static let int2Array = Self(rawValue: 1005)
    public static let int4Array = Self(rawValue: 1007)
    public static let textArray = Self(rawValue: 1009)
    public static let bpcharArray = Self(rawValue: 1014)
    public static let varcharArray = Self(rawValue: 1015)
    public static let int8Array = Self(rawValue: 1016)
    public static let float4Array = Self(rawValue: 1021)
    public static let float8Array = Self(rawValue: 1022)
    public static let dateArray = Self(rawValue: 1182)
    public static let timestamptzArray = Self(rawValue: 1185)
    public static let uuidArray = Self(rawValue: 2951)
    public static let jsonArray = Self(rawValue: 199)
    public static let jsonbArray = Self(rawValue: 3807)

    /// The type of the elements, for the arrays above.
    var element: PostgresType? { Self.elements[self] }

    private static let elements: [PostgresType: PostgresType] = [
        .boolArray: .bool, .byteaArray: .bytea, .nameArray: .name, .int2Array: .int2, .int4Array: .int4,
        .textArray: .text, .bpcharArray: .bpchar, .varcharArray: .varchar, .int8Array: .int8,
        .float4Array: .float4, .float8Array: .float8, .dateArray: .date, .timestamptzArray: .timestamptz,
        .uuidArray: .uuid, .jsonArray: .json, .jsonbArray: .jsonb,
    ]
}
