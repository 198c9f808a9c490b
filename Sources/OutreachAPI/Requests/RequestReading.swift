internal import Foundation
internal import Hummingbird
internal import NIOCore
internal import Outreach

extension Request {
    /// The body of a request that carries JSON.
    /// - Throws: 415 for another content type, 413 above `limit` bytes.
    func json(upTo limit: Int) async throws -> [UInt8] { try await text("application/json", upTo: limit) }

    /// The same of one that carries a table.
    func csv(upTo limit: Int) async throws -> [UInt8] { try await text("text/csv", upTo: limit) }

    private func text(_ wanted: String, upTo limit: Int) async throws -> [UInt8] {
        if let type = headers[.contentType] {
            let parts = type.lowercased().split(separator: ";").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            let isUTF8 = parts.dropFirst().allSatisfy {
                !$0.hasPrefix("charset") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
            }
            guard parts.first == wanted, isUTF8 else { throw Problem.unsupportedMediaType(wanted) }
        }
        if let stated = headers[.contentLength].flatMap(Int.init), stated > limit { throw Problem.tooLarge }
        return Array(buffer: try await body.collect(upTo: limit))
    }
}

/// The entity tags of `If-Match` or `If-None-Match`. `*` stands for itself.
struct EntityTags {
    private let tags: [String]

    /// nil where the header is missing.
    init?(_ header: String?) {
        guard let header else { return nil }
        tags = header.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// Strong comparison, for changing.
    func contains(revision: Int) -> Bool { tags.contains("*") || tags.contains("\"\(revision)\"") }

    /// Weak comparison, for reading.
    func containsWeakly(revision: Int) -> Bool {
        contains(revision: revision) || tags.contains("W/\"\(revision)\"")
    }
}

extension APIContext {
    /// A part of the path, decoded; what does not decode names nothing.
    func segment(_ name: String) throws(Problem) -> String {
        guard let text = parameters.get(name)?.removingPercentEncoding else { throw .notFound }
        return text
    }

    /// An id in the path. What is no id names no record.
    func id<Subject>(_: Identifier<Subject>.Type = Identifier<Subject>.self) throws(Problem) -> Identifier<
        Subject
    > {
        guard let id = Identifier<Subject>(try segment("id")) else { throw .notFound }
        return id
    }
}

extension Problem {
    static func unsupportedMediaType(_ wanted: String) -> Problem {
        Problem(
            .unsupportedMediaType, code: "unsupported-media-type",
            title: Bilingual(zh: "正文须为 UTF-8 的 \(wanted)", en: "the body must be \(wanted) in UTF-8"))
    }

    static var tooLarge: Problem {
        Problem(
            .contentTooLarge, code: "too-large", title: Bilingual(zh: "正文过大", en: "the body is too large"))
    }
}
