internal import CLibPQ

extension PostgresConnection {
    /// `COPY … TO STDOUT` as a sequence of chunks of whole rows, read from the server as they are asked
    /// for. Values cannot be bound in a COPY (`invalidStatement`).
    ///
    /// The connection is taken from the first chunk to the last. Leaving the loop early cancels the rest.
    ///
    /// - Parameter deadline: for each chunk, not for the whole.
    public nonisolated func copyOut(
        _ statement: SQL, deadline: Duration? = nil, file: String = #fileID, line: Int = #line
    ) -> PostgresCopyOut {
        PostgresCopyOut(
            connection: self, statement: statement, deadline: deadline,
            site: CallSite(file: file, line: line))
    }

    /// The next rows, about `size` bytes of them; nil at the end, when the turn is passed on.
    fileprivate func nextChunk(
        of size: Int, deadline: Duration?, at site: CallSite
    ) async throws(PostgresError) -> [UInt8]? {
        do throws(PostgresError) {
            let chunk = try await operate(deadline: deadline, at: site) { () async throws(PostgresError) in
                try await readCopyRows(upTo: size, at: site)
            }
            if chunk == nil { passTurn() }
            return chunk
        } catch {
            // Refused before anything was read (a cancelled task): the COPY still goes on.
            if transactionStatus == PQTRANS_ACTIVE { await drainCopyOut(at: site) }
            passTurn()
            throw error
        }
    }

    private func readCopyRows(
        upTo size: Int, at site: CallSite
    ) async throws(PostgresError) -> [UInt8]? {
        var chunk: [UInt8] = []
        while chunk.count < size {
            var buffer: UnsafeMutablePointer<CChar>?
            let count = unsafe PQgetCopyData(try open(at: site), &buffer, 1)
            if let buffer = unsafe buffer {
                unsafe chunk.append(contentsOf: UnsafeRawBufferPointer(start: buffer, count: Int(count)))
                unsafe PQfreemem(buffer)
            } else if count == 0 {
                if !chunk.isEmpty { return chunk }
                try await waitUntil(.readable, at: site)
                try consumeInput(at: site)
            } else if chunk.isEmpty {
                _ = try await lastResult(statement: nil, at: site)
                return nil
            } else {
                return chunk
            }
        }
        return chunk
    }

    /// Cancels a COPY whose reader has gone, and passes the turn on.
    fileprivate func abandonCopyOut(at site: CallSite) async {
        await drainCopyOut(at: site)
        passTurn()
    }

    /// Reads away what is left, having asked the server to stop.
    private func drainCopyOut(at site: CallSite) async {
        do throws(PostgresError) {
            try await operate(deadline: .zero, shielded: true, at: site) { () async throws(PostgresError) in
                while try await readCopyRows(upTo: PostgresCopyOut.chunkSize, at: site) != nil {}
            }
        } catch {
            // The cancellation that was asked for; whatever else went wrong closed the connection.
            if transactionStatus == PQTRANS_ACTIVE { closeNow() }
        }
    }
}

/// The rows of a `COPY … TO STDOUT`, in chunks.
public struct PostgresCopyOut: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = PostgresError

    /// Bytes gathered before a chunk is handed over.
    static let chunkSize = 65_536

    let connection: PostgresConnection
    let statement: SQL
    let deadline: Duration?
    let site: CallSite

    public func makeAsyncIterator() -> Iterator { Iterator(cursor: Cursor(self)) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let cursor: Cursor

        public mutating func next() async throws(PostgresError) -> [UInt8]? {
            try await cursor.next()
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(PostgresError) -> [UInt8]? {
            try await cursor.next()
        }
    }

    /// Ends the COPY when its iterator is dropped before the end.
    fileprivate final class Cursor {
        private enum State { case before, reading, after }

        private let copy: PostgresCopyOut
        private var state = State.before

        init(_ copy: PostgresCopyOut) { self.copy = copy }

        deinit {
            guard state == .reading else { return }
            let copy = copy
            Task { await copy.connection.abandonCopyOut(at: copy.site) }
        }

        nonisolated(nonsending) func next() async throws(PostgresError) -> [UInt8]? {
            guard state != .after else { return nil }
            do throws(PostgresError) {
                if state == .before {
                    try await copy.connection.beginCopy(
                        copy.statement, expecting: PGRES_COPY_OUT, deadline: copy.deadline, at: copy.site)
                    state = .reading
                }
                let chunk = try await copy.connection.nextChunk(
                    of: chunkSize, deadline: copy.deadline, at: copy.site)
                if chunk == nil { state = .after }
                return chunk
            } catch {
                state = .after
                throw error
            }
        }
    }
}
