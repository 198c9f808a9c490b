import PostgresClient
import Testing

/// A COPY goes no faster than its slower side: nothing piles up in this process.
@Suite("COPY, back-pressure")
struct CopyPressureTests {
    private static let lock = 7_310_451

    /// Waits until what `count` says has not changed for a while.
    private func settled(_ count: () async throws -> Int) async throws -> Int {
        var last = -1
        var repeats = 0
        while repeats < 20 {
            let now = try await count()
            repeats = now == last ? repeats + 1 : 0
            last = now
            try await Task.sleep(for: .milliseconds(20))
        }
        return last
    }

    @Test("a source is not asked for more than the server takes")
    func slowServer() async throws {
        try await withConnection { holder in
            try await withConnection { connection in
                try await connection.script(
                    """
                    CREATE TEMPORARY TABLE t (a text);
                    CREATE FUNCTION pg_temp.wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                        PERFORM pg_advisory_xact_lock_shared(\(Self.lock)); RETURN new; END $$;
                    CREATE TRIGGER wait BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION pg_temp.wait();
                    """)
                try await holder.script("SELECT pg_advisory_lock(\(Self.lock))")
                let asked = Log<Int>()
                let chunks = 2000
                // 32 KB of rows each: 64 MB in all.
                let chunk = [UInt8](
                    String(repeating: String(repeating: "x", count: 1023) + "\n", count: 32).utf8)
                let feeding = Task {
                    try await connection.copyIn(
                        "COPY t FROM STDIN",
                        from: AsyncStream<[UInt8]> {
                            guard asked.entries.count < chunks else { return nil }
                            asked.add(1)
                            return chunk
                        })
                }
                let waiting = try await settled { asked.entries.count }
                #expect((1..<200).contains(waiting))
                try await holder.script("SELECT pg_advisory_unlock(\(Self.lock))")
                #expect(try await feeding.value == chunks * 32)
                #expect(asked.entries.count == chunks)
            }
        }
    }

    @Test("the server sends no more than is read")
    func slowReader() async throws {
        try await withConnection { watcher in
            try await withConnection { connection in
                let id = Int32(await connection.backendID)
                let rows = connection.copyOut(
                    "COPY (SELECT repeat('x', 1023) FROM generate_series(1, 1000000)) TO STDOUT")
                var iterator = rows.makeAsyncIterator()
                #expect(try await iterator.next() != nil)
                let sent = try await settled {
                    try await watcher.query(
                        "SELECT bytes_processed FROM pg_stat_progress_copy WHERE pid = \(id)"
                    ).first?.decode(Int.self) ?? -1
                }
                // Of a gigabyte: what the sockets and libpq's buffer hold.
                #expect((1..<16_000_000).contains(sent))
            }
        }
    }
}
