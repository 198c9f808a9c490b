/// Which counts would say something of single firms or workers (SPEC §1.14; FCSM Working Paper 22, 2005).
public struct SuppressionRule: Hashable, Sendable {
    /// Counts from 1 up to this, exclusive, are hidden; so is what an attacker could tell to less than this.
    public let threshold: Int

    /// Programmer error where the threshold is not positive.
    public init(threshold: Int = 5) {
        precondition(threshold > 0, "a threshold is positive")
        self.threshold = threshold
    }

    /// Zeros are publishable.
    public func isDisclosive(_ count: Int) -> Bool { 0 < count && count < threshold }

    /// Of a pair x of n, any part of which may be worked out from the others.
    ///
    /// `isSensitive` of intent and everything later, and of all stages of workers: there "all of them"
    /// says it of each one.
    public func isDisclosive(_ pair: Proportion, isSensitive: Bool) -> Bool {
        isDisclosive(counted: pair.x, of: pair.n, isSensitive: isSensitive)
    }

    /// Of two counts, of which the first need not be part of the second: applications and meetings, say.
    func isDisclosive(counted x: Int, of n: Int, isSensitive: Bool) -> Bool {
        isDisclosive(n) || isDisclosive(x) || isDisclosive(n - x) || (isSensitive && n > 0 && x == n)
    }
}
