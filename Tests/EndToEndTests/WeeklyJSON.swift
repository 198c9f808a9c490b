import Foundation
import Testing

/// The weekly report as JSON, as a program reads it.
struct WeeklyJSON {
    let object: [String: Any]

    func member(_ key: String) throws -> [String: Any] {
        try #require(object[key] as? [String: Any], "no object \(key)")
    }

    func list(_ key: String) throws -> [[String: Any]] {
        try #require(object[key] as? [[String: Any]], "no list \(key)")
    }

    /// One line of the headline.
    func figures(_ name: String) throws -> [String: Any] {
        try #require(try member("headline")[name] as? [String: Any], "no figures \(name)")
    }
}

extension Ledger {
    func weekly(_ week: String) async throws -> WeeklyJSON { try await weekly("--week", week) }

    func weekly(_ option: String, _ value: String) async throws -> WeeklyJSON {
        let report = try await goutong("report", "weekly", option, value, "--format", "json")
        try #require(report.status == 0, "\(report)")
        return WeeklyJSON(object: try report.object())
    }
}
