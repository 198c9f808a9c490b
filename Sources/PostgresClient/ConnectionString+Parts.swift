internal import CLibPQ

extension ConnectionString {
    /// Keywords and values of a libpq string, URI or not; nil where it does not read.
    public static func parts(_ conninfo: String) -> [String: String]? {
        // The message may quote a part of the string, a password even: it is dropped.
        var message: UnsafeMutablePointer<CChar>?
        defer { unsafe PQfreemem(message) }
        guard let options = unsafe PQconninfoParse(conninfo, &message) else { return nil }
        defer { unsafe PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe parts[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
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
