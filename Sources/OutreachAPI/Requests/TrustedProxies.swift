internal import Foundation

/// The networks whose `X-Forwarded-For` is believed.
public struct TrustedProxies: Sendable {
    /// An address and how many of its leading bits count.
    private struct Network: Sendable {
        let bytes: [UInt8]
        let bits: Int

        init?(_ text: some StringProtocol) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard let first = parts.first, let bytes = TrustedProxies.bytes(first), parts.count <= 2 else {
                return nil
            }
            let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8
            guard let bits, (0...bytes.count * 8).contains(bits) else { return nil }
            self.bytes = bytes
            self.bits = bits
        }

        func contains(_ address: [UInt8]) -> Bool {
            guard address.count == bytes.count else { return false }
            return (0..<bits).allSatisfy { bit in
                let difference: UInt8 = address[bit / 8] ^ bytes[bit / 8]
                return difference & (0x80 >> UInt8(bit % 8)) == 0
            }
        }
    }

    private let networks: [Network]

    public static let none = TrustedProxies(networks: [])

    private init(networks: [Network]) { self.networks = networks }

    /// - Parameter text: networks such as `10.0.0.0/8` or `::1`, with commas between; nil where one is none.
    public init?(_ text: String) {
        var networks: [Network] = []
        for part in text.split(separator: ",") {
            guard let network = Network(part.trimmingCharacters(in: .whitespaces)) else { return nil }
            networks.append(network)
        }
        self.networks = networks
    }

    public var isEmpty: Bool { networks.isEmpty }

    /// Who called: the last address that no trusted proxy added for another one. What stands further left
    /// anybody may have written.
    func client(peer: String?, forwarded: String?) -> String? {
        guard let peer, isTrusted(peer), let forwarded else { return peer }
        var client = peer
        for part in forwarded.split(separator: ",").reversed() {
            let address = part.trimmingCharacters(in: .whitespaces)
            guard Self.bytes(address) != nil else { break }
            client = address
            if !isTrusted(address) { break }
        }
        return client
    }

    private func isTrusted(_ address: String) -> Bool {
        Self.bytes(address).map { bytes in networks.contains { $0.contains(bytes) } } ?? false
    }

    /// The bytes of an IPv4 or IPv6 address; nil for anything else.
    private static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var v4 = in_addr()
        if inet_pton(AF_INET, String(text), &v4) == 1 { return withUnsafeBytes(of: v4, Array.init) }
        var v6 = in6_addr()
        guard inet_pton(AF_INET6, String(text), &v6) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: v6, Array.init)
        // An IPv4 peer of a socket that speaks both.
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes[12...]) : bytes
    }
}
