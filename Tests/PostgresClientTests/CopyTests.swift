import PostgresClient
import Testing

@Suite("COPY")
struct CopyTests {
    private struct Interrupted: Error {}

    /// Chunks, cut without regard to rows, of `rows` lines "n<TAB>n-th 行".
    private func chunks(rows: Int, of size: Int) -> AsyncStream<[UInt8]> {
        AsyncStream { stream in
            var buffer: [UInt8] = []
            for row in 0..<rows {
                buffer.append(contentsOf: "\(row)\t第\(row)行\n".utf8)
                while buffer.count >= size {
                    stream.yield(Array(buffer.prefix(size)))
                    buffer.removeFirst(size)
                }
            }
            stream.yield(buffer)
            stream.finish()
        }
    }

    @Test("two hundred thousand rows in and out")
    func bothWays() async throws {
        try await withConnection { connection in
            let rows = 200_000
            try await connection.script("CREATE TEMPORARY TABLE t (a int, b text)")
            let count = try await connection.copyIn(
                "COPY t FROM STDIN", from: chunks(rows: rows, of: 32_768))
            #expect(count == rows)
            var lines = 0
            var bytes = 0
            for try await chunk in connection.copyOut("COPY t TO STDOUT") {
                lines += chunk.count { $0 == UInt8(ascii: "\n") }
                bytes += chunk.count
                #expect(chunk.last == UInt8(ascii: "\n"))
            }
            #expect(lines == rows)
            // Digits twice, a tab, two characters of three bytes, a line end.
            let expected = (0..<rows).map { String($0).count * 2 + 8 }
            #expect(bytes == expected.reduce(0, +))
        }
    }

    @Test("binary rows")
    func binary() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int8, b text, c date, d int4[])")
            var copy = BinaryCopy()
            for number in 0..<1000 {
                copy.append(
                    number, number % 3 == 0 ? nil : "第\(number)", PostgresDate(daysSince2000: Int32(number)),
                    [Int32(number), nil])
            }
            let (stream, sink) = AsyncStream.makeStream(of: [UInt8].self)
            sink.yield(copy.takeChunk())
            copy.append(1000, String?.none, PostgresDate(daysSince2000: 0), [Int32?]())
            sink.yield(copy.finish())
            sink.finish()
            let count = try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)", from: stream)
            #expect(count == 1001)
            let row = try await connection.query("SELECT * FROM t WHERE a = 7").only()
            let (a, b, c, d) = try row.decode((Int, String?, PostgresDate, [Int32?]).self)
            #expect(a == 7 && b == "第7" && c.daysSince2000 == 7 && d == [7, nil])
            let nulls = try await connection.query("SELECT count(*) FROM t WHERE b IS NULL").only()
            #expect(try nulls.decode(Int.self) == 335)
        }
    }

    @Test("a source that throws keeps nothing; the connection goes on")
    func failingSource() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int, b text)")
            let source = AsyncThrowingStream<[UInt8], any Error> { stream in
                stream.yield(Array("1\tx\n".utf8))
                stream.finish(throwing: Interrupted())
            }
            await #expect(throws: Interrupted.self) {
                try await connection.copyIn("COPY t FROM STDIN", from: source)
            }
            let count = try await connection.query("SELECT count(*) FROM t").only().decode(Int.self)
            #expect(count == 0)
        }
    }

    @Test("a row the server refuses is an error with its code")
    func refusedRow() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int, b text)")
            let source = AsyncStream<[UInt8]> { stream in
                stream.yield(Array("秘密\tx\n".utf8))
                for _ in 0..<100 { stream.yield(Array("1\tx\n".utf8)) }
                stream.finish()
            }
            let error = await postgresError {
                try await connection.copyIn("COPY t FROM STDIN", from: source)
            }
            #expect(error?.sqlState == .invalidTextRepresentation)
            #expect(error?.debugDescription.contains("秘密") == false)
            try await expectAlive(connection)
        }
    }

    @Test("a cancelled COPY FROM keeps nothing")
    func cancelledIn() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int, b text)")
            let task = Task {
                await postgresError {
                    let endless = AsyncStream<[UInt8]> {
                        try? await Task.sleep(for: .milliseconds(1))
                        return Array("1\tx\n".utf8)
                    }
                    try await connection.copyIn("COPY t FROM STDIN", from: endless)
                }
            }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            let count = try await connection.query("SELECT count(*) FROM t").only().decode(Int.self)
            #expect(count == 0)
        }
    }

    @Test("leaving a COPY TO early, or cancelling it, frees the connection")
    func early() async throws {
        try await withConnection { connection in
            let endless: SQL = "COPY (SELECT repeat('x', 1000), generate_series(1, 100000000)) TO STDOUT"
            for try await chunk in connection.copyOut(endless) {
                #expect(chunk.count > 1000)
                break
            }
            try await expectAlive(connection)

            let task = Task {
                await postgresError { for try await _ in connection.copyOut(endless) {} }
            }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            try await expectAlive(connection)
        }
    }

    @Test("what is no COPY, cannot be copied, or has binds is refused")
    func refusals() async throws {
        try await withConnection { connection in
            let bound = await postgresError {
                for try await _ in connection.copyOut("COPY (SELECT \(1)) TO STDOUT") {}
            }
            #expect(bound?.code == .invalidStatement)
            let missing = await postgresError {
                for try await _ in connection.copyOut("COPY nowhere TO STDOUT") {}
            }
            #expect(missing?.sqlState == .undefinedTable)
            let late = await postgresError {
                for try await _ in connection.copyOut(
                    "COPY (SELECT 1 / (50000 - a) FROM generate_series(1, 60000) a) TO STDOUT")
                {}
            }
            #expect(late?.sqlState == .divisionByZero)
            try await expectAlive(connection)
            let other = await postgresError { for try await _ in connection.copyOut("SELECT 1") {} }
            #expect(other?.code == .invalidStatement)
        }
    }
}
