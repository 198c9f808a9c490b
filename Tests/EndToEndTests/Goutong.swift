import Foundation

/// The built command as its users have it: a program that is run, not a library that is called.
enum Goutong {
    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String { "there is no built goutong at \(path); run swift build first" }
    }

    /// Beside the test bundle, where the build puts every product.
    static func executable() throws -> URL {
        let here = Bundle.main.executableURL?.deletingLastPathComponent()
        let path = (here ?? URL(fileURLWithPath: ".")).appendingPathComponent("goutong")
        guard FileManager.default.isExecutableFile(atPath: path.path) else { throw Missing(path: path.path) }
        return path
    }
}

/// What a finished command left behind.
struct Outcome: CustomStringConvertible {
    let status: Int32
    let output: Data
    let errors: Data

    var text: String { String(decoding: output, as: UTF8.self) }
    var said: String { String(decoding: errors, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
    var description: String { "exit \(status)\n\(text.prefix(2000))\n\(said.prefix(2000))" }

    /// The one JSON object on standard output.
    func object() throws -> [String: Any] { try Self.object(output) }

    /// One JSON object a line on standard output.
    func objects() throws -> [[String: Any]] { try lines.map { try Self.object(Data($0.utf8)) } }

    /// The issues of the one JSON object on standard error.
    func issues() throws -> [Issue] {
        guard let errors = try Self.object(errors)["errors"] as? [[String: Any]] else {
            throw Unexpected(what: "standard error holds no list of errors: \(said)")
        }
        return try errors.map { try Issue($0) }
    }

    static func object(_ data: Data) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw Unexpected(what: "not an object")
        }
        return object
    }

    struct Issue: Hashable {
        let code, pointer, rule, mend: String

        init(_ object: [String: Any]) throws {
            guard Set(object.keys) == ["code", "pointer", "rule", "mend"],
                let code = object["code"] as? String, let pointer = object["pointer"] as? String,
                let rule = object["rule"] as? String, let mend = object["mend"] as? String
            else { throw Unexpected(what: "an error with keys \(object.keys.sorted())") }
            (self.code, self.pointer, self.rule, self.mend) = (code, pointer, rule, mend)
        }
    }
}

struct Unexpected: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
