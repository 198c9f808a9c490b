import Outreach

/// Codes that are formally valid, each given once, and chosen so that nobody holds them.
struct SyntheticCodes {
    private var firms: Scatter
    private var residents: Scatter
    private var mobiles: Scatter

    /// The 31 characters of GB 32100-2015.
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let firstBirthday = Day(ordinal: -3653)  // 1960-01-01
    /// Birthdays up to the end of 2001: everyone is sixteen before the programme starts.
    private static let birthdays = 15_341

    init(using random: inout SeededRandom) {
        firms = Scatter(size: 31 * 31 * 31 * 31 * 31, using: &random)
        residents = Scatter(size: 2 * SyntheticCodes.birthdays * 999, using: &random)
        mobiles = Scatter(size: 100_000_000, using: &random)
    }

    /// A unified social credit code of an enterprise registered in the county, GB 32100-2015.
    ///
    /// Organisation codes that begin with MA9 were not issued in Beijing.
    mutating func creditCode(county: String) throws(CodeError) -> CreditCode {
        var number = firms.next()
        var organisation = Array("MA9".utf8)
        for _ in 0..<5 {
            organisation.append(SyntheticCodes.alphabet[number % 31])
            number /= 31
        }
        organisation.append(SyntheticCodes.organisationCheck(organisation))
        let body = Array("91\(county)".utf8) + organisation
        return try CreditCode(validating: SyntheticCodes.text(body + [SyntheticCodes.creditCheck(body)]))
    }

    /// A citizen identity number under the summary codes 110100 and 130100, which no person is issued.
    mutating func residentID() throws(CodeError) -> ResidentID {
        let number = residents.next()
        let region = number % 2 == 0 ? "110100" : "130100"
        let birthday = SyntheticCodes.firstBirthday.adding(days: number / 2 % SyntheticCodes.birthdays)
        let sequence = String(1000 + number / 2 / SyntheticCodes.birthdays + 1).dropFirst()
        let body = region + birthday.iso.filter { $0 != "-" } + sequence
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
        let check = Array("10X98765432".utf8)[sum % 11]
        return try ResidentID(validating: SyntheticCodes.text(Array(body.utf8) + [check]))
    }

    /// A mobile number under 154, which no operator was given.
    mutating func mobile() throws(CodeError) -> Mobile {
        let tail = String(100_000_000 + mobiles.next()).dropFirst()
        return try Mobile(validating: "154" + tail)
    }

    /// GB 11714: weights 3 7 9 10 5 8 4 2 over values 0…35, modulo 11.
    private static func organisationCheck(_ characters: [UInt8]) -> UInt8 {
        let sum = zip(characters, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { sum, pair in
            let value = pair.0 < 65 ? Int(pair.0) - 48 : Int(pair.0) - 55
            return sum + value * pair.1
        }
        return Array("0X987654321".utf8)[sum % 11]
    }

    /// GB 32100-2015: weights 3^(i−1) modulo 31.
    private static func creditCheck(_ characters: [UInt8]) -> UInt8 {
        var weight = 1
        var sum = 0
        for character in characters {
            sum += weight * (alphabet.firstIndex(of: character) ?? 0)
            weight = weight * 3 % 31
        }
        return alphabet[(31 - sum % 31) % 31]
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// The numbers 0..<size in a scattered order, each once: n ↦ (n·prime + offset) mod size.
private struct Scatter {
    /// Divides none of the sizes in use, so the map is one to one.
    private static let prime = 15_485_863
    private let size: Int
    private let offset: Int
    private var given = 0

    init(size: Int, using random: inout SeededRandom) {
        self.size = size
        offset = random.below(size)
    }

    mutating func next() -> Int {
        defer { given += 1 }
        return (given * Scatter.prime + offset) % size
    }
}
