// These assume independent units: honest for one street or township. For a rate pooled over several
// take `ClusterRate`, which lets units of one township resemble each other.
extension Proportion {
    /// Wilson's score interval (1927) without continuity correction: the interval shown beside a rate.
    ///
    /// [0, 1] where `n` is 0. `confidence` must lie strictly between 0 and 1.
    public func wilson(confidence: Double = 0.95) -> ConfidenceInterval {
        precondition(0 < confidence && confidence < 1, "a confidence lies between 0 and 1")
        guard n > 0, let z = SpecialFunctions.normalReach(confidence) else { return .unit }
        let (x, n) = (Double(x), Double(n))
        let divisor = n + z * z
        let centre = (x + z * z / 2) / divisor
        let half = z / divisor * (x * (n - x) / n + z * z / 4).squareRoot()
        return ConfidenceInterval(
            lower: x == 0 ? 0 : max(0, centre - half), upper: x == n ? 1 : min(1, centre + half))
    }

    /// Clopper & Pearson's exact interval (1934): never covers less than `confidence` promises.
    ///
    /// [0, 1] where `n` is 0. `confidence` must lie strictly between 0 and 1.
    public func clopperPearson(confidence: Double = 0.95) -> ConfidenceInterval {
        precondition(0 < confidence && confidence < 1, "a confidence lies between 0 and 1")
        let tail = (1 - confidence) / 2
        let (hits, misses) = (Double(x), Double(n - x))
        let lower = x == 0 ? 0 : SpecialFunctions.betaQuantile(tail, a: hits, b: misses + 1)
        let upper = x == n ? 1 : SpecialFunctions.betaQuantile(above: tail, a: hits + 1, b: misses)
        return ConfidenceInterval(lower: lower ?? 0, upper: upper ?? 1)
    }
}
