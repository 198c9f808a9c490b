import Foundation
import PostgresClient
import Testing

enum Step: String, PostgresValue, PostgresElement, CaseIterable {
    case contact
    case founded = "建会"
}

/// A type of another module that is stored as a date.
struct BridgedDay: PostgresBridged, PostgresElement, Equatable {
    let ordinal: Int
    var postgresValue: PostgresDate { PostgresDate(daysSince2000: Int32(ordinal)) }
    init(ordinal: Int) { self.ordinal = ordinal }
    init?(postgresValue: PostgresDate) {
        guard postgresValue >= PostgresDate(daysSince2000: 0) else { return nil }
        ordinal = Int(postgresValue.daysSince2000)
    }
}

@Suite("Values")
struct ValueRoundTripTests {
    private func expectRoundTrip<Value: PostgresValue & PostgresElement & Equatable>(
        _ values: [Value]
    ) async throws {
        try await withConnection { connection in
            for value in values {
                let back = try await connection.query("SELECT \(value)").only().decode(Value.self)
                #expect(back == value)
                // The server's own text form, read back by the server, is the same value.
                let agrees = try await connection.query("SELECT \(value) IS NOT DISTINCT FROM \(back)").only()
                    .decode(Bool.self)
                #expect(agrees)
            }
            let array = try await connection.query("SELECT \(values)").only().decode([Value].self)
            #expect(array == values)
            let withNull: [Value?] = [nil] + values + [nil]
            let mixed = try await connection.query("SELECT \(withNull), \(withNull)").only()
            #expect(try mixed.decode([Value?].self, at: 0) == withNull)
            #expect(throws: PostgresError.self) { try mixed.decode([Value].self, at: 1) }
            let none = try await connection.query("SELECT \(Optional<Value>.none), \([Value]())").only()
            let (null, empty) = try none.decode((Value?, [Value]).self)
            #expect(null == nil && empty == [])
        }
    }

    @Test func bool() async throws { try await expectRoundTrip([true, false]) }

    @Test func integers() async throws {
        try await expectRoundTrip([Int16.min, -1, 0, 1, .max])
        try await expectRoundTrip([Int32.min, -1, 0, 1, .max])
        try await expectRoundTrip([Int.min, -1, 0, 1, .max, 1 << 32])
    }

    @Test func doubles() async throws {
        try await expectRoundTrip([
            0.0, -0.0, 0.1, -1.5, .pi, .infinity, -.infinity, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude,
        ])
        try await withConnection { connection in
            let row = try await connection.query("SELECT \(Double.nan), 1.5::float4").only()
            let (nan, single) = try row.decode((Double, Double).self)
            #expect(nan.isNaN && single == 1.5)
        }
    }

    @Test func text() async throws {
        try await expectRoundTrip([
            "", " ", "沟通", "👷🏽‍♀️", "e\u{301}", "é", "a\tb\nc\\d", "'; --", "$1", "𠮷野家",
            String(repeating: "会", count: 100_000),
        ])
    }

    @Test func uuids() async throws {
        try await expectRoundTrip([
            UUID(), try #require(UUID(uuidString: "00000000-0000-0000-0000-000000000000")),
            try #require(UUID(uuidString: "01234567-89ab-7def-8123-456789abcdef")),
        ])
        try await withConnection { connection in
            let known = try #require(UUID(uuidString: "01234567-89ab-7def-8123-456789abcdef"))
            let text = try await connection.query("SELECT \(known)::text").only().decode(String.self)
            #expect(text == "01234567-89ab-7def-8123-456789abcdef")
        }
    }

    @Test func bytes() async throws {
        try await expectRoundTrip([[], [0], Array(0...255), [UInt8](repeating: 0, count: 70_000)])
    }

    @Test func daysAndMoments() async throws {
        try await expectRoundTrip([
            PostgresDate(daysSince2000: 0), PostgresDate(daysSince2000: -730_119), .infinity, .minusInfinity,
        ])
        try await expectRoundTrip([
            PostgresTimestamp(microsecondsSince2000: 0), PostgresTimestamp(microsecondsSince1970: 1),
            .infinity, .minusInfinity,
        ])
        try await withConnection { connection in
            let row = try await connection.query(
                "SELECT \(PostgresDate(daysSince1970: 17_622))::text, date '1970-01-01',"
                    + " extract(epoch FROM \(PostgresTimestamp(microsecondsSince1970: 1_522_540_800_000_001)))::text"
            ).only()
            let (day, epoch, moment) = try row.decode((String, PostgresDate, String).self)
            #expect(day == "2018-04-01" && epoch.daysSince1970 == 0 && moment == "1522540800.000001")
        }
    }

    @Test func bridgedTypes() async throws {
        try await expectRoundTrip(Step.allCases)
        try await expectRoundTrip([BridgedDay(ordinal: 0), BridgedDay(ordinal: 6665)])
        try await withConnection { connection in
            let row = try await connection.query("SELECT 'lost'::text AS step, date '1999-12-31' AS day")
                .only()
            let step = await postgresError { _ = try row.decode(Step.self, named: "step") }
            #expect(step?.code == .decoding && step?.column == "step")
            let day = await postgresError { _ = try row.decode(BridgedDay.self, named: "day") }
            #expect(day?.code == .decoding && day?.column == "day")
        }
    }

    @Test("related column types are read")
    func relatedTypes() async throws {
        try await withConnection { connection in
            let row = try await connection.query(
                """
                SELECT 1::int2, 2::int4, 3::int8, 4::int2, ARRAY[5, NULL]::int2[], ARRAY[6]::int4[],
                       'v'::varchar, 'b'::char(2), 'n'::name, '{"a": 1}'::json, '{"a":1}'::jsonb
                """
            ).only()
            let decoded = try row.decode(
                (
                    Int, Int, Int, Int32, [Int?], [Int], String, String, String, String, String
                ).self)
            #expect(decoded.0 == 1 && decoded.1 == 2 && decoded.2 == 3 && decoded.3 == 4)
            #expect(decoded.4 == [5, nil] && decoded.5 == [6])
            #expect(decoded.6 == "v" && decoded.7 == "b " && decoded.8 == "n")
            #expect(decoded.9 == #"{"a": 1}"# && decoded.10 == #"{"a": 1}"#)
        }
    }

    @Test("what does not fit is an error that names the column, not the value")
    func misfits() async throws {
        try await withConnection { connection in
            let row = try await connection.query(
                "SELECT NULL::int8 AS missing, '秘密'::text AS words, ARRAY[[1,2],[3,4]]::int8[] AS grid"
            ).only()
            let null = await postgresError { _ = try row.decode(Int.self, named: "missing") }
            #expect(null?.code == .decoding && null?.column == "missing")
            let type = await postgresError { _ = try row.decode(Int.self, named: "words") }
            #expect(type?.column == "words" && type?.debugDescription.contains("秘密") == false)
            let elements = await postgresError { _ = try row.decode([String].self, named: "grid") }
            #expect(elements?.code == .decoding)
            let grid = await postgresError { _ = try row.decode([Int].self, named: "grid") }
            #expect(grid?.column == "grid")
            let width = await postgresError { _ = try row.decode((Int?, String).self) }
            #expect(width?.code == .unexpectedResult)
            let name = await postgresError { _ = try row.decode(Int.self, named: "nothing") }
            #expect(name?.code == .unexpectedResult)
        }
    }

    @Test("random rows come back as they were sent", arguments: [1, 2, 3] as [UInt64])
    func randomRows(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("ab 沟通会职工👍\\\t\n\"'{},NULL")
        func optional<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
        try await withConnection { connection in
            for _ in 0..<100 {
                let text = String(
                    (0..<Int.random(in: 0...20, using: &random)).map { _ in
                        alphabet.randomElement(using: &random) ?? "x"
                    })
                let number = Int(truncatingIfNeeded: random.next())
                let real = Double(bitPattern: random.next())
                let integers = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    optional(Int32(truncatingIfNeeded: random.next()))
                }
                let texts = [optional(text), text, optional("")]
                let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                let row = try await connection.query(
                    "SELECT \(text), \(number), \(real), \(integers), \(texts), \(bytes)"
                ).only()
                let back = try row.decode((String, Int, Double, [Int32?], [String?], [UInt8]).self)
                // By scalar, for canonical equivalence would hide a change.
                #expect(Array(back.0.unicodeScalars) == Array(text.unicodeScalars))
                #expect(back.1 == number && back.3 == integers && back.4 == texts && back.5 == bytes)
                #expect(back.2 == real || back.2.isNaN && real.isNaN)
            }
        }
    }
}
