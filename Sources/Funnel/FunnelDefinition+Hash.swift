import Crypto
import Foundation
import Outreach

extension FunnelDefinition {
    /// The definition as one line in a fixed order: what the hash is of.
    public var canonicalText: String {
        let window =
            switch window {
            case .days(let days): "\(days)"
            case .unlimited: "unlimited"
            }
        let parts = [
            "goutong.funnel/1", "track=\(track.rawValue)", "window_days=\(window)",
            "order=\(order.rawValue)", "anchor=\(anchor.rawValue)", "place=\(place.rawValue)",
            "boundaries=\(boundaries)", "calendar=\(calendar)",
        ]
        // Named only where it is not the first contact: definitions older than the choice keep their hash.
        return (parts + (start == .firstContact ? [] : ["start=\(start.rawValue)"])).joined(separator: ";")
    }

    /// The first 12 hexadecimal digits of the SHA-256 of `canonicalText`.
    public var hash: String {
        SHA256.hash(data: Data(canonicalText.utf8)).prefix(6).hexadecimal
    }
}
