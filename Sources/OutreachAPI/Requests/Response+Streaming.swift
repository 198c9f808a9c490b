internal import Hummingbird
internal import NIOCore

extension Response {
    /// An export that is written piece by piece, of a size that nobody knows before; its pass ends with it.
    init(
        streaming contentType: String, named name: String, with pass: ExportGate.Pass,
        _ body:
            @escaping @Sendable (
                _ write: nonisolated(nonsending) @Sendable (String) async throws -> Void
            ) async throws -> Void
    ) {
        self.init(
            status: .ok,
            headers: [
                .contentType: contentType, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ],
            body: ResponseBody { writer in
                defer { pass.end() }
                // Unsafe to the compiler alone: one task writes, one piece after another.
                nonisolated(unsafe) var sink = writer
                try await body { text in try await sink.write(ByteBuffer(string: text)) }
                try await sink.finish(nil)
            })
    }
}
