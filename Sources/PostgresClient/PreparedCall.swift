internal import CLibPQ
internal import Foundation

/// A statement rendered for sending: its key in the statement cache and its values.
struct PreparedCall: Sendable {
    let key: StatementCache.Key
    private let binds: Binds

    /// The protocol counts binds in 16 bits.
    static let greatestBindCount = Int(UInt16.max)

    init(_ statement: SQL, at site: CallSite) throws(PostgresError) {
        binds = statement.binds
        key = StatementCache.Key(text: statement.text, types: statement.binds.types)
        guard binds.count <= Self.greatestBindCount else {
            throw PostgresError(.invalidStatement, message: "more than 65535 binds", at: site)
        }
        guard !key.text.containsNUL else {
            throw PostgresError(.invalidStatement, message: "NUL in the text", at: site)
        }
    }

    func prepare(as name: String, on handle: OpaquePointer) -> Bool {
        unsafe PQsendPrepare(handle, name, key.text, CInt(key.types.count), key.types.map(\.rawValue)) == 1
    }

    /// Asks for binary results.
    func send(as name: String, on handle: OpaquePointer) -> Bool {
        unsafe binds.withParameters { values, lengths, formats in
            unsafe PQsendQueryPrepared(handle, name, CInt(binds.count), values, lengths, formats, 1) == 1
        }
    }
}

extension String {
    /// Whether C would read less than all of it.
    var containsNUL: Bool {
        let found = unsafe utf8.withContiguousStorageIfAvailable { bytes in
            unsafe bytes.baseAddress.map { unsafe memchr($0, 0, bytes.count) != nil } ?? false
        }
        return found ?? utf8.contains(0)
    }
}
