import Outreach

/// Where an answer is not what the oracle has.
enum VectorDifference {
    /// Keys that the oracle has and the answer lacks differ; keys that only the answer has do not.
    static func between(
        _ actual: JSONValue?, _ expected: JSONValue?, in file: VectorFile
    ) -> [String] {
        compare(actual, expected, "", file, (file.relative, file.absolute))
    }

    private static func compare(
        _ actual: JSONValue?, _ expected: JSONValue?, _ path: String, _ file: VectorFile,
        _ tolerance: (relative: Double, absolute: Double)
    ) -> [String] {
        guard let expected else { return [] }
        switch (actual, expected) {
        case (.object, .object(let members)):
            return members.flatMap { member -> [String] in
                var tolerance = tolerance
                if let other = file.others[member.key] {
                    guard let other else { return [] }
                    tolerance = other
                }
                // Of equally small patterns any will do.
                if member.key == "example_secondary" { return [] }
                return compare(
                    actual?[member.key], member.value, "\(path)/\(member.key)", file, tolerance)
            }
        case (.array(let one), .array(let other)) where one.count == other.count:
            return zip(one, other).enumerated().flatMap {
                compare($1.0, $1.1, "\(path)/\($0)", file, tolerance)
            }
        default:
            if let one = actual?.double, let other = expected.double {
                // Vectors are rounded to twelve digits.
                let allowed = max(tolerance.absolute, tolerance.relative * abs(other), 5e-12 * abs(other))
                return abs(one - other) <= allowed ? [] : ["\(path): \(one) is not \(other)"]
            }
            return actual == expected
                ? [] : ["\(path): \(actual?.text() ?? "nothing") is not \(expected.text())"]
        }
    }
}

extension JSONValue {
    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    var elements: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }

    var double: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }

    /// Without any member of this name, at any depth.
    func without(_ key: String) -> JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.filter { $0.key != key }.map { Member($0.key, $0.value.without(key)) })
        case .array(let values): .array(values.map { $0.without(key) })
        default: self
        }
    }
}
