public import Foundation

/// How the private cluster stands.
public enum ClusterStatus: Hashable, Sendable {
    /// There is none yet; starting makes one.
    case notCreated
    /// A folder is in the way that never became a cluster; starting sets it aside.
    case halfMade
    case stopped
    case running(RunningCluster)
    /// Stopped by force: `postmaster.pid` names a process that is gone or another program's; starting
    /// recovers.
    case stalePid(Int32)
    /// Made by a major version that is not installed here; `have` are the usable ones.
    case otherVersion(found: Int, have: [Int])
    /// Complete once, and vital files are missing now.
    case damaged
}

/// A server that runs.
public struct RunningCluster: Hashable, Sendable {
    public let pid: Int32
    /// The major version.
    public let version: Int
    /// When it was started.
    public let since: Date
    /// False while it recovers from a crash or shuts down.
    public let isReady: Bool
}

/// What `PrivateCluster.start` did.
public struct StartedCluster: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable {
        case created, started, alreadyRunning
    }

    public let outcome: Outcome
    /// The libpq connection string of the service role.
    public let conninfo: String
    public let running: RunningCluster
    /// Where a half-made data folder was moved to; nil where there was none.
    public let setAside: String?
}
