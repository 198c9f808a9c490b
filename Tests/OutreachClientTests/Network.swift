import Foundation
import Synchronization

/// The network between a device and a service: up, down, or cut at any byte.
///
/// It forwards one connection to one, byte for byte, on threads of its own.
final class Network: Sendable {
    enum Weather: Sendable {
        case up
        /// Whoever connects is thrown out.
        case down
        /// Every connection is cut after some bytes, of what is sent or of what is answered.
        case stormy
    }

    struct Toll: Sendable, CustomStringConvertible {
        var connections = 0
        /// Where the cut hit: what is sent, or what is answered.
        var cutSending = 0
        var cutAnswering = 0
        /// Bytes that came through before each cut.
        var positions: Set<Int> = []
        var cuts: Int { cutSending + cutAnswering }
        var description: String {
            "\(connections) connections, \(cuts) cut (\(cutSending) while sending, \(cutAnswering) while "
                + "answering) at \(positions.count) different positions"
        }
    }

    private struct State {
        var weather = Weather.up
        var toll = Toll()
        var random: UInt64
        var open: Set<Int32> = []

        /// SplitMix64: the storm of a seed is the same again, as far as the connections are.
        mutating func draw(below bound: Int) -> Int {
            random &+= 0x9E37_79B9_7F4A_7C15
            var z = random
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ (z >> 31)) % UInt64(bound))
        }
    }

    private let state: Mutex<State>
    private let listener: Int32
    private let target: UInt16
    let port: UInt16

    var url: String { "http://127.0.0.1:\(port)" }
    var toll: Toll { state.withLock { $0.toll } }

    /// - Parameter target: the service's port on this machine.
    init(to target: UInt16, seed: UInt64 = 2018) throws {
        state = Mutex(State(random: seed))
        self.target = target
        (listener, port) = try Socket.listening()
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let near = accept(listener, nil, nil)
                guard near >= 0, let self else { return }
                take(near)
            }
        }
    }

    /// What is under way is cut with the weather's turn to the worse.
    func turn(_ weather: Weather) {
        let open = state.withLock { state in
            state.weather = weather
            return weather == .down ? state.open : []
        }
        for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    func close() {
        turn(.down)
        shutdown(listener, Int32(SHUT_RDWR))
        Foundation.close(listener)
    }

    /// Bytes that may pass either way before the cut; nil where nobody gets through.
    private func fate() -> (sending: Int, answering: Int)? {
        state.withLock { state in
            state.toll.connections += 1
            switch state.weather {
            case .up: return (.max, .max)
            case .down: return nil
            case .stormy:
                // A document is about 900 bytes with its head, a receipt about 500.
                return state.draw(below: 2) == 0
                    ? (state.draw(below: 1400), .max) : (.max, state.draw(below: 800))
            }
        }
    }

    private func take(_ near: Int32) {
        guard let fate = fate(), let far = Socket.connected(to: target) else { return Socket.reset(near) }
        let pair = Pair(near: near, far: far)
        state.withLock { state in
            state.open.insert(near)
            state.open.insert(far)
        }
        Thread.detachNewThread { self.pump(pair, from: near, to: far, atMost: fate.sending, isSending: true) }
        Thread.detachNewThread {
            self.pump(pair, from: far, to: near, atMost: fate.answering, isSending: false)
        }
    }

    private func pump(_ pair: Pair, from: Int32, to: Int32, atMost limit: Int, isSending: Bool) {
        var left = limit
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(from, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            let passing = min(count, left)
            if passing > 0 { _ = send(to, buffer, passing, Int32(MSG_NOSIGNAL)) }
            if limit != .max { left -= passing }
            guard passing == count else {
                state.withLock { state in
                    if isSending { state.toll.cutSending += 1 } else { state.toll.cutAnswering += 1 }
                    state.toll.positions.insert(limit)
                }
                break
            }
        }
        shutdown(from, Int32(SHUT_RDWR))
        shutdown(to, Int32(SHUT_RDWR))
        // The second of the two that ends closes both: no number is given out again before.
        guard pair.end() else { return }
        state.withLock { state in
            state.open.remove(pair.near)
            state.open.remove(pair.far)
        }
        Foundation.close(pair.near)
        Foundation.close(pair.far)
    }

    private final class Pair: Sendable {
        let near, far: Int32
        private let ended = Mutex(0)

        init(near: Int32, far: Int32) { (self.near, self.far) = (near, far) }

        func end() -> Bool {
            ended.withLock {
                $0 += 1
                return $0 == 2
            }
        }
    }
}

/// Sockets of this machine.
enum Socket {
    struct None: Error {}

    static func listening() throws -> (Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard descriptor >= 0, bound else { throw None() }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    static func connected(to port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size) == 0
            }
        }
        guard descriptor >= 0, isConnected else { return nil }
        return descriptor
    }

    /// Ends a connection without a word.
    static func reset(_ descriptor: Int32) {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        close(descriptor)
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }
}
