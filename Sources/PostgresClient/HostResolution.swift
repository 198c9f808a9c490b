internal import Foundation

/// Names to addresses, without blocking: `getaddrinfo` runs on a thread of its own.
enum HostResolution {
    /// Numeric addresses in the resolver's order; none when the name is unknown or time runs out.
    static func addresses(of host: String, within limit: Duration) async -> [String] {
        await withCheckedContinuation { continuation in
            let answer = FirstAnswer(continuation)
            Thread.detachNewThread { answer.give(lookUp(host)) }
            let loop = EventLoop.next
            loop.run {
                _ = loop.schedule(after: limit) { answer.give([]) }
            }
        }
    }

    /// Resumes a continuation with whichever answer comes first.
    private final class FirstAnswer: Sendable {
        private let continuation: Locked<CheckedContinuation<[String], Never>?>

        init(_ continuation: CheckedContinuation<[String], Never>) {
            self.continuation = Locked(continuation)
        }

        func give(_ addresses: [String]) {
            continuation.withLock { continuation in
                continuation?.resume(returning: addresses)
                continuation = nil
            }
        }
    }

    private static func lookUp(_ host: String) -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [String] = []
        var next = unsafe list
        while let entry = unsafe next?.pointee {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let failure = unsafe getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            if failure == 0 {
                let bytes = text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
                addresses.append(String(decoding: bytes, as: UTF8.self))
            }
            unsafe next = entry.ai_next
        }
        return addresses
    }
}
