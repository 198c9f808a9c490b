internal import CLibPQ

/// A libpq connection string as people may see it.
public enum ConnectionString {
    /// The string as keywords and values, without what libpq itself marks as secret (passwords).
    /// nil where it does not read.
    public static func redacted(_ conninfo: String) -> String? {
        // The message may quote a part of the string, a password even: it is dropped.
        var message: UnsafeMutablePointer<CChar>?
        defer { unsafe PQfreemem(message) }
        guard let options = unsafe PQconninfoParse(conninfo, &message) else { return nil }
        defer { unsafe PQconninfoFree(options) }
        var shown: [String] = []
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                let isSecret =
                    unsafe option.pointee.dispchar.map { unsafe String(cString: $0) == "*" } ?? false
                shown.append(
                    unsafe "\(String(cString: keyword))=\(isSecret ? "***" : String(cString: value))")
            }
            unsafe option += 1
        }
        return shown.joined(separator: " ")
    }
}
