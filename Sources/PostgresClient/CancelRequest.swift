internal import CLibPQ

/// What it takes to ask the server, over another connection, to cancel the running statement.
///
/// libpq made it a copy of its own so that another thread can use it while the connection goes on.
@safe
final class CancelRequest: @unchecked Sendable {
    private let request: OpaquePointer

    /// nil when the connection is broken.
    init?(_ handle: OpaquePointer) {
        guard let request = unsafe PQgetCancel(handle) else { return nil }
        unsafe self.request = request
    }

    deinit { unsafe PQfreeCancel(request) }

    /// Blocks until the server has passed the signal on, or cannot be reached. Failure needs no
    /// handling: the caller's grace period ends the matter.
    func send() {
        var message = [CChar](repeating: 0, count: 256)
        unsafe PQcancel(request, &message, CInt(message.count))
    }
}
