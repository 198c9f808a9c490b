internal import Foundation
internal import Outreach

/// The body of a receipted submission. Anything else is not believed, whatever its status says.
struct OwnAnswer: Decodable {
    let id: String
    let revision: Int
    let outcome: String
    let receipt: String

    /// Whether a `Content-Type` names this media type, whatever its parameters.
    static func isMedia(_ contentType: String?, _ type: String) -> Bool {
        contentType?.split(separator: ";").first.map {
            $0.trimmingCharacters(in: .whitespaces).lowercased() == type
        } ?? false
    }
}
