internal import Reporting

/// A backup: a tar archive of `goutong.dump`, as `pg_dump` wrote it, and behind it `manifest.json`.
enum BackupFile {
    static let dumpName = "goutong.dump"
    static let manifestName = "manifest.json"
    static let ending = ".goutong-backup"

    /// Where the dump begins.
    static let dumpOffset = TapeHeader.block
    /// No manifest is longer.
    static let longestManifest = 16 << 20
}
