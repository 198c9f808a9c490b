/// An interval estimate, both ends included.
public struct ConfidenceInterval: Hashable, Sendable {
    public var lower: Double
    public var upper: Double

    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// What is known of a proportion before anything was observed.
    static let unit = ConfidenceInterval(lower: 0, upper: 1)
}
