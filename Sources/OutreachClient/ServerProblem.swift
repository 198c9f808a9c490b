internal import Foundation
public import Outreach

/// A problem as our own service states it (`application/problem+json`).
public struct ServerProblem: Error, Hashable, Sendable, Codable {
    public struct Issue: Hashable, Sendable, Codable {
        public let code: String
        public let pointer: String
        public let rule: String
        public let mend: String
    }

    private let type: String
    public let title: String
    public let status: Int
    public let errors: [Issue]?
    /// The receipt that stands, of a conflict.
    public let current: String?

    static let namespace = "https://goutong.example/problems/"

    /// nil for what is not a problem of ours: a proxy's page, a portal's JSON, a body cut short.
    init?(status: Int, contentType: String?, body: [UInt8]) {
        guard OwnAnswer.isMedia(contentType, "application/problem+json"),
            let problem = try? JSONDecoder().decode(ServerProblem.self, from: Data(body)),
            problem.type.hasPrefix(Self.namespace), problem.status == status
        else { return nil }
        self = problem
    }

    /// The last part of its type, such as `conflict`.
    public var code: String { String(type.dropFirst(Self.namespace.count)) }

    public var issues: [DocumentIssue] {
        (errors ?? []).map {
            DocumentIssue(
                code: $0.code, pointer: $0.pointer, rule: Bilingual(zh: $0.rule, en: $0.rule),
                mend: Bilingual(zh: $0.mend, en: $0.mend))
        }
    }
}
