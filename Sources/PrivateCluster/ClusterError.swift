public import Outreach

/// Why the private cluster could not be used: a stable code, what happened and what mends it, in both
/// languages.
///
/// It may name folders, accounts and versions; it never carries data of the database.
public struct ClusterError: Error, Hashable, Sendable {
    /// The kinds of trouble. The raw values are stable and may be matched by scripts.
    public enum Code: String, CaseIterable, Hashable, Sendable {
        case homeUnknown = "cluster.home_unknown"
        case homeUnusable = "cluster.home_unusable"
        case homeUnreachable = "cluster.home_unreachable"
        case notWritable = "cluster.not_writable"
        case accountUnknown = "cluster.account_unknown"
        case binariesMissing = "cluster.binaries_missing"
        case otherVersion = "cluster.other_version"
        case permissions = "cluster.permissions"
        case wrongOwner = "cluster.wrong_owner"
        case occupied = "cluster.occupied"
        case damaged = "cluster.damaged"
        case diskFull = "cluster.disk_full"
        case locked = "cluster.locked"
        case creationFailed = "cluster.creation_failed"
        case startFailed = "cluster.start_failed"
        case notReady = "cluster.not_ready"
        case stopTimedOut = "cluster.stop_timed_out"
        case system = "cluster.system"
        case cancelled = "cluster.cancelled"
    }

    public let code: Code
    public let message: Bilingual
    public let mend: Bilingual
    /// The last lines PostgreSQL wrote, in English, oldest first; empty where it said nothing.
    public let logTail: [String]

    init(_ code: Code, _ message: Bilingual, mend: Bilingual, logTail: [String] = []) {
        self.code = code
        self.message = message
        self.mend = mend
        self.logTail = logTail
    }
}
