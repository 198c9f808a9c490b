import Foundation
import Testing

@testable import PostgresClient

/// Whatever bytes a column holds, reading it gives a value or nil; and what was written is read back.
@Suite("Decoders, fuzzed")
struct DecoderFuzzTests {
    private static let types: [PostgresType] = [
        .bool, .bytea, .name, .int8, .int2, .int4, .text, .json, .float4, .float8, .unknown, .bpchar,
        .varchar,
        .date, .timestamptz, .uuid, .jsonb, .boolArray, .byteaArray, .nameArray, .int2Array, .int4Array,
        .textArray, .bpcharArray, .varcharArray, .int8Array, .float4Array, .float8Array, .dateArray,
        .timestamptzArray, .uuidArray, .jsonArray, .jsonbArray, PostgresType(rawValue: 0),
        PostgresType(rawValue: 4_000_000_000),
    ]

    /// Reads `bytes` from memory of exactly their size, so that a sanitizer sees a read beyond them.
    private func read<Value: PostgresValue>(
        _ bytes: [UInt8], as type: PostgresType, _: Value.Type = Value.self
    ) -> Value? {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { memory.deallocate() }
        memory.copyBytes(from: bytes)
        return Value.decode(UnsafeRawBufferPointer(memory), as: type)
    }

    private func written(_ value: some PostgresValue) -> [UInt8] {
        var writer = PostgresWriter()
        value.write(to: &writer)
        return writer.bytes
    }

    /// Reads `bytes` as every Swift type from every column type. A value that comes of it, written and read
    /// again, is the same bytes: the written form is the only one.
    private func readAsEverything(_ bytes: [UInt8]) {
        func check<Value: PostgresValue>(_: Value.Type) {
            for type in Self.types {
                guard let value: Value = read(bytes, as: type) else { continue }
                let canonical = written(value)
                guard let again: Value = read(canonical, as: Value.postgresType) else {
                    Issue.record("\(Value.self) from \(type.rawValue): written, it does not read")
                    continue
                }
                #expect(written(again) == canonical, "\(Value.self) from \(type.rawValue)")
            }
        }
        func checkAll<Value: PostgresValue & PostgresElement>(_: Value.Type) {
            check(Value.self)
            check(Value?.self)
            check([Value].self)
            check([Value?].self)
        }
        checkAll(Bool.self)
        checkAll(Int16.self)
        checkAll(Int32.self)
        checkAll(Int.self)
        checkAll(Double.self)
        checkAll(String.self)
        checkAll(UUID.self)
        checkAll(PostgresDate.self)
        checkAll(PostgresTimestamp.self)
        checkAll(Step.self)
        checkAll(BridgedDay.self)
        checkAll([UInt8].self)
    }

    @Test("random bytes of random length", arguments: [1, 2, 3, 4] as [UInt64])
    func noise(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for length in 0..<40 { readAsEverything([UInt8](repeating: 0, count: length)) }
        for _ in 0..<80 {
            let length = Int.random(in: 0...64, using: &random)
            readAsEverything((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    @Test("arrays with a byte changed, cut or added", arguments: [1, 2, 3, 4] as [UInt64])
    func damaged(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            var bytes: [UInt8]
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes = written([Int32](repeating: .random(in: -9...9, using: &random), count: 3))
            case 1: bytes = written(["工会", nil, "", "a"])
            case 2: bytes = written([PostgresDate.infinity, nil])
            default: bytes = written([[1, 2, 3] as [UInt8], []])
            }
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.removeSubrange(place...)
                case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
                default: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
                }
                if bytes.isEmpty { break }
            }
            readAsEverything(bytes)
        }
    }

    @Test("what is written is read back", arguments: [1, 2, 3, 4] as [UInt64])
    func identity(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func expectBack<Value: PostgresValue & PostgresElement & Equatable>(_ values: [Value]) {
            for value in values {
                #expect(read(written(value), as: Value.postgresType) == value)
            }
            #expect(read(written(values), as: [Value].postgresType) == values)
            let mixed: [Value?] = values.map { Bool.random(using: &random) ? $0 : nil }
            #expect(read(written(mixed), as: [Value?].postgresType) == mixed)
        }
        func several<Value>(_ make: () -> Value) -> [Value] {
            (0..<Int.random(in: 0...20, using: &random)).map { _ in make() }
        }
        let scalars = Array("a \u{0}\u{7F}é沟通👷\u{FEFF}\u{10FFFF}\u{301}".unicodeScalars)
        for _ in 0..<50 {
            expectBack(several { Bool.random(using: &random) })
            expectBack(several { Int16(truncatingIfNeeded: random.next()) })
            expectBack(several { Int32(truncatingIfNeeded: random.next()) })
            expectBack(several { Int(truncatingIfNeeded: random.next()) })
            expectBack(several { PostgresDate(daysSince2000: Int32(truncatingIfNeeded: random.next())) })
            expectBack(
                several { PostgresTimestamp(microsecondsSince2000: Int64(truncatingIfNeeded: random.next())) }
            )
            expectBack(several { BridgedDay(ordinal: Int(UInt16(truncatingIfNeeded: random.next()))) })
            expectBack(several { Step.allCases.randomElement(using: &random) ?? .contact })
            let double = { Double(bitPattern: random.next()) }
            expectBack(several(double).filter { !$0.isNaN })
            expectBack(
                several {
                    let bytes = (random.next(), random.next())
                    return withUnsafeBytes(of: bytes) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
                })
            expectBack(
                several {
                    var text = String.UnicodeScalarView()
                    for _ in 0..<Int.random(in: 0...40, using: &random) {
                        text.append(scalars.randomElement(using: &random) ?? " ")
                    }
                    return String(text)
                })
            expectBack(
                several {
                    (0..<Int.random(in: 0...40, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    }
                })
        }
    }

    @Test("text is UTF-8 to the last byte, or it is no text")
    func utf8() {
        let broken: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xC3], [0xE4, 0xBC], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x91],
            [0xF4, 0x90, 0x80, 0x80], [0xFF], Array("企业沟通会".utf8.dropLast()),
            Array("a long text of many letters that is only wrong at its end".utf8) + [0xE4],
        ]
        for bytes in broken { #expect(read(bytes, as: .text, String.self) == nil, "\(bytes)") }
        #expect(read([1] + Array("{}".utf8), as: .jsonb, String.self) == "{}")
        #expect(read([2] + Array("{}".utf8), as: .jsonb, String.self) == nil)
        #expect(read([], as: .jsonb, String.self) == nil)
        #expect(read([], as: .text, String.self)?.isEmpty == true)
    }
}
