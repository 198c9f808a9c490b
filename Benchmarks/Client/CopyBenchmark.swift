import Foundation
import PostgresClient

/// What `psql -c '\copy …'` does with the same file.
enum CopyBenchmark {
    private static let pieceSize = 65_536

    /// Copies a file in COPY's text form into `bench_copied`.
    static func copyIn(_ conninfo: String, from path: String) async throws -> Double {
        let connection = try await PostgresConnection.connect(to: conninfo)
        guard let file = fopen(path, "r") else { throw Failure("cannot read the file") }
        defer { fclose(file) }
        let start = ContinuousClock.now
        let count = try await connection.copyIn("COPY bench_copied FROM STDIN", from: Pieces(file: file))
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    /// Copies what the table or query of `BENCH_COPY` holds (without it, `bench_rows`) into a file.
    static func copyOut(_ conninfo: String, to path: String) async throws -> Double {
        let source = ProcessInfo.processInfo.environment["BENCH_COPY"] ?? "bench_rows"
        let connection = try await PostgresConnection.connect(to: conninfo)
        guard let file = fopen(path, "w") else { throw Failure("cannot write the file") }
        defer { fclose(file) }
        let start = ContinuousClock.now
        var lines = 0
        for try await chunk in connection.copyOut("COPY \(raw: source) TO STDOUT") {
            lines += chunk.count { $0 == UInt8(ascii: "\n") }
            guard fwrite(chunk, 1, chunk.count, file) == chunk.count else { throw Failure("disk full") }
        }
        return Double(lines) / ((ContinuousClock.now - start) / .seconds(1))
    }

    /// A file, piece by piece.
    private struct Pieces: AsyncSequence {
        let file: UnsafeMutablePointer<FILE>

        func makeAsyncIterator() -> Iterator { Iterator(file: file) }

        struct Iterator: AsyncIteratorProtocol {
            let file: UnsafeMutablePointer<FILE>

            mutating func next() async -> [UInt8]? {
                let piece = [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
                    count = fread(buffer.baseAddress, 1, pieceSize, file)
                }
                return piece.isEmpty ? nil : piece
            }
        }
    }
}
