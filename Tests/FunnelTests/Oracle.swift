import Foundation
import Testing

/// A file of oracle vectors: the inputs of a published function and what it returned.
struct Oracle<Input: Decodable & Sendable, Output: Decodable & Sendable>: Decodable, Sendable {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let id: String
        let input: Input
        let output: Output

        enum CodingKeys: String, CodingKey {
            case id
            case input = "in"
            case output = "out"
        }

        var testDescription: String { id }
    }

    let cases: [Case]
}

/// The cases of `Fixtures/<name>.json`, or none; each suite says how many it expects.
func oracle<Input: Decodable & Sendable, Output: Decodable & Sendable>(
    _ name: String, of _: Input.Type, _: Output.Type
) -> [Oracle<Input, Output>.Case] {
    guard let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"),
        let data = try? Data(contentsOf: url)
    else { return [] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return (try? decoder.decode(Oracle<Input, Output>.self, from: data))?.cases ?? []
}

/// Whether two numbers agree to `relative` of the expected one, or to `absolute`.
func agree(_ actual: Double?, _ expected: Double?, relative: Double = 0, absolute: Double = 0) -> Bool {
    guard let actual, let expected else { return actual == nil && expected == nil }
    return abs(actual - expected) <= max(absolute, relative * abs(expected))
}
