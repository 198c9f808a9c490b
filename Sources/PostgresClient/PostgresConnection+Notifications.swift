internal import CLibPQ
internal import Foundation

/// What NOTIFY sent.
public struct PostgresNotification: Hashable, Sendable {
    public let channel: String
    public let payload: String
}

/// Who listens to a channel of a connection.
struct NotificationSink {
    let channel: String
    let continuation: AsyncStream<PostgresNotification>.Continuation
}

extension PostgresConnection {
    /// Listens to a channel. The stream ends when the connection does; notifications arrive between
    /// statements and while idle.
    public func notifications(
        on channel: String, file: String = #fileID, line: Int = #line
    ) async throws(PostgresError) -> AsyncStream<PostgresNotification> {
        try await execute("LISTEN \(identifier: channel)", file: file, line: line)
        let (stream, sink) = AsyncStream.makeStream(of: PostgresNotification.self)
        let id = UUID()
        sink.onTermination = { [loop, weak self] _ in
            loop.run { [weak self] in self?.assumeIsolated { $0.notificationSinks[id] = nil } }
        }
        notificationSinks[id] = NotificationSink(channel: channel, continuation: sink)
        return stream
    }

    func deliverNotifications() {
        guard let handle = unsafe handle else { return }
        while let notification = unsafe PQnotifies(handle) {
            let received = unsafe PostgresNotification(
                channel: String(cString: notification.pointee.relname),
                payload: String(cString: notification.pointee.extra))
            unsafe PQfreemem(notification)
            for sink in notificationSinks.values where sink.channel == received.channel {
                sink.continuation.yield(received)
            }
        }
    }
}
