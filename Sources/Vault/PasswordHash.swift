internal import Crypto
internal import CryptoExtras
internal import Foundation

/// A password as it is kept: scrypt (RFC 7914) with its salt and costs, so that costs can grow.
///
///     $scrypt$ln=15,r=8,p=3$SALT$HASH
public struct PasswordHash: Sendable {
    /// What one guess costs. Memory is 128 · N · r bytes.
    public struct Cost: Hashable, Sendable {
        /// log₂ N.
        public let logRounds: Int
        public let blockSize: Int
        public let parallelism: Int

        public init(logRounds: Int, blockSize: Int, parallelism: Int) {
            self.logRounds = logRounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// N = 2¹⁵, r = 8, p = 3: what the OWASP Password Storage Cheat Sheet gives as equal to N = 2¹⁷,
        /// p = 1, at 32 MiB a guess instead of 128, which an office machine has for two at a time.
        public static let current = Cost(logRounds: 15, blockSize: 8, parallelism: 3)

        /// Within what is computed for whoever wrote the hash: a row that somebody altered cannot make the
        /// service take all memory.
        var isSane: Bool {
            (10...18).contains(logRounds) && (1...16).contains(blockSize) && (1...16).contains(parallelism)
                && logRounds + blockSize.bitWidth - blockSize.leadingZeroBitCount <= 22
        }
    }

    public let cost: Cost
    private let salt: [UInt8]
    private let digest: [UInt8]

    /// The text that the database keeps.
    public var text: String {
        "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)"
            + "$\(Data(salt).base64EncodedString())$\(Data(digest).base64EncodedString())"
    }

    /// nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Self.cost(parts[2]),
            let salt = Data(base64Encoded: String(parts[3])), salt.count == 16,
            let digest = Data(base64Encoded: String(parts[4])), digest.count == 32
        else { return nil }
        self.init(cost: cost, salt: Array(salt), digest: Array(digest))
    }

    private init(cost: Cost, salt: [UInt8], digest: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.digest = digest
    }

    private static func cost(_ text: Substring) -> Cost? {
        let values = text.split(separator: ",").map { $0.split(separator: "=") }
        guard values.count == 3, values.allSatisfy({ $0.count == 2 }),
            values.map({ $0[0] }) == ["ln", "r", "p"], let logRounds = Int(values[0][1]),
            let blockSize = Int(values[1][1]), let parallelism = Int(values[2][1])
        else { return nil }
        let cost = Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        return cost.isSane ? cost : nil
    }

    // MARK: Working

    /// Hashes a password with a new salt.
    /// - Throws: `PasswordError.busy` where too many are at it already.
    public static func made(from password: String, cost: Cost = .current) async throws -> PasswordHash {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let digest = try await derived(from: password, salt: salt, cost: cost)
        return PasswordHash(cost: cost, salt: salt, digest: digest)
    }

    /// Whether it is this password; compared in constant time.
    public func matches(_ password: String) async throws -> Bool {
        let found = try await Self.derived(from: password, salt: salt, cost: cost)
        guard found.count == digest.count else { return false }
        return zip(found, digest).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Nobody's: compared with where there is no account, so that the answer takes as long.
    public static func decoy(cost: Cost = .current) -> PasswordHash {
        PasswordHash(cost: cost, salt: Array(repeating: 0, count: 16), digest: Array(repeating: 0, count: 32))
    }

    private static func derived(from password: String, salt: [UInt8], cost: Cost) async throws -> [UInt8] {
        try await PasswordBench.shared.work {
            let key = try KDF.Scrypt.deriveKey(
                from: Data(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds,
                blockSize: cost.blockSize, parallelism: cost.parallelism)
            return key.withUnsafeBytes(Array.init)
        }
    }
}

public enum PasswordError: Error, Sendable {
    /// More sign-ins at once than the machine should work on.
    case busy
}

extension PasswordHash: CustomStringConvertible, CustomReflectable {
    public var description: String { "PasswordHash" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
