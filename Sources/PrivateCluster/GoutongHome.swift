public import Foundation

/// Where Goutong keeps its state when nobody says otherwise.
public enum GoutongHome {
    /// root's folder: a cluster run by another account cannot live below `/root`.
    static let ofRoot = "/var/lib/goutong"

    /// The home folder, absolute; it need not exist.
    ///
    /// `GOUTONG_HOME` if set and not empty, else `/var/lib/goutong` for root, else `$XDG_DATA_HOME/goutong`
    /// where that is an absolute path (the XDG specification says to ignore others), else
    /// `~/.local/share/goutong`.
    /// - Throws: `ClusterError` with code `homeUnknown` where the user has no home folder either.
    public static func resolve(
        environment: [String: String] = ProcessInfo.processInfo.environment, uid: UInt32 = geteuid()
    ) throws(ClusterError) -> URL {
        if let named = environment["GOUTONG_HOME"], !named.isEmpty { return folder(named) }
        if uid == 0 { return folder(ofRoot) }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return folder(data + "/goutong") }
        if let own = environment["HOME"], own.hasPrefix("/") { return folder(own + "/.local/share/goutong") }
        guard let own = ClusterAccount.folder(ofUser: uid), own.hasPrefix("/") else { throw .homeUnknown }
        return folder(own + "/.local/share/goutong")
    }

    private static func folder(_ path: String) -> URL {
        URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
    }
}
