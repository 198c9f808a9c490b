#if canImport(Glibc)
    internal import Glibc
#endif

/// Why the outbox could not do what was asked. What was in it before is there still.
public enum OutboxError: Error, Hashable, Sendable {
    /// Nothing was written. `isFull`: no room, by bytes or by quota.
    case cannotWrite(isFull: Bool)
    /// The folder is not a folder of this user's own.
    case notOurs
    /// Another content with the same id and revision waits already.
    case otherContentWaits(name: String)
    /// It is meant for another service.
    case otherServer(name: String, server: String)
    /// Kept before documents named their service: nobody has said where it goes.
    case noServer(name: String)
    /// Another process is sending this document just now.
    case busy
    /// Sealed with another key, or altered.
    case unreadable
    case notFound

    static func system() -> OutboxError { .cannotWrite(isFull: errno == ENOSPC || errno == EDQUOT) }
}
