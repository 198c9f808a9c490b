internal import CLibPQ

extension ConnectionString {
    /// Keywords and values of a libpq string, URI or not; nil where it does not read.
    public static func parts(_ conninfo: String) -> [String: String]? {
        // The message may quote a part of the string, a password even: it is dropped.
        var message: UnsafeMutablePointer<CChar>?
        defer { PQfreemem(message) }
        guard let options = PQconninfoParse(conninfo, &message) else { return nil }
        defer { PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return parts
    }

    /// The string of some keywords and values, in the order of their names.
    public static func joined(_ parts: [String: String]) -> String {
        parts.sorted { $0.key < $1.key }.map { keyword, value in
            let quoted = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
            return "\(keyword)='\(quoted)'"
        }.joined(separator: " ")
    }
}
