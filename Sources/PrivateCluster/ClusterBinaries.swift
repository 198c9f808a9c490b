import Foundation

/// The PostgreSQL programs of one major version.
public struct ClusterBinaries: Hashable, Sendable {
    /// The major versions Goutong works with.
    public static let supported = 15...18

    public let version: Int
    /// The folder that holds `postgres`, `initdb`, `pg_ctl`, `pg_dump` and the rest.
    public let folder: String

    public init(version: Int, folder: String) {
        self.version = version
        self.folder = folder
    }

    /// The path of one of the programs, such as `pg_dump`.
    public func program(_ name: String) -> String { folder + "/" + name }

    /// Where the versions are: `GOUTONG_POSTGRESQL_ROOT`, else Debian's folder.
    public static var root: String {
        ProcessInfo.processInfo.environment["GOUTONG_POSTGRESQL_ROOT"] ?? "/usr/lib/postgresql"
    }

    /// The supported versions installed as Debian lays them out (`15/bin`), oldest first.
    ///
    /// A version counts only with its server: `postgresql-client-NN` alone leaves a folder without one.
    public static func installed(below root: String = root) -> [ClusterBinaries] {
        supported.compactMap { version in
            let found = ClusterBinaries(version: version, folder: "\(root)/\(version)/bin")
            let complete = ["postgres", "initdb", "pg_ctl"].allSatisfy {
                access(found.program($0), X_OK) == 0
            }
            return complete ? found : nil
        }
    }

    /// The newest for a new cluster; for an existing one those of exactly its `version`.
    static func choose(
        from available: [ClusterBinaries], version: Int?, data: String
    ) throws(ClusterError) -> ClusterBinaries {
        guard let version else {
            guard let newest = available.max(by: { $0.version < $1.version }) else {
                throw .binariesMissing(package: "postgresql")
            }
            return newest
        }
        guard let match = available.first(where: { $0.version == version }) else {
            throw .otherVersion(found: version, have: available.map(\.version).sorted(), data: data)
        }
        return match
    }
}
