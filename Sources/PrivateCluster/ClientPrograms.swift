import Foundation

/// PostgreSQL's programs that work on a server from outside: `pg_dump` and `pg_restore`.
///
/// Unlike `ClusterBinaries` they need no server on this machine: `postgresql-client-NN` is enough.
public enum ClientPrograms {
    /// The path of a program that can work with a server of a version: of that version where it is installed, else
    /// of the next newer one. An older `pg_dump` refuses a newer server.
    /// - Returns: nil where there is none.
    public static func find(
        _ name: String, atLeast version: Int, below root: String = ClusterBinaries.root
    ) -> (path: String, version: Int)? {
        ClusterBinaries.supported.lazy.filter { $0 >= version }.map {
            (path: ClusterBinaries(version: $0, folder: "\(root)/\($0)/bin").program(name), version: $0)
        }.first { access($0.path, X_OK) == 0 }
    }

    /// The major versions that have a program, for a message.
    public static func versions(
        of name: String, below root: String = ClusterBinaries.root
    ) -> [Int] {
        ClusterBinaries.supported.filter { access("\(root)/\($0)/bin/\(name)", X_OK) == 0 }
    }
}
