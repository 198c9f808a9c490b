internal import Foundation
internal import Hummingbird
internal import Outreach

/// What an answer can come as. The order of the cases is the service's own preference.
protocol NegotiatedType: RawRepresentable, CaseIterable where RawValue == String {}

extension NegotiatedType {
    /// The one that a request likes best among those offered (RFC 9110 §12.5.1).
    /// - Throws: 406 where it likes none.
    static func chosen(
        by request: Request, of offered: [Self] = Array(allCases)
    ) throws(Problem) -> Self {
        guard let header = request.headers[.accept], !header.isEmpty else { return offered[0] }
        let ranges = header.split(separator: ",").map(MediaRange.init)
        var best: (type: Self, quality: Double)?
        for type in offered {
            let matching = ranges.filter { $0.matches(type.rawValue) }
            // The most specific range decides.
            guard let range = matching.max(by: { $0.precision < $1.precision }) else { continue }
            if range.quality > best?.quality ?? 0 { best = (type, range.quality) }
        }
        guard let best else { throw .notAcceptable(offered.map(\.rawValue)) }
        return best.type
    }
}

private struct MediaRange {
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

    func matches(_ type: String) -> Bool {
        switch precision {
        case 0: true
        case 1: type.hasPrefix(name.dropLast())
        default: name == type
        }
    }
}

extension Problem {
    static func notAcceptable(_ offered: [String]) -> Problem {
        let types = offered.joined(separator: ", ")
        return Problem(
            .notAcceptable, code: "not-acceptable",
            title: Bilingual(zh: "没有所要的格式，可用：\(types)", en: "not in that format; there are: \(types)"))
    }
}
