import Foundation
import Testing

/// Published and synthetic codes with the verdict each must get.
struct CodeVectors: Decodable {
    struct Kind: Decodable {
        let valid: [[String]]
        let invalid: [[String]]
    }
    struct CreditCodes: Decodable {
        let valid: [[String]]
        let invalid: [[String]]
        let orgCodeMismatch: [[String]]
    }
    struct ResidentIDs: Decodable {
        let valid: [[String]]
        let invalid: [[String]]
        let legacy15To18: [[String]]
    }
    struct RegionCodes: Decodable {
        let valid: [[String]]
        let invalid: [[String]]
        let kindByDigits79: [[String]]

        enum CodingKeys: String, CodingKey {
            case valid, invalid
            case kindByDigits79 = "kind_by_digits_7_9"
        }
    }
    struct Mobiles: Decodable {
        let valid: [[String]]
        let invalid: [[String]]
        let normalise: [[String]]
    }

    let uscc: CreditCodes
    let residentID: ResidentIDs
    let regionCode: RegionCodes
    let mobile: Mobiles
    let gbt4754: Kind

    enum CodingKeys: String, CodingKey {
        case uscc, mobile, gbt4754
        case residentID = "resident_id"
        case regionCode = "region_code"
    }

    static let all: CodeVectors = {
        guard
            let file = Bundle.module.url(
                forResource: "code_vectors", withExtension: "json", subdirectory: "Fixtures"),
            let vectors = try? JSONDecoder().decode(CodeVectors.self, from: Data(contentsOf: file))
        else { fatalError("the fixture code_vectors.json is missing or has another shape") }
        return vectors
    }()
}

extension CodeVectors.CreditCodes {
    enum CodingKeys: String, CodingKey {
        case valid, invalid
        case orgCodeMismatch = "org_code_mismatch"
    }
}

extension CodeVectors.ResidentIDs {
    enum CodingKeys: String, CodingKey {
        case valid, invalid
        case legacy15To18 = "legacy15_to_18"
    }
}
