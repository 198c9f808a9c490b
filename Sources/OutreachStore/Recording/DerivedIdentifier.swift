internal import Foundation
internal import Outreach
internal import Vault

extension Identifier {
    /// An id that follows from other ids, so that recording the same document twice names the same
    /// things: version 8 (RFC 9562 §5.8) over SHA-256 of the parts.
    static func derived(from parts: String...) -> Self {
        var bytes = Array(sha256(Array(parts.joined(separator: "/").utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return Self(
            UUID(
                uuid: (
                    bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                    bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14],
                    bytes[15]
                )))
    }
}
