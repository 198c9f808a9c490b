import Foundation

/// Makes the folders and files around the data, durably, each with the owner and mode it must have.
struct ClusterFolders: Sendable {
    let layout: ClusterLayout
    let account: ClusterAccount

    /// Whether files of the keeper must be opened to the account, which is another user.
    private var isBorrowed: Bool { account.keeper != account.uid }

    /// The home and what surrounds the data; what exists is left as it is.
    func prepare() throws(ClusterError) {
        try makeParents(of: layout.home)
        for path in [layout.home, layout.state, layout.configuration] { try makeKept(path) }
    }

    /// The folders the running server writes to.
    func prepareForServer() throws(ClusterError) {
        for path in [layout.log, layout.socket(for: account)] {
            try make(path, owner: account.uid, mode: 0o700)
            // A folder of this name that somebody else made first, in a place open to all, is not ours to
            // use.
            guard let facts = FolderFacts(at: path, followingLinks: false), facts.isFolder,
                facts.owner == account.uid
            else { throw .wrongOwner(path, account: account.name) }
            guard facts.mode == 0o700 || chmod(path, 0o700) == 0 else { throw .system(errno, path) }
        }
    }

    /// Makes a folder unless there is one.
    func make(_ path: String, owner: UInt32, mode: UInt32) throws(ClusterError) {
        guard mkdir(path, 0o700) == 0 else {
            guard errno == EEXIST, FolderFacts(at: path)?.isFolder == true else { throw .system(errno, path) }
            return
        }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, path) }
        defer { close(descriptor) }
        try own(descriptor, path, owner: owner, mode: mode)
    }

    /// Replaces a configuration file whole or not at all, and not when it says the same already: a full disk
    /// must not keep a configured cluster from starting.
    func replace(_ path: String, with text: String) throws(ClusterError) {
        if let old = try? String(contentsOfFile: path, encoding: .utf8), old == text { return }
        let making = path + ".making"
        unlink(making)
        try create(making, containing: text, owner: account.keeper, mode: isBorrowed ? 0o640 : 0o600)
        guard rename(making, path) == 0 else {
            let number = errno
            unlink(making)
            throw .system(number, path)
        }
        try sync(layout.configuration)
    }

    /// A new file, on disk when this returns; an existing one, or a link, is refused.
    func create(_ path: String, containing text: String, owner: UInt32, mode: UInt32) throws(ClusterError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(errno, path) }
        defer { close(descriptor) }
        do throws(ClusterError) {
            let bytes = Array(text.utf8)
            let written = write(descriptor, bytes, bytes.count)
            // Fewer bytes than asked for is how a file system says that this was the last of its space.
            guard written == bytes.count else { throw .system(written < 0 ? errno : ENOSPC, path) }
            try own(descriptor, path, owner: owner, mode: mode)
            guard fsync(descriptor) == 0 else { throw .system(errno, path) }
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Makes the entries of a folder survive a power cut.
    func sync(_ path: String) throws(ClusterError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(errno, path) }
    }

    private func makeKept(_ path: String) throws(ClusterError) {
        try make(path, owner: account.keeper, mode: isBorrowed ? 0o710 : 0o700)
    }

    // Folders above the home are the system's, with its usual mode.
    private func makeParents(of path: String) throws(ClusterError) {
        let parent = (path as NSString).deletingLastPathComponent
        guard FolderFacts(at: parent) == nil else { return }
        try makeParents(of: parent)
        try make(parent, owner: account.keeper, mode: 0o755)
    }

    private func own(
        _ descriptor: Int32, _ path: String, owner: UInt32, mode: UInt32
    ) throws(ClusterError) {
        // Only root can give files away, and only root has to: to the account, or to its group.
        if geteuid() == 0, fchown(descriptor, owner, account.gid) != 0 { throw .system(errno, path) }
        guard fchmod(descriptor, mode) == 0 else { throw .system(errno, path) }
    }
}
