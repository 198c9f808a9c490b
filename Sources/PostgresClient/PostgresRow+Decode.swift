/// The same for one row; see `PostgresRows+Decode.swift`.
extension PostgresRow {
    @inlinable
    public func decode<A: PostgresValue>(
        _: A.Type
    ) throws(PostgresError) -> A {
        try expect(columns: 1)
        return try value(0, as: A.self)
    }

    @inlinable
    public func decode<A: PostgresValue, B: PostgresValue>(
        _: (A, B).Type
    ) throws(PostgresError) -> (A, B) {
        try expect(columns: 2)
        return (
            try value(0, as: A.self),
            try value(1, as: B.self)
        )
    }

    @inlinable
    public func decode<A: PostgresValue, B: PostgresValue, C: PostgresValue>(
        _: (A, B, C).Type
    ) throws(PostgresError) -> (A, B, C) {
        try expect(columns: 3)
        return (
            try value(0, as: A.self),
            try value(1, as: B.self),
            try value(2, as: C.self)
        )
    }

    @inlinable
    public func decode<A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue>(
        _: (A, B, C, D).Type
    ) throws(PostgresError) -> (A, B, C, D) {
        try expect(columns: 4)
        return (
            try value(0, as: A.self),
            try value(1, as: B.self),
            try value(2, as: C.self),
            try value(3, as: D.self)
        )
    }

    @inlinable
    public func decode<
        A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue, E: PostgresValue
    >(
        _: (A, B, C, D, E).Type
    ) throws(PostgresError) -> (A, B, C, D, E) {
        try expect(columns: 5)
        return (
            try value(0, as: A.self),
            try value(1, as: B.self),
            try value(2, as: C.self),
            try value(3, as: D.self),
            try value(4, as: E.self)
        )
    }

    @inlinable
    public func decode<
        A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue, E: PostgresValue,
        F: PostgresValue
    >(
        _: (A, B, C, D, E, F).Type
    ) throws(PostgresError) -> (A, B, C, D, E, F) {
        try expect(columns: 6)
        return (
            try value(0, as: A.self),
            try value(1, as: B.self),
            try value(2, as: C.self),
            try value(3, as: D.self),
            try value(4, as: E.self),
            try value(5, as: F.self)
        )
    }

    @inlinable
    public func decode<
        A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue, E: PostgresValue,
        F: PostgresValue, G: PostgresValue
    >(
        _: (A, B, C, D, E, F, G).Type
    ) throws(PostgresError) -> (A, B, C, D, E, F, G) {
        try expect(columns: 7)
        return (
            try value(0, as: A.self),
            try value(1, as: B.self),
            try value(2, as: C.self),
            try value(3, as: D.self),
            try value(4, as: E.self),
            try value(5, as: F.self),
            try value(6, as: G.self)
        )
    }

    @inlinable
    public func decode<
        A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue, E: PostgresValue,
        F: PostgresValue, G: PostgresValue, H: PostgresValue
    >(
        _: (A, B, C, D, E, F, G, H).Type
    ) throws(PostgresError) -> (A, B, C, D, E, F, G, H) {
        try expect(columns: 8)
        return (
            try value(0, as: A.self),
            try value(1, as: B.self),
            try value(2, as: C.self),
            try value(3, as: D.self),
            try value(4, as: E.self),
            try value(5, as: F.self),
            try value(6, as: G.self),
            try value(7, as: H.self)
        )
    }

    @inlinable
    func expect(columns expected: Int) throws(PostgresError) {
        guard expected == columnCount else { throw result.wrongWidth(expected, at: site) }
    }

    @inlinable
    func value<Value: PostgresValue>(
        _ column: Int, as _: Value.Type
    ) throws(PostgresError) -> Value {
        try PostgresColumn<Value>(column, of: result, at: site)[index]
    }
}
