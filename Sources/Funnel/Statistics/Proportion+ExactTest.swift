internal import Foundation

extension Proportion {
    /// The exact two-sided p of these counts if the true rate were `target`: the probability of every
    /// count that is no likelier, as R's binom.test has it, without a mid-p correction (SPEC §1.5).
    ///
    /// What a funnel plot flags goes through `FalseDiscoveryRate` with it. 1 where `n` is 0. `target` lies
    /// in [0, 1].
    public func exactPValue(against target: Double) -> Double {
        guard n > 0 else { return 1 }
        guard target > 0, target < 1 else { return x == (target == 0 ? 0 : n) ? 1 : 0 }
        let own = logMass(x, target)
        // Equal masses may differ by rounding; R allows as much.
        let limit = own + 1e-7
        let mode = min(n, Int(Double(n + 1) * target))
        if logMass(mode, target) <= limit { return 1 }
        func below(_ k: Int) -> Double { SpecialFunctions.binomialCDF(k, n: n, p: target) ?? .nan }
        /// P(R > k), from its own side: 1 − P(R ≤ k) would lose a small tail.
        func above(_ k: Int) -> Double {
            SpecialFunctions.binomialCDF(n - k - 1, n: n, p: 1 - target) ?? .nan
        }
        if x < mode {
            // The first count beyond the mode that is no likelier: masses fall from there on.
            var (likelier, first) = (mode, n + 1)
            while first - likelier > 1 {
                let middle = likelier + (first - likelier) / 2
                if logMass(middle, target) <= limit { first = middle } else { likelier = middle }
            }
            return min(1, below(x) + above(first - 1))
        }
        var (last, likelier) = (-1, mode)
        while likelier - last > 1 {
            let middle = last + (likelier - last) / 2
            if logMass(middle, target) <= limit { last = middle } else { likelier = middle }
        }
        return min(1, below(last) + above(x - 1))
    }

    private func logMass(_ k: Int, _ target: Double) -> Double {
        func logGamma(_ k: Int) -> Double { SpecialFunctions.logGamma(Double(k) + 1) ?? .nan }
        return logGamma(n) - logGamma(k) - logGamma(n - k) + Double(k) * log(target)
            + Double(n - k) * log1p(-target)
    }
}
