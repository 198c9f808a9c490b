public import Outreach

/// The generator that every stored bootstrap and randomisation names with its seed (SPEC §1.0):
/// `below(n)` redraws while a word is at least ⌊2⁶⁴/n⌋·n and takes the remainder.
public typealias SplitMix64 = SeededRandom
