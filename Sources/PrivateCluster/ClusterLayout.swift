import Foundation

/// Where the parts of a private cluster are. Paths only: nothing here touches the disk.
///
/// ```
/// <home>/postgres/            owned by the keeper
///     lock                    held while the cluster is started or stopped
///     configuration/          postgresql.conf, pg_hba.conf, pg_ident.conf; local.conf of the administrator
///     data/                   what initdb made, 0700; appears complete or not at all
///     socket/                 0700
///     log/                    0700
/// ```
struct ClusterLayout: Hashable, Sendable {
    /// The name of the service role and of its database.
    static let service = "goutong"
    /// The name of the superuser inside the cluster.
    static let superuser = "postgres"
    /// Only a part of the socket's name: the cluster listens on no network address.
    static let port = 5432
    /// The longest path of a socket, in bytes, that Linux takes (`sun_path` less its final zero).
    static let longestSocketPath = 107

    let home: String

    var state: String { home + "/postgres" }
    var lock: String { state + "/lock" }
    var configuration: String { state + "/configuration" }
    var data: String { state + "/data" }
    var log: String { state + "/log" }
    /// What PostgreSQL says before its own log is open.
    var startupLog: String { log + "/startup.log" }
    /// Written last into a new data folder: where it lacks, the folder was never finished.
    static let mark = "goutong-cluster"
    /// Begins the name of a data folder that is being made.
    static let makingPrefix = "data.making-"

    /// - Throws: `homeUnusable` for a path that pg_ctl, which starts the server through a shell, cannot
    /// quote.
    init(home: URL) throws(ClusterError) {
        let path = home.standardizedFileURL.path
        let unsafe = path.unicodeScalars.contains {
            "\"$`\\".unicodeScalars.contains($0) || $0.properties.generalCategory == .control
        }
        guard path.hasPrefix("/"), path != "/", !unsafe else { throw .homeUnusable(path) }
        self.home = path
    }

    /// The socket's name inside its folder.
    static let socketName = ".s.PGSQL.\(port)"

    /// The folder of the socket: inside the home, or a short one of its own where that path would be too
    /// long, or has a comma, at which libpq would split it into two hosts.
    func socket(for account: ClusterAccount) -> String {
        let own = state + "/socket"
        let length = (own + "/" + Self.socketName).utf8.count
        guard length > Self.longestSocketPath || own.contains(",") else { return own }
        let digest = String(Self.fingerprint(home), radix: 36)
        return account.keeper == 0 ? "/run/goutong-\(digest)" : "\(P_tmpdir)/goutong-\(account.uid)-\(digest)"
    }

    /// The libpq connection string of a login, by default the owner's.
    func conninfo(for account: ClusterAccount, login: String = Self.service) -> String {
        let host = socket(for: account).replacing("'", with: "\\'")
        return "host='\(host)' port=\(Self.port) user=\(login) dbname=\(Self.service)"
    }

    // FNV-1a, because Swift's own hashes differ from run to run.
    private static func fingerprint(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
