internal import Foundation
internal import Hummingbird
internal import NIOCore
internal import Outreach
internal import Reporting

/// What a report can come as. The order is the service's own preference.
enum MediaType: String, CaseIterable {
    case json = "application/json"
    case html = "text/html"
    case csv = "text/csv"
    case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    /// As the terminal shows it.
    case text = "text/plain"

    var fileExtension: String { self == .text ? "txt" : "\(self)" }

    var contentType: String {
        switch self {
        case .json, .xlsx: rawValue
        case .html, .csv, .text: rawValue + "; charset=utf-8"
        }
    }

    /// The one that a request likes best among those offered (RFC 9110 §12.5.1).
    /// - Throws: 406 where it likes none.
    static func chosen(by request: Request, of offered: [MediaType] = allCases) throws(Problem) -> MediaType {
        guard let header = request.headers[.accept], !header.isEmpty else { return offered[0] }
        let ranges = header.split(separator: ",").map(Range.init)
        var best: (type: MediaType, quality: Double)?
        for type in offered {
            let matching = ranges.filter { $0.matches(type) }
            // The most specific range decides.
            guard let range = matching.max(by: { $0.precision < $1.precision }) else { continue }
            if range.quality > best?.quality ?? 0 { best = (type, range.quality) }
        }
        guard let best else { throw .notAcceptable(offered) }
        return best.type
    }

    private struct Range {
        let name: String
        let quality: Double

        init(_ text: Substring) {
            let parts = text.split(separator: ";").map {
                $0.trimmingCharacters(in: .whitespaces).lowercased()
            }
            name = parts.first ?? ""
            quality =
                parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
        }

        /// 2 for a type, 1 for all of a kind, 0 for all.
        var precision: Int { name == "*/*" ? 0 : name.hasSuffix("/*") ? 1 : 2 }

        func matches(_ type: MediaType) -> Bool {
            switch precision {
            case 0: true
            case 1: type.rawValue.hasPrefix(name.dropLast())
            default: name == type.rawValue
            }
        }
    }
}

extension Problem {
    static func notAcceptable(_ offered: [MediaType]) -> Problem {
        let types = offered.map(\.rawValue).joined(separator: ", ")
        return Problem(
            .notAcceptable, code: "not-acceptable",
            title: Bilingual(zh: "没有所要的格式，可用：\(types)", en: "not in that format; there are: \(types)"))
    }
}

extension Response {
    /// A finished report. Its name is a file's, since that is what people make of it.
    init(_ bytes: [UInt8], as type: MediaType, named name: String) {
        let disposition = type == .csv || type == .xlsx ? "attachment" : "inline"
        self.init(
            status: .ok,
            headers: [
                .contentType: type.contentType, .vary: "Accept, Accept-Language, Authorization, Cookie",
                .cacheControl: "private, no-cache",
                .contentDisposition: "\(disposition); filename=\"\(name).\(type.fileExtension)\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A JSON document for one account.
    init(_ value: JSONValue, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "private, no-cache"
        self.init(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: value.text())))
    }
}

extension Request {
    var language: Language { preferredLanguage == "en" ? .en : .zh }
}
