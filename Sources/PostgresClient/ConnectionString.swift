internal import CLibPQ

/// A libpq connection string as people may see it.
public enum ConnectionString {
    /// The string as keywords and values, without what libpq itself marks as secret (passwords).
    /// nil where it does not read.
    public static func redacted(_ conninfo: String) -> String? {
        // The message may quote a part of the string, a password even: it is dropped.
        var message: UnsafeMutablePointer<CChar>?
        defer { PQfreemem(message) }
        guard let options = PQconninfoParse(conninfo, &message) else { return nil }
        defer { PQconninfoFree(options) }
        var shown: [String] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                let isSecret = option.pointee.dispchar.map { String(cString: $0) == "*" } ?? false
                shown.append("\(String(cString: keyword))=\(isSecret ? "***" : String(cString: value))")
            }
            option += 1
        }
        return shown.joined(separator: " ")
    }
}
