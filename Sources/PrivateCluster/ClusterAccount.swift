import Foundation

/// The operating-system account that runs PostgreSQL, which refuses to be run by root.
struct ClusterAccount: Hashable, Sendable {
    let name: String
    let uid: UInt32
    let gid: UInt32
    /// Who owns what surrounds the data (configuration, lock): root where the account is merely borrowed, so
    /// that not even the database's superuser can change who is let in; else the account itself.
    let keeper: UInt32

    /// The account for a cluster under `layout`, called by `caller`.
    ///
    /// An ordinary user runs it as itself. For root it is whoever owns the state already, so that `sudo` on a
    /// user's cluster leaves it usable by that user, and `postgres` where root owns it or nothing exists.
    static func choose(
        for layout: ClusterLayout, caller: UInt32 = geteuid()
    ) throws(ClusterError) -> ClusterAccount {
        guard caller == 0 else {
            guard let own = entry(ofUser: caller) else { throw .accountUnknown(uid: caller) }
            return ClusterAccount(name: own.name, uid: own.uid, gid: own.gid, keeper: own.uid)
        }
        let borrowed = entry(named: "postgres")
        if let owner = FolderFacts(at: layout.data)?.owner, owner != 0, owner != borrowed?.uid {
            guard let found = entry(ofUser: owner) else { throw .accountUnknown(uid: owner) }
            return ClusterAccount(name: found.name, uid: found.uid, gid: found.gid, keeper: found.uid)
        }
        for path in [layout.state, layout.home] {
            guard let owner = FolderFacts(at: path)?.owner else { continue }
            guard owner != 0, owner != borrowed?.uid, let found = entry(ofUser: owner) else { break }
            return ClusterAccount(name: found.name, uid: found.uid, gid: found.gid, keeper: found.uid)
        }
        guard let borrowed else { throw .binariesMissing(package: "postgresql") }
        return ClusterAccount(name: borrowed.name, uid: borrowed.uid, gid: borrowed.gid, keeper: 0)
    }

    /// The home folder of a user in the account database, nil where there is none.
    static func folder(ofUser uid: UInt32) -> String? { entry(ofUser: uid)?.folder }

    private struct Entry {
        let name: String
        let uid: UInt32
        let gid: UInt32
        let folder: String
    }

    private static func entry(ofUser uid: UInt32) -> Entry? {
        entry { record, buffer, size, result in getpwuid_r(uid, record, buffer, size, result) }
    }

    private static func entry(named name: String) -> Entry? {
        entry { record, buffer, size, result in getpwnam_r(name, record, buffer, size, result) }
    }

    private typealias Lookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    // The re-entrant calls: the plain ones return a buffer that other threads overwrite.
    private static func entry(_ lookup: Lookup) -> Entry? {
        var record = passwd()
        var result: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
            guard let start = buffer.baseAddress,
                lookup(&record, start, buffer.count, &result) == 0, let result,
                let name = result.pointee.pw_name, let folder = result.pointee.pw_dir
            else { return nil }
            return Entry(
                name: String(cString: name), uid: result.pointee.pw_uid, gid: result.pointee.pw_gid,
                folder: String(cString: folder))
        }
    }
}
