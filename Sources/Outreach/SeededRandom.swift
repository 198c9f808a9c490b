/// A reproducible source of random words: SplitMix64 (Steele, Lea & Flood 2014).
///
/// The same seed gives the same words on every platform and in every release of the toolchain. It is
/// for simulation and samples, never for keys or tokens.
public struct SeededRandom: RandomNumberGenerator, Hashable, Sendable {
    @usableFromInline var state: UInt64

    public init(seed: UInt64) { state = seed }

    // Inlined, since a bootstrap of the nation draws eighty million words.
    @inlinable public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A whole number in `0..<bound`, without modulo bias; `bound` must be positive.
    ///
    /// Written out here because the standard library promises uniformity, not which words it uses.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "a bound must be positive")
        let size = UInt64(bound)
        let surplus = (UInt64.max % size + 1) % size
        var word = next()
        while word > UInt64.max - surplus { word = next() }
        return Int(word % size)
    }

    /// The generator after so many words: the state only counts.
    public func advanced(by words: Int) -> SeededRandom {
        SeededRandom(seed: state &+ UInt64(truncatingIfNeeded: words) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// A generator of its own, so that what one stage draws does not shift what another one gets.
    public mutating func fork() -> SeededRandom { SeededRandom(seed: next()) }
}
