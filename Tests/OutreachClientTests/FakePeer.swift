import Foundation
import Synchronization
import Vault

/// A peer on a real socket that answers each connection with bytes of the test's choice: portals, proxies
/// and broken networks, which are no service of ours.
final class FakePeer: Sendable {
    enum Answer: Sendable {
        /// These bytes, then the end; `{mark}` stands for our service's mark of the request, `{question}` for
        /// what the mark answers.
        case bytes(String)
        /// These bytes, then a reset.
        case cut(String)
        /// One byte of these every 50 ms, then spaces, for as long as the client waits.
        case drip(String)
        /// Nothing, for as long as the client waits.
        case silence
    }

    private let listener: Int32
    let port: UInt16
    private let counted = Mutex(0)
    /// How many requests came.
    var requests: Int { counted.withLock { $0 } }

    struct NoSocket: Error {}

    /// - Parameter answer: to request number 1, 2, 3 …
    init(_ answer: @escaping @Sendable (Int) -> Answer) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard descriptor >= 0, bound else { throw NoSocket() }
        port = UInt16(bigEndian: address.sin_port)
        listener = descriptor
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                guard let number = self?.count() else { Foundation.close(connection); return }
                Thread.detachNewThread { Self.serve(connection, answer(number)) }
            }
        }
    }

    private func count() -> Int {
        counted.withLock {
            $0 += 1; return $0
        }
    }

    func close() { shutdown(listener, Int32(SHUT_RDWR)); Foundation.close(listener) }

    var url: String { "http://127.0.0.1:\(port)" }

    private static func serve(_ connection: Int32, _ answer: Answer) {
        defer { Foundation.close(connection) }
        let request = readRequest(connection)
        switch answer {
        case .bytes(let text):
            let question = request.firstMatch(of: /(?i)goutong-question: ([^\r]+)/).map { String($0.1) } ?? ""
            let answer = text.replacing("{mark}", with: AnswerMark.of(question))
                .replacing("{question}", with: question)
            send(answer, to: connection)
        case .cut(let text):
            send(text, to: connection)
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        case .drip(let text):
            for byte in sequence(state: text.utf8.makeIterator(), next: { $0.next() ?? UInt8(ascii: " ") }) {
                var byte = byte
                guard Foundation.send(connection, &byte, 1, Int32(MSG_NOSIGNAL)) == 1 else { return }
                usleep(50_000)
            }
        case .silence:
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
        }
    }

    /// Reads up to the end of the body, so that closing is no reset.
    private static func readRequest(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let length = text.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
            if text[end.upperBound...].utf8.count >= length { return text }
        }
    }

    private static func send(_ text: String, to connection: Int32) {
        let bytes = Array(text.utf8)
        _ = Foundation.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// One HTTP answer.
    static func http(
        _ status: String, type: String, _ body: String, headers: String = "", length: Int? = nil
    ) -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(length ?? body.utf8.count)\r\n"
            + "Connection: close\r\n\(headers)\r\n\(body)"
    }
}
