public import Outreach

/// A file on its way into the ledger, in steps: read, checked, then previewed or published.
///
/// Nothing that stays is written before `publish`, which works in short batches. A run that was stopped between
/// two batches is finished by the next run of the same file.
public protocol LedgerImport {
    /// Everything wrong with the rows, in the order of the file after `check`.
    var report: RowReport { get }
    var count: ImportCount { get }
    /// The file's own headers; empty where it has none.
    var headers: [String] { get }
    var run: ImportRun { get }

    /// Reads every row; those that are wrong in themselves stay out.
    /// - Parameters:
    ///   - map: for headers that are not ours: what they mean, or `-`.
    ///   - today: in the office; nothing may be dated later.
    /// - Throws: `DocumentRefused` for a file without a header that can be read, and what the source throws.
    mutating func read(map: [String: String], today: Day) async throws

    /// Checks the rows as a whole and against the ledger; takes out what is wrong, and counts.
    mutating func check() async throws

    /// What publishing would come to, without writing anything that stays.
    mutating func preview() async throws

    /// Publishes the rows that are left.
    mutating func publish() async throws
}

extension FirmImport: LedgerImport {}
