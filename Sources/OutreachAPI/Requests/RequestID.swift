/// The name of a request in logs, answers and the audit: the caller's, where it is one, else our own.
enum RequestID {
    /// The header it comes in and goes out by.
    static let header = "X-Request-Id"

    /// The caller's, where it is 8 to 64 letters, digits, `-`, `_` and `.`: what goes into a log must not
    /// look like another line of it.
    static func accepted(_ text: String?) -> String? {
        guard let text, (8...64).contains(text.utf8.count), text.utf8.allSatisfy(isPlain) else { return nil }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
