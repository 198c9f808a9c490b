#if canImport(Glibc)
    internal import Glibc
#endif

/// Keeps two processes, or two tasks, from sending one document at the same time.
///
/// One file, one byte of it for each document (open file description locks): it ends with the process,
/// however that ends, and nothing is left to clean up. Two documents on one byte only wait for each other.
struct OutboxLock: Sendable {
    private let descriptor: Int32

    /// The lock, or nil where somebody else holds it.
    init?(_ name: String, in folder: DurableFolder) throws(OutboxError) {
        descriptor = open(folder.file("lock"), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system() }
        var region = flock()
        region.l_type = Int16(F_WRLCK)
        region.l_whence = Int16(SEEK_SET)
        region.l_start = off_t(Self.place(of: name))
        region.l_len = 1
        guard fcntl(descriptor, Self.setLock, &region) == 0 else {
            close(descriptor)
            return nil
        }
    }

    /// Call it once, when the work is done.
    func release() { close(descriptor) }

    /// Linux's `F_OFD_SETLK`, which needs a feature macro that Swift does not set.
    private static let setLock: Int32 = 37

    /// FNV-1a, cut to what a file can have as an offset.
    private static func place(of name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } >> 2
    }
}
