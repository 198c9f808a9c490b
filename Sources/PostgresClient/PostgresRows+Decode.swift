/// `decode` for up to eight columns, one overload for each number of them.
///
/// They do what the general form does. But the compiler does not specialise what walks through a parameter
/// pack: there each value pays for looking up its type's metadata, which takes longer than reading it (a
/// million rows of six columns: four times as long). More columns than eight take the general form.
extension PostgresRows {
    @inlinable
    public func decode<A: PostgresValue>(
        _: A.Type
    ) throws(PostgresError) -> [A] {
        try expect(columns: 1)
        let a = try column(0, as: A.self)
        return try collect { (row) throws(PostgresError) in
            try a[row]
        }
    }

    @inlinable
    public func decode<A: PostgresValue, B: PostgresValue>(
        _: (A, B).Type
    ) throws(PostgresError) -> [(A, B)] {
        try expect(columns: 2)
        let a = try column(0, as: A.self)
        let b = try column(1, as: B.self)
        return try collect { (row) throws(PostgresError) in
            (try a[row], try b[row])
        }
    }

    @inlinable
    public func decode<A: PostgresValue, B: PostgresValue, C: PostgresValue>(
        _: (A, B, C).Type
    ) throws(PostgresError) -> [(A, B, C)] {
        try expect(columns: 3)
        let a = try column(0, as: A.self)
        let b = try column(1, as: B.self)
        let c = try column(2, as: C.self)
        return try collect { (row) throws(PostgresError) in
            (try a[row], try b[row], try c[row])
        }
    }

    @inlinable
    public func decode<A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue>(
        _: (A, B, C, D).Type
    ) throws(PostgresError) -> [(A, B, C, D)] {
        try expect(columns: 4)
        let a = try column(0, as: A.self)
        let b = try column(1, as: B.self)
        let c = try column(2, as: C.self)
        let d = try column(3, as: D.self)
        return try collect { (row) throws(PostgresError) in
            (try a[row], try b[row], try c[row], try d[row])
        }
    }

    @inlinable
    public func decode<
        A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue, E: PostgresValue
    >(
        _: (A, B, C, D, E).Type
    ) throws(PostgresError) -> [(A, B, C, D, E)] {
        try expect(columns: 5)
        let a = try column(0, as: A.self)
        let b = try column(1, as: B.self)
        let c = try column(2, as: C.self)
        let d = try column(3, as: D.self)
        let e = try column(4, as: E.self)
        return try collect { (row) throws(PostgresError) in
            (try a[row], try b[row], try c[row], try d[row], try e[row])
        }
    }

    @inlinable
    public func decode<
        A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue, E: PostgresValue,
        F: PostgresValue
    >(
        _: (A, B, C, D, E, F).Type
    ) throws(PostgresError) -> [(A, B, C, D, E, F)] {
        try expect(columns: 6)
        let a = try column(0, as: A.self)
        let b = try column(1, as: B.self)
        let c = try column(2, as: C.self)
        let d = try column(3, as: D.self)
        let e = try column(4, as: E.self)
        let f = try column(5, as: F.self)
        return try collect { (row) throws(PostgresError) in
            (try a[row], try b[row], try c[row], try d[row], try e[row], try f[row])
        }
    }

    @inlinable
    public func decode<
        A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue, E: PostgresValue,
        F: PostgresValue, G: PostgresValue
    >(
        _: (A, B, C, D, E, F, G).Type
    ) throws(PostgresError) -> [(A, B, C, D, E, F, G)] {
        try expect(columns: 7)
        let a = try column(0, as: A.self)
        let b = try column(1, as: B.self)
        let c = try column(2, as: C.self)
        let d = try column(3, as: D.self)
        let e = try column(4, as: E.self)
        let f = try column(5, as: F.self)
        let g = try column(6, as: G.self)
        return try collect { (row) throws(PostgresError) in
            (try a[row], try b[row], try c[row], try d[row], try e[row], try f[row], try g[row])
        }
    }

    @inlinable
    public func decode<
        A: PostgresValue, B: PostgresValue, C: PostgresValue, D: PostgresValue, E: PostgresValue,
        F: PostgresValue, G: PostgresValue, H: PostgresValue
    >(
        _: (A, B, C, D, E, F, G, H).Type
    ) throws(PostgresError) -> [(A, B, C, D, E, F, G, H)] {
        try expect(columns: 8)
        let a = try column(0, as: A.self)
        let b = try column(1, as: B.self)
        let c = try column(2, as: C.self)
        let d = try column(3, as: D.self)
        let e = try column(4, as: E.self)
        let f = try column(5, as: F.self)
        let g = try column(6, as: G.self)
        let h = try column(7, as: H.self)
        return try collect { (row) throws(PostgresError) in
            (try a[row], try b[row], try c[row], try d[row], try e[row], try f[row], try g[row], try h[row])
        }
    }

    @inlinable
    func collect<Row>(
        _ read: (_ row: Int) throws(PostgresError) -> Row
    ) throws(PostgresError) -> [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(count)
        for row in 0..<endIndex { rows.append(try read(row)) }
        return rows
    }

    @inlinable
    func expect(columns expected: Int) throws(PostgresError) {
        guard expected == result.columnCount else { throw result.wrongWidth(expected, at: site) }
    }

    @inlinable
    func column<Value: PostgresValue>(
        _ index: Int, as _: Value.Type
    ) throws(PostgresError) -> PostgresColumn<Value> {
        try PostgresColumn(index, of: result, at: site)
    }
}
