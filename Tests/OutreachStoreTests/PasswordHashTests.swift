import Testing
import Vault

@Suite("passwords as they are kept")
struct PasswordHashTests {
    private static let cheap = PasswordHash.Cost(logRounds: 10, blockSize: 8, parallelism: 1)

    /// Written by Python's hashlib.scrypt (OpenSSL).
    private static let other =
        "$scrypt$ln=10,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$qwfTtUwwWXwQ5Zc0m1AARTT1m5041eo/jewcqRf9eMo="

    @Test("another implementation's hash is read, and only its password matches")
    func otherImplementation() async throws {
        let hash = try #require(PasswordHash(Self.other))
        #expect(hash.text == Self.other)
        #expect(try await hash.matches("三号会议室的绿萝"))
        #expect(try await !hash.matches("三号会议室的绿萝 "))
    }

    @Test("two hashes of one password differ, both match, and neither is printed")
    func salted() async throws {
        let first = try await PasswordHash.made(from: "the kettle sings", cost: Self.cheap)
        let second = try await PasswordHash.made(from: "the kettle sings", cost: Self.cheap)
        #expect(first.text != second.text)
        #expect(try await first.matches("the kettle sings"))
        #expect(try await second.matches("the kettle sings"))
        #expect("\(first)" == "PasswordHash" && !String(reflecting: first).contains("$"))
    }

    @Test("nobody's hash matches nothing, at the same cost")
    func decoy() async throws {
        #expect(try await !PasswordHash.decoy(cost: Self.cheap).matches(""))
        #expect(PasswordHash.decoy().cost == .current)
    }

    @Test("the current cost is what OWASP calls equal to N = 2^17")
    func currentCost() async throws {
        let cost = PasswordHash.Cost.current
        #expect((1 << cost.logRounds) * cost.blockSize * cost.parallelism >= 3 * (1 << 15) * 8)
        let hash = try await PasswordHash.made(from: "the kettle sings")
        #expect(hash.cost == cost)
    }

    @Test(
        "an altered row does not take all memory, or crash",
        arguments: [
            "", "x", "$scrypt$ln=40,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$AAECAwQFBgcICQoLDA0ODw==",
            "$scrypt$ln=18,r=16,p=1$AAECAwQFBgcICQoLDA0ODw==$AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8=",
            "$scrypt$ln=15,r=8$AA==$AA==", "$2b$12$abc$def",
        ])
    func altered(text: String) { #expect(PasswordHash(text) == nil) }
}
