extension PostgresCopyOut {
    /// Reads rows of whole numbers, as the text form of COPY writes them, and calls `body` with each. Of half a
    /// million rows the server writes small numbers as text in half the time that their binary form takes.
    ///
    /// - Parameter width: columns of a row. Another number of them, a NULL, or what is no `Int` is an
    ///   `unexpectedResult`.
    public nonisolated(nonsending) func forEachRow(
        ofIntegers width: Int, _ body: ([Int]) -> Void
    ) async throws(PostgresError) {
        var row = IntegerRow(width: width)
        var chunks = makeAsyncIterator()
        while let chunk = try await chunks.next() {
            guard row.read(chunk, body) else {
                throw PostgresError(.unexpectedResult, message: "expected \(width) whole numbers", at: site)
            }
        }
    }
}

/// A row that is being read. Chunks are of whole rows.
private struct IntegerRow {
    private var values: [Int]

    init(width: Int) { values = [Int](repeating: 0, count: width) }

    /// False where it is not what was expected.
    mutating func read(_ chunk: [UInt8], _ body: ([Int]) -> Void) -> Bool {
        var column = 0
        var magnitude = 0
        var hasDigits = false
        var isNegative = false
        for byte in chunk {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let (tens, overflow) = magnitude.multipliedReportingOverflow(by: 10)
                let (sum, carry) = tens.addingReportingOverflow(Int(byte &- UInt8(ascii: "0")))
                guard !overflow, !carry else { return false }
                magnitude = sum
                hasDigits = true
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"):
                guard hasDigits, column < values.count else { return false }
                values[column] = isNegative ? -magnitude : magnitude
                column += 1
                (magnitude, hasDigits, isNegative) = (0, false, false)
                if byte == UInt8(ascii: "\n") {
                    guard column == values.count else { return false }
                    body(values)
                    column = 0
                }
            case UInt8(ascii: "-"):
                guard !hasDigits, !isNegative else { return false }
                isNegative = true
            default:
                return false
            }
        }
        return column == 0 && !hasDigits && !isNegative
    }
}
